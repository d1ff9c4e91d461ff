"""Yearly duties over the pages: winners, what came, what a person is asked to look at, the letter."""

from __future__ import annotations

import io
import re
from datetime import date, timedelta

import pytest
from docx import Document
from openpyxl import Workbook, load_workbook

from api.store import duties
from api.store.tables import Incident, Organisation, Submission, WinnerRow
from tests.service.conftest import ROUND, World

YEAR = date.today().year - 1
"""The year that is reported on now."""


def yearly(name: str, year: int, extra: str = "") -> bytes:
    """A small yearly report."""
    document = Document()
    document.add_heading(f"{name}{year}年度卓越绩效自我评价报告", 0)
    document.add_paragraph(f"报告单位：{name}")
    document.add_heading("1 领导", 1)
    document.add_paragraph(
        f"{year}年，公司高层领导通过职工大会向全体员工宣贯使命、愿景和价值观，并每季度检查落实情况。"
    )
    document.add_heading("3 顾客与市场", 1)
    document.add_paragraph(
        f"{year}年公司委托第三方开展顾客满意度调查，按产品和区域分析结果，并用于改进服务流程。"
    )
    document.add_heading("7 结果", 1)
    document.add_paragraph(f"{year}年顾客满意度达到95.2%，比上年提高1.1个百分点。")
    if extra:
        document.add_paragraph(extra)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


@pytest.fixture
def winner(world: World) -> str:
    """甲公司 won two years ago, so that two of its three reports have come due, or soon will."""
    with world.context.database.writing() as session:
        organisation = session.get_one(Organisation, "own")
        from api.store import rounds

        row = duties.add_winner(
            session, rounds.get_round(session, ROUND), organisation, YEAR - 1, "质量管理奖", True
        )
        return row.id


def bring(world: World, name: str, year: int, content: bytes) -> str:
    """A yearly report taken in by the office and read; its submission's id."""
    office = world.as_("office")
    files = {"files": (f"{name}{year}年度自我评价报告.docx", content)}
    where = office.post(f"/rounds/{ROUND}/intake", data={"kind": "annual"}, files=files).headers["location"]
    page = office.get(where).text
    assert f'value="{year}"' in page and f'value="{name}"' in page
    said = {
        "position": ["0"],
        "take": ["0"],
        "organisation": [name],
        "kind": ["annual"],
        "covers": [str(year)],
    }
    assert office.post(where, data=said).headers["location"] == f"/rounds/{ROUND}"
    world.work()
    with world.context.database.reading() as session:
        return session.query(Submission.id).filter_by(covers=str(year)).scalar() or ""


def board(world: World, query: str = "") -> str:
    text = world.as_("office").get(f"/rounds/{ROUND}/duties?{query}").text
    return re.sub(r"<[^>]+>|\s+", " ", text[text.index("</form>") :])


def test_duties_follow_from_the_award(world: World, winner: str) -> None:
    text = board(world)
    assert all(f"{year} 年度" in text for year in (YEAR - 1, YEAR, YEAR + 1))
    assert f"{YEAR}-03-31" in text and "逾期" in text
    assert "甲公司" in board(world, "show=owed") and "甲公司" in board(world, "show=late")
    assert "没有符合的组织" in board(world, "show=person")


def test_report_that_came_is_on_one_page_with_its_letter(world: World, winner: str) -> None:
    last = bring(world, "甲公司", YEAR - 1, yearly("甲公司", YEAR - 1))
    identity = bring(world, "甲公司", YEAR, yearly("甲公司", YEAR, "公司因环保违法行为被处以罚款5万元。"))
    assert last != identity
    office = world.as_("office")
    page = office.get(f"/submissions/{identity}/duty").text
    assert f"与{YEAR - 1} 年度报告对照" in page
    assert "罚款5万元" in page  # a hint, for the office alone
    ticks = re.findall(r'name="finding" value="([^"]+)"', page)
    assert ticks
    assert office.get(f"/submissions/{identity}/letter?kind=correction").status_code == 409
    said = {"finding": ticks[:2], "act": "correction", "until": ""}
    where = office.post(f"/submissions/{identity}/duty", data=said).headers["location"]
    shown = office.get(where).text
    answer = office.get(
        f"/submissions/{identity}/letter/docx?kind=correction&office=评审办&until={YEAR + 2}-01-31"
    )
    letter = "\n".join(p.text for p in Document(io.BytesIO(answer.content)).paragraphs)
    assert "1." in letter and "2." in letter and "3." not in letter
    assert "评审办" in letter and f"{YEAR + 2}年1月31日" in letter
    told = re.search(r"<b>([^<]+)</b>", page[page.index(ticks[0]) :])
    assert told is not None and told[1] in letter and told[1] in shown


def test_asked_for_correction_holds_until_a_new_file_comes(world: World, winner: str) -> None:
    identity = bring(world, "甲公司", YEAR, yearly("甲公司", YEAR))
    office = world.as_("office")
    office.post(f"/submissions/{identity}/duty", data={"act": "ask", "until": f"{YEAR + 2}-01-31"})
    assert "甲公司" in board(world, "show=correction")
    bring(world, "甲公司", YEAR, yearly("甲公司", YEAR, "补正后的内容。"))
    assert "没有符合的组织" in board(world, "show=correction")
    office.post(f"/submissions/{identity}/duty", data={"act": "check"})
    assert "已核对" in office.get(f"/submissions/{identity}/duty").text
    office.post(f"/submissions/{identity}/duty", data={"act": "uncheck"})
    assert "标为已核对" in office.get(f"/submissions/{identity}/duty").text


def test_year_is_read_from_the_report_and_a_second_copy_is_left_out(world: World, winner: str) -> None:
    content = yearly("甲公司", YEAR)
    files = [("files", (f"{YEAR + 1}年提交_{n}_甲公司.docx", content)) for n in "12"]
    office = world.as_("office")
    where = office.post(f"/rounds/{ROUND}/intake", data={"kind": "annual"}, files=files).headers["location"]
    page = office.get(where).text
    assert page.count('name="take"') == 1 and f'value="{YEAR}"' in page
    assert "内容完全相同，只收一次" in page


def test_report_on_another_year_or_of_another_needs_a_person(world: World, winner: str) -> None:
    office = world.as_("office")
    files = {"files": ("报告.docx", yearly("丁集团有限公司", YEAR - 1))}
    where = office.post(f"/rounds/{ROUND}/intake", data={"kind": "annual"}, files=files).headers["location"]
    said = {
        "position": ["0"],
        "take": ["0"],
        "organisation": ["甲公司"],
        "kind": ["annual"],
        "covers": [str(YEAR)],
    }
    office.post(where, data=said)
    world.work()
    text = board(world, "show=person")
    assert f"读到的是 {YEAR - 1} 年度" in text
    assert "丁集团有限公司" in text


def test_correction_that_comes_later_does_not_make_a_report_late(world: World, winner: str) -> None:
    identity = bring(world, "甲公司", YEAR, yearly("甲公司", YEAR))
    office = world.as_("office")
    office.post(f"/submissions/{identity}/received", data={"received_on": f"{YEAR}-12-31", "reason": "邮戳"})
    files = {"files": (f"甲公司{YEAR}年度自我评价报告.docx", yearly("甲公司", YEAR, "补正后的内容。"))}
    where = office.post(f"/rounds/{ROUND}/intake", data={"kind": "annual"}, files=files).headers["location"]
    said = {"position": ["0"], "take": ["0"], "organisation": ["甲公司"], "kind": ["annual"]}
    said |= {"covers": [str(YEAR)], "received_on": [date.today().isoformat()]}
    office.post(where, data=said)
    with world.context.database.reading() as session:
        found = session.query(Submission).one()
        assert (found.received_on, len(found.revisions)) == (date(YEAR, 12, 31), 2)


def test_report_that_the_organisation_hands_in_itself_lands_on_the_board(world: World, winner: str) -> None:
    applicant = world.as_("applicant")
    files = {"files": ("报告.docx", yearly("甲公司", YEAR))}
    made = applicant.post("/submissions", data={"round_id": ROUND, "kind": "annual"}, files=files)
    world.work()
    assert f"{made.headers['location']}/duty" not in world.as_("office").get(f"/rounds/{ROUND}/duties").text
    assert applicant.post(f"{made.headers['location']}/submit").status_code == 303
    page = world.as_("office").get(f"/rounds/{ROUND}/duties").text
    row = page[page.index("甲公司") :]
    assert f"{made.headers['location']}/duty" in row[: row.index("</tr>")]


def test_only_the_day_of_receipt_decides_lateness(world: World, winner: str) -> None:
    identity = bring(world, "甲公司", YEAR - 1, yearly("甲公司", YEAR - 1))  # surely due by now
    office = world.as_("office")
    due = date(YEAR, 3, 31)
    for day, late in ((due, False), (due + timedelta(days=2), True)):
        said = {"received_on": day.isoformat(), "reason": "邮戳"}
        office.post(f"/submissions/{identity}/received", data=said)
        assert ("超期 2 天" in office.get(f"/submissions/{identity}/duty").text) == late


def test_extension_and_withdrawal(world: World, winner: str) -> None:
    office = world.as_("office")
    assert (
        office.post(f"/winners/{winner}/extension", data={"year": "2020", "until": "2030-01-01"}).status_code
        == 422
    )
    said = {"year": str(YEAR - 1), "until": f"{YEAR + 5}-06-30", "reason": "搬迁"}
    office.post(f"/winners/{winner}/extension", data=said)
    assert f"应于 {YEAR + 5}-06-30" in board(world) and "已延期" in board(world)
    office.post(
        f"/winners/{winner}",
        data={
            "award": "质量管理奖",
            "award_year": str(YEAR - 1),
            "obliged": "1",
            "withdrawn": f"{YEAR}-01-01",
        },
    )
    with world.context.database.reading() as session:
        assert session.get_one(WinnerRow, winner).withdrawn == date(YEAR, 1, 1)
    assert "应于" not in board(world)


def test_list_of_winners_is_looked_through_then_taken(world: World) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (
        ("组织名称", "获奖年度", "奖项", "是否应交", "曾用名"),
        ("甲公司", 2019, "质量管理奖", "是", ""),
        ("戊公司", "2019年", "提名奖", "否", "老戊"),
        ("己公司", "很久以前", "", "", ""),
    ):
        sheet.append(row)
    content = io.BytesIO()
    book.save(content)
    office = world.as_("office")
    files = {"file": ("名单.xlsx", content.getvalue())}
    page = office.post(f"/rounds/{ROUND}/winners/preview", files=files).text
    assert "第 4 行" in page and "登记为新组织" in page
    with world.context.database.reading() as session:
        assert session.query(WinnerRow).count() == 0
    import html

    rows = re.search(r'name="rows" value="([^"]*)"', page)
    assert rows is not None
    office.post(f"/rounds/{ROUND}/winners/import", data={"rows": html.unescape(rows[1])})
    with world.context.database.reading() as session:
        found = {one.organisation.name: one.obliged for one in session.query(WinnerRow)}
    assert found == {"甲公司": True, "戊公司": False}
    assert office.post(f"/rounds/{ROUND}/winners/import", data={"rows": "[1]"}).status_code == 422


def test_round_is_taken_away(world: World, winner: str) -> None:
    bring(world, "甲公司", YEAR, yearly("甲公司", YEAR))
    office = world.as_("office")
    answer = office.get(f"/rounds/{ROUND}/duties/workbook?covers={YEAR}")
    book = load_workbook(io.BytesIO(answer.content))
    assert book["看板"]["A2"].value == "甲公司" and book["报告"]["B2"].value == YEAR
    calendar = office.get(f"/rounds/{ROUND}/duties/calendar").text
    assert calendar.startswith("BEGIN:VCALENDAR\r\n") and "甲公司" in calendar.replace("\r\n ", "")
    late = load_workbook(io.BytesIO(office.get(f"/rounds/{ROUND}/duties/late").content))
    assert [row[0].value for row in late["逾期"].iter_rows(min_row=2)] == ["甲公司"]


def test_incident_is_written_down(world: World) -> None:
    office = world.as_("office")
    where = "/organisations/own/incidents"
    said = {"happened": "2020-05-01", "kind": "safety", "told": "一起火灾", "measures": "整改"}
    assert office.post(where, data={**said, "happened": "2999-01-01"}).status_code == 422
    assert office.post(where, data={**said, "told": " "}).status_code == 422
    office.post(where, data=said)
    page = office.get(where).text
    assert "一起火灾" in page and "联合报请市政府" in page
    with world.context.database.reading() as session:
        assert session.query(Incident).count() == 1


def test_organisation_sees_its_own_duties_only(world: World, winner: str) -> None:
    assert "逾期" in world.as_("applicant").get("/duties").text
    assert "没有登记的奖项" in world.as_("stranger").get("/duties").text
    identity = bring(world, "甲公司", YEAR, yearly("甲公司", YEAR))
    applicant = world.as_("applicant")
    assert applicant.get(f"/submissions/{identity}/duty").status_code == 403
    assert f"/submissions/{identity}" in applicant.get("/duties").text
