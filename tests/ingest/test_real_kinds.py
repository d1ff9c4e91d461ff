"""Structures counted in real files of offices, .docx and .pdf, that the other tests do not make."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ingest.length import block_words
from ingest.pdf.reader import read_pdf
from models.document import Block, Document
from tests.ingest.docx_builder import PROSE as DOCX_PROSE
from tests.ingest.docx_builder import box, cell, para, picture, read, row, run, shown, styled, table
from tests.ingest.pdf_fixture import PROSE, PageDraft, make_pdf, write_prose

SECTION = '<w:sectPr><w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/><w:cols w:num="2"/></w:sectPr>'


def test_framed_paragraphs_are_text_in_their_place(tmp_path: Path) -> None:
    frame = '<w:framePr w:w="4000" w:hSpace="180" w:wrap="around" w:vAnchor="text"/>'
    document = read(tmp_path, para("前") + para("框中的质量方针", frame) + para("后"))
    assert [text for _, text in shown(document.blocks)] == ["前", "框中的质量方针", "后"]


def test_a_file_of_nothing_but_text_boxes(tmp_path: Path) -> None:
    boxes = "".join(para(runs=box(para(f"第{n}框：{DOCX_PROSE}"))) for n in range(3))
    document = read(tmp_path, boxes)
    assert [(b.kind, b.text[:4]) for b in document.blocks] == [("text_box", f"第{n}框：") for n in range(3)]
    assert document.ledger.found == sum(len("".join(block.text.split())) for block in document.blocks)


def test_a_picture_in_a_cell_is_counted(tmp_path: Path) -> None:
    document = read(tmp_path, table(row("证书", cell(para(runs=picture()))), row("编号", "A-1")))
    assert document.pictures == 1
    assert [b.table.grid() for b in document.blocks if b.table] == [(("证书", ""), ("编号", "A-1"))]


def test_sections_in_columns_and_landscape_run_on(tmp_path: Path) -> None:
    body = styled("1 领导", "1") + para("一节", SECTION) + para("二节")
    assert [text for _, text in shown(read(tmp_path, body).blocks)] == ["1 领导", "一节", "二节"]


def test_most_text_in_tables_is_counted_once(tmp_path: Path) -> None:
    merged = row(cell("质量目标完成情况", '<w:gridSpan w:val="3"/>'))
    document = read(tmp_path, table(merged, *(row("指标", "2018年", "满意") for _ in range(30))))
    assert sum(map(block_words, document.blocks)) == 8 + 30 * (2 + 2 + 2)


def test_runs_split_within_a_word_are_one_word(tmp_path: Path) -> None:
    document = read(tmp_path, para(runs=run("GB/T ") + run("195") + run("80") + run("标准")))
    assert document.blocks[0].text == "GB/T 19580标准"
    assert block_words(document.blocks[0]) == 4


def prose_page() -> PageDraft:
    page = PageDraft()
    write_prose(page, 100, PROSE)
    return page


def read_bytes(folder: Path, data: bytes) -> Document:
    path = folder / "报告.pdf"
    path.write_bytes(data)
    return read_pdf(path)


@pytest.mark.parametrize(
    "broken",
    [
        lambda data: re.sub(rb"startxref\n\d+", b"startxref\n7", data),
        lambda data: data[: data.rindex(b"xref\n0")] + b"trailer\n<</Root 1 0 R>>\n%%EOF",
        lambda data: b"junk of a download manager\r\n" * 5 + data,
        lambda data: data + b"\n<!-- added by a gateway -->\n" * 40,
        lambda data: data[: data.rindex(b"startxref")],
        lambda data: data.replace(b"\n", b"\r\n"),
    ],
    ids=["wrong offset", "no table", "junk before", "junk after", "cut at the end", "line ends changed"],
)
def test_damage_that_a_viewer_repairs(tmp_path: Path, broken: object) -> None:
    """As exports of CNKI and CAJ, which pdfminer does not open."""
    document = read_bytes(tmp_path, broken(make_pdf([prose_page()])))  # type: ignore[operator]
    assert document.blocks[0].text == PROSE


def test_doubled_characters_are_one(tmp_path: Path) -> None:
    """A makeshift bold: the text again, a hair to the right."""
    page = PageDraft()
    for shift in (0.0, 0.3):
        page.text(90 + shift, 100, "顾客满意度2019年图表")
    document = read_bytes(tmp_path, make_pdf([page]))
    assert [block.text for block in document.blocks] == ["顾客满意度2019年图表"]
    assert document.ledger.found == 12


def words(blocks: tuple[Block, ...]) -> int:
    return sum(map(block_words, blocks))


def test_bullets_of_symbol_fonts_are_known(tmp_path: Path) -> None:
    page = PageDraft()
    page.text(90, 100, "\uf06c质量方针")
    page.text(90, 120, "\uf0b7顾客至上")
    document = read_bytes(tmp_path, make_pdf([page]))
    text = "".join(block.text for block in document.blocks)
    assert text.startswith("●") and "•" in text
    assert words(document.blocks) == 10
