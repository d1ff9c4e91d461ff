"""KPI series as a table in the terminal, as CSV, and in the words of growth and gaps."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from pathlib import Path

import pytest

from api.cli import main
from api.columns import width
from api.export.growth import gap_text, growth_text, last_gap, signed
from api.export.kpi_csv import BOM, safe, to_csv
from api.export.kpi_table import aligned, write_table
from models.kpi import CellPlace, Comparison, KpiSeries
from tests.api.assessments import gold_assessment
from tests.conftest import ROOT
from tests.mapping.kpi_drafts import draft, series


def rows_of(*kpis: KpiSeries) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(to_csv(draft(kpis)).removeprefix(BOM))))


def test_growth_and_gaps_in_words() -> None:
    revenue = series("营业收入", (61240, 73518, 88632), unit="万元", target={"2019": 85000.0})
    assert growth_text(revenue) == "年均 +20.3%"
    assert growth_text(series()) == "较上年 +2.1 百分点"
    assert growth_text(series(values=(91.2,))) == ""
    assert gap_text(last_gap(revenue)) == "优 3,632"
    assert gap_text(last_gap(replace(revenue, direction="down"))) == "差 3,632"
    assert gap_text(last_gap(replace(revenue, direction="unknown"))) == "高 3,632"
    assert gap_text(last_gap(series(target={"2019": 95.1}))) == "持平"
    assert gap_text(last_gap(series(target={}))) == ""
    assert signed(-0.04) == "0.0"


def test_csv_has_a_row_per_series_with_numbers_texts_and_place() -> None:
    one = replace(series(), cells={"2017": CellPlace(1, 2)}, unsure=("2018",))
    (row,) = rows_of(one)
    assert (row["绩效指标"], row["2017"], row["2019"], row["单位"]) == ("顾客满意度", "91.2", "95.1", "%")
    assert (row["目标"], row["与目标"]) == ("94.5（2019）", "优 0.6")
    assert (row["较上年"], row["较上年单位"], row["年均增长%"]) == ("2.1", "百分点", "")
    assert (row["页"], row["段块"], row["行"], row["列"]) == ("88", "5", "2", "3")
    assert row["不确定的年份"] == "2018"


def test_csv_keeps_cells_without_a_number_and_every_repetition() -> None:
    first = series(values=(None, 88.0, 97.5))
    again = series(kind="chart", same_as=first.id)
    rows = rows_of(first, again)
    assert rows[0]["2017"] == "—"
    assert [row["重复"] for row in rows] == ["", "重复"]


@pytest.mark.parametrize("text", ["=1+1", "+SUM(A1)", "-2%", "@x", "\t=1", "  =1", "=HYPERLINK(1)"])
def test_no_text_of_a_report_becomes_a_formula(text: str) -> None:
    assert safe(text) == f"'{text}"
    (row,) = rows_of(series(name=text, raw={"2017": text}))
    assert row["绩效指标"].startswith("'")


def test_negative_numbers_stay_numbers() -> None:
    (row,) = rows_of(series("净利润", (-3.0, 2.5, 4.0), unit="万元"))
    assert (row["2017"], row["2018"], row["2019"]) == ("-3", "2.5", "4")


def test_columns_of_a_pipe_begin_and_end_at_the_same_place(capsys: pytest.CaptureFixture[str]) -> None:
    write_table(gold_assessment())
    lines = capsys.readouterr().out.splitlines()
    head = next(line for line in lines if line.startswith("条目"))
    year = width(head[: head.index("2019") + 4])
    rows = [line for line in lines if line.startswith("7.")]
    assert len(rows) > 40
    for line in rows[:20]:
        at_year = next(line[:n] for n in range(len(line) + 1) if width(line[:n]) >= year)
        assert at_year[-1] != " "


def test_control_characters_do_not_reach_the_terminal() -> None:
    assert aligned(("条目", "指标"), [["7.1.1", "满意度\x1b[31m\n率"]])[1] == "7.1.1  满意度[31m 率"


def test_repetitions_are_said_and_left_out(capsys: pytest.CaptureFixture[str]) -> None:
    first = series(comparisons=(Comparison("竞争对手A", "competitor", {"2019": 90.2}),))
    write_table(draft([first, series(kind="chart", same_as=first.id)]))
    out = capsys.readouterr().out
    assert out.count("顾客满意度") == 1
    assert "竞争对手A 90.2 优 4.9" in out
    assert "另有 1 处与上面的数据重复" in out


def test_nothing_found_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    write_table(draft())
    assert capsys.readouterr().out == "没有找到按年份给出数值的指标。\n"


def test_command_prints_the_table_and_writes_csv(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "指标.csv"
    code = main(["kpis", str(ROOT / "examples" / "年度自我评价报告.docx"), "--csv", str(out)])
    printed = capsys.readouterr()
    assert code == 0
    assert printed.out.startswith("年度自我评价报告")
    assert "已写出" in printed.err
    raw = out.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    assert b"\r\n" in raw


def test_command_says_what_it_cannot_write(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    report = str(ROOT / "examples" / "年度自我评价报告.docx")
    assert main(["kpis", report, "--csv", str(tmp_path)]) == 2
    assert "不能写入" in capsys.readouterr().err
