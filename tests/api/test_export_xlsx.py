from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from api.export import wording
from api.export.digest import digest
from api.export.xlsx import write_xlsx
from api.export.xlsx_kpis import number_format
from models.assessment import Assessment
from tests.api.assessments import CRITERIA, empty_assessment, gold_assessment, only


def written(assessment: Assessment, folder: Path) -> Workbook:
    path = folder / "out.xlsx"
    write_xlsx(assessment, CRITERIA, path)
    return load_workbook(path)


@pytest.fixture(scope="module")
def gold_book(tmp_path_factory: pytest.TempPathFactory) -> Workbook:
    return written(gold_assessment(), tmp_path_factory.mktemp("xlsx"))


def column(sheet: Worksheet, title: str) -> list[object]:
    number = [cell.value for cell in sheet[1]].index(title) + 1
    return [row[0] for row in sheet.iter_rows(2, None, number, number, values_only=True)]


def test_sheets_can_be_filtered_scrolled_and_printed(gold_book: Workbook) -> None:
    names = ["总览", "字数", "覆盖", "概述要点", "年度覆盖", "发现", "段落", "KPI"]
    assert gold_book.sheetnames == names
    for sheet in gold_book.worksheets:
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.page_setup.paperSize == 9
    for name in names[1:]:
        sheet = gold_book[name]
        assert sheet.freeze_panes in ("A2", "E2")
        assert sheet.auto_filter.ref.startswith("A1:")
        assert sheet.print_title_rows == "$1:$1"


def test_coverage_has_a_row_per_indicator_and_points_once_per_item(gold_book: Workbook) -> None:
    sheet = gold_book["覆盖"]
    count = len(CRITERIA.indicators)
    assert column(sheet, "指标")[:count] == [indicator.id for indicator in CRITERIA.indicators]
    points = [value for value in column(sheet, "条目分值")[:count] if value is not None]
    assert points == [item.points for item in CRITERIA.items]
    row = next(r for r in sheet.iter_rows(2) if r[3].value == "7.2.1")
    assert row[5].value == "不要求" and row[5].fill.patternType == "lightUp"
    assert row[7].value == 4 and row[7].fill.patternType is None
    assert str(sheet.cell(sheet.max_row, 1).value).startswith(CRITERIA.counting_note)


def test_growth_and_gaps_are_typed_and_the_source_is_a_click_away(gold_book: Workbook) -> None:
    sheet, passages = gold_book["KPI"], gold_book["段落"]
    row = 2 + column(sheet, "绩效指标").index("交付后缺陷密度")
    head = [cell.value for cell in sheet[1]]
    cells = {title: sheet.cell(row, number) for number, title in enumerate(head, 1)}
    assert cells["与目标之差"].value == pytest.approx(-0.03)
    assert cells["与目标之差"].number_format == "+#,##0.00;-#,##0.00;#,##0.00"
    assert cells["年均增长"].value == pytest.approx(-0.276, abs=0.001)
    assert cells["较上年"].number_format == "+0.0%;-0.0%;0.0%"
    series = next(k for k in gold_assessment().kpis if k.name == "交付后缺陷密度")
    link = cells["出处"].hyperlink
    target = int(link.location.removeprefix("'段落'!A"))
    ids = [None, None, *column(passages, "编号")]
    assert ids[target] == series.source.passage


def test_values_are_numbers_in_a_format_of_their_unit(gold_book: Workbook) -> None:
    sheet = gold_book["KPI"]
    names, values = column(sheet, "绩效指标"), column(sheet, "2019")
    for series in gold_assessment().kpis:
        if list(names).count(series.name) == 1 and "2019" in series.values:
            assert values[names.index(series.name)] == series.values["2019"]
    place = names.index("总体顾客满意度") + 2
    number = [cell.value for cell in sheet[1]].index("2019") + 1
    assert sheet.cell(place, number).number_format == '#,##0.0"%"'
    assert column(sheet, "走势")[place - 2] == "↗ 向好"
    assert sheet.conditional_formatting


def test_length_is_a_column_per_part_in_numbers(gold_book: Workbook) -> None:
    sheet = gold_book["字数"]
    lines = {row[1]: row[2:] for row in sheet.iter_rows(2, values_only=True)}
    counts = {d.kind: d.length.count for d in gold_assessment().documents}
    assert lines["计入"] == (counts["report"], counts["overview"], counts["annual"])
    assert "5 张图片" in str(lines["说明"][0])


def test_every_finding_and_passage_has_its_row(gold_book: Workbook) -> None:
    lines = digest(gold_assessment(), CRITERIA)
    assert column(gold_book["发现"], "发现") == [line.message for line in lines]
    assert column(gold_book["发现"], "处数") == [line.count for line in lines]
    assert set(column(gold_book["段落"], "编号")) == {p.id for p in gold_assessment().passages}
    assert set(column(gold_book["KPI"], "编号")) == {k.id for k in gold_assessment().kpis}


@pytest.mark.parametrize("start", ["=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("x")'])
def test_a_text_that_looks_like_a_formula_stays_a_text(start: str, tmp_path: Path) -> None:
    whole = only("overview")
    passage = replace(whole.passages[0], text=start, context="")
    sheet = written(replace(whole, passages=(passage, *whole.passages[1:])), tmp_path)["段落"]
    cell = next(c for row in sheet.iter_rows(2) for c in row if c.value == start)
    assert cell.data_type == "s"
    assert cell.quotePrefix


def test_control_characters_and_overlong_texts_are_no_obstacle(tmp_path: Path) -> None:
    whole = only("overview")
    passage = replace(whole.passages[0], text="甲\x00\x0b\x1f乙\ud800" + "长" * 40_000, context="")
    sheet = written(replace(whole, passages=(passage, *whole.passages[1:])), tmp_path)["段落"]
    text = str(column(sheet, "原文")[0])
    assert text.startswith("甲乙长")
    assert text.endswith("全文见 HTML）")


def test_the_same_assessment_gives_the_same_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    write_xlsx(gold_assessment(), CRITERIA, first)
    monkeypatch.setattr("time.time", lambda: 2_000_000_000.0)
    write_xlsx(gold_assessment(), CRITERIA, second)
    assert first.read_bytes() == second.read_bytes()
    properties = load_workbook(second).properties
    assert properties.modified is not None and properties.modified.year == 1980


def test_nothing_found_still_gives_a_workbook(tmp_path: Path) -> None:
    book = written(empty_assessment(), tmp_path)
    assert book.sheetnames == ["总览", "字数", "发现", "段落", "KPI"]
    assert book["发现"].max_row == 1


def test_two_reports_get_a_sheet_each(tmp_path: Path) -> None:
    whole = only("report")
    twin = replace(whole.documents[0], id="d9")
    rows = tuple(replace(row, document="d9") for row in whole.coverage)
    both = replace(whole, documents=(*whole.documents, twin), coverage=(*whole.coverage, *rows))
    assert written(both, tmp_path).sheetnames[2:4] == ["覆盖", "覆盖2"]


@pytest.mark.parametrize(
    ("values", "unit", "expected"),
    [
        ({"2018": 91.0, "2019": 92.15}, "%", '#,##0.00"%"'),
        ({"2019": 1200.0}, "万元", "#,##0"),
        ({"2019": 0.42}, "个/千行", "#,##0.00"),
    ],
)
def test_number_formats(values: dict[str, float], unit: str, expected: str) -> None:
    assert number_format(replace(gold_assessment().kpis[0], values=values, unit=unit)) == expected


def test_colours_are_never_alone() -> None:
    assert set(wording.TREND_MARKS) == set(wording.TRENDS)
    assert set(wording.STATUS_MARKS) == set(wording.STATUSES)
    assert len(set(wording.STATUS_MARKS.values())) == len(wording.STATUS_MARKS)
