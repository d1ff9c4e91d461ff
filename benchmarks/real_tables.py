"""What is read from the tables of real documents, table by table, for a person to judge.

    python -m benchmarks.real_tables [--only NAME] [--without | --summary] [FILE …]

For every table: what of it became a series, and how many cells that hold figures are in none. ``--without``
shows only tables that have figures and gave no series, ``--summary`` a line per document. Without FILE: the
documents in ``../shared/real``.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from benchmarks.real_files import load
from mapping.glossary import load_glossary
from models.document import Block, Part
from models.kpi import KpiSeries
from nlp.kpis import extract_kpis
from nlp.numbers import read_number
from nlp.years import infer_reporting_years

DOCUMENTS = Path(__file__).parents[2] / "shared" / "real" / "documents"
_SHOWN = 6


def verdict(block: Block, series: Sequence[KpiSeries]) -> str:
    """One line: the size of a table, its series, and its figures that no series holds."""
    table = block.table
    assert table is not None
    return f"{table.rows}×{table.columns}, {len(series)} series, {_held(series)} of {_figures(block)} figures"


def _held(series: Iterable[KpiSeries]) -> int:
    """Figures that series hold, targets and comparisons too."""
    return sum(
        len(one.values) + len(one.target) + sum(len(other.values) for other in one.comparisons)
        for one in series
    )


def _figures(block: Block) -> int:
    cells = block.table.cells if block.table else ()
    return sum(read_number(cell.text).value is not None for cell in cells)


def summary(part: Part, series: Sequence[KpiSeries]) -> str:
    """One row of the table in `real_tables.md`."""
    tables = [block for block in part.blocks if block.table]
    own = [one for one in series if one.source.kind == "table"]
    read = {one.source.block for one in own}
    figures = sum(_figures(block) for block in tables if block.index in read)
    cells = (
        part.document.filename,
        f"{len(tables)}, {sum(map(_has_figures, tables))} with figures",
        str(len(read)),
        f"{len(own)}, {sum(len(one.values) > 2 for one in own)} of three years and more",
        f"{_held(own)} of {figures}",
        str(len(series) - len(own)),
    )
    return f"| {' | '.join(cells)} |"


def lines(part: Part, series: Sequence[KpiSeries], *, without: bool) -> Iterator[str]:
    by_block: defaultdict[int, list[KpiSeries]] = defaultdict(list)
    for one in series:
        by_block[one.source.block].append(one)
    for block in part.blocks:
        own = by_block.get(block.index, [])
        if block.table is None or (without and (own or not _has_figures(block))):
            continue
        head = " | ".join(cell.text for cell in block.table.cells if cell.row == 0)[:90]
        yield f"— block {block.index}: {verdict(block, own)}: {head}"
        yield from (f"    {_shown(one)}" for one in own[:_SHOWN])
    for one in series if not without else ():
        if one.source.kind == "prose":
            yield f"· block {one.source.block}: {_shown(one)}"


def _has_figures(block: Block) -> bool:
    return _figures(block) > 3


def _shown(one: KpiSeries) -> str:
    values = ", ".join(f"{year} {value:.12g}" for year, value in one.values.items())
    others = "; ".join(f"{c.label} {c.values}" for c in one.comparisons)
    unsure = f" unsure {','.join(one.unsure)}" if one.unsure else ""
    return f"{one.name} [{one.unit}] {one.direction}: {values} {one.target or ''} {others}{unsure}".rstrip()


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--only", default="", help="part of the file's name")
    parser.add_argument("--without", action="store_true", help="tables with figures that gave no series")
    parser.add_argument("--summary", action="store_true", help="a line per document")
    asked = parser.parse_args()
    if not asked.files and not DOCUMENTS.exists():
        raise SystemExit("skipped: not here: ../shared/real")
    for path in asked.files or sorted(p for p in DOCUMENTS.iterdir() if p.suffix != ".docx"):
        if asked.only in path.name:
            _print(path, without=asked.without, short=asked.summary)


def _print(path: Path, *, without: bool, short: bool) -> None:
    part = load(path)
    years = infer_reporting_years([part])
    series = extract_kpis(part, (), load_glossary(), years)
    print(summary(part, series) if short else f"== {path.name}: years {'–'.join(years[::2])}")
    for line in () if short else lines(part, series, without=without):
        print(line)


if __name__ == "__main__":
    main()
