"""How much of `make_report.py`'s document the reader got, by the metrics of the parsing notes.

Text is compared width-folded and without white space. All scores are shares of the truth, 0 to 1.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import get_args

from benchmarks.gold.score import same, squash
from benchmarks.truth import TableKind, TrueChart, TrueTable, Truth
from models.document import Block, BlockKind, Chart, Document, Table

Scores = dict[str, float | None]
_NOT_BODY: frozenset[BlockKind] = frozenset({"contents", "margin", "invisible"})


def score_reading(truth: Truth, document: Document) -> Scores:
    """Scores of one document; None where the truth holds nothing of a kind."""
    body = [block for block in document.blocks if block.kind not in _NOT_BODY]
    return {
        "char": _character_recall(truth, body),
        "surplus": _surplus(truth, body),
        **_paragraph_scores(truth, body, truth.deleted if document.format == "pdf" else ()),
        **_heading_scores(truth, body),
        **_table_scores(truth, [block.table for block in body if block.table]),
        "chart_values": _chart_values(truth, [block.chart for block in body if block.chart]),
        "notes": _once(truth.notes, body, "footnote"),
        "boxes": _once(truth.boxes, body, "text_box"),
    }


def score_text(truth: Truth, text: str) -> Scores:
    """Recall and surplus of characters of a reader that gives nothing but text."""
    block = [Block(0, "paragraph", text)]
    return {"char": _character_recall(truth, block), "surplus": _surplus(truth, block)}


def lost_rows(truth: Truth, document: Document, file: Path) -> Iterator[tuple[str, str, str]]:
    """Table, row, and those of its cells that are not in a PDF itself, for each row that was not read.

    Tables of tabs are none in a .docx.
    """
    got = [_RowSet(block.table) for block in document.blocks if block.table]
    printed = squash(_raw_text(file)) if document.format == "pdf" else ""
    for table in truth.tables:
        if table.kind == "tabbed" and document.format == "docx":
            continue
        for row in zip(table.rows, table.filled, strict=True):
            if not _row_found(row, got):
                lacking = [
                    cell for cell in row[0] if document.format == "pdf" and squash(cell) not in printed
                ]
                yield table.caption or table.id, "、".join(filter(None, row[0])), "、".join(lacking)


def _raw_text(file: Path) -> str:
    import pypdfium2

    document = pypdfium2.PdfDocument(file)
    try:
        return "".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


def share(part: float, whole: float) -> float | None:
    return round(part / whole, 4) if whole else None


def _texts(truth: Truth) -> list[str]:
    """Every text that has to be in the body: prose, headings, captions, tables, boxes and notes."""
    cells = [cell for table in truth.tables for row in table.rows for cell in row]
    headings = [heading.text for heading in truth.headings]
    return [*truth.paragraphs, *headings, *truth.captions, *cells, *truth.boxes, *truth.notes]


def _character_recall(truth: Truth, body: Sequence[Block]) -> float | None:
    wanted = Counter(squash("".join(_texts(truth))))
    found = Counter(squash("".join(block.label for block in body)))
    return share((wanted & found).total(), wanted.total())


def _surplus(truth: Truth, body: Sequence[Block]) -> float | None:
    """Characters in the body that are nowhere in the truth (running heads, contents, doubled boxes)."""
    charts = [text for chart in truth.charts for text in _chart_texts(chart)]
    wanted = Counter(squash("".join([*_texts(truth), *charts])))
    found = Counter(squash("".join(block.label for block in body)))
    return share((found - wanted).total(), wanted.total())


def _chart_texts(chart: TrueChart) -> list[str]:
    return [chart.title, *chart.categories, *(name for name, _ in chart.series)]


def _paragraph_scores(truth: Truth, body: Sequence[Block], deleted: Sequence[str]) -> Scores:
    """``para``: found verbatim in the running text; ``para_in_one``: within one block.

    ``deleted`` is printed in the midst of paragraphs and overlooked.
    """
    units = [*truth.paragraphs, *truth.captions, *(heading.text for heading in truth.headings)]
    wanted = [squash(unit) for unit in units]
    blocks = [without(squash(block.label), deleted) for block in body]
    running, parted = "".join(blocks), "\n".join(blocks)
    return {
        "para": share(sum(unit in running for unit in wanted), len(wanted)),
        "para_in_one": share(sum(unit in parted for unit in wanted), len(wanted)),
    }


def without(text: str, deleted: Sequence[str]) -> str:
    """Squashed text without the deleted texts."""
    for one in deleted:
        text = text.replace(squash(one), "")
    return text


def _heading_scores(truth: Truth, body: Sequence[Block]) -> Scores:
    """``heading``: recognised as one; ``heading_level``: with the right level; and the precision."""
    wanted = Counter(squash(heading.text) for heading in truth.headings)
    levelled = Counter((squash(heading.text), heading.level) for heading in truth.headings)
    headings = [block for block in body if block.kind == "heading"]
    found = Counter(squash(block.label) for block in headings)
    found_levelled = Counter((squash(block.label), block.level) for block in headings)
    hits = (wanted & found).total()
    return {
        "heading": share(hits, wanted.total()),
        "heading_level": share((levelled & found_levelled).total(), wanted.total()),
        "heading_precision": share(hits, found.total()),
    }


def _table_scores(truth: Truth, tables: Sequence[Table]) -> Scores:
    got = [_RowSet(table) for table in tables]
    scores: Scores = {}
    for kind in get_args(TableKind):
        wanted = [table for table in truth.tables if table.kind == kind]
        rows = [row for table in wanted for row in zip(table.rows, table.filled, strict=True)]
        scores[f"{kind}_row"] = share(sum(_row_found(row, got) for row in rows), len(rows))
        scores[f"{kind}_cell"] = _cell_recall([row for row, _ in rows], got)
        scores[f"{kind}_table"] = share(sum(_table_found(table, got) for table in wanted), len(wanted))
    return scores


class _RowSet:
    """Rows of one extracted table as their non-empty cells, merged cells once and repeated."""

    def __init__(self, table: Table) -> None:
        self.plain = [_cells(row) for row in table.grid()]
        self.all = {*self.plain, *(_cells(row) for row in table.grid(filled=True))}


def _cells(row: Iterable[str]) -> tuple[str, ...]:
    return tuple(text for text in map(squash, row) if text)


def _row_found(row: tuple[Sequence[str], Sequence[str]], tables: Iterable[_RowSet]) -> bool:
    return any(_row_in(row, table) for table in tables)


def _row_in(row: tuple[Sequence[str], Sequence[str]], table: _RowSet) -> bool:
    return not table.all.isdisjoint((_cells(row[0]), _cells(row[1])))


def _table_found(wanted: TrueTable, tables: Iterable[_RowSet]) -> bool:
    """Whether one extracted table holds every row: it was neither cut nor lost a row."""
    rows = list(zip(wanted.rows, wanted.filled, strict=True))
    return any(all(_row_in(row, table) for row in rows) for table in tables)


def _cell_recall(rows: Sequence[Sequence[str]], tables: Sequence[_RowSet]) -> float | None:
    """Cells of a row that stand together in one extracted row."""
    extracted = [Counter(cells) for table in tables for cells in table.plain if cells]
    by_cell: dict[str, list[Counter[str]]] = {}
    for row in extracted:
        for cell in row:
            by_cell.setdefault(cell, []).append(row)
    wanted = [Counter(_cells(row)) for row in rows]
    hits = sum(_best_overlap(row, by_cell) for row in wanted)
    return share(hits, sum(row.total() for row in wanted))


def _best_overlap(row: Counter[str], by_cell: dict[str, list[Counter[str]]]) -> int:
    candidates = (other for cell in row for other in by_cell.get(cell, ()))
    return max(((row & other).total() for other in candidates), default=0)


def _chart_values(truth: Truth, charts: Sequence[Chart]) -> float | None:
    hits = total = 0
    for wanted in truth.charts:
        total += sum(len(values) for _, values in wanted.series)
        twins = [chart for chart in charts if squash(chart.title) == squash(wanted.title)]
        hits += max((_matching_values(wanted, chart) for chart in twins), default=0)
    return share(hits, total)


def _matching_values(wanted: TrueChart, chart: Chart) -> int:
    if tuple(map(squash, chart.categories)) != tuple(map(squash, wanted.categories)):
        return 0
    got = {squash(series.name): series.values for series in chart.series}
    return sum(
        value is not None and same(value, other)
        for name, values in wanted.series
        for other, value in zip(values, got.get(squash(name), ()), strict=False)
    )


def _once(texts: Sequence[str], body: Sequence[Block], kind: BlockKind) -> float | None:
    """Texts that stand in a block of their kind, and nowhere a second time."""
    own = [squash(block.label) for block in body if block.kind == kind]
    running = "\n".join(squash(block.label) for block in body)
    wanted = [squash(text) for text in texts]
    hits = sum(running.count(text) == 1 and any(text in block for block in own) for text in wanted)
    return share(hits, len(wanted))
