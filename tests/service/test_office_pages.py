"""The office's pages at the level of their routes: lists, forms, and what they refuse."""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from datetime import date

from fastapi.testclient import TestClient
from openpyxl import load_workbook

from api.store import people
from api.store.tables import Group, Intake, Organisation, Round, StoredFile, Submission
from tests.service.conftest import ROUND, World
from tests.service.reports import report


def flash(client: TestClient) -> str:
    from urllib.parse import unquote

    return unquote(client.cookies.get("ziping-flash") or "")


def test_office_and_admin_start_at_their_pages(world: World) -> None:
    office = world.as_("office").get("/office")
    assert "状态板" in office.text and "第一届" in office.text
    assert world.as_("admin").get("/office").headers["location"] == "/rounds"
    assert "第一届" in world.as_("admin").get("/rounds").text


def test_board_tells_what_was_handed_in_and_never_a_draft(world: World) -> None:
    world.draft("stranger")
    identity = world.submitted("applicant")
    text = world.as_("office").get(f"/rounds/{ROUND}").text
    assert f"/submissions/{identity}/life" in text and "甲公司" in text and "已检查" in text
    table = text[text.index("<table") : text.index("</table>")]
    assert "乙公司" not in table
    assert "乙公司" in text  # among those that have not handed in
    assert "reviewer 0/" in table


def test_board_is_filtered_ordered_and_counted_by_its_address(world: World) -> None:
    world.submitted("applicant")
    world.submitted("stranger")
    office = world.as_("office")

    def names(query: str) -> list[str]:
        page = office.get(f"/rounds/{ROUND}?{query}").text
        return re.findall(r'<th scope="row"><a href="/submissions/[^"]+">([^<]+)</a>', page)

    assert names("") == ["乙公司", "甲公司"] or names("") == ["甲公司", "乙公司"]
    assert names("sort=-organisation") == list(reversed(names("sort=organisation")))
    assert names("q=甲") == ["甲公司"]
    assert names("reading=failed") == []
    assert names("readers=some&kind=award&status=submitted&reading=done") == names("")
    assert names("sort=nonsense&page=99") == names("")


def test_figures_of_an_assessment_before_they_were_kept_are_made(world: World) -> None:
    from api.store.tables import Revision

    world.submitted("applicant")
    before = world.as_("office").get(f"/rounds/{ROUND}").text
    with world.context.database.writing() as session:
        for one in session.query(Revision):
            assert one.figures is not None
            one.figures = None
    after = world.as_("office").get(f"/rounds/{ROUND}").text
    assert re.findall(r"\d+ / 57", before) == re.findall(r"\d+ / 57", after) != []


def test_workbook_has_a_row_per_submission_and_no_formula(world: World) -> None:
    with world.context.database.writing() as session:
        organisation = session.get(Organisation, "own")
        assert organisation is not None
        organisation.name = "=SUM(1,2)公司"
    world.submitted("applicant")
    answer = world.as_("office").get(f"/rounds/{ROUND}/workbook")
    assert answer.headers["content-disposition"].startswith("attachment")
    book = load_workbook(io.BytesIO(answer.content))
    assert book.sheetnames == ["材料", "指标覆盖", "字数", "分配"]
    cell = book["材料"]["A2"]
    assert cell.value == "=SUM(1,2)公司" and cell.data_type == "s"
    assert book["材料"]["C2"].value == "已提交"
    assert book["分配"]["C2"].value == "reviewer"


def test_round_is_made_and_set(world: World) -> None:
    office = world.as_("office")
    said = {
        "title": "第二届",
        "deadline": "2030-03-31T17:00",
        "years": "2027、2028、2029",
        "first_due": "2032",
        "limit": ["", "50,000", ""],
        "source": ["", "通知 附件2", ""],
        "charts": "yes",
        "charts_source": "通知 附件2",
    }
    answer = office.post("/rounds", data=said)
    assert answer.status_code == 303, answer.text
    with world.context.database.reading() as session:
        made = session.query(Round).filter_by(title="第二届").one()
        assert made.limits == {"report": {"limit": 50000, "source": "通知 附件2"}}
        assert made.counting == {"charts": True, "source": "通知 附件2"}
        assert (made.reporting_years, made.first_due) == (["2027", "2028", "2029"], 2032)
    page = office.get(answer.headers["location"]).text
    assert "50000" in page and "2030-03-31T17:00" in page
    assert office.post("/rounds", data=said).status_code == 409
    assert (
        office.post("/rounds", data={**said, "title": "第三届", "limit": ["多", "", ""]}).status_code == 422
    )


def test_round_that_runs_changes_its_deadline_only(world: World) -> None:
    world.submitted("applicant")
    office = world.as_("office")
    assert "已经开始检查" in office.get(f"/rounds/{ROUND}/settings").text
    said = {"title": "第一届", "deadline": "2031-01-01T00:00", "years": "2001"}
    assert office.post(f"/rounds/{ROUND}/settings", data=said).status_code == 303
    with world.context.database.reading() as session:
        round_ = session.get(Round, ROUND)
        assert round_ is not None and round_.deadline is not None and round_.reporting_years == []


def test_account_is_made_with_a_password_shown_once(world: World) -> None:
    office = world.as_("office")
    said = {"name": "王芳", "login": "wang.fang", "role": "applicant", "organisation": "甲公司"}
    page = office.post("/people", data=said).text
    password = re.search(r'id="password">([^<]+)<', page)
    assert password is not None
    assert password[1] not in office.get("/people").text
    assert office.post("/people", data={**said, "login": "b2", "organisation": "没有的"}).status_code == 422
    assert office.post("/people", data={**said, "login": "b3", "role": "admin"}).status_code == 403
    with world.context.database.reading() as session:
        made = people.person_by_login(session, "wang.fang")
        assert made is not None and made.organisation_id == "own" and made.must_change
    assert "王芳" in office.get("/people?q=甲公司&role=applicant").text
    office.post(f"/people/{made.id}", data={"name": "王芳芳"})
    assert "已停用" in office.get("/people?active=no&sort=-created").text


def test_organisation_is_registered_and_renamed(world: World) -> None:
    admin = world.as_("admin")
    where = admin.post("/organisations", data={"name": "丙公司", "former": "丙厂、老丙"}).headers["location"]
    admin.post(where, data={"name": "丙集团", "former": "丙厂、老丙"})
    assert "丙厂、老丙、丙公司" in admin.get(where).text
    assert admin.post("/organisations", data={"name": "丙集团"}).status_code == 409


def test_group_is_made_and_given_reports(world: World) -> None:
    mine, theirs = world.submitted("applicant"), world.submitted("stranger")
    office = world.as_("office")
    with world.context.database.reading() as session:
        ids = {
            login: person.id
            for login in ("reviewer", "colleague")
            if (person := people.person_by_login(session, login))
        }
    said = {"title": "一组", "leader": ids["colleague"], "member": [ids["reviewer"]]}
    assert office.post(f"/rounds/{ROUND}/groups", data=said).status_code == 303
    with world.context.database.reading() as session:
        group = session.query(Group).one()
    answer = office.post(
        f"/rounds/{ROUND}/assigning",
        data={"submission": [mine, theirs], "group": group.id, "due": "2030-01-02"},
    )
    assert answer.status_code == 303
    assert "已分配 2 份次" in flash(office) and "另有 2 份次" in flash(office)
    page = office.get(f"/rounds/{ROUND}/assigning").text
    assert page.count("colleague（2030-01-02）") == 2
    assert office.post(f"/rounds/{ROUND}/assigning", data={"submission": [mine]}).status_code == 422
    life = office.get(f"/submissions/{mine}/life").text
    held = re.findall(r"/assignments/([\w-]+)/take-back", life)
    assert len(held) == 2
    office.post(f"/assignments/{held[0]}/take-back")
    assert len(re.findall("take-back", office.get(f"/submissions/{mine}/life").text)) == 1


def test_life_of_a_submission(world: World) -> None:
    identity = world.submitted("applicant")
    office, applicant = world.as_("office"), world.as_("applicant")
    life = f"/submissions/{identity}"
    assert office.post(f"{life}/received", data={"received_on": "2026-01-02"}).status_code == 422
    office.post(f"{life}/received", data={"received_on": "2026-01-02", "reason": "光盘"})
    office.post(f"{life}/reopen", data={"reason": "少了附件"})
    page = applicant.get(f"{life}/life").text
    assert "2026-01-02" in page and "少了附件" in page and "更正收到日期" not in page
    applicant.post(f"{life}/withdraw", data={"reason": "不再申报"})
    assert "不再申报" in office.get(f"{life}/life").text
    assert world.as_("reviewer").get(f"{life}/life").status_code == 404
    draft = world.draft("applicant")
    assert "删除草稿" in applicant.get(f"/submissions/{draft}/life").text
    assert applicant.post(f"/submissions/{draft}/delete").status_code == 303
    assert applicant.get(f"/submissions/{draft}/life").status_code == 404
    audit = office.get(f"/audit?object=submission:{identity}").text
    for word in ("更正收到日期", "重新开放", "撤回", "正式提交"):
        assert word in audit


def test_audit_is_filtered_and_its_chain_verified(world: World) -> None:
    world.submitted("applicant")
    admin = world.as_("admin")
    assert "散列链完整" in admin.get("/audit?verify=1").text
    rows = admin.get("/audit?action=submit&who=applicant").text
    assert rows.count("<tr><td") == 1
    assert "没有符合的" in admin.get("/audit?who=nobody").text
    assert "没有符合的" in admin.get("/audit?since=2999-01-01").text
    assert "/submissions/" not in rows  # an administrator sees no report


def archive() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("甲公司/自评报告.docx", report())
        made.writestr("甲公司/组织概述.docx", report("概述。"))
        made.writestr("乙公司/自评报告.docx", report("乙。"))
        made.writestr("坏文件.docx", b"PK\x03\x04broken")
        made.writestr("说明.txt", "文字")
    return out.getvalue()


def test_batch_is_looked_through_then_taken_in(world: World) -> None:
    office = world.as_("office")
    answer = office.post(f"/rounds/{ROUND}/intake", files={"files": ("材料.zip", archive())})
    assert answer.status_code == 303, answer.text
    where = answer.headers["location"]
    page = office.get(where).text
    assert page.count('name="take"') == 3 + page.count("坏文件.docx 的组织")
    assert "说明.txt" in page
    with world.context.database.reading() as session:
        assert session.query(Submission).count() == 0
        intake = session.query(Intake).one()
        files = {f.position: f for f in intake.files if f.sha256}
    assert {f.organisation for f in files.values()} - {""} == {"甲公司", "乙公司"}
    said = {
        "position": list(map(str, files)),
        "organisation": [f.organisation for f in files.values()],
        "kind": ["award"] * len(files),
        "covers": [""] * len(files),
        "take": [str(n) for n, f in files.items() if f.organisation],
        "received_on": "2026-01-05",
    }
    assert office.post(where, data=said).status_code == 303
    assert "已收入 3 个文件" in flash(office)
    with world.context.database.reading() as session:
        found = session.query(Submission).all()
        assert {one.organisation.name: len(one.revisions[-1].files) for one in found} == {
            "甲公司": 2,
            "乙公司": 1,
        }
        assert {(one.status, one.received_on) for one in found} == {("submitted", date(2026, 1, 5))}
    assert "take-in" in {one["action"] for one in office.get("/api/v1/audit?limit=100").json()["items"]}


def test_one_file_that_fails_leaves_the_others_and_stays(world: World) -> None:
    office = world.as_("office")
    files = [
        ("files", ("甲公司自评报告.docx", report())),
        ("files", ("谁的.docx", report("别的。"))),
        ("files", ("空.docx", b"")),
    ]
    where = office.post(f"/rounds/{ROUND}/intake", files=files).headers["location"]
    with world.context.database.reading() as session:
        held = {f.filename: f for f in session.query(Intake).one().files}
    assert held["空.docx"].sha256 is None and "空" in held["空.docx"].why
    assert held["甲公司自评报告.docx"].organisation == "甲公司"
    both = [held["甲公司自评报告.docx"], held["谁的.docx"]]
    said = {
        "position": [str(f.position) for f in both],
        "take": [str(f.position) for f in both],
        "organisation": ["甲公司", "丁公司"],
        "kind": ["award", "award"],
        "covers": ["", ""],
    }
    office.post(where, data=said)
    page = office.get(where).text
    assert "名录中没有“丁公司”" in page and 'value="丁公司"' in page
    with world.context.database.reading() as session:
        assert [one.organisation.name for one in session.query(Submission)] == ["甲公司"]
    left = {"position": [str(both[1].position)], "take": [str(both[1].position)], "new": "1"}
    left |= {"organisation": ["丁公司"], "kind": ["award"], "covers": [""]}
    assert office.post(where, data=left).headers["location"] == f"/rounds/{ROUND}"
    with world.context.database.reading() as session:
        assert session.query(Submission).count() == 2
        assert session.query(Intake).count() == 0


def test_files_that_come_later_are_put_to_those_that_are_there(world: World) -> None:
    office = world.as_("office")

    def bring(name: str, content: bytes) -> None:
        where = office.post(f"/rounds/{ROUND}/intake", files={"files": (name, content)}).headers["location"]
        said = {
            "position": ["0"],
            "take": ["0"],
            "organisation": ["甲公司"],
            "kind": ["award"],
            "covers": [""],
        }
        assert office.post(where, data=said).status_code == 303

    bring("自评报告.docx", report())
    bring("证实性材料.docx", report("证明。"))
    with world.context.database.reading() as session:
        last = session.query(Submission).one().revisions[-1]
        assert [f.filename for f in last.files] == ["自评报告.docx", "证实性材料.docx"]


def test_archive_itself_is_not_kept(world: World) -> None:
    content = archive()
    world.as_("office").post(f"/rounds/{ROUND}/intake", files={"files": ("材料.zip", content)})
    assert not world.context.files.path(hashlib.sha256(content).hexdigest()).exists()


def test_archive_that_is_broken_is_told_in_a_line(world: World) -> None:
    office = world.as_("office")
    files = [("files", ("坏.zip", archive()[:200])), ("files", ("甲公司.docx", report()))]
    page = office.get(office.post(f"/rounds/{ROUND}/intake", files=files).headers["location"]).text
    row = page[page.index("坏.zip") :]
    assert "没有读成" in row[: row.index("</tr>")]
    assert page.count(" checked>") == 1


def test_batch_that_is_given_up_leaves_nothing(world: World) -> None:
    office = world.as_("office")
    where = office.post(f"/rounds/{ROUND}/intake", files={"files": ("甲公司.docx", report("放弃"))}).headers[
        "location"
    ]
    with world.context.database.reading() as session:
        stored = [one.sha256 for one in session.query(StoredFile)]
    assert len(stored) == 1
    office.post(f"{where}/drop")
    with world.context.database.reading() as session:
        assert session.query(StoredFile).count() == 0
    assert not world.context.files.path(stored[0]).exists()
