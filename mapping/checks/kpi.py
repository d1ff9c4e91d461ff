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
from models.assessment import Assessment, Finding, PassageRecord, Severity, Where
from models.criteria import Criteria
from models.kpi import KpiSeries

# quantities that are written without a unit
_PLAIN_NUMBER = re.compile(
    r"(?:比率|比|指数|系数|周转率|倍数|等级|评级|排名|名次|Cpk|Cp|Ppk|净推荐值|NPS)$", re.IGNORECASE
)
_COMPARED = re.compile(
    r"高于|低于|优于|好于|领先|落后|超过|超越|反超|相比|对比|对标|同行|行业|竞争对手|标杆|位居|第[一二三四五\d]"
)
_MANY = 5
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
        severity: Severity = "note" if late else "error" if sure else "warning"
        unread = [year for year in one.raw if year not in one.values]
        reason = f"；{listed(unread)}的内容未识别为数值" if unread else ""
        reason += "；文中说明了起始时间" if late else ""
        message = f"“{one.name}”识别到{listed(sorted(one.values))}共 {len(one.values)} 年的数值，少于 {fewest} 年{reason}。"
        yield told(
            one,
            severity,
            message,
            f"请补充至少连续 {fewest} 年的数据；确因统计起始较晚而缺少的，请在表下注明。",
        )


@check("kpi-no-comparison")
def no_comparison(draft: Assessment, criteria: Criteria, rule: Rule) -> Iterator[Finding]:
    texts = {passage.id: passage for passage in draft.passages}
    for one in result_series(draft, criteria):
        if one.source.kind == "prose" and len(one.values) < 2:
            continue
        if any(other.values for other in one.comparisons) or _compared_in_words(one, texts):
            continue
        message = f"“{one.name}”未识别到竞争对手、标杆或行业的对比数值。"
        yield told(
            one,
            "warning",
            message,
            "请补充同口径的对比数据，并写明对比对象和年份；确无可比数据的，请说明原因。",
        )


def _compared_in_words(one: KpiSeries, texts: dict[str, PassageRecord]) -> bool:
    passage = texts.get(one.source.passage or "")
    return one.source.kind == "prose" and passage is not None and bool(_COMPARED.search(passage.text))


@check("kpi-no-unit")
def no_unit(draft: Assessment, criteria: Criteria, rule: Rule) -> Iterator[Finding]:
    for one in own_series(draft):
        if one.unit or one.source.kind == "prose":
            continue
        plain = bool(_PLAIN_NUMBER.search(one.name)) or document_kind(draft, one.document) != "report"
        message = f"“{one.name}”的指标名、单位列、表题和单元格中均未识别到计量单位。"
        yield told(one, "note" if plain else "warning", message, "请在指标名后、单位列或表题中注明计量单位。")


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
        word = "下降" if one.direction == "up" else "上升"
        line = "、".join(f"{year}年 {shown(one, year)}" for year in years)
        usual = (
            f"该指标一般以{_GOOD[one.direction]}为好"
            if one.direction_sure
            else f"如以{_GOOD[one.direction]}为好"
        )
        message = f"“{one.name}”数值{word}（{usual}）：{line}。"
        advice = (
            "文中已有原因说明，请核对是否写明改进措施。"
            if explained
            else "如确为不利变化，请说明原因和改进措施；如该指标不以此方向为好，可忽略。"
        )
        surely = demanded and not explained and one.direction_sure
        yield told(one, "warning" if surely else "note", message, advice)


@check("kpi-promised-not-reported")
def promised_not_reported(draft: Assessment, criteria: Criteria, rule: Rule) -> Iterator[Finding]:
    """KPIs that a table of chapters 1–6 sets without results, and that no series reports.

    Where many of a document are not found, its tables list measures of steps too: those are notes."""
    missing = list(promises(draft, criteria))
    times = Counter(promise.document for promise in missing)
    for promise in missing:
        step = times[promise.document] > _MANY and not promise.familiar
        message = f"“{promise.name}”列为{promise.source}的绩效指标，但在结果和正文中未找到其数值。"
        yield Finding(
            "", "note" if step else "warning", promise.document, promise.indicator, promise.name, message,
            "请在第 7 章相应条目报告该指标的三年数据；如已用其他名称报告，请统一指标名称。",
            (Where(promise.page, promise.passage),),
        )  # fmt: skip
