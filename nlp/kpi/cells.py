"""Where the values of a series stand, and which of them a person should look at."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from statistics import median

from models.document import Block, Cell
from models.kpi import CellPlace, SourceKind
from nlp.kpi.drafts import Draft, Spot

# 1 234 may be two numbers, 1.234.567 and 12,34 are no way of writing one that is agreed on
_ODD = re.compile(r"\d[\s\u00a0]+\d|\d\.\d+\.\d|[,，]\d{1,2}(?!\d)|\d[OolI]|[OlI]\d")
_ONE_POINT = re.compile(r"\D*\d{1,3}\.\d{3}\D*")


def cells_of(draft: Draft, party: str, block: Block, kind: SourceKind) -> dict[str, CellPlace]:
    """Places by year of the own values (party ``""``), the targets or a party's values."""
    spots = ((year, spot) for (whose, year), spot in draft.spots.items() if whose == party and year)
    return {year: _place(spot, block, kind) for year, spot in sorted(spots)}


def _place(spot: Spot, block: Block, kind: SourceKind) -> CellPlace:
    if kind == "chart":
        return CellPlace(spot.row - 1, spot.column - 1, block.place.page)
    cell = _cell(spot, block)
    place = cell.place if cell else block.place
    page = place.page if place.page is not None else block.place.page
    return CellPlace(spot.row, spot.column, page, cell.place.bbox if cell else None)


def _cell(spot: Spot, block: Block) -> Cell | None:
    cells = block.table.cells if block.table else ()
    return cells[spot.cell] if 0 <= spot.cell < len(cells) else None


def unsure_years(draft: Draft, block: Block) -> tuple[str, ...]:
    """Years whose own value may be read wrongly: recognised characters, a cell that stands for several
    values, separators that can be understood in two ways."""
    if block.source == "ocr":
        return tuple(sorted(draft.values))
    return tuple(sorted({*_joined(draft, block), *_odd(draft)}))


def _joined(draft: Draft, block: Block) -> Iterator[str]:
    """Values of a cell that is merged over years or over rows of the table."""
    times = Counter(spot.cell for (party, _), spot in draft.spots.items() if not party)
    for (party, year), spot in draft.spots.items():
        cell = _cell(spot, block)
        if party or cell is None or year not in draft.values:
            continue
        if times[spot.cell] > 1 or cell.row_span > 1:
            yield year


def _odd(draft: Draft) -> Iterator[str]:
    for year, value in draft.values.items():
        raw = draft.raw.get(year, "").strip()
        if _ODD.search(raw) or (_ONE_POINT.fullmatch(raw) and _is_thousandth(draft, year, value)):
            yield year


def _is_thousandth(draft: Draft, year: str, value: float) -> bool:
    """Whether 1.234 stands among values of the size of 1234."""
    others = [abs(other) for when, other in draft.values.items() if when != year and other]
    return bool(others) and bool(value) and 200 < median(others) / abs(value) < 5000
