"""Pages as images: the picture, the text with its places, and what becomes of one that cannot be painted."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.painter import Painter
from models.errors import DamagedFile

EXAMPLE = Path(__file__).parents[2] / "examples" / "自评报告.pdf"


@pytest.fixture(scope="module")
def painter() -> Iterator[Painter]:
    painter = Painter()
    yield painter
    painter.close()


def test_page_is_an_image_of_its_size_with_its_text(painter: Painter) -> None:
    sheet = painter.paint(EXAMPLE, 2)
    assert sheet.image.startswith(b"\xff\xd8")
    assert (round(sheet.width), round(sheet.height)) == (612, 792)
    assert sheet.pages > 10
    assert len("".join(run.text for run in sheet.runs)) > 100


def test_text_lies_inside_the_page(painter: Painter) -> None:
    sheet = painter.paint(EXAMPLE, 2)
    assert all(run.x >= 0 and run.x + run.width <= sheet.width + 1 for run in sheet.runs)
    assert all(0 < run.y <= sheet.height for run in sheet.runs)


@pytest.mark.parametrize("page", [0, 10_000])
def test_page_that_is_not_there(painter: Painter, page: int) -> None:
    with pytest.raises(DamagedFile, match=f"第{page}页"):
        painter.paint(EXAMPLE, page)
    assert painter.paint(EXAMPLE, 1).page == 1


def test_file_that_is_no_pdf(painter: Painter, tmp_path: Path) -> None:
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.7\nnothing")
    with pytest.raises(DamagedFile):
        painter.paint(broken, 1)
    assert painter.paint(EXAMPLE, 1).image


def test_painter_that_was_killed_is_replaced(painter: Painter) -> None:
    painter.paint(EXAMPLE, 1)
    assert painter._process is not None
    before = painter._process.pid
    os.kill(before, 9)
    painter._process.wait()
    assert painter.paint(EXAMPLE, 1).image
    assert painter._process.pid != before


def test_painter_writes_nothing_beside_the_file(painter: Painter, tmp_path: Path) -> None:
    copy = tmp_path / "report.pdf"
    copy.write_bytes(EXAMPLE.read_bytes())
    painter.paint(copy, 1)
    assert [path.name for path in tmp_path.iterdir()] == ["report.pdf"]
