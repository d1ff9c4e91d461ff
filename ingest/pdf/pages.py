"""One page taken apart: lines of text, ruled tables, text that cannot be seen, pictures."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from ingest.pdf.chars import SLANTED, Char, PageChars, read_chars
from ingest.pdf.drawings import Drawing, find_drawings, is_chart_grid
from ingest.pdf.geometry import Frame, area, around, contains, overlap
from ingest.pdf.lines import Line, lines_of, runs
from ingest.pdf.repair import is_garbled
from ingest.pdf.scanned import ScannedPage
from ingest.pdf.shapes import PageShapes, Shape, read_shapes
from ingest.pdf.tables import MAX_EDGES, Grid, count_edges, fill, find_cells, to_grid
from ingest.pdf.zones import Zone, find_zones, reading_order, side_of
from models.document import BBox, PageState

_SMALLEST = 1.0
"""Points; below this nobody reads a character."""
_OUTLINED = 50
"""Shapes on a page without text: below, rules and ornaments; above, text drawn as outlines or a diagram."""
_STAMPED = 40
"""Characters that heads, page numbers and seals on a scan do not reach."""
_GAPS, _GAP_SHARE = 20, 0.05
"""Characters without a meaning, and their share: more than the bullets and signs of any honest page."""
_SCAN_SHARE = 0.5
"""Share of the page that a picture covers where its text layer is a scan's OCR."""


@dataclass(frozen=True, slots=True)
class PageContent:
    number: int
    frame: Frame
    """Text is upright in it."""
    displayed: Frame
    lines: tuple[Line, ...]
    """In reading order."""
    zones: tuple[Zone, ...]
    grids: tuple[Grid, ...]
    drawings: tuple[Drawing, ...]
    hidden: tuple[Char, ...]
    pictures: tuple[BBox, ...]
    shapes: tuple[Shape, ...]
    state: PageState
    found: int
    unknown: int
    cut: bool
    layered: bool = False
    """True for a scan with a text layer of its own."""
    doubtful: bool = False
    """True where text was recognised with little confidence."""


Recognise = Callable[[Any], ScannedPage | None]
"""Reads the image of a page; None if that cannot be done."""


def read_page(page: Any, number: int, recognise: Recognise | None = None) -> PageContent:
    """``page`` is a pypdfium2 page; numbers count from 1. The page may be closed afterwards.

    A page that has no text layer, or a useless one, is given to ``recognise``.
    """
    seen = _seen(page)
    if recognise is not None and (seen.state in ("image_only", "unreadable") or _is_gappy(seen.chars)):
        scan = recognise(page)
        seen = seen if scan is None else _recognised(seen, scan)
    return _content(seen, number)


@dataclass(frozen=True, slots=True)
class _Seen:
    """What the readers give of a page, before it is put in order."""

    frame: Frame
    displayed: Frame
    chars: PageChars
    drawn: PageShapes
    state: PageState
    scanned: bool
    doubtful: bool = False


def _seen(page: Any) -> _Seen:
    frame = displayed = frame_of(page)
    read = read_chars(page, frame)
    if angle := _angle(read.chars):
        frame = displayed.turned(angle)
        read = read_chars(page, frame)
    drawn = read_shapes(page, frame)
    scanned = _is_scan(drawn, frame)
    return _Seen(frame, displayed, read, drawn, _state(read, drawn, scanned=scanned), scanned)


def _is_gappy(read: PageChars) -> bool:
    """Whether so many characters have no meaning that recognition gives more than the text layer."""
    return read.unknown >= _GAPS and read.unknown > _GAP_SHARE * read.found


def _recognised(seen: _Seen, scan: ScannedPage) -> _Seen:
    """The page with what was recognised in place of its text layer. The image of a scan is no picture
    any more, if text was found in it."""
    frame = seen.displayed.turned(scan.angle)
    found = sum(not char.text.isspace() for char in scan.chars)
    drawn = seen.drawn
    if seen.state == "image_only":
        pictures = [box for box in drawn.pictures if not (found and _covers(box, seen.frame))]
        drawn = PageShapes(scan.rulings, tuple(pictures), drawn.cut)
    chars = PageChars(scan.chars, found, unknown=0)
    return _Seen(frame, seen.displayed, chars, drawn, "ocr", scanned=False, doubtful=scan.doubtful)


def _content(seen: _Seen, number: int) -> PageContent:
    frame, drawn, read = seen.frame, seen.drawn, seen.chars
    shown, hidden = _part_hidden(read.chars, drawn, frame, scanned=seen.scanned)
    grids, taken = _grids(drawn.shapes, shown, frame)
    rest = _without(shown, taken)
    drawings, taken = find_drawings(drawn.shapes, grids, rest, frame, number)
    parts = tuple(runs(_without(rest, taken)))
    zones = find_zones(parts)
    return PageContent(
        number,
        frame,
        seen.displayed,
        _lines(parts, zones, number, frame),
        zones,
        grids,
        drawings,
        hidden,
        drawn.pictures,
        drawn.shapes,
        seen.state,
        read.found,
        read.unknown,
        read.cut or drawn.cut or count_edges(drawn.shapes) > MAX_EDGES,
        layered=seen.scanned and any(char.look.hidden for char in shown),
        doubtful=seen.doubtful,
    )


def _angle(chars: Sequence[Char]) -> int:
    """The angle at which most characters stand."""
    angles = Counter(c.look.angle for c in chars if c.look.angle != SLANTED and not c.text.isspace())
    return angles.most_common(1)[0][0] if angles else 0


def frame_of(page: Any) -> Frame:
    """The displayed part of a page. A crop box reaches no further than its page."""
    media, crop = page.get_mediabox(), page.get_cropbox()
    left, bottom = max(media[0], crop[0]), max(media[1], crop[1])
    right, top = min(media[2], crop[2]), min(media[3], crop[3])
    if left >= right or bottom >= top:
        left, bottom, right, top = media
    return Frame(left, bottom, right, top, page.get_rotation())


def _lines(
    parts: Sequence[Sequence[Char]], zones: Sequence[Zone], number: int, frame: Frame
) -> tuple[Line, ...]:
    sides: dict[int, list[Sequence[Char]]] = defaultdict(list)
    for run in parts:
        sides[side_of(around(char[1:5] for char in run), zones)].append(run)
    width = round(frame.width)
    lines = [line for side, held in sides.items() for line in lines_of(held, number, (width, side))]
    return tuple(sorted(lines, key=lambda line: reading_order(line.box, zones)))


def _without(chars: Sequence[Char], taken: set[int]) -> list[Char]:
    return [char for position, char in enumerate(chars) if position not in taken]


def unreadable_page(number: int) -> PageContent:
    frame = Frame(0.0, 0.0, 595.0, 842.0, 0)
    return PageContent(number, frame, frame, (), (), (), (), (), (), (), "unreadable", 0, 0, cut=False)


def _is_scan(drawn: PageShapes, frame: Frame) -> bool:
    return any(_covers(box, frame) for box in drawn.pictures)


def _covers(box: BBox, frame: Frame) -> bool:
    return area(box) > _SCAN_SHARE * frame.width * frame.height


def _state(read: PageChars, drawn: PageShapes, *, scanned: bool) -> PageState:
    """A scan with no more than a head or a number printed over it is as unread as one without."""
    if read.found == 0 and not drawn.pictures and len(drawn.shapes) < _OUTLINED:
        return "blank"
    if read.found == 0 or (scanned and read.found < _STAMPED):
        return "image_only"
    garbled = read.unknown * 2 > read.found or is_garbled("".join(char.text for char in read.chars))
    return "unreadable" if garbled else "text"


def _part_hidden(
    chars: Sequence[Char], drawn: PageShapes, frame: Frame, *, scanned: bool
) -> tuple[list[Char], tuple[Char, ...]]:
    """Characters that a reader of the page sees, and the others."""
    dark = [shape.box for shape in drawn.shapes if shape.filled and not shape.light] + list(drawn.pictures)
    shown: list[Char] = []
    hidden: list[Char] = []
    for char in chars:
        (shown if _is_seen(char, frame, dark, scanned) else hidden).append(char)
    return shown, tuple(char for char in hidden if not char.text.isspace())


def _is_seen(char: Char, frame: Frame, dark: Sequence[BBox], scanned: bool) -> bool:
    look = char.look
    if look.hidden and not scanned:
        return False
    if look.size < _SMALLEST:
        return False
    if not (0 <= char.middle <= frame.width and 0 <= char.centre <= frame.height):
        return False
    return not look.white or any(contains(box, char.middle, char.centre) for box in dark)


def _grids(shapes: Sequence[Shape], chars: Sequence[Char], frame: Frame) -> tuple[tuple[Grid, ...], set[int]]:
    grids: list[Grid] = []
    taken: set[int] = set()
    for boxes in find_cells(shapes, frame):
        grid, held = fill(to_grid(boxes), chars)
        if _is_table(grid) and not any(overlap(grid.box, other.box) > 0 for other in grids):
            grids.append(grid)
            taken |= held
    return tuple(grids), taken


def _is_table(grid: Grid) -> bool:
    """False for frames around text and for charts. One row is enough: a table's last may stand alone on
    the next page."""
    filled = [cell for cell in grid.cells if cell.chars]
    if not filled or is_chart_grid(grid):
        return False
    if grid.rows == 1:
        return len(grid.cells) > 2
    return grid.columns > 1 and len({cell.row for cell in filled}) > 1
