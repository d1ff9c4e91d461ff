"""Tables of contents: lines that lead to a page number, and lines under 目录 that end with one."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.pdf.columns import to_row
from ingest.pdf.lines import Line

TITLE = re.compile(r"^(?:目\s*[录次]|(?:[Tt]able of )?[Cc]ontents|CONTENTS|[图表]\s*目\s*录)$")
LEADER = re.compile(r"(?:[.…·．・_]\s?){4,}\s*[-–—(（]?\s*(?:\d{1,4}|[ivxIVX]{1,6})\s*[-–—)）]?$")
_PAGE = re.compile(r"^[-–—]?\s*(?:\d{1,4}|[ivxIVX]{1,6})\s*[-–—]?$")


def contents_lines(lines: Sequence[Line]) -> frozenset[int]:
    """``id`` of the lines of a document's contents, its title included; ``lines`` in order."""
    found: list[int] = []
    open_ = False
    for position, line in enumerate(lines):
        if TITLE.match(line.text):
            found.append(id(line))
            open_ = True
        elif _is_entry(line, open_):
            found.append(id(line))
        elif open_:
            # One line may be the first half of an entry; two make the end.
            following = lines[position + 1] if position + 1 < len(lines) else None
            open_ = following is not None and _is_entry(following, open_)
            if open_ and len(line.text) < 60:
                found.append(id(line))
    return frozenset(found)


def _is_entry(line: Line, open_: bool) -> bool:
    if LEADER.search(line.text):
        return True
    parts = to_row(line).segments if open_ else ()
    return len(parts) > 1 and bool(_PAGE.match(parts[-1].text))
