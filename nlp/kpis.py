"""KPI series of a part, from tables, native charts, aligned lines and sentences, each with its place."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from models.document import Block, Part
from models.glossary import Glossary, kpi_key
from models.kpi import Comparison, KpiSeries, KpiSource, SourceKind
from models.passage import Passage
from models.trend import trend_of
from nlp.kpi.captions import Caption, chart_caption, read_caption, table_caption
from nlp.kpi.cells import cells_of, unsure_years
from nlp.kpi.charts import chart_sheet
from nlp.kpi.cuts import sheets_of
from nlp.kpi.direction import direction_of
from nlp.kpi.drafts import TARGET, Draft
from nlp.kpi.labels import party_kind
from nlp.kpi.lines import aligned_tables
from nlp.kpi.prose import prose_series
from nlp.kpi.sheet import Layout, Sheet, layout_of, with_head_of
from nlp.kpi.tables import read_series
from nlp.units import scaled

_BETWEEN = frozenset({"margin", "invisible", "footnote"})
_SPOKEN = frozenset({"paragraph", "list", "text_box", "footnote"})


@dataclass(frozen=True, slots=True)
class _Found:
    """A draft and where it stands; ``start`` is the character offset in the block's text."""

    draft: Draft
    block: Block
    kind: SourceKind
    caption: str = ""
    start: int = 0


def extract_kpis(
    part: Part, passages: Sequence[Passage], glossary: Glossary, years: Sequence[str]
) -> tuple[KpiSeries, ...]:
    """All series of a part: tables and charts in reading order, then sentences.

    ``years`` are the reporting years, oldest first. ``indicator`` is not set here. A chart or sentence that
    repeats the figures of a table has ``same_as``."""
    blocks = part.blocks
    found = [*_from_tables(blocks, glossary, years), *_from_charts(blocks, glossary, years)]
    found += _from_sentences(blocks, glossary, years, {kpi_key(one.draft.name) for one in found})
    own = [p for p in passages if p.part == part.id]
    turn: Counter[tuple[str, ...]] = Counter()
    series: list[KpiSeries] = []
    for one in found:
        key = (part.kind, one.draft.name, one.draft.group, one.kind)
        turn[key] += 1
        told = _series(one, part, own, glossary, _identity(*key, str(turn[key])))
        series.append(_linked(told, series))
    return tuple(series)


def _from_tables(blocks: Sequence[Block], glossary: Glossary, years: Sequence[str]) -> Iterator[_Found]:
    before: tuple[Sheet, Layout, int] | None = None
    aligned = aligned_tables(blocks, years)
    for index, block in enumerate(blocks):
        table = block.table or aligned.get(index)
        for piece in sheets_of(table, years) if table else ():
            sheet, layout = _continued(blocks, before, index, piece, years)
            if layout is None:
                continue
            before = (sheet, layout, index)
            caption = _caption(blocks, index, sheet, layout)
            for draft in read_series(sheet, layout, caption, years, glossary):
                yield _Found(draft, block, "table", caption.title)


def _continued(
    blocks: Sequence[Block],
    before: tuple[Sheet, Layout, int] | None,
    index: int,
    sheet: Sheet,
    years: Sequence[str],
) -> tuple[Sheet, Layout | None]:
    """A sheet and its layout, under the head of the table before it if it goes on with that one."""
    layout = layout_of(sheet, years)
    own_head = bool(layout and _has_years(layout))
    if before is None or own_head or before[2] == index or not _continues(blocks, before, index, sheet):
        return sheet, layout
    sheet = with_head_of(sheet, before[0].rows[: before[1].head])
    return sheet, layout_of(sheet, years)


def _caption(blocks: Sequence[Block], index: int, sheet: Sheet, layout: Layout) -> Caption:
    """The caption beside a table or in its title row; the table's own unit comes before that of a caption."""
    caption = table_caption(blocks, index)
    if sheet.title and not caption.title:
        caption = read_caption(sheet.title, caption.unit)
    corner = _corner_unit(sheet, layout)
    return replace(caption, unit=caption.unit if corner is None else corner)


def _has_years(layout: Layout) -> bool:
    return layout.years_down or any(c.label.year for c in layout.columns if c.kind == "value")


def _continues(blocks: Sequence[Block], before: tuple[Sheet, Layout, int], index: int, sheet: Sheet) -> bool:
    """A table without years of its own, as wide as the one before it, with nothing between but 续表."""
    between = [b for b in blocks[before[2] + 1 : index] if b.kind not in _BETWEEN and b.text.strip()]
    return sheet.width == before[0].width and all(b.text.strip().startswith("续") for b in between)


def _corner_unit(sheet: Sheet, layout: Layout) -> str | None:
    """A unit in the head above the names (``指标（万元）``) or in a title row holds for all rows."""
    names = layout.of_kind("name")
    if names and (unit := layout.columns[names[0]].label.unit):
        return unit
    return read_caption(sheet.title).unit if sheet.title else None


def _from_charts(blocks: Sequence[Block], glossary: Glossary, years: Sequence[str]) -> Iterator[_Found]:
    for index, block in enumerate(blocks):
        if block.chart is None:
            continue
        caption = chart_caption(blocks, index, block.chart.title)
        sheet = chart_sheet(block.chart, caption, glossary)
        layout = layout_of(sheet, years)
        if layout:
            for draft in read_series(sheet, layout, caption, years, glossary):
                draft.row = None if draft.row is None else draft.row - 1
                yield _Found(draft, block, "chart", caption.title)


def _from_sentences(
    blocks: Sequence[Block], glossary: Glossary, years: Sequence[str], known: set[str]
) -> Iterator[_Found]:
    aligned = {line for table in aligned_tables(blocks, years).values() for line in table.lines}
    for index, block in enumerate(blocks):
        if block.kind in _SPOKEN and index not in aligned:
            for start, draft in prose_series(block.text, glossary, years, known):
                yield _Found(draft, block, "prose", start=start)


def _series(
    one: _Found, part: Part, passages: Sequence[Passage], glossary: Glossary, identity: str
) -> KpiSeries:
    draft = one.draft
    direction, sure = direction_of(draft.name, glossary)
    values = dict(sorted(draft.values.items()))
    comparisons = tuple(
        Comparison(
            label, party_kind(label), dict(sorted(told.items())), cells_of(draft, label, one.block, one.kind)
        )
        for label, told in draft.parties.items()
    )
    source = KpiSource(
        one.kind,
        _page(one),
        one.caption,
        draft.row,
        _passage_of(one, passages),
        None,
        one.block.index,
    )
    return KpiSeries(
        identity, part.id, draft.name, draft.name, draft.unit or "", direction, None, values, draft.raw,
        dict(sorted(draft.target.items())), comparisons, trend_of(values, direction), source,
        unsure_years(draft, one.block), cells_of(draft, "", one.block, one.kind),
        cells_of(draft, TARGET, one.block, one.kind), sure,
    )  # fmt: skip


def _page(one: _Found) -> int | None:
    """The page of the series' row: a table may go on over pages."""
    cells = one.block.table.cells if one.block.table and one.kind == "table" else ()
    pages = (cell.place.page for cell in cells if cell.row == one.draft.row)
    return next((page for page in pages if page is not None), one.block.place.page)


def _passage_of(one: _Found, passages: Sequence[Passage]) -> str | None:
    """The passage that holds the block; of several cut from one block, the one that holds the sentence."""
    holding = [p for p in passages if p.block <= one.block.index <= p.last_block]
    started = [p for p in holding if p.block < one.block.index or p.start <= one.start]
    return (started or holding)[-1].id if holding else None


def _identity(*key: str) -> str:
    return "k-" + hashlib.sha1("\x1f".join(key).encode(), usedforsecurity=False).hexdigest()[:10]


def _linked(one: KpiSeries, earlier: Sequence[KpiSeries]) -> KpiSeries:
    """A chart or sentence that repeats figures told before carries the id of the series it repeats."""
    if one.source.kind == "table":
        return one
    repeated = next((other for other in earlier if not other.source.same_as and _repeats(one, other)), None)
    return replace(one, source=replace(one.source, same_as=repeated.id)) if repeated else one


def _repeats(one: KpiSeries, other: KpiSeries) -> bool:
    mine, others = kpi_key(one.name), kpi_key(other.name)
    if not (mine == others or (len(others) > 3 and mine.endswith(others))):
        return False
    shared = set(one.values) & set(other.values)
    return bool(shared) and all(_same(one, other, year) for year in shared)


def _same(one: KpiSeries, other: KpiSeries, year: str) -> bool:
    """Equal as far as the coarser of the two is printed: 8.86亿元 and 88,632万元."""
    a, unit_a = scaled(one.values[year], one.unit)
    b, unit_b = scaled(other.values[year], other.unit)
    alike = unit_a == unit_b or not (unit_a and unit_b)
    return alike and abs(a - b) <= 6e-4 * max(abs(a), abs(b), 1e-12)
