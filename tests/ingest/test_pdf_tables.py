"""Tables of a PDF: ruled, over page ends, without a grid; and what is no table."""

from __future__ import annotations

from pathlib import Path

from ingest.pdf.reader import read_pdf
from models.document import Document, Table
from tests.ingest.pdf_fixture import PROSE, PageDraft, make_pdf, write_prose

LEFTS = [90.0, 210.0, 290.0, 370.0, 450.0]
HEADER = ["关键绩效指标", "2017年", "2018年", "2019年"]
ROWS = [
    ["顾客满意度", "92.1", "93.4", "95.0"],
    ["准时交付率", "97.2", "98.0", "98.8"],
    ["员工流失率", "6.1", "5.2", "4.4"],
]


def read(folder: Path, pages: list[PageDraft]) -> Document:
    path = folder / "表格.pdf"
    path.write_bytes(make_pdf(pages))
    return read_pdf(path)


def tables(document: Document) -> list[Table]:
    return [block.table for block in document.blocks if block.table]


def closes(document: Document) -> bool:
    return document.ledger.found == sum(len("".join(block.text.split())) for block in document.blocks)


def test_a_ruled_table_stands_between_its_caption_and_the_text(tmp_path: Path) -> None:
    page = PageDraft()
    write_prose(page, 80, PROSE[:60])
    page.text(200, 150, "表7.2-1 顾客与市场结果", 10.5, bold=True)
    end = page.table(LEFTS, 170, [HEADER, *ROWS])
    write_prose(page, end + 20, PROSE[60:])
    document = read(tmp_path, [page])
    assert [block.kind for block in document.blocks] == ["paragraph", "caption", "table", "paragraph"]
    assert tables(document)[0].grid() == tuple(map(tuple, [HEADER, *ROWS]))
    assert document.blocks[2].text == "\n".join("\t".join(row) for row in [HEADER, *ROWS])
    place = tables(document)[0].cells[5].place
    assert (place.page, place.exact, place.bbox) == (1, True, (210.0, 190.0, 290.0, 210.0))
    assert closes(document)


def test_merged_cells_are_one_cell(tmp_path: Path) -> None:
    page = PageDraft()
    for top in (100, 160):
        page.line(90, top, 450, top)
    page.line(210, 120, 450, 120)
    page.line(90, 140, 450, 140)
    for left, top in ((90, 100), (210, 100), (290, 120), (370, 120), (450, 100)):
        page.line(left, top, left, 160)
    page.text(95, 112, "指标", 9)
    page.text(310, 105, "实际值", 9)
    for left, text in zip((215, 295, 375), ("2017年", "2018年", "2019年"), strict=True):
        page.text(left, 125, text, 9)
    for left, text in zip(LEFTS, ROWS[0], strict=False):
        page.text(left + 5, 145, text, 9)
    table = tables(read(tmp_path, [page]))[0]
    spans = {(c.row, c.column): (c.row_span, c.column_span) for c in table.cells if c.text}
    assert spans[0, 0] == (2, 1)
    assert spans[0, 1] == (1, 3)
    assert table.grid(filled=True)[0] == ("指标", "实际值", "实际值", "实际值")
    assert table.grid(filled=True)[1] == ("指标", "2017年", "2018年", "2019年")


def test_lines_of_a_cell_are_joined(tmp_path: Path) -> None:
    page = PageDraft()
    page.grid([90, 150, 300], [100, 140, 160])
    page.text(93, 105, "关键绩效", 9)
    page.text(93, 118, "指标", 9)
    page.text(155, 105, "ISO 9001", 9)
    page.text(155, 118, "certified", 9)
    page.text(93, 145, "满意度", 9)
    page.text(155, 145, "92.1", 9)
    assert tables(read(tmp_path, [page]))[0].grid()[0] == ("关键绩效指标", "ISO 9001 certified")


def test_a_table_over_a_page_end_is_one_without_its_second_header(tmp_path: Path) -> None:
    first, second = PageDraft(), PageDraft()
    write_prose(first, 80, PROSE * 3)
    first.table(LEFTS, 700, [HEADER, ROWS[0]])
    end = second.table(LEFTS, 80, [HEADER, *ROWS[1:]])
    write_prose(second, end + 20, PROSE)
    document = read(tmp_path, [first, second])
    (table,) = tables(document)
    assert table.grid() == tuple(map(tuple, [HEADER, *ROWS]))
    assert [table.cells[n].place.page for n in (0, 4, 8, 12)] == [1, 1, 2, 2]
    assert [block.text for block in document.blocks if block.kind == "margin"] == ["\t".join(HEADER)]
    assert table.header_rows == 1
    assert closes(document)


def test_a_row_cut_by_the_page_end_is_whole(tmp_path: Path) -> None:
    first, second = PageDraft(), PageDraft()
    write_prose(first, 80, PROSE * 3)
    first.table(LEFTS, 700, [HEADER, ["主导产品的一次交验合格率", "96.1", "96.7", "97.2"]])
    second.table(LEFTS, 80, [HEADER, ["（%）", "", "", ""], ROWS[1]])
    rows = tables(read(tmp_path, [first, second]))[0].grid()
    assert rows[1:] == (("主导产品的一次交验合格率（%）", "96.1", "96.7", "97.2"), tuple(ROWS[1]))


def test_a_complete_row_with_blanks_is_not_taken_for_the_rest_of_one(tmp_path: Path) -> None:
    first, second = PageDraft(), PageDraft()
    write_prose(first, 80, PROSE * 3)
    first.table(LEFTS, 700, [HEADER, ROWS[0]])
    second.table(LEFTS, 80, [["债务重组损益", "", "", ""], ROWS[1]])
    rows = tables(read(tmp_path, [first, second]))[0].grid()
    assert rows[1:] == (tuple(ROWS[0]), ("债务重组损益", "", "", ""), tuple(ROWS[1]))


def test_a_caption_between_them_parts_two_tables(tmp_path: Path) -> None:
    first, second = PageDraft(), PageDraft()
    write_prose(first, 80, PROSE * 3)
    first.table(LEFTS, 700, [HEADER, ROWS[0]])
    second.text(200, 80, "表7.2-2 其他结果", 10.5)
    second.table(LEFTS, 100, [HEADER, ROWS[1]])
    assert len(tables(read(tmp_path, [first, second]))) == 2


def test_a_last_row_alone_on_the_next_page_belongs_to_its_table(tmp_path: Path) -> None:
    first, second = PageDraft(), PageDraft()
    write_prose(first, 80, PROSE * 3)
    first.table(LEFTS, 700, [HEADER, ROWS[0]])
    second.table(LEFTS, 80, [ROWS[1]])
    (table,) = tables(read(tmp_path, [first, second]))
    assert table.grid()[2] == tuple(ROWS[1])


def three_line(page: PageDraft, top: float, rows: list[list[str]]) -> float:
    """A table with rules above, under the header and below; cells centred."""
    page.line(90, top, 500, top, 1.0)
    page.line(90, top + 20, 500, top + 20)
    centres = [140, 250, 330, 410]
    for number, row in enumerate(rows):
        for centre, text in zip(centres, row, strict=True):
            width = sum(9 if char > "\u0080" else 5 for char in text)
            page.text(centre - width / 2, top + 6 + 20 * number, text, 9)
    end = top + 20 * len(rows) + 4
    page.line(90, end, 500, end, 1.0)
    return end


def test_a_three_line_table_is_read_by_its_columns(tmp_path: Path) -> None:
    page = PageDraft()
    write_prose(page, 80, PROSE)
    page.text(200, 190, "表7.3-1 财务结果", 10.5, bold=True)
    end = three_line(page, 206, [HEADER, *ROWS])
    write_prose(page, end + 20, PROSE)
    document = read(tmp_path, [page])
    assert [block.kind for block in document.blocks] == ["paragraph", "caption", "table", "paragraph"]
    assert tables(document)[0].grid() == tuple(map(tuple, [HEADER, *ROWS]))
    assert closes(document)


def test_a_table_without_rules_goes_on_over_the_page_end(tmp_path: Path) -> None:
    first, second = PageDraft(), PageDraft()
    write_prose(first, 80, PROSE * 3)
    first.text(200, 690, "表7.3-1 财务结果", 10.5, bold=True)
    for page, top, rows in ((first, 710, [HEADER, ROWS[0]]), (second, 80, ROWS[1:2])):
        for number, row in enumerate(rows):
            for left, text in zip(LEFTS, row, strict=False):
                page.text(left, top + 20 * number, text, 9)
    write_prose(second, 130, PROSE)
    document = read(tmp_path, [first, second])
    assert tables(document)[0].grid() == (tuple(HEADER), tuple(ROWS[0]), tuple(ROWS[1]))


def test_a_cell_of_two_lines_belongs_to_the_row_it_is_centred_on(tmp_path: Path) -> None:
    page = PageDraft()
    page.text(200, 80, "表7.3-1 财务结果", 10.5, bold=True)
    for number, row in enumerate([HEADER, *ROWS]):
        top = 110 + 40 * number
        for column, (left, text) in enumerate(zip(LEFTS, row, strict=False)):
            if column == 0 and number:
                page.text(left, top - 6.5, text[:3], 9)
                page.text(left, top + 6.5, text[3:], 9)
            else:
                page.text(left, top, text, 9)
    assert tables(read(tmp_path, [page]))[0].grid() == tuple(map(tuple, [HEADER, *ROWS]))


def test_prose_and_a_line_with_a_gap_make_no_table(tmp_path: Path) -> None:
    page = PageDraft()
    page.text(90, 80, "公司代码：600000")
    page.text(330, 80, "公司简称：京衡智装")
    write_prose(page, 120, PROSE)
    assert not tables(read(tmp_path, [page]))


def chart(
    page: PageDraft,
    top: float,
    *,
    labels: tuple[str, ...] = ("60", "70", "80"),
    second: tuple[int, ...] = (),
) -> None:
    """Bars of 60, 70 and 80 on an axis of 100 points from 0 to 100, in a frame; a second series beside."""
    page.rect(100, top, 460, top + 180)
    page.text(200, top + 8, "顾客满意度趋势图（%）", 10)
    for number in range(6):
        level = top + 40 + 20 * number
        page.line(140, level, 440, level)
        text = str(100 - 20 * number)
        page.text(130 - 5 * len(text), level - 4.5, text, 9)
    foot = top + 140
    for number, year in enumerate(("2017年", "2018年", "2019年")):
        left, high = 165 + 95 * number, 60 + 10 * number
        page.line(left - 25, top + 40, left - 25, foot)
        page.rect(left, foot - high, left + 30, foot, gray=0.5)
        page.text(left + 10, foot - high - 11, labels[number], 9)
        if second:
            page.rect(left + 34, foot - second[number], left + 64, foot, gray=0.8)
            page.text(left + 44, foot - second[number] - 11, str(second[number]), 9)
        page.text(left + 5, foot + 5, year, 9)
    page.line(440, top + 40, 440, foot)


def test_labels_of_a_chart_are_no_text_and_its_gridlines_no_table(tmp_path: Path) -> None:
    page = PageDraft()
    write_prose(page, 80, PROSE)
    chart(page, 200)
    page.text(200, 400, "图7.2-1 顾客满意度趋势", 10.5)
    write_prose(page, 430, PROSE)
    document = read(tmp_path, [page])
    kinds = [block.kind for block in document.blocks]
    assert kinds == ["paragraph", "chart", "caption", "paragraph", "margin"]
    assert document.blocks[1].text.split("\n") == ["顾客满意度趋势图（%）", "2017年", "2018年", "2019年"]
    assert closes(document)


def test_values_of_a_drawn_chart_are_read_where_height_and_label_agree(tmp_path: Path) -> None:
    page = PageDraft()
    write_prose(page, 80, PROSE)
    chart(page, 200)
    data = read(tmp_path, [page]).blocks[1].chart
    assert data is not None
    assert data.categories == ("2017年", "2018年", "2019年")
    assert [(series.name, series.values) for series in data.series] == [
        ("顾客满意度趋势图（%）", (60.0, 70.0, 80.0))
    ]


def test_a_bar_whose_label_says_otherwise_has_no_value(tmp_path: Path) -> None:
    page = PageDraft()
    write_prose(page, 80, PROSE)
    chart(page, 200, labels=("60", "95", "80"))
    data = read(tmp_path, [page]).blocks[1].chart
    assert data is not None
    assert data.series[0].values == (60.0, None, 80.0)


def test_series_are_told_by_the_colour_of_their_key(tmp_path: Path) -> None:
    page = PageDraft()
    write_prose(page, 80, PROSE)
    chart(page, 200, second=(50, 55, 65))
    page.rect(200, 366, 206, 372, gray=0.5)
    page.text(210, 364, "京衡智装", 9)
    page.rect(280, 366, 286, 372, gray=0.8)
    page.text(290, 364, "竞争对手", 9)
    data = read(tmp_path, [page]).blocks[1].chart
    assert data is not None
    assert [(series.name, series.values) for series in data.series] == [
        ("京衡智装", (60.0, 70.0, 80.0)),
        ("竞争对手", (50.0, 55.0, 65.0)),
    ]


def test_a_frame_around_text_is_a_text_box(tmp_path: Path) -> None:
    page = PageDraft()
    write_prose(page, 80, PROSE)
    page.rect(90, 200, 450, 240)
    page.text(100, 212, "典型案例：防错装置的实践", 9)
    write_prose(page, 260, PROSE)
    document = read(tmp_path, [page])
    assert [(b.kind, b.text) for b in document.blocks if b.kind != "paragraph"] == [
        ("text_box", "典型案例：防错装置的实践")
    ]


def test_lines_of_a_text_box_are_joined_to_paragraphs(tmp_path: Path) -> None:
    page = PageDraft()
    write_prose(page, 80, PROSE)
    page.rect(85, 195, 450, 290)
    for row in range(3):
        page.text(90, 200 + 20 * row, PROSE[28 * row : 28 * row + 28])
    page.text(90, 260, "典型案例。")
    (box,) = [b for b in read(tmp_path, [page]).blocks if b.kind == "text_box"]
    assert box.text == PROSE[:84] + "典型案例。"


def test_pictures_are_counted_with_their_place(tmp_path: Path) -> None:
    page = PageDraft()
    write_prose(page, 80, PROSE)
    page.image(100, 200, 400, 350)
    page.text(200, 360, "图1.1-1 组织架构", 10.5)
    document = read(tmp_path, [page])
    assert document.pictures == 1
    picture = document.blocks[1]
    assert (picture.kind, picture.place.bbox) == ("picture", (100.0, 200.0, 400.0, 350.0))
    assert document.blocks[2].kind == "caption"


def test_a_logo_is_no_picture_and_strips_are_one(tmp_path: Path) -> None:
    pages = []
    for number in range(3):
        page = PageDraft()
        page.image(480, 30, 540, 75)
        write_prose(page, 100, PROSE[number:])
        pages.append(page)
    pages[1].image(100, 300, 400, 350)
    pages[1].image(100, 350, 400, 420)
    document = read(tmp_path, pages)
    assert document.pictures == 1
    assert [b.place.bbox for b in document.blocks if b.kind == "picture"] == [(100.0, 300.0, 400.0, 420.0)]
