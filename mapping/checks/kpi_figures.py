"""Figures of KPI series against each other (C10, C11, C13, C14, C18–C20, C27).

What differs is a question about 口径, never a verdict.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from mapping.checks.kpi_scope import (
    document_kind,
    listed,
    own_series,
    result_series,
    shown,
    told,
)
from mapping.checks.kpi_units import comparable, last_digit
from mapping.checks.registry import check
from mapping.checks.rule import Rule
from models.assessment import Assessment, Finding, Severity, Where
from models.criteria import Criteria
from models.glossary import kpi_key
from models.kpi import KpiSeries

_BOUNDED = re.compile(
    r"(?:合格|满意|及时|完好|覆盖|参保|达标|准确|可用|通过|签订|出席|检出|保留|流失|占比|比重|普及|采纳|关闭|整改|解决)(?:率|度|比例)?$"
)
_UNBOUNDED = re.compile(r"完成率|达成率|增长率|增幅|保值增值率|周转率|产销率|利用率|负债率|净推荐值")
_COUNTED = frozenset("件 个 次 起 家 人 项 台 条 篇 人次 名 户 种 批".split())  # noqa: SIM905
_NAMED = 3
_UNNAMED = re.compile(
    r"(?:主要|行业|国内|国际)?(?:竞争对手|对手|标杆|标杆企业|标杆值|竞争者|同行|友商)(?:值|数据|水平)?"
)


@check("kpi-year-gap")
def year_gap(draft: Assessment, criteria: Criteria, rule: Rule) -> Iterator[Finding]:
    """Enough years, but not one after the other, or not up to the last reporting year."""
    last = max(draft.years.reporting, default="")
    for one in result_series(draft, criteria):
        years = sorted(one.values)
        if len(years) < criteria.result_years or one.source.kind == "prose":
            continue
        if any(int(b) - int(a) > 1 for a, b in pairwise(years)):
            yield told(rule, one, years=listed(years))
        elif last and years[-1] < last:
            yield told(rule, one, saying="ends", end=years[-1], last=last)


@check("kpi-empty-cell")
def empty_cell(draft: Assessment, criteria: Criteria, rule: Rule) -> Iterator[Finding]:
    """A year's cell without a number in a series that has years enough without it."""
    for one in result_series(draft, criteria):
        unread = [f"{year}年“{one.raw[year] or '空白'}”" for year in one.raw if year not in one.values]
        if unread and len(one.values) >= criteria.result_years:
            yield told(rule, one, cells="、".join(unread))


@check("kpi-comparison-one-year")
def comparison_one_year(draft: Assessment, criteria: Criteria, rule: Rule) -> Iterator[Finding]:
    """Tables whose comparisons stand for one year, their own figures for more: one line per document."""
    tables = [
        group
        for group in _by_table(draft, criteria)
        if {_compared_years(one) for one in group} - {0} == {1} and any(len(one.values) > 1 for one in group)
    ]
    yield from _of_tables(rule, tables, "对比数据")


@check("kpi-comparison-unnamed")
def comparison_unnamed(draft: Assessment, criteria: Criteria, rule: Rule) -> Iterator[Finding]:
    """Tables that compare with a competitor or benchmark without a name or a code: one line per document."""
    tables = [
        group
        for group in _by_table(draft, criteria)
        if any(_UNNAMED.fullmatch(other.label) for one in group for other in one.comparisons)
    ]
    yield from _of_tables(rule, tables, "对比对象")


@check("kpi-no-target")
def no_target(draft: Assessment, criteria: Criteria, rule: Rule) -> Iterator[Finding]:
    """Tables in which no KPI has a target: one line per document."""
    tables = [group for group in _by_table(draft, criteria) if not any(one.target for one in group)]
    yield from _of_tables(rule, tables, "目标值")


@check("kpi-unit-jump")
def unit_jump(draft: Assessment, criteria: Criteria, rule: Rule) -> Iterator[Finding]:
    """A value that is the one before it in another unit: 万元 and 元 in one row."""
    for one in own_series(draft):
        for before, year in pairwise(sorted(one.values)):
            a, b = abs(one.values[before]), abs(one.values[year])
            if min(a, b) > 0 and _is_jump(max(a, b) / min(a, b), one.unit, rule.numbers["factor"]):
                yield told(
                    rule,
                    one,
                    first=before,
                    first_value=shown(one, before),
                    second=year,
                    second_value=shown(one, year),
                    factor=max(a, b) / min(a, b),
                )
                break


def _is_jump(ratio: float, unit: str, factor: float) -> bool:
    """Money slips by 万 or 亿; other quantities by ``factor`` and more."""
    if "元" in unit:
        return any(0.3 <= ratio / slip <= 3.5 for slip in (1e4, 1e8))
    return ratio >= factor


@check("kpi-impossible")
def impossible(draft: Assessment, criteria: Criteria, rule: Rule) -> Iterator[Finding]:
    for one in own_series(draft):
        odd = [year for year, value in one.values.items() if _impossible(one, value)]
        if odd:
            yield told(rule, one, values="、".join(f"{year}年 {shown(one, year)}" for year in odd))


def _impossible(one: KpiSeries, value: float) -> bool:
    share = one.unit == "%" and bool(_BOUNDED.search(one.name)) and not _UNBOUNDED.search(one.name)
    return (share and value > 100) or (
        one.unit in _COUNTED and value < 0 and not re.search("增|差", one.name)
    )


@check("kpi-conflict")
def conflict(draft: Assessment, criteria: Criteria, rule: Rule) -> Iterator[Finding]:
    """The same name and year with two values, anywhere in the submission: one line per name, the widest apart
    first; where there are many, the rest in one line."""
    scope, most = rule.numbers["apart"], int(rule.numbers["lines"])
    pairs = [(_severity(*pair, scope), *pair) for pair in _conflicting(draft)]
    pairs.sort(key=lambda pair: (pair[0] == "note", -_apart(*pair[1:])))
    for severity, one, other, year in pairs[:most]:
        first, second = shown(other, year), shown(one, year)
        yield told(rule, one, other, severity=severity, year=year, first=first, second=second)
    if rest := pairs[most:]:
        yield rule.finding(
            rest[0][1].document,
            "数据一致性",
            where=(Where(one.source.page, one.source.passage, one.id) for _, one, _, _ in rest),
            saying="rest",
            severity=rest[0][0],
            names="、".join(f"“{one.name}”" for _, one, _, _ in rest[:_NAMED]),
            count=len(rest),
        )


def _severity(one: KpiSeries, other: KpiSeries, year: str, scope: float) -> Severity:
    """What is told in a sentence, what is far apart (another scope, mostly) and what may be no KPI is a note."""
    told_in_words = "prose" in (one.source.kind, other.source.kind)
    doubtful = told_in_words or one.direction == "unknown" or _apart(one, other, year) > scope
    return "note" if doubtful else "warning"


def _conflicting(draft: Assessment) -> Iterator[tuple[KpiSeries, KpiSeries, str]]:
    """Two series of one name and the last year in which they differ; printed ones before those told."""
    by_name: defaultdict[str, list[KpiSeries]] = defaultdict(list)
    for one in own_series(draft):
        by_name[kpi_key(one.name)].append(one)
    for same in by_name.values():
        pairs = [(one, other) for n, one in enumerate(same) for other in same[:n] if _elsewhere(one, other)]
        printed = [pair for pair in pairs if "prose" not in {s.source.kind for s in pair}]
        years = {y: pair for pair in printed for y in _conflicts(*pair)}
        years = years or {y: pair for pair in pairs for y in _conflicts(*pair)}
        if years:
            yield (*years[max(years)], max(years))


def _elsewhere(one: KpiSeries, other: KpiSeries) -> bool:
    """Two of a name in one table are rows of different sections of it."""
    return (one.document, one.source.block) != (other.document, other.source.block)


def _apart(one: KpiSeries, other: KpiSeries, year: str) -> float:
    """How far apart two values are, as a share of the greater."""
    a, b = (comparable(s.values[year], s.unit)[0] for s in (one, other))
    return abs(a - b) / max(abs(a), abs(b))


def _conflicts(one: KpiSeries, other: KpiSeries) -> Iterator[str]:
    """Years in which two series differ by more than the rounding of what is printed."""
    for year in set(one.values) & set(other.values):
        a, b = comparable(one.values[year], one.unit), comparable(other.values[year], other.unit)
        room = max(comparable(last_digit(s.raw.get(year, "")), s.unit)[0] for s in (one, other))
        if a[1] == b[1] and abs(a[0] - b[0]) > room / 2 * 1.001:
            yield year


def _by_table(draft: Assessment, criteria: Criteria) -> Iterator[list[KpiSeries]]:
    tables: defaultdict[tuple[str, int], list[KpiSeries]] = defaultdict(list)
    for one in result_series(draft, criteria):
        if one.source.kind == "table" and document_kind(draft, one.document) == "report":
            tables[one.document, one.source.block].append(one)
    yield from tables.values()


def _compared_years(one: KpiSeries) -> int:
    return len({year for other in one.comparisons for year in other.values})


def _of_tables(rule: Rule, tables: list[list[KpiSeries]], subject: str) -> Iterator[Finding]:
    """One note per document that names the tables."""
    by_document: defaultdict[str, list[KpiSeries]] = defaultdict(list)
    for group in tables:
        by_document[group[0].document].append(group[0])
    for document, first in by_document.items():
        yield rule.finding(
            document,
            subject,
            where=(Where(one.source.page, one.source.passage, one.id) for one in first),
            saying="many" if len(first) > _NAMED else "usual",
            tables="、".join(f"“{one.source.caption or one.name}”" for one in first[:_NAMED]),
            count=len(first),
        )
