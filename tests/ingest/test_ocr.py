"""Pages without a useful text layer: recognised where the extra is installed, else reported by number."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from ingest.doubt import doubtful_blocks, unread_pages
from ingest.length import ledger
from ingest.ocr import INSTALL, OcrLine, OcrText, can_recognise
from ingest.pdf.reader import read_pdf
from ingest.pdf.rulings import find_rulings
from ingest.pdf.scanned import ScannedPage, chars_of, read_scan
from ingest.read import read_document
from models.document import Block, Document, Part
from tests.ingest.pdf_fixture import PROSE, PageDraft, make_pdf, write_prose
from tests.ingest.scan_fixture import drawn, scan

needs_ocr = pytest.mark.skipif(not can_recognise(), reason=f"not installed: {INSTALL}")
TABLE = (
    ("财务", "营业收入", "万元", "85,000", "102,000", "120,000"),
    ("", "净资产收益率", "%", "15.5", "16.0", "17.0"),
)


def saved(folder: Path, data: bytes) -> Path:
    path = folder / "证书扫描件.pdf"
    path.write_bytes(data)
    return path


def image_page() -> PageDraft:
    page = PageDraft()
    page.image(10, 10, 585, 832)
    return page


def prose_page() -> PageDraft:
    page = PageDraft()
    write_prose(page, 100, PROSE)
    return page


def garbled_page() -> PageDraft:
    page = PageDraft()
    for row in range(8):
        page.text(90, 100 + 20 * row, "质量" * 15, nomap=True)
    return page


def line(text: str, left: float, top: float, size: float = 12, score: float = 0.99) -> OcrLine:
    """A line as rapidocr boxes it, in pixels of an image with one pixel a point."""
    room = size / 0.72 - size
    box = (left - room / 2, top - room / 2, left + len(text) * size + room / 2, top + size + room / 2)
    return OcrLine(text, box, score)


def recognised(*lines: OcrLine, doubtful: bool = False, angle: int = 0) -> Any:
    page = ScannedPage(tuple(chars_of(lines, 1.0)), (), angle, doubtful)
    return lambda _: page


def in_blocks(document: Document) -> int:
    return sum(len("".join(block.text.split())) for block in document.blocks if block.kind != "picture")


def test_without_recognition_the_pages_are_named_and_the_command_is_given(tmp_path: Path) -> None:
    path = saved(tmp_path, make_pdf([prose_page(), image_page(), image_page(), garbled_page()]))
    document = read_pdf(path)
    assert document.ledger.states == ("text", "image_only", "image_only", "unreadable")
    scans, broken = [note for note in document.notes if note.kind in ("image-only", "unreadable")]
    assert "第 2–3 页" in scans.message
    assert 'pip install "ziping[ocr]"' in scans.message
    assert "第 4 页" in broken.message
    assert 'pip install "ziping[ocr]"' in broken.message
    whole = Part("d1", "report", document, 0, len(document.blocks) - 1)
    assert unread_pages(whole) == (2, 3, 4)
    assert not ledger(whole).complete


def test_recognised_text_stands_in_its_place(tmp_path: Path) -> None:
    path = saved(tmp_path, make_pdf([prose_page(), image_page(), garbled_page()]))
    text = recognised(line("质量奖自评报告", 90, 100), line("顾客满意度为九成五", 90, 130))
    document = read_pdf(path, recognise=text)
    assert document.ledger.states == ("text", "ocr", "ocr")
    assert document.ledger.found == in_blocks(document)
    found = [block for block in document.blocks if block.source == "ocr"]
    assert {block.place.page for block in found} == {2, 3}
    assert "质量奖自评报告" in "".join(block.text for block in found)
    assert "\ufffd" not in "".join(block.text for block in document.blocks)
    box = found[0].place.bbox
    assert box is not None
    assert box == pytest.approx((90, 100, 90 + 7 * 12, 112), abs=1)
    assert document.pictures == 0
    whole = Part("d1", "report", document, 0, len(document.blocks) - 1)
    assert ledger(whole).complete
    assert ledger(whole).ocr == 2
    (note,) = [note for note in document.notes if note.kind == "recognised"]
    assert "第 2–3 页" in note.message


def test_a_text_layer_full_of_gaps_is_recognised_anew(tmp_path: Path) -> None:
    page = prose_page()
    page.text(90, 400, "质量" * 12, nomap=True)
    path = saved(tmp_path, make_pdf([page]))
    assert read_pdf(path).ledger.states == ("text",)
    document = read_pdf(path, recognise=recognised(line("质量奖自评报告", 90, 100)))
    assert document.ledger.states == ("ocr",)
    assert [block.text for block in document.blocks] == ["质量奖自评报告"]


def test_doubtful_text_is_said_and_doubted(tmp_path: Path) -> None:
    path = saved(tmp_path, make_pdf([prose_page(), image_page()]))
    document = read_pdf(path, recognise=recognised(line("质量奖自评报告", 90, 100), doubtful=True))
    assert document.ledger.doubtful == (2,)
    assert [note.page for note in document.notes if note.kind == "recognised-with-doubt"] == [2]
    whole = Part("d1", "report", document, 0, len(document.blocks) - 1)
    doubted = doubtful_blocks(whole)
    assert [block.place.page for block in document.blocks if block.index in doubted] == [2]


def test_what_cannot_be_recognised_stays_unread(tmp_path: Path) -> None:
    path = saved(tmp_path, make_pdf([image_page()]))
    document = read_pdf(path, recognise=lambda _: None)
    assert document.ledger.states == ("image_only",)
    assert "没能识别" in document.notes[0].message


def test_a_picture_without_text_stays_a_picture(tmp_path: Path) -> None:
    document = read_pdf(saved(tmp_path, make_pdf([image_page()])), recognise=recognised())
    assert document.ledger.states == ("ocr",)
    assert document.pictures == 1


def test_a_page_on_its_side_has_its_boxes_on_the_displayed_page(tmp_path: Path) -> None:
    path = saved(tmp_path, make_pdf([image_page()]))
    # Text that runs up the page: turned clockwise by 270 degrees; its top is the left edge of the page.
    document = read_pdf(path, recognise=recognised(line("顾客满意度", 100, 50), angle=270))
    box = document.blocks[0].place.bbox
    assert box == pytest.approx((50, 842 - 160, 62, 842 - 100), abs=1)


def test_sizes_that_differ_little_are_one() -> None:
    lines = [line("公司建立了质量责任体系并持续改进", 90, 100 + 20 * n, 10.5 + n / 5) for n in range(4)]
    lines.append(line("战略", 90, 40, 22))
    sizes = {char.look.size for char in chars_of(lines, 1.0)}
    assert sizes == {11.0, 22.0}


def test_when_a_page_is_doubtful() -> None:
    sure, unsure = line("质量" * 10, 0, 0), line("奖项", 0, 0, score=0.6)
    assert not OcrText((sure, unsure)).doubtful
    assert OcrText((sure, unsure, unsure)).doubtful
    assert OcrText((sure,), dropped=3).doubtful
    assert not OcrText(()).doubtful


def ruled_image(askew: int = 0) -> np.ndarray[Any, np.dtype[np.uint8]]:
    """A grid of two rows and two columns at one pixel a point; ``askew``: fall of its lines in pixels."""
    image = np.full((200, 400, 3), 255, np.uint8)
    for top in (50, 80, 110):
        for x in range(40, 361):
            image[top + askew * (x - 40) // 320, x] = 0
    for left in (40, 200, 360):
        image[50 + askew * (left - 40) // 320 : 111, left] = 0
    return image


@pytest.mark.parametrize("askew", [0, 2])
def test_rulings_of_an_image(askew: int) -> None:
    shapes = find_rulings(ruled_image(askew), 1.0)
    across = [shape for shape in shapes if shape.points[0][1] == shape.points[1][1]]
    down = [shape for shape in shapes if shape.points[0][0] == shape.points[1][0]]
    for top in (50, 80, 110):
        near = [shape.box for shape in across if abs(shape.box[1] - top) <= 3]
        assert min(box[0] for box in near) <= 42
        assert max(box[2] for box in near) >= 358
    assert {round(shape.box[0]) for shape in down} <= {40, 41, 200, 201, 360, 361}
    assert len(down) == 3


def test_a_photograph_has_no_rulings() -> None:
    noise = np.random.default_rng(7).integers(0, 255, (600, 400, 3), np.uint8)
    noise[::2] = 0
    assert find_rulings(noise, 1.0) == ()


def test_a_picture_too_large_to_draw_is_not_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    from ingest.pdf import scanned

    monkeypatch.setattr(scanned, "_picture_sizes", lambda page: [30_000 * 30_000])
    assert read_scan(object()) is None


def tables(blocks: tuple[Block, ...], page: int) -> list[tuple[tuple[str, ...], ...]]:
    return [block.table.grid() for block in blocks if block.table and block.place.page == page]


@needs_ocr
def test_a_scan_is_read_with_its_table_however_it_lies(tmp_path: Path) -> None:
    images = [drawn(6), drawn(6, 90), drawn(6, 0.5)]
    document = read_document(saved(tmp_path, scan(images)))
    assert document.ledger.states == ("ocr", "ocr", "ocr")
    assert document.ledger.doubtful == ()
    for page in (1, 2, 3):
        (grid,) = tables(document.blocks, page)
        assert grid[1:3] == TABLE
        text = [block.text for block in document.blocks if block.place.page == page]
        assert "关于年度预算与战役的对应关系，可参见随附的证实性材料第12号，此处不再展开。" in text
    assert document.ledger.found == in_blocks(document)


@needs_ocr
def test_a_scan_upside_down_is_turned(tmp_path: Path) -> None:
    document = read_document(saved(tmp_path, scan([drawn(5, 180)])))
    assert "公司以五年为一个规划周期" in "".join(block.text for block in document.blocks)
    assert [block.text[:2] for block in document.blocks if block.kind == "heading"][-1].startswith("2")
