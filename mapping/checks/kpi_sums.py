"""Totals and shares of a table against its parts (C21).

A table says in many ways what its total is the sum of. A total is asked about only where no way of
adding its parts gives it, and where the other columns of the table show that its rows were understood.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mapping.checks.kpi_units import last_digit
from mapping.checks.registry import check
from mapping.checks.rule import Rule
from models.assessment import Assessment, Finding, Severity, TableRecord, Where
from models.criteria import Criteria

_TOTAL = re.compile(r"(?:合|总|共)计|总数|总额|总和|合计[（(].{1,8}[)）]")
_SUBTOTAL = re.compile(r".{0,12}小计")
_OF_WHICH = re.compile(r"^(?:其中|加|减|减少?去|扣除)[:：]?|^[（(]?\d+[)）.、]?\d+[.、]")
_NUMBER = re.compile(r"([(（]?)-?(\d{1,3}(?:[,，]\d{3})+|\d+)(\.\d+)?(%?)[)）]?")
_TAKEN = re.compile(r"^减|^扣|抵[销消]")
_SHARE = re.compile(r"占比|比例|比重|构成比|百分比|份额|%")
_NO_SUM = re.compile(r"率|平均|人均|均值|增长|增幅|同比|指数|得分|评分|排名|年龄|单价|目标|增减|变动|变化")
_SPLIT = re.compile(r"构成|结构|分布|占比")
_FEWEST = 2
Grid = Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class _Column:
    """One column from its head to its total, cells as written. ``parts`` are the cells above the total."""

    head: str
    name: str
    parts: tuple[tuple[str, str], ...]
    """Name and cell of each row."""
    total: str


@dataclass(frozen=True, slots=True)
class _Verdict:
    """Whether a column adds up, and where it does not, what its rows add up to."""

    column: _Column
    adds_up: bool
    sum: str = ""


@check("kpi-sum-wrong")
def sums(draft: Assessment, criteria: Criteria, rule: Rule) -> Iterator[Finding]:
    """At most one finding per table. Where no other column of it adds up it is a note: rows may be missing."""
    for table in draft.tables:
        for grid in (table.cells, tuple(zip(*table.cells, strict=False))):
            verdicts = [verdict for column in _columns(grid) if (verdict := _verdict(column)) is not None]
            wrong = [verdict for verdict in verdicts if not verdict.adds_up]
            if len(wrong) == 1:
                yield _wrong_total(rule, draft, table, wrong[0], alone=len(verdicts) == 1)
                break
        else:
            if shares := _open_shares(table):
                head, whole = shares
                yield _finding(rule, draft, table, "shares", "note", head=head, sum=whole)


def _wrong_total(
    rule: Rule, draft: Assessment, table: TableRecord, wrong: _Verdict, *, alone: bool
) -> Finding:
    column = wrong.column
    saying = "headed" if column.head else "usual"
    values = {"head": column.head, "row": column.name, "total": column.total, "sum": wrong.sum}
    return _finding(rule, draft, table, saying, "note" if alone else "warning", **values)


def _columns(grid: Grid) -> Iterator[_Column]:
    """Columns of figures above each total row; the parts of a second total begin behind the first."""
    start = 1
    for number, row in enumerate(grid):
        name = re.sub(r"\s", "", row[0]) if row else ""
        if number < start + _FEWEST or not _TOTAL.fullmatch(name):
            continue
        for place in range(1, len(row)):
            parts = tuple((line[0], line[place]) for line in grid[start:number] if line[0].strip())
            yield _Column(_head(grid, place), name, parts, row[place])
        start = number + 1


def _head(grid: Grid, place: int) -> str:
    return re.sub(r"\s", "", grid[0][place])


def _verdict(column: _Column) -> _Verdict | None:
    """None where nothing can be said."""
    total = _read(column.total)
    parts = [(re.sub(r"\s", "", name), _read(cell)) for name, cell in column.parts]
    known = [(name, value) for name, value in parts if value is not None]
    if total is None or len(known) < max(_FEWEST, len(parts)) or not _is_sum(column, total):
        return None
    room = _room([column.total, *(cell for _, cell in column.parts)])
    tried = list(_ways(known, room))
    if any(abs(way - total) <= room for way in tried):
        return _Verdict(column, adds_up=True)
    return _Verdict(column, adds_up=False, sum=_figure(tried[0])) if _near(tried[0], total) else None


def _is_sum(column: _Column, total: float) -> bool:
    """Rates and means are not added up, and shares only to a hundred."""
    rate = _NO_SUM.search(column.head) and not _SHARE.search(column.head)
    named = any(_NO_SUM.search(name) for name, _ in column.parts)
    share = "%" in column.total or _SHARE.search(column.head)
    return not rate and not named and not (share and abs(total - 100) > 1)


def _ways(parts: Sequence[tuple[str, float]], room: float) -> Iterator[float]:
    """Sums that the total may mean: without rows that part the one above, with all, less what is taken off,
    of subtotals only."""
    plain = [(name, value) for name, value in parts if not _SUBTOTAL.fullmatch(name)]
    marked = [(name, value) for name, value in plain if not _OF_WHICH.match(name)]
    for rows in (marked, plain):
        yield sum(value for _, value in rows)
        yield sum(_leaves([value for _, value in rows], room))
        yield sum(-value if _TAKEN.search(name) else value for name, value in rows)
    if subtotals := [value for name, value in parts if _SUBTOTAL.fullmatch(name)]:
        yield sum(subtotals)
        yield sum(subtotals) + parts[-1][1]


def _leaves(values: Sequence[float], room: float) -> Iterator[float]:
    """The values without those that part the one above them (3年以上: 3至4年, 4年以上)."""
    place = 0
    while place < len(values):
        yield values[place]
        rest = values[place + 1 :]
        parted = (k for k in range(len(rest), 0, -1) if abs(sum(rest[:k]) - values[place]) <= room)
        place += 1 + (next(parted, 0) if values[place] else 0)


def _near(sum_: float, total: float) -> bool:
    """A slip changes a sum by some; a sum far off is a total of something else."""
    return total != 0 and 0.5 <= sum_ / total <= 2


def _open_shares(table: TableRecord) -> tuple[str, str] | None:
    """Head and sum of shares that are no whole, without a total row, where the caption says that one is
    parted."""
    if len(table.cells) < _FEWEST + 2 or not _SPLIT.search(table.caption):
        return None
    if any(_TOTAL.fullmatch(re.sub(r"\s", "", row[0])) for row in table.cells if row):
        return None
    for place in range(1, len(table.cells[0])):
        cells = [row[place] for row in table.cells[1:]]
        values = [_read(cell) for cell in cells]
        if not _is_share(table.cells[0][place], cells) or any(value is None for value in values):
            continue
        whole = sum(value for value in values if value is not None)
        if abs(whole - 100) > _room(cells) and 80 < whole < 120:
            return _head(table.cells, place), _figure(whole)
    return None


def _is_share(head: str, cells: Sequence[str]) -> bool:
    return bool(_SHARE.search(head)) or all("%" in cell for cell in cells)


def _read(cell: str) -> float | None:
    """A plain figure; a blank mark is nothing to add."""
    text = re.sub(r"\s", "", cell).replace("％", "%")
    if re.fullmatch(r"[-—–/]*", text):
        return 0.0 if text else None
    found = _NUMBER.fullmatch(text)
    if not found:
        return None
    value = float(re.sub("[,，]", "", found[2]) + (found[3] or ""))
    return -value if found[1] or text.startswith("-") else value


def _room(cells: Sequence[str]) -> float:
    """What rounding may take, twice over: the last digit of every figure."""
    return sum(last_digit(cell) for cell in cells) * 1.001 + 1e-9


def _figure(value: float) -> str:
    return f"{value:,.4f}".rstrip("0").rstrip(".")


def _finding(
    rule: Rule, draft: Assessment, table: TableRecord, saying: str, severity: Severity, **values: object
) -> Finding:
    passage = next((one for one in draft.passages if one.id == table.passage), None)
    name = (table.caption.split("\n")[0] or "表格")[:40]
    return rule.finding(
        table.document,
        name,
        indicator=passage.indicators[0].id if passage and passage.indicators else None,
        where=(Where(table.page, table.passage),),
        saying=saying,
        severity=severity,
        table=name,
        **values,
    )
