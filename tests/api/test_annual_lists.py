"""The office's lists: winners and days of receipt, with row errors; the calendar and the letter."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import docx
import pytest
from openpyxl import Workbook

from api.annual.calendar import to_calendar
from api.annual.letter import Letter, letter_bytes, letter_lines
from api.annual.winners import read_receipts, read_winners
from mapping.yearly.terms import load_terms
from models.assessment import Finding
from models.duty import Duty, DutyStanding, Extension, Receipt
from models.errors import DamagedFile, MissingPath, UnsupportedFormat, UsageError

TERMS = load_terms()
HEAD = "组织名称,曾用名,届次,奖项,获奖年度,是否应交,首次应交年份,延期年度,延期至,延期原因,撤销日期\n"


def csv(folder: Path, *rows: str, encoding: str = "utf-8-sig") -> Path:
    path = folder / "名单.csv"
    path.write_bytes((HEAD + "\n".join(rows)).encode(encoding))
    return path


# --- winners


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "gb18030"])
def test_a_row_is_a_winner(tmp_path: Path, encoding: str) -> None:
    row = "云麓有限公司,云麓机械厂；云麓,第三届,质量管理奖,2020,是,2022,2021,2022-05-31,停工,"
    (winner,) = read_winners(csv(tmp_path, row, encoding=encoding)).roll.winners
    assert (winner.name, winner.former, winner.round) == ("云麓有限公司", ("云麓机械厂", "云麓"), "第三届")
    assert (winner.award_year, winner.first_due, winner.obliged) == (2020, 2022, True)
    assert winner.extensions == (Extension(2021, date(2022, 5, 31), "停工"),)


def test_a_workbook_with_a_title_above_its_head_and_real_dates(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(["获奖组织名单"])
    sheet.append(["单位名称", "获奖年度（年）", "撤销日期"])
    sheet.append(["云麓有限公司", 2020, date(2022, 1, 5)])
    path = tmp_path / "名单.xlsx"
    book.save(path)
    (winner,) = read_winners(path).roll.winners
    assert (winner.award_year, winner.withdrawn) == (2020, date(2022, 1, 5))


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (",,,,2020", "没有组织名称"),
        ("云麓有限公司", "没有获奖年度"),
        ("云麓有限公司,,,,二〇二〇", "“二〇二〇”不是年份"),
        ("云麓有限公司,,,,2020,也许", "“也许”应填“是”或“否”"),
        ("云麓有限公司,,,,2020,,2019", "早于获奖年度"),
        ("云麓有限公司,,,,2020,,,2020,2021-05-31,", "没有延期原因"),
        ("云麓有限公司,,,,2020,,,,,,2022-13-40", "“2022-13-40”不是日期"),
    ],
)
def test_a_faulty_row_is_told_with_its_number_and_the_others_stand(
    tmp_path: Path, row: str, said: str
) -> None:
    read = read_winners(csv(tmp_path, "泽川有限公司,,,,2020", row))
    assert [winner.name for winner in read.roll.winners] == ["泽川有限公司"]
    (fault,) = read.faults
    assert "第 3 行" in fault
    assert said in fault


def test_further_rows_of_a_winner_add_extensions_and_nothing_else(tmp_path: Path) -> None:
    first = "云麓有限公司,,,,2020,,,2020,2021-05-31,停工,"
    read = read_winners(
        csv(tmp_path, first, first.replace("2020,2021-05-31", "2021,2022-06-30"), "云麓有限公司,,,,2018")
    )
    (winner,) = read.roll.winners
    assert [one.year for one in winner.extensions] == [2020, 2021]
    assert len(read.faults) == 1


def test_lists_that_cannot_be_read_say_why(tmp_path: Path) -> None:
    with pytest.raises(MissingPath):
        read_winners(tmp_path / "没有.xlsx")
    other = tmp_path / "名单.txt"
    other.write_text("x")
    with pytest.raises(UnsupportedFormat):
        read_winners(other)
    broken = tmp_path / "名单.xlsx"
    broken.write_bytes(b"no workbook")
    with pytest.raises(DamagedFile):
        read_winners(broken)
    headless = tmp_path / "空.csv"
    headless.write_text("a,b\n1,2\n")
    with pytest.raises(UsageError, match="组织名称"):
        read_winners(headless)


def test_days_of_receipt_by_file_or_organisation(tmp_path: Path) -> None:
    path = tmp_path / "收件.csv"
    path.write_text(
        "文件,收到日期,请补正,已核对\n甲.docx,2021-03-28,,\n云麓（集团）公司,2021年3月30日,是,\n乙.docx,三月,,\n"
    )
    read = read_receipts(path)
    assert read.receipts["甲.docx"] == Receipt(date(2021, 3, 28))
    assert read.receipts["云麓(集团)公司"] == Receipt(date(2021, 3, 30), correction_asked=True)
    assert len(read.faults) == 1
    assert "第 4 行" in read.faults[0]


# --- calendar


def test_due_dates_are_whole_days_in_a_calendar() -> None:
    long = "云麓,精密;制造\\股份有限公司" * 4
    owed = DutyStanding(
        Duty(long, 2020, date(2021, 3, 31), Extension(2020, date(2021, 3, 31), "停工")), "near"
    )
    done = DutyStanding(Duty("泽川", 2020, date(2021, 3, 31)), "received")
    text = to_calendar([owed, done], TERMS, date(2021, 3, 5))
    assert text.count("BEGIN:VEVENT") == 1
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert "\n" not in text.replace("\r\n", "")
    whole = text.replace("\r\n ", "")
    assert "DTSTART;VALUE=DATE:20210331\r\nDTEND;VALUE=DATE:20210401" in whole
    assert "云麓\\,精密\\;制造\\\\股份有限公司" in whole
    assert "2021-03-31（星期三）\\n已延期：停工" in whole
    assert text == to_calendar([owed, done], TERMS, date(2021, 3, 5))


# --- letter

FINDING = Finding("length-over", "error", "d1", None, "报告", "报告超过上限 120 字。", "请压缩后再提交。")
LETTER = Letter(
    "correction",
    "云麓有限公司",
    2020,
    "评审办",
    date(2021, 4, 2),
    date(2021, 3, 28),
    (FINDING,),
    date(2021, 4, 15),
)


def test_a_letter_tells_exactly_the_ticked_findings() -> None:
    lines = letter_lines(LETTER)
    assert [line for line in lines if re.match(r"\d+\.", line)] == ["1.报告超过上限 120 字。请压缩后再提交。"]
    assert "2021年4月15日前" in "".join(lines)
    receipt = letter_lines(replace(LETTER, kind="receipt", findings=()))
    assert "于2021年3月28日提交" in "".join(receipt)
    assert not any(re.match(r"\d+\.", line) for line in receipt)


def test_the_letter_is_set_as_official_letters_are() -> None:
    document = docx.Document(io.BytesIO(letter_bytes(LETTER)))
    title, first, *_ = document.paragraphs
    fonts = [p.runs[0]._element.rPr.rFonts.get(docx.oxml.ns.qn("w:eastAsia")) for p in (title, first)]
    assert fonts == ["黑体", "仿宋"]
    assert first.runs[0].font.size.pt == 12.0
    assert [p.text for p in document.paragraphs][-2:] == ["评审办", "2021年4月2日"]
    assert document.paragraphs[2].paragraph_format.first_line_indent.pt == 24.0
