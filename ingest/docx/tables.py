"""A table as a grid of cells: merged cells once, nested tables as text of their cell."""

from __future__ import annotations

from dataclasses import dataclass, field

from ingest.docx.drafts import Draft
from ingest.docx.flow import flat_text, row_cells, table_rows
from ingest.docx.notes import Notes
from ingest.docx.story import Story
from ingest.docx.styles import is_filled
from ingest.docx.xml import Element, W, is_on, number, value
from models.document import Cell, Place, Table
from models.errors import ResourceLimit

MAX_SPAN = 63
"""Word's own limit of columns. A file that claims more is broken or hostile."""
MAX_COLUMNS = 1_000
MAX_CELLS = 200_000
_TOO_LARGE = (
    "这个文件里有一张表格的单元格过多，超出安全上限，没有读取；请把这张表移到附件里或拆成几张表后再试。"
)


@dataclass(slots=True)
class _Open:
    """A cell that later rows or columns may still be merged into."""

    texts: list[str]
    row: int
    column: int
    width: int
    page: int | None
    height: int = 1


@dataclass(slots=True)
class _Grid:
    cells: list[_Open] = field(default_factory=list)
    above: dict[int, _Open] = field(default_factory=dict)
    """By first column, the cells of the row before."""
    columns: int = 0


def read_table(element: Element, story: Story, notes: Notes) -> tuple[Draft, list[Draft]]:
    """The table and what hangs on paragraphs in its cells (boxes, notes, charts, hidden text)."""
    hanging: list[Draft] = []
    grid = _Grid()
    headers = 0
    rows = 0
    shaded = _is_shaded(element, story)
    for row in table_rows(element, story):
        _read_row(row, rows, grid, story, notes, hanging, shaded)
        if headers == rows and _is_header(row):
            headers += 1
        rows += 1
    table = Table(
        cells=tuple(_cell(cell) for cell in grid.cells), rows=rows, columns=grid.columns, header_rows=headers
    )
    draft = Draft("table", table_text(table), grid.cells[0].page if grid.cells else None, table=table)
    return draft, hanging


def table_text(table: Table) -> str:
    """Cells by row, separated by tabs, rows by line breaks; merged cells once."""
    return "\n".join("\t".join(row) for row in table.grid())


def _read_row(
    row: Element, index: int, grid: _Grid, story: Story, notes: Notes, hanging: list[Draft], shaded: bool
) -> None:
    """Cells stand side by side: each starts on the page where the row starts."""
    start = furthest = story.pages.number
    column = _skipped(row, "gridBefore")
    current: dict[int, _Open] = {}
    last: _Open | None = None
    for element in row_cells(row, story):
        story.pages.back_to(start)
        properties = element.find(W + "tcPr")
        ground = shaded or _has_ground(properties)
        text = flat_text(element, story, notes, hanging, coloured=ground)
        furthest = max(furthest, story.pages.number)
        width, down, across = _merges(properties)
        above = grid.above.get(column)
        if across and last is not None:
            last.width += width
            last.texts.append(text)
        elif down == "continue" and above is not None and above.row + above.height == index:
            above.height += 1
            above.texts.append(text)
            current[column] = last = above
        else:
            last = _Open([text], index, column, width, start if story.pages.known else None)
            grid.cells.append(last)
            if down:
                current[column] = last
        column += width
        _check_size(grid, column)
    story.pages.back_to(furthest)
    grid.above = current
    grid.columns = max(grid.columns, column + _skipped(row, "gridAfter"))


def _merges(properties: Element | None) -> tuple[int, str, bool]:
    """Columns a cell spans; ``restart`` or ``continue`` if merged down; whether it goes on from its left."""
    if properties is None:
        return 1, "", False
    width = min(max(number(properties.find(W + "gridSpan"), 1) or 1, 1), MAX_SPAN)
    merged = properties.find(W + "vMerge")
    down = "" if merged is None else value(merged, "continue")
    across = properties.find(W + "hMerge")
    return width, down, across is not None and value(across, "continue") == "continue"


def _skipped(row: Element, name: str) -> int:
    properties = row.find(W + "trPr")
    skipped = None if properties is None else number(properties.find(W + name), 0)
    return min(max(skipped or 0, 0), MAX_SPAN)


def _check_size(grid: _Grid, column: int) -> None:
    if column > MAX_COLUMNS or len(grid.cells) > MAX_CELLS:
        raise ResourceLimit(_TOO_LARGE)


def _is_header(row: Element) -> bool:
    header = row.find(f"{W}trPr/{W}tblHeader")
    return header is not None and is_on(header)


def is_coloured_cell(table: Element, cell: Element, story: Story) -> bool:
    """Whether the cell has a ground that white text can be read on."""
    return _is_shaded(table, story) or _has_ground(cell.find(W + "tcPr"))


def _is_shaded(table: Element, story: Story) -> bool:
    properties = table.find(W + "tblPr")
    if properties is None:
        return False
    return _has_ground(properties) or story.styles.shades_tables(value(properties.find(W + "tblStyle")))


def _has_ground(properties: Element | None) -> bool:
    shade = None if properties is None else properties.find(W + "shd")
    return shade is not None and is_filled(shade)


def _cell(cell: _Open) -> Cell:
    text = "\n".join(text for text in cell.texts if text)
    return Cell(text, cell.row, cell.column, cell.height, cell.width, Place(page=cell.page))
