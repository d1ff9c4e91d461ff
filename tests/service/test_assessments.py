"""Assessments over REST: the command line's bytes, filters, exports, search, what people say beside it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from api.cli import main
from api.store import people
from api.store.tables import Assignment, Group, Member
from tests.service.conftest import ROUND, World

API = "/api/v1"


@pytest.fixture
def read(world: World) -> tuple[World, str, str]:
    """A world with a submission that was read; its id and its revision's."""
    identity = world.submitted()
    return world, identity, world.revision(identity)


def test_rest_and_command_line_give_the_same_bytes(
    read: tuple[World, str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    world, _, revision = read
    name, content = world.report()
    (tmp_path / name).write_bytes(content)
    main(["check", str(tmp_path / name), "--format", "json", "--output", str(tmp_path / "cli.json")])
    capsys.readouterr()
    by_rest = world.as_("office").get(f"{API}/assessments/{revision}")
    assert by_rest.content == (tmp_path / "cli.json").read_bytes()
    known = {"If-None-Match": by_rest.headers["etag"]}
    assert world.as_("office").get(f"{API}/assessments/{revision}", headers=known).status_code == 304


def test_parts_are_the_assessments_own_filtered_and_in_pages(read: tuple[World, str, str]) -> None:
    world, _, revision = read
    client, base = world.as_("applicant"), f"{API}/assessments/{revision}"
    whole = client.get(base).json()
    for part in ("passages", "kpis", "findings", "coverage", "tables", "documents"):
        items, path = [], f"{base}/{part}?limit=3"
        while path:
            answer = client.get(path)
            items += answer.json()["items"]
            path = answer.headers.get("link", "").partition(">")[0].lstrip("<")
        assert items == whole[part], part
    answering = client.get(f"{base}/passages", params={"indicator": "3"}).json()["items"]
    assert answering
    assert all(any(i["id"].startswith("3.") for i in p["indicators"]) for p in answering)
    assert client.get(f"{base}/passages", params={"text": "以身作则"}).json()["total"] == 1
    assert client.get(f"{base}/kpis", params={"name": "满意度"}).json()["total"] == 1


def test_exports_are_files_with_a_name(read: tuple[World, str, str]) -> None:
    world, _, revision = read
    starts = {"xlsx": b"PK", "docx": b"PK", "html": b"<!DOCTYPE html>", "json": b"{", "csv": b"\xef\xbb\xbf"}
    for format_, start in starts.items():
        answer = world.as_("office").get(f"{API}/assessments/{revision}/export/{format_}")
        assert answer.content.startswith(start), format_
        assert answer.headers["content-disposition"].startswith("attachment; filename=ziping.")


def test_a_correction_changes_the_corrected_state_only(read: tuple[World, str, str]) -> None:
    world, identity, revision = read
    client, base = world.as_("applicant"), f"{API}/assessments/{revision}"
    machine = client.get(base).content
    said = {"about": "node", "id": "4.2.1", "verdict": "not_applicable", "sentence": "本组织没有此项。"}
    made = client.post(f"{API}/submissions/{identity}/corrections", json=said).json()
    corrected = client.get(base, params={"state": "corrected"}).json()
    row = next(row for row in corrected["coverage"] if row["indicator"] == "4.2.1")
    assert row["status"] == "not_applicable"
    assert client.get(base).content == machine
    undone = client.delete(f"{API}/submissions/{identity}/corrections/{made['id']}")
    assert undone.status_code == 204
    assert (
        client.get(base, params={"state": "corrected"}).json()["coverage"] == json.loads(machine)["coverage"]
    )


def test_what_was_said_of_a_passage_holds_in_the_next_draft(read: tuple[World, str, str]) -> None:
    world, identity, revision = read
    client = world.as_("applicant")
    passage = client.get(f"{API}/assessments/{revision}/passages").json()["items"][0]
    said = {"about": "passage", "id": passage["id"], "verdict": "wrong", "indicators": ["2.1.1"]}
    assert client.post(f"{API}/submissions/{identity}/corrections", json=said).status_code == 201
    files = {"files": world.report(extra="新加的一段，说明供应商的评价方法。")}
    client.post(f"{API}/submissions/{identity}/files", files=files)
    world.work()
    new = world.revision(identity)
    assert new != revision
    shown = client.get(f"{API}/assessments/{new}/passages", params={"state": "corrected"}).json()["items"]
    kept = next(one for one in shown if one["id"] == passage["id"])
    assert [score["id"] for score in kept["indicators"]] == ["2.1.1"]


def test_a_reviewers_words_are_personal_until_the_leader_opens_them(read: tuple[World, str, str]) -> None:
    world, identity, _ = read
    with world.context.database.writing() as session:
        reviewer = people.person_by_login(session, "reviewer")
        colleague = people.person_by_login(session, "colleague")
        assert reviewer is not None
        assert colleague is not None
        session.add(Assignment(submission_id=identity, person_id=colleague.id, place={}))
        session.add(Group(id="group", round_id=ROUND, title="一组", leader_id=colleague.id))
        session.flush()
        session.add_all(Member(group_id="group", person_id=one.id) for one in (reviewer, colleague))
    said = {"about": "node", "id": "1.1.1", "verdict": "not_applicable", "sentence": "见现场。"}
    path = f"{API}/submissions/{identity}/corrections"
    world.as_("reviewer").post(path, json=said)
    note = {"item": "1.1", "section": "strength", "text": "有方法。"}
    notes = f"{API}/submissions/{identity}/notes"
    world.as_("reviewer").post(notes, json=note)

    def seen(login: str) -> int:
        return int(world.as_(login).get(path).json()["total"])

    assert [seen(login) for login in ("reviewer", "colleague", "applicant", "office")] == [1, 0, 0, 0]
    opening = f"{API}/groups/group/opened"
    assert world.as_("reviewer").put(opening, json={"opened": True}).status_code == 409
    assert world.as_("colleague").put(opening, json={"opened": True}).status_code == 200
    assert [seen(login) for login in ("reviewer", "colleague", "applicant", "office")] == [1, 1, 0, 0]
    assert world.as_("colleague").get(notes).json()["total"] == 1
    assert world.as_("applicant").get(notes).status_code == 403


def test_recusing_ends_the_view_and_keeps_the_reason(read: tuple[World, str, str]) -> None:
    world, identity, _ = read
    mine = world.as_("reviewer").get(f"{API}/assignments").json()["items"][0]
    path = f"{API}/assignments/{mine['id']}"
    place = world.as_("reviewer").put(f"{path}/place", json={"node": "1.1", "revision": 1})
    assert place.json()["place"] == {"node": "1.1", "revision": 1}
    assert world.as_("reviewer").post(f"{path}/recuse", json={"reason": "曾任其顾问"}).status_code == 200
    assert world.as_("reviewer").get(f"{API}/submissions/{identity}").status_code == 404
    assert world.as_("reviewer").get(f"{API}/assignments").json()["total"] == 0
    seen = world.as_("office").get(f"{API}/assignments").json()["items"]
    assert [one["recused"] for one in seen] == ["曾任其顾问"]


def test_search_finds_words_and_meaning_within_what_one_may_see(read: tuple[World, str, str]) -> None:
    world, identity, _ = read

    def search(login: str, query: str) -> list[dict[str, object]]:
        answer = world.as_(login).get(f"{API}/search", params={"q": query})
        assert answer.status_code == 200
        items: list[dict[str, object]] = answer.json()["items"]
        return items

    by_word = search("applicant", "使命")
    assert "使命" in str(by_word[0]["text"])
    assert "words" in by_word[0]["by"]  # type: ignore[operator]
    by_meaning = search("office", "客户是否满意")
    assert any("顾客满意度" in str(hit["text"]) for hit in by_meaning[:2])
    assert {hit["submission"] for hit in search("reviewer", "使命")} == {identity}
    assert search("stranger", "使命") == []
    assert search("colleague", "使命") == []
    assert search("office", '"*" OR NEAR(使命') != []
    assert all("words" not in hit["by"] for hit in search("office", "！！？？"))  # type: ignore[operator]


def test_what_search_needs_is_made_again_from_the_store(read: tuple[World, str, str]) -> None:
    world, _, _ = read
    client = world.as_("office")
    before = client.get(f"{API}/search", params={"q": "顾客满意度调查"}).json()
    assert before["total"]
    assert world.context.searcher.rebuild() == 1
    after = client.get(f"{API}/search", params={"q": "顾客满意度调查"}).json()
    assert after == before


def test_pages_of_a_pdf_are_images_with_boxes(world: World, examples: Path) -> None:
    made = world.as_("applicant").post(f"{API}/submissions", json={"round_id": ROUND}).json()
    pdf = ("自评报告.pdf", (examples / "自评报告.pdf").read_bytes())
    world.as_("applicant").post(f"{API}/submissions/{made['id']}/files", files={"files": pdf})
    world.work()
    base = f"{API}/assessments/{world.revision(made['id'])}/documents"
    document = world.as_("applicant").get(f"{base}?limit=1").json()["items"][0]["id"]
    passages = f"{API}/assessments/{world.revision(made['id'])}/passages"
    first = world.as_("applicant").get(passages).json()["items"][0]
    page = world.as_("applicant").get(f"{base}/{document}/pages/{first['page']}").json()
    assert first["id"] in {box["passage"] for box in page["boxes"]}
    image = world.as_("applicant").get(page["image"])
    assert (image.headers["content-type"], image.content[:3]) == ("image/jpeg", b"\xff\xd8\xff")
    assert world.as_("applicant").get(f"{base}/{document}/pages/9999").status_code == 404


def test_what_a_group_of_another_round_opened_stays_closed_here(read: tuple[World, str, str]) -> None:
    world, identity, _ = read
    other = world.as_("office").post(f"{API}/rounds", json={"title": "上一届"}).json()["id"]
    with world.context.database.writing() as session:
        reviewer = people.person_by_login(session, "reviewer")
        colleague = people.person_by_login(session, "colleague")
        assert reviewer is not None
        assert colleague is not None
        session.add(Assignment(submission_id=identity, person_id=colleague.id, place={}))
        session.add(Group(id="group", round_id=other, title="一组", opened=True))
        session.flush()
        session.add_all(Member(group_id="group", person_id=one.id) for one in (reviewer, colleague))
    said = {"about": "node", "id": "1.1.1", "verdict": "not_applicable", "sentence": "见现场。"}
    path = f"{API}/submissions/{identity}"
    world.as_("reviewer").post(f"{path}/corrections", json=said)
    world.as_("reviewer").post(f"{path}/notes", json={"item": "1.1", "section": "strength", "text": "好。"})
    assert world.as_("colleague").get(f"{path}/corrections").json()["total"] == 0
    assert world.as_("colleague").get(f"{path}/notes").json()["total"] == 0
