"""Tables of the gap list: fixed columns, a head that is repeated on each page, rows that stay whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from api.export.docx_style import HEI, SOFT, SONG, TEXT_WIDTH, WU_HAO, XIAO_WU, write

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table, _Cell

Cell = str | tuple[str, ...]
"""A text; or several, the first in full ink and the others softer below it."""
_RULE, _HAIR, _WASH = "7F7F7F", "BFBFBF", "F2F2F2"
_LINE = 16


@dataclass(frozen=True, slots=True)
class Column:
    title: str
    share: float
    """Of the width of the text, with those of the other columns."""
    align: Literal["left", "right", "centre"] = "left"


def add_table(document: Document, columns: Sequence[Column], rows: Sequence[Sequence[Cell]]) -> None:
    table = document.add_table(rows=0, cols=len(columns))
    table.autofit = False
    _ruled(table)
    whole = sum(column.share for column in columns)
    widths = [TEXT_WIDTH * column.share / whole for column in columns]
    _row(table, columns, widths, [column.title for column in columns], head=True)
    for cells in rows:
        _row(table, columns, widths, cells)
    _grid(table, widths)


def _row(
    table: Table,
    columns: Sequence[Column],
    widths: Sequence[float],
    cells: Sequence[Cell],
    *,
    head: bool = False,
) -> None:
    from docx.shared import Cm

    row = table.add_row()  # type: ignore[no-untyped-call]
    _flag(row._tr.get_or_add_trPr(), "w:cantSplit")
    if head:
        _flag(row._tr.get_or_add_trPr(), "w:tblHeader")
    for place, column, width, told in zip(row.cells, columns, widths, cells, strict=True):
        place.width = Cm(width)
        _fill(place, told, column, head=head)
        if head:
            _shade(place)


def _fill(cell: _Cell, told: Cell, column: Column, *, head: bool) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    align = {"left": WD_ALIGN_PARAGRAPH.LEFT, "right": WD_ALIGN_PARAGRAPH.RIGHT}
    for number, text in enumerate((told,) if isinstance(told, str) else told):
        paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
        shape = paragraph.paragraph_format
        shape.alignment = align.get(column.align, WD_ALIGN_PARAGRAPH.CENTER)
        shape.line_spacing, shape.space_before, shape.space_after = Pt(_LINE), Pt(1), Pt(1)
        write(paragraph, text, WU_HAO if number == 0 else XIAO_WU, font=HEI if head else SONG,
              colour=SOFT if number else "")  # fmt: skip


def _flag(properties: object, name: str) -> None:
    from docx.oxml import OxmlElement

    properties.append(OxmlElement(name))  # type: ignore[attr-defined]


def _shade(cell: _Cell) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    shade = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", _WASH)):
        shade.set(qn(f"w:{name}"), value)
    cell._tc.get_or_add_tcPr().append(shade)


def _ruled(table: Table) -> None:
    """Rules above and below, hairs between rows, none at the sides."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    borders = OxmlElement("w:tblBorders")
    for side, size, colour in (
        ("top", "8", _RULE),
        ("bottom", "8", _RULE),
        ("insideH", "4", _HAIR),
    ):
        edge = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", size), ("space", "0"), ("color", colour)):
            edge.set(qn(f"w:{name}"), value)
        borders.append(edge)
    after = ("w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook")
    table._tbl.tblPr.insert_element_before(borders, *after)  # type: ignore[arg-type]


def _grid(table: Table, widths: Sequence[float]) -> None:
    from docx.shared import Cm

    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
