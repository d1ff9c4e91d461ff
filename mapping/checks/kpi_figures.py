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
_MOST = 10
_OTHER_SCOPE = 0.5
_WHICH = "请核对：口径是否一致？如口径不同，请在指标名称中写明。"
_JUMP = 1000
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
            yield told(
                one,
                "warning",
                f"“{one.name}”识别到{listed(years)}的数值，年份不连续。",
                "请补充缺少的年份，或说明原因。",
            )
        elif last and years[-1] < last:
            yield told(
                one,
                "warning",
                f"“{one.name}”的数值止于{years[-1]}年，报告期末为{last}年。",
                f"请补充{last}年的数值，或说明原因。",
            )


@check("kpi-empty-cell")
def empty_cell(draft: Assessment, criteria: Criteria, rule: Rule) -> Iterator[Finding]:
    """A year's cell without a number in a series that has years enough without it."""
    for one in result_series(draft, criteria):
        unread = [f"{year}年“{one.raw[year] or '空白'}”" for year in one.raw if year not in one.values]
        if unread and len(one.values) >= criteria.result_years:
            yield told(
                one,
                "note",
                f"“{one.name}”{'、'.join(unread)}未识别为数值。",
                "如当年有数据请补上；如不适用，请在表下注明。",
            )


@check("kpi-comparison-one-year")
def comparison_one_year(draft: Assessment, criteria: Criteria, rule: Rule) -> Iterator[Finding]:
    """Tables whose comparisons stand for one year, their own figures for more: one line per document."""
    tables = [
        group
        for group in _by_table(draft, criteria)
        if {_compared_years(one) for one in group} - {0} == {1} and any(len(one.values) > 1 for one in group)
    ]
    yield from _of_tables(
        tables, "对比数据", "的对比数据只有一个年份", "如能取得，请补充各年对比数据，以显示差距的变化。"
    )


@check("kpi-comparison-unnamed")
def comparison_unnamed(draft: Assessment, criteria: Criteria, rule: Rule) -> Iterator[Finding]:
    """Tables that compare with a competitor or benchmark without a name or a code: one line per document."""
    tables = [
        group
        for group in _by_table(draft, criteria)
        if any(_UNNAMED.fullmatch(other.label) for one in group for other in one.comparisons)
    ]
    yield from _of_tables(
        tables, "对比对象", "的对比对象没有名称或代号", "请写明对比对象（可用代号并在文中说明）和数据来源。"
    )


@check("kpi-no-target")
def no_target(draft: Assessment, criteria: Criteria, rule: Rule) -> Iterator[Finding]:
    """Tables in which no KPI has a target: one line per document."""
    tables = [group for group in _by_table(draft, criteria) if not any(one.target for one in group)]
    yield from _of_tables(tables, "目标值", "未识别到目标值", "如设有年度目标，建议与实际值并列。")


@check("kpi-unit-jump")
def unit_jump(draft: Assessment, criteria: Criteria, rule: Rule) -> Iterator[Finding]:
    """A value that is the one before it in another unit: 万元 and 元 in one row."""
    for one in own_series(draft):
        for before, year in pairwise(sorted(one.values)):
            a, b = abs(one.values[before]), abs(one.values[year])
            if min(a, b) > 0 and _is_jump(max(a, b) / min(a, b), one.unit):
                message = f"“{one.name}”{before}年为{shown(one, before)}，{year}年为{shown(one, year)}，相差 {max(a, b) / min(a, b):,.0f} 倍。"
                yield told(one, "warning", message, "请核对各年的计量单位是否一致。")
                break


def _is_jump(ratio: float, unit: str) -> bool:
    """Money slips by 万 or 亿; other quantities by a thousand and more."""
    if "元" in unit:
        return any(0.3 <= ratio / factor <= 3.5 for factor in (1e4, 1e8))
    return ratio >= _JUMP


@check("kpi-impossible")
def impossible(draft: Assessment, criteria: Criteria, rule: Rule) -> Iterator[Finding]:
    for one in own_series(draft):
        odd = [year for year, value in one.values.items() if _impossible(one, value)]
        if odd:
            told_values = "、".join(f"{year}年 {shown(one, year)}" for year in odd)
            yield told(
                one,
                "warning",
                f"“{one.name}”的{told_values}超出该类指标通常的取值范围。",
                "请核对数值、单位或指标定义。",
            )


def _impossible(one: KpiSeries, value: float) -> bool:
    share = one.unit == "%" and bool(_BOUNDED.search(one.name)) and not _UNBOUNDED.search(one.name)
    return (share and value > 100) or (
        one.unit in _COUNTED and value < 0 and not re.search("增|差", one.name)
    )


@check("kpi-conflict")
def conflict(draft: Assessment, criteria: Criteria, rule: Rule) -> Iterator[Finding]:
    """The same name and year with two values, anywhere in the submission: one line per name, the widest apart
    first; where there are many, the rest in one line."""
    pairs = [(_severity(*pair), *pair) for pair in _conflicting(draft)]
    pairs.sort(key=lambda pair: (pair[0] == "note", -_apart(*pair[1:])))
    for severity, one, other, year in pairs[:_MOST]:
        message = f"“{one.name}”{year}年的数值有{shown(other, year)}和{shown(one, year)}两种。"
        yield told(one, severity, message, _WHICH, other)
    if rest := pairs[_MOST:]:
        names = "、".join(f"“{one.name}”" for _, one, _, _ in rest[:_NAMED])
        message = f"另有{names}等 {len(rest)} 项指标在不同位置的同年数值不一致。"
        where = tuple(Where(one.source.page, one.source.passage, one.id) for _, one, _, _ in rest)
        yield Finding("", rest[0][0], rest[0][1].document, None, "数据一致性", message, _WHICH, where)


def _severity(one: KpiSeries, other: KpiSeries, year: str) -> Severity:
    """What is told in a sentence, what is far apart (another scope, mostly) and what may be no KPI is a note."""
    told_in_words = "prose" in (one.source.kind, other.source.kind)
    doubtful = told_in_words or one.direction == "unknown" or _apart(one, other, year) > _OTHER_SCOPE
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


def _of_tables(tables: list[list[KpiSeries]], subject: str, said: str, advice: str) -> Iterator[Finding]:
    """One note per document that names the tables."""
    by_document: defaultdict[str, list[KpiSeries]] = defaultdict(list)
    for group in tables:
        by_document[group[0].document].append(group[0])
    for document, first in by_document.items():
        names = "、".join(f"“{one.source.caption or one.name}”" for one in first[:_NAMED])
        more = f"等 {len(first)} 个表" if len(first) > _NAMED else ""
        where = tuple(Where(one.source.page, one.source.passage, one.id) for one in first)
        yield Finding("", "note", document, None, subject, f"{names}{more}{said}。", advice, where)
