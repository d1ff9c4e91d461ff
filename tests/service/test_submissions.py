"""The life of a submission over REST: draft, 正式提交, deadline, reopened, withdrawn, deleted."""

from __future__ import annotations

import hashlib
from datetime import timedelta

from api.store.tables import Round, now
from tests.service.conftest import ROUND, World

API = "/api/v1"


def deadline(world: World, hours: int) -> None:
    with world.context.database.writing() as session:
        session.get_one(Round, ROUND).deadline = now() + timedelta(hours=hours)


def test_a_draft_is_the_organisations_own(world: World) -> None:
    identity = world.draft()
    path = f"{API}/submissions/{identity}"
    assert world.as_("applicant").get(path).json()["status"] == "draft"
    for other in ("stranger", "reviewer", "office"):
        assert world.as_(other).get(path).status_code == 404
        assert world.as_(other).get(f"{API}/submissions").json()["total"] == 0
    assert world.as_("admin").get(path).status_code == 403


def test_submitting_freezes_files_and_gives_a_receipt(world: World) -> None:
    identity = world.submitted()
    receipt = world.as_("applicant").get(f"{API}/submissions/{identity}/receipts").json()[0]
    name, content = world.report()
    assert receipt["files"] == [
        {"filename": name, "sha256": hashlib.sha256(content).hexdigest(), "size": len(content)}
    ]
    assert (receipt["organisation"], receipt["round"]) == ("甲公司", "第一届")
    seen = world.as_("office").get(f"{API}/submissions/{identity}").json()
    assert (seen["status"], seen["reading"], seen["receipt"]) == ("submitted", "done", receipt["number"])
    revision = seen["revision"]
    assert world.as_("applicant").delete(f"{API}/revisions/{revision}").status_code == 409
    assert world.as_("applicant").delete(f"{API}/submissions/{identity}").status_code == 409
    file = world.as_("office").get(f"{API}/revisions/{revision}/files/0")
    assert file.content == content


def test_the_same_files_are_recognised(world: World) -> None:
    identity = world.draft()
    path = f"{API}/submissions/{identity}/files"
    again = world.as_("applicant").post(path, files={"files": world.report()})
    assert (again.status_code, again.json()["known"]) == (200, True)
    new = world.as_("applicant").post(path, files={"files": world.report(extra="另一段。")})
    assert (new.status_code, new.json()["revision"]["number"]) == (201, 2)
    assert len(list(world.context.files.names())) == 2


def test_office_and_reviewer_never_see_the_draft_beside_what_was_submitted(world: World) -> None:
    identity = world.submitted()
    first = world.revision(identity)
    path = f"{API}/submissions/{identity}/files"
    answer = world.as_("applicant").post(path, files={"files": world.report(extra="改动。")})
    draft = answer.json()["revision"]["id"]
    assert world.revision(identity) == draft
    for other in ("office", "reviewer"):
        assert world.revision(identity, other) == first
        assert world.as_(other).get(f"{API}/revisions/{draft}").status_code == 404
        assert len(world.as_(other).get(f"{API}/submissions/{identity}/revisions").json()) == 1
    assert world.as_("applicant").post(f"{API}/submissions/{identity}/submit").status_code == 201
    assert world.revision(identity, "office") == draft
    assert len(world.as_("office").get(f"{API}/submissions/{identity}/receipts").json()) == 2


def test_after_the_deadline_only_the_office_opens_again(world: World) -> None:
    identity = world.submitted()
    draft = world.draft("stranger")
    deadline(world, -1)
    applicant, path = world.as_("applicant"), f"{API}/submissions/{identity}"
    changed = {"files": world.report(extra="改动。")}
    assert applicant.post(f"{path}/files", files=changed).status_code == 409
    assert applicant.post(f"{path}/withdraw", json={"reason": "不报了"}).status_code == 409
    assert world.as_("stranger").post(f"{API}/submissions/{draft}/submit").status_code == 409
    assert applicant.post(f"{path}/reopen", json={"reason": "我要改"}).status_code == 403
    assert world.as_("office").post(f"{path}/reopen", json={"reason": ""}).status_code == 422
    opened = world.as_("office").post(f"{path}/reopen", json={"reason": "附件缺页，同意补交"})
    assert opened.json()["reopened"] == "附件缺页，同意补交"
    assert applicant.post(f"{path}/files", files=changed).status_code == 201
    assert applicant.post(f"{path}/submit").status_code == 201
    assert applicant.post(f"{path}/files", files={"files": world.report()}).status_code == 409


def test_what_is_withdrawn_leaves_the_reviewers_and_nothing_is_lost(world: World) -> None:
    identity = world.submitted()
    path = f"{API}/submissions/{identity}"
    assert world.as_("reviewer").get(path).status_code == 200
    answer = world.as_("applicant").post(f"{path}/withdraw", json={"reason": "重组"})
    assert answer.json()["status"] == "withdrawn"
    assert world.as_("reviewer").get(path).status_code == 404
    assert world.as_("office").get(path).json()["withdrawn"] == "重组"
    assert world.as_("applicant").post(f"{path}/submit").status_code == 201
    assert world.as_("reviewer").get(path).status_code == 200


def test_a_deleted_draft_leaves_no_file(world: World) -> None:
    identity = world.draft()
    world.work()
    assert list(world.context.files.names())
    assert world.as_("applicant").delete(f"{API}/submissions/{identity}").status_code == 204
    assert list(world.context.files.names()) == []
    assert [path for path in world.context.settings.cache_folder.rglob("*") if path.is_file()] == []
    assert world.as_("applicant").get(f"{API}/submissions/{identity}").status_code == 404


def test_a_file_that_another_submission_uses_stays(world: World) -> None:
    mine, theirs = world.draft(), world.draft("stranger")
    world.as_("applicant").delete(f"{API}/submissions/{mine}")
    revision = world.revision(theirs, "stranger")
    assert world.as_("stranger").get(f"{API}/revisions/{revision}/files/0").content == world.report()[1]


def test_what_is_no_report_is_refused_by_name_and_nothing_is_kept(world: World) -> None:
    identity = world.draft()
    path = f"{API}/submissions/{identity}/files"
    before = list(world.context.files.names())
    picture = ("照片.docx", b"\xff\xd8\xff\xe0 not a report")
    answer = world.as_("applicant").post(
        path, files=[("files", world.report(extra="新的。")), ("files", picture)]
    )
    assert answer.status_code == 415
    assert "《照片.docx》" in answer.json()["detail"]
    assert answer.headers["content-type"] == "application/problem+json"
    assert list(world.context.files.names()) == before


def test_the_office_takes_in_what_came_by_mail_after_the_deadline(world: World) -> None:
    deadline(world, -1)
    form = {"organisation_id": "other", "received_on": "2026-03-01"}
    path = f"{API}/rounds/{ROUND}/intake"
    made = world.as_("office").post(path, data=form, files={"files": world.report()})
    assert made.status_code == 201, made.text
    identity = made.json()["receipt"]["submission_id"]
    seen = world.as_("stranger").get(f"{API}/submissions/{identity}").json()
    assert (seen["status"], seen["received_on"]) == ("submitted", "2026-03-01")
    assert world.as_("applicant").post(path, data=form, files={"files": world.report()}).status_code == 403


def test_a_state_that_somebody_changed_meanwhile_is_not_overwritten(world: World) -> None:
    identity = world.draft()
    path = f"{API}/submissions/{identity}"
    first = world.as_("applicant").get(path)
    assert (
        world.as_("applicant").get(path, headers={"If-None-Match": first.headers["etag"]}).status_code == 304
    )
    world.as_("applicant").post(f"{path}/files", files={"files": world.report(extra="新。")})
    stale = {"If-Match": first.headers["etag"]}
    assert world.as_("applicant").post(f"{path}/submit", headers=stale).status_code == 412
    assert world.as_("applicant").post(f"{path}/submit").status_code == 201


def test_the_receipt_can_be_printed(world: World) -> None:
    identity = world.draft()
    client = world.as_("applicant")
    assert world.report()[0] in client.get(f"/submissions/{identity}/submit").text
    answer = client.post(f"/submissions/{identity}/submit")
    assert answer.status_code == 303
    page = client.get(answer.headers["location"]).text
    assert hashlib.sha256(world.report()[1]).hexdigest() in page
    assert "甲公司" in page
    assert world.as_("stranger").get(answer.headers["location"]).status_code == 404
