"""Years, comparisons, units and trends of KPI series, and KPIs that were promised (C09, C12, C15, C19, C22).

The wording is about what was read: a cell without a number is 未识别为数值, a fall is 数值下降.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from mapping.checks.kpi_promises import promises
from mapping.checks.kpi_scope import (
    document_kind,
    has_reason,
    listed,
    own_series,
    result_series,
    shown,
    starts_late,
    told,
)
from mapping.checks.registry import check
from mapping.checks.rule import Rule
from models.assessment import Assessment, Finding, PassageRecord, Where
from models.criteria import Criteria
from models.kpi import KpiSeries

# quantities that are written without a unit
_PLAIN_NUMBER = re.compile(
    r"(?:比率|比|指数|系数|周转率|倍数|等级|评级|排名|名次|Cpk|Cp|Ppk|净推荐值|NPS)$", re.IGNORECASE
)
_COMPARED = re.compile(
    r"高于|低于|优于|好于|领先|落后|超过|超越|反超|相比|对比|对标|同行|行业|竞争对手|标杆|位居|第[一二三四五\d]"
)
_GOOD = {"up": "高", "down": "低"}


@check("kpi-under-three-years")
def under_three_years(draft: Assessment, criteria: Criteria, rule: Rule) -> Iterator[Finding]:
    """An error for a table of the results that was surely read; a chart may show less than its table, so a
    warning. A figure of one year in passing is no series."""
    fewest = criteria.result_years
    for one in result_series(draft, criteria):
        if len(one.values) >= fewest or (one.source.kind == "prose" and len(one.values) < 2):
            continue
        late = starts_late(draft, one)
        sure = one.source.kind == "table" and not one.unsure
        unread = [year for year in one.raw if year not in one.values]
        yield told(
            rule,
            one,
            saying="-".join(filter(None, ("unread" if unread else "", "late" if late else ""))) or "usual",
            severity="note" if late else "error" if sure else "warning",
            years=listed(sorted(one.values)),
            count=len(one.values),
            fewest=fewest,
            unread=listed(unread),
        )


@check("kpi-no-comparison")
def no_comparison(draft: Assessment, criteria: Criteria, rule: Rule) -> Iterator[Finding]:
    texts = {passage.id: passage for passage in draft.passages}
    for one in result_series(draft, criteria):
        if one.source.kind == "prose" and len(one.values) < 2:
            continue
        if any(other.values for other in one.comparisons) or _compared_in_words(one, texts):
            continue
        yield told(rule, one)


def _compared_in_words(one: KpiSeries, texts: dict[str, PassageRecord]) -> bool:
    passage = texts.get(one.source.passage or "")
    return one.source.kind == "prose" and passage is not None and bool(_COMPARED.search(passage.text))


@check("kpi-no-unit")
def no_unit(draft: Assessment, criteria: Criteria, rule: Rule) -> Iterator[Finding]:
    for one in own_series(draft):
        if one.unit or one.source.kind == "prose":
            continue
        plain = bool(_PLAIN_NUMBER.search(one.name)) or document_kind(draft, one.document) != "report"
        yield told(rule, one, severity="note" if plain else "warning")


@check("kpi-worsening")
def worsening(draft: Assessment, criteria: Criteria, rule: Rule) -> Iterator[Finding]:
    """The last value is worse than the first and than the one before it. A note where a reason is told, or
    where the direction that is good is only a guess."""
    for one in own_series(draft):
        if one.trend != "worsening" or one.direction not in _GOOD:
            continue
        years = sorted(one.values)
        explained = has_reason(draft, one)
        demanded = document_kind(draft, one.document) == "report" and len(years) >= criteria.result_years
        surely = demanded and not explained and one.direction_sure
        said = ("unsure" if not one.direction_sure else "", "explained" if explained else "")
        yield told(
            rule,
            one,
            saying="-".join(filter(None, said)) or "usual",
            severity="warning" if surely else "note",
            change="下降" if one.direction == "up" else "上升",
            good=_GOOD[one.direction],
            values="、".join(f"{year}年 {shown(one, year)}" for year in years),
        )


@check("kpi-promised-not-reported")
def promised_not_reported(draft: Assessment, criteria: Criteria, rule: Rule) -> Iterator[Finding]:
    """KPIs that a table of chapters 1–6 sets without results, and that no series reports.

    Where many of a document are not found, its tables list measures of steps too: those are notes."""
    missing = list(promises(draft, criteria))
    times = Counter(promise.document for promise in missing)
    for promise in missing:
        step = times[promise.document] > rule.numbers["many"] and not promise.familiar
        yield rule.finding(
            promise.document,
            promise.name,
            indicator=promise.indicator,
            where=(Where(promise.page, promise.passage),),
            severity="note" if step else "warning",
            name=promise.name,
            source=promise.source,
        )
