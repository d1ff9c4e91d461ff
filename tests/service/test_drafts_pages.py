"""The pages of drafts: what people said goes along, and both drafts stand side by side."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

from api.store import people
from api.store.tables import Assignment, Group, Member
from tests.service.conftest import ROUND, World

FIRST = "公司每年委托第三方开展顾客满意度调查"


def passage_of(page: str, words: str) -> str:
    """Id of the card that holds the words."""
    cards = re.findall(r'<article class="card" id="(p-[0-9a-f-]+)".*?</article>', page, re.S)
    bodies = re.findall(r'<article class="card" id="p-[0-9a-f-]+".*?</article>', page, re.S)
    return next(
        identity for identity, body in zip(cards, bodies, strict=True) if words in re.sub("<[^>]+>", "", body)
    )


def second_draft(world: World, extra: str = "公司还建立了志愿服务队。") -> str:
    identity = world.draft()
    world.work()
    client = world.as_("applicant")
    page = client.get(f"/submissions/{identity}/items/3.2").text
    passage = passage_of(page, FIRST)
    said = client.post(
        f"/submissions/{identity}/corrections", data={"passage": passage, "indicator": "3.1.2"}
    )
    assert said.status_code == 303
    files = {"files": world.report(extra=extra)}
    assert client.post(f"/submissions/{identity}/files", files=files).status_code == 303
    world.work()
    return identity


def test_correction_holds_for_the_next_draft(world: World) -> None:
    identity = second_draft(world)
    page = world.as_("applicant").get(f"/submissions/{identity}/items/3.1").text
    assert FIRST in re.sub("<[^>]+>", "", page)
    assert "已更正" in page


def test_drafts_stand_side_by_side(world: World) -> None:
    identity = second_draft(world)
    page = world.as_("applicant").get(f"/submissions/{identity}/drafts")
    assert page.status_code == 200
    assert "志愿服务队" in page.text
    assert "段增加" in page.text
    assert world.as_("applicant").get(f"/submissions/{identity}/drafts?old=7").status_code == 404


def test_first_draft_has_nothing_beside_it(world: World) -> None:
    identity = world.draft()
    world.work()
    assert world.as_("applicant").get(f"/submissions/{identity}/drafts").status_code == 404


def test_strangers_see_no_draft(world: World) -> None:
    identity = second_draft(world)
    for login in ("stranger", "office", "reviewer"):
        for path in ("", "/drafts", "/items/1.1", "/kpis", "/text", "/exports/json"):
            assert world.as_(login).get(f"/submissions/{identity}{path}").status_code == 404, (login, path)


def test_reviewers_corrections_stay_their_own(world: World) -> None:
    identity = world.submitted()
    reviewer, applicant = world.as_("reviewer"), world.as_("applicant")
    page = reviewer.get(f"/submissions/{identity}/items/3.2").text
    passage = passage_of(page, FIRST)
    reviewer.post(f"/submissions/{identity}/corrections", data={"passage": passage, "indicator": "3.1.2"})
    assert "已更正" in reviewer.get(f"/submissions/{identity}/items/3.1").text
    assert "已更正" not in applicant.get(f"/submissions/{identity}/items/3.1").text
    undone = reviewer.post(f"/submissions/{identity}/corrections/undo")
    assert undone.status_code == 303
    assert "已更正" not in reviewer.get(f"/submissions/{identity}/items/3.1").text


def test_reviewers_sheet_is_for_the_reviewer_alone(world: World) -> None:
    identity = world.submitted()
    reviewer = world.as_("reviewer")
    made = reviewer.post(
        f"/submissions/{identity}/items/1.1/notes",
        data={"section": "improvement"},
        headers={"Accept": "application/json"},
    )
    note = made.json()["id"]
    reviewer.post(f"/submissions/{identity}/notes/{note}", data={"text": "未说明覆盖哪些单位"})
    assert "未说明覆盖哪些单位" in reviewer.get(f"/submissions/{identity}/items/1.1").text
    assert "未说明覆盖哪些单位" not in world.as_("office").get(f"/submissions/{identity}/items/1.1").text
    assert world.as_("applicant").post(f"/submissions/{identity}/notes/{note}").status_code == 403


def test_reviewers_place_and_recusal(world: World) -> None:
    identity = world.submitted()
    reviewer = world.as_("reviewer")
    kept = reviewer.post(f"/submissions/{identity}/place", data={"node": "4.1.2", "revision": "1"})
    assert kept.status_code == 204
    start = reviewer.get("/").text
    assert f"/submissions/{identity}/items/4.1/4.1.2" in start
    recusal = re.search(r'action="(/assignments/[^"]+/recuse)"', start)
    assert recusal is not None
    assert reviewer.post(recusal[1], data={"reason": ""}).status_code == 422
    assert reviewer.post(recusal[1], data={"reason": "曾任该单位顾问"}).status_code == 303
    assert reviewer.get(f"/submissions/{identity}").status_code == 404


def test_pdf_inside_an_archive_has_pages(world: World, examples: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.write(examples / "自评报告.pdf", "申报材料/自评报告.pdf")
    client = world.as_("applicant")
    made = client.post("/api/v1/submissions", json={"round_id": ROUND}).json()
    upload = {"files": ("申报材料.zip", packed.getvalue())}
    assert client.post(f"/api/v1/submissions/{made['id']}/files", files=upload).status_code == 201
    world.work()
    image = client.get(f"/submissions/{made['id']}/pages/d1/2.jpg")
    assert image.status_code == 200
    assert image.content.startswith(b"\xff\xd8")


def test_machine_and_corrected_state_are_told_apart(world: World) -> None:
    identity = second_draft(world)
    client = world.as_("applicant")
    corrected = client.get(f"/submissions/{identity}/items/3.1").text
    machine = client.get(f"/submissions/{identity}/items/3.1?state=machine").text
    assert "看程序原来的" in corrected
    assert "看更正后的" in machine
    assert "已更正" not in machine


def test_leader_opens_the_group(world: World) -> None:
    identity = world.submitted()
    with world.context.database.writing() as session:
        reviewer, colleague = (people.person_by_login(session, n) for n in ("reviewer", "colleague"))
        assert reviewer and colleague
        group = Group(round_id=ROUND, title="一组", leader_id=reviewer.id)
        session.add(group)
        session.flush()
        session.add_all(Member(group_id=group.id, person_id=p.id) for p in (reviewer, colleague))
        session.add(Assignment(submission_id=identity, person_id=colleague.id, place={}))
        address = f"/groups/{group.id}/open"
    page = world.as_("reviewer").get(f"/submissions/{identity}/items/3.2").text
    said = {"passage": passage_of(page, FIRST), "indicator": "3.1.2"}
    world.as_("reviewer").post(f"/submissions/{identity}/corrections", data=said)
    seen = f"/submissions/{identity}/items/3.1"
    assert "已更正" not in world.as_("colleague").get(seen).text
    assert world.as_("colleague").post(address, data={"opened": "1"}).status_code == 404
    assert world.as_("reviewer").post(address, data={"opened": "1"}).status_code == 303
    assert "已更正" in world.as_("colleague").get(seen).text
