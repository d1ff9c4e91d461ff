"""pdfium's objects give pdfplumber's finder the same cells as pdfplumber's own reader does."""

from __future__ import annotations

import io
from pathlib import Path

import pdfplumber
import pypdfium2
import pytest

from ingest.pdf.chars import read_chars
from ingest.pdf.geometry import Frame
from ingest.pdf.pages import frame_of
from ingest.pdf.shapes import read_shapes
from ingest.pdf.tables import fill, find_cells, to_grid
from tests.ingest.pdf_fixture import PageDraft, make_pdf
from tests.ingest.test_pdf_tables import HEADER, LEFTS, ROWS, chart

Boxes = list[list[tuple[float, ...]]]


def drawn(**look: object) -> PageDraft:
    page = PageDraft(**look)  # type: ignore[arg-type]
    end = page.table(LEFTS, 100, [HEADER, *ROWS])
    page.grid([90, 200, 300], [end + 40, end + 60, end + 90])
    page.rect(90, end + 120, 300, end + 121, gray=0)
    chart(page, 420)
    return page


def by_pdfium(data: bytes, number: int) -> tuple[Boxes, list[list[list[str]]], Frame]:
    page = pypdfium2.PdfDocument(data)[number]
    frame = frame_of(page)
    chars = read_chars(page, frame).chars
    found = find_cells(read_shapes(page, frame).shapes, frame)
    grids = [fill(to_grid(cells), chars)[0] for cells in found]
    texts = [[["".join(c.text for c in cell.chars).strip() for cell in grid.cells]] for grid in grids]
    return [sorted(map(rounded, cells)) for cells in found], texts, frame


def by_pdfplumber(data: bytes, number: int) -> Boxes:
    with pdfplumber.open(io.BytesIO(data)) as document:
        page = document.pages[number]
        left, top = page.cropbox[0], page.cropbox[1]
        return [
            sorted(rounded((c[0] - left, c[1] - top, c[2] - left, c[3] - top)) for c in table.cells)
            for table in page.find_tables()
        ]


def rounded(box: tuple[float, ...]) -> tuple[float, ...]:
    return tuple(round(edge, 1) for edge in box)


@pytest.mark.parametrize(
    "look",
    [{}, {"rotate": 90}, {"rotate": 180}, {"rotate": 270}, {"crop": (50, 60, 560, 800)}],
    ids=["plain", "90", "180", "270", "cropped"],
)
def test_both_readers_find_the_same_cells(look: dict[str, object]) -> None:
    data = make_pdf([drawn(**look)])
    found, _, frame = by_pdfium(data, 0)
    assert found == by_pdfplumber(data, 0)
    assert all(0 <= cell[2] <= frame.width and 0 <= cell[3] <= frame.height for t in found for cell in t)


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_characters_stand_in_their_cells_however_the_page_is_turned(rotate: int) -> None:
    _, texts, _ = by_pdfium(make_pdf([drawn(rotate=rotate)]), 0)
    cells = {"".join(sorted(text)) for table in texts for text in table[0]}
    assert {"".join(sorted(cell)) for row in [HEADER, *ROWS] for cell in row} <= cells


def test_a_real_document_is_read_alike() -> None:
    path = Path(__file__).parents[3] / "shared/real/documents/xiamen_itg_2020_q1_report.pdf"
    if not path.exists():
        pytest.skip("not here: ../shared/real/documents/xiamen_itg_2020_q1_report.pdf")
    data = path.read_bytes()
    for number in (2, 5):
        assert by_pdfium(data, number)[0] == by_pdfplumber(data, number)
