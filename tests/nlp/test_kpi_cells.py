"""Every value knows its cell, and what may be read wrongly says so."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mapping.glossary import load_glossary
from models.document import Block, Chart, ChartSeries, Place, Table
from models.kpi import CellPlace, KpiSeries
from nlp.kpis import extract_kpis
from nlp.numbers import read_number
from tests.nlp.layouts import chart_block, grid, paragraph, part_of, table_block

YEARS = ("2017", "2018", "2019")
GLOSSARY = load_glossary()
RATE = """指标 | 单位 | 2017年 | 2018年 | 2019年 | 目标 | 竞争对手A
设备完好率 | % | 96.1 | 96.5 | 97.2 | 97 | 95.8"""


def series_of(*blocks: Block) -> tuple[KpiSeries, ...]:
    return extract_kpis(part_of(*blocks), (), GLOSSARY, YEARS)


def boxed(table: Table) -> Table:
    """Every cell in a box of its own: column and row as coordinates."""
    cells = (
        replace(cell, place=Place(page=3, exact=True, bbox=(cell.column, cell.row, cell.column + 1.0, 9.0)))
        for cell in table.cells
    )
    return replace(table, cells=tuple(cells))


def test_values_targets_and_comparisons_keep_row_column_page_and_box() -> None:
    (one,) = series_of(Block(0, "table", "", table=boxed(grid(RATE))))
    assert one.cells["2018"] == CellPlace(1, 3, 3, (3, 1, 4, 9))
    assert one.target_cells == {"2019": CellPlace(1, 5, 3, (5, 1, 6, 9))}
    assert one.comparisons[0].cells == {"2019": CellPlace(1, 6, 3, (6, 1, 7, 9))}


def test_tables_side_by_side_count_columns_from_the_left() -> None:
    table = """指标 | 2018年 | 2019年 | 指标 | 2018年 | 2019年
    完好率（%） | 96.1 | 96.5 | 利用率（%） | 81 | 83"""
    first, second = series_of(table_block(table))
    assert (first.cells["2019"].column, second.cells["2019"].column) == (2, 5)


def test_title_row_and_continued_table_count_rows_of_their_own_table() -> None:
    titled = f"表 设备 | < | < | < | < | < | <\n{RATE}"
    (one,) = series_of(table_block(titled))
    assert (one.source.row, one.cells["2017"].row) == (2, 2)
    rest = table_block("故障停机率 | % | 1.2 | 1.1 | 0.9 | 1 | 1.3")
    assert series_of(table_block(RATE), paragraph("续表"), rest)[1].cells["2017"].row == 0


def test_chart_cells_are_series_and_category() -> None:
    chart = Chart("营业收入（万元）", YEARS, (ChartSeries("营业收入", (1.0, 2.0, 3.0)),))
    (one,) = series_of(chart_block(chart))
    assert one.cells["2019"] == CellPlace(0, 2)


def test_a_value_told_in_a_sentence_has_no_cell() -> None:
    (one,) = series_of(paragraph("2017—2019年，员工流失率分别为6.1%、5.2%和4.4%。"))
    assert one.cells == {}
    assert one.unsure == ()


@pytest.mark.parametrize(
    ("row", "unsure"),
    [
        ("96.1 | 96.5 | 97.2", ()),
        ("1 096 | 1,120 | 1,240", ("2017",)),
        ("1.096 | 1,120 | 1,240", ("2017",)),
        ("1.096 | 1.120 | 1.240", ()),
        ("1,096 | 1,120 | 1,240", ()),
        ("96.5 | < | 97.2", ("2017", "2018")),
    ],
)
def test_what_can_be_understood_in_two_ways_is_unsure(row: str, unsure: tuple[str, ...]) -> None:
    (one,) = series_of(table_block(f"指标 | 2017年 | 2018年 | 2019年\n产量（件） | {row}"))
    assert one.unsure == unsure


def test_recognised_characters_are_unsure() -> None:
    (one,) = series_of(replace(table_block(RATE), source="ocr"))
    assert one.unsure == YEARS


words = st.sampled_from(
    [
        "",
        "<",
        "^",
        "指标",
        "单位",
        "2018年",
        "2019年",
        "目标",
        "竞争对手A",
        "本公司",
        "合格率",
        "万元",
        "96.5",
        "—",
        "88%",
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(words, min_size=4, max_size=4), min_size=2, max_size=5))
def test_of_any_table_a_value_is_what_its_cell_says(rows: list[list[str]]) -> None:
    rows[0] = [text.strip("^") for text in rows[0]]
    rows = [[text if n or text != "<" else "" for n, text in enumerate(row)] for row in rows]
    table = grid("\n".join(" | ".join(row) for row in rows))
    filled = table.grid(filled=True)
    for one in series_of(Block(0, "table", "", table=table)):
        assert set(one.values) <= set(one.cells)
        for year, place in one.cells.items():
            assert filled[place.row][place.column] == one.raw[year]
            if year in one.values:
                assert read_number(one.raw[year]).value is not None
