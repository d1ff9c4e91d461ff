"""Tables of a .docx as grids."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.document import Cell, Table
from models.errors import ResourceLimit
from tests.ingest.docx_builder import PROSE, box, cell, control, para, picture, read, row, table

DOWN, GO_ON = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"


def read_one(folder: Path, content: str) -> Table:
    found = read(folder, content).blocks[0].table
    assert found is not None
    return found


def span(columns: int) -> str:
    return f'<w:gridSpan w:val="{columns}"/>'


def test_merged_cells_once_and_in_their_places(tmp_path: Path) -> None:
    made = read_one(
        tmp_path,
        table(
            row(cell("指标", DOWN), cell("年度", span(2))),
            row(cell("", GO_ON), "2018", "2019"),
            row("满意度", "91.2", "93.4"),
        ),
    )
    assert (made.rows, made.columns) == (3, 3)
    assert made.cells[0] == Cell("指标", 0, 0, row_span=2)
    assert made.cells[1] == Cell("年度", 0, 1, column_span=2)
    assert made.grid() == (("指标", "年度", ""), ("", "2018", "2019"), ("满意度", "91.2", "93.4"))
    assert made.grid(filled=True)[:2] == (("指标", "年度", "年度"), ("指标", "2018", "2019"))


def test_merges_that_start_in_the_middle_or_nowhere(tmp_path: Path) -> None:
    made = read_one(
        tmp_path,
        table(
            row(cell("甲", GO_ON), "一"),
            row(cell("乙", DOWN), "二"),
            row(cell("丙", DOWN), "三"),
            row(cell("丁", GO_ON), "四"),
        ),
    )
    assert [made.grid()[n][0] for n in range(4)] == ["甲", "乙", "丙\n丁", ""]


def test_old_horizontal_merges_and_skipped_columns(tmp_path: Path) -> None:
    made = read_one(
        tmp_path,
        table(
            row(cell("标题", '<w:hMerge w:val="restart"/>'), cell("", "<w:hMerge/>"), "末"),
            row("右", properties='<w:gridBefore w:val="2"/>'),
        ),
    )
    assert made.grid() == (("标题", "", "末"), ("", "", "右"))


def test_header_rows_are_those_on_top(tmp_path: Path) -> None:
    mark = "<w:tblHeader/>"
    made = read_one(
        tmp_path,
        table(row("一", properties=mark), row("二", properties=mark), row("三"), row("四", properties=mark)),
    )
    assert made.header_rows == 2
    off = '<w:tblHeader w:val="0"/>'
    assert read_one(tmp_path, table(row("一", properties=off))).header_rows == 0


def test_a_cell_holds_its_paragraphs_and_nested_tables(tmp_path: Path) -> None:
    inner = table(row("内一", "内二"), row("内三", "内四"))
    made = read_one(tmp_path, table(row(cell(para("上") + inner + para("下")), "旁")))
    assert made.cells[0].text == "上\n内一\t内二\n内三\t内四\n下"
    assert made.rows == 1


def test_controls_around_rows_and_cells(tmp_path: Path) -> None:
    wrapped = control(row(control("<w:tc>" + para("甲") + "</w:tc>"), "乙"))
    assert read_one(tmp_path, table(wrapped, row("丙", "丁"))).grid() == (("甲", "乙"), ("丙", "丁"))


def test_what_hangs_in_cells_follows_the_table(tmp_path: Path) -> None:
    inside = cell(para(runs=box(para("框内的字"))) + para(runs=picture()))
    document = read(tmp_path, table(row("甲", inside)))
    assert [(b.kind, b.text, b.anchor) for b in document.blocks] == [
        ("table", "甲\t", None),
        ("text_box", "框内的字", 0),
        ("picture", "", 0),
    ]


def test_a_grid_of_pictures_is_no_table(tmp_path: Path) -> None:
    grid = table(row(cell(para(runs=picture())), cell(para(runs=picture()))))
    assert [b.kind for b in read(tmp_path, grid).blocks] == ["picture", "picture"]


def test_a_frame_around_prose_is_no_table(tmp_path: Path) -> None:
    inner = para("典型案例") + para(PROSE) + table(row("甲", "乙")) + para("完")
    document = read(tmp_path, table(row(cell(inner))) + table(row("说明")))
    assert [(b.kind, b.text) for b in document.blocks] == [
        ("paragraph", "典型案例"),
        ("paragraph", PROSE),
        ("table", "甲\t乙"),
        ("paragraph", "完"),
        ("table", "说明"),
    ]


def test_white_text_in_a_coloured_frame_is_seen(tmp_path: Path) -> None:
    white = para(PROSE, look='<w:color w:val="FFFFFF"/>')
    framed = table(row(cell(white, '<w:shd w:val="clear" w:fill="1F4E79"/>')))
    assert [b.kind for b in read(tmp_path, framed).blocks] == ["paragraph"]


def test_huge_spans_are_cut_and_huge_grids_refused(tmp_path: Path) -> None:
    made = read_one(tmp_path, table(row(cell("甲", span(200_000_000)), "乙")))
    assert made.columns <= 200
    assert [c.text for c in made.cells] == ["甲", "乙"]
    with pytest.raises(ResourceLimit, match="单元格过多"):
        read(tmp_path, table(row(*["字"] * 1001)))


@st.composite
def merged_grids(draw: st.DrawFn) -> tuple[int, int, list[tuple[int, int, int, int]]]:
    """A grid cut into rectangles: rows, columns, and (row, column, height, width) of each."""
    rows, columns = draw(st.integers(1, 5)), draw(st.integers(1, 5))
    free = {(r, c) for r in range(rows) for c in range(columns)}
    rectangles = []
    while free:
        r, c = min(free)
        width = 1
        while (r, c + width) in free and draw(st.booleans()):
            width += 1
        height = 1
        while all((r + height, c + w) in free for w in range(width)) and draw(st.booleans()):
            height += 1
        rectangles.append((r, c, height, width))
        free -= {(r + h, c + w) for h in range(height) for w in range(width)}
    return rows, columns, rectangles


@given(made=merged_grids())
def test_any_merged_grid_comes_back(
    tmp_path_factory: pytest.TempPathFactory, made: tuple[int, int, list[tuple[int, int, int, int]]]
) -> None:
    rows, columns, rectangles = made
    lines = []
    for r in range(rows):
        cells = []
        for top, left, height, width in sorted(rectangles, key=lambda x: x[1]):
            if top <= r < top + height:
                down = "" if height == 1 else DOWN if r == top else GO_ON
                text = f"格{top}-{left}" if r == top else ""
                cells.append(cell(text, span(width) + down))
        lines.append(row(*cells))
    read_back = read_one(tmp_path_factory.mktemp("grid"), table(*lines))
    assert (read_back.rows, read_back.columns) == (rows, columns)
    assert {(c.row, c.column, c.row_span, c.column_span) for c in read_back.cells} == set(rectangles)
    assert all(c.text == f"格{c.row}-{c.column}" for c in read_back.cells)
