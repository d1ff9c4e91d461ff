"""What the results as a whole hold: links to processes, kinds of responsibility, economic indicators (C23–C26).

The checks go by the criteria's own words and links, so that another edition brings its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mapping.checks.kpi_scope import own_series, result_series
from mapping.checks.registry import check
from mapping.checks.rule import Rule
from models.assessment import Assessment, Finding, PassageRecord, Severity, Where
from models.criteria import Criteria, Indicator
from models.glossary import kpi_key
from models.kpi import KpiSeries

_NAMED = 5
# what the organisation says that it is, not whom it serves
_PUBLIC_BENEFIT = re.compile(
    r"(?:本|我)?(?:单位|院|校|所|中心|馆|公司|组织|集团)[^，。；客顾户]{0,12}(?:是|为|属于?|系|作为)[^，。；客顾户]{0,24}"
    r"(?:公益[一二]类|公益性(?:组织|单位|事业|机构)|非营利|事业单位|公立医院|民办非企业|社会团体)"
    r"(?![^，。；]{0,8}(?:客户|顾客|用户|提供|服务))"
)
_FIGURE = re.compile(r"\s*图\s*[\d一二三四五六七八九十]")
_DIAGRAM = re.compile(r"流程|架构|结构图|体系|模型|示意|机构|照片|证书|地图|路线|界面|现场")
_SHOWS_DATA = re.compile(
    r"趋势|对比|变化|统计|柱状|折线|走势|分布|增长|率|度|量|额|数|占比|比重|得分|收入|利润|排名|水平"
)
_RESPONSIBILITIES = {
    "公共责任": r"安全|事故|隐患|环[保境]|能耗|电耗|水耗|节能|排放|污染|固废|碳|质量|职业病|消防|应急|疫",
    "道德行为": r"合同履约|诚信|信用|廉洁|廉政|合规|违[规法纪]|贿赂|道德|失信|守法|纳税|投标|审计",
    "公益支持": r"公益|捐赠|捐款|志愿|慈善|帮扶|扶贫|对口支援|乡村振兴|社区|助学",
}
_ECONOMIC = {
    "营业收入": r"收入(?!占比|比|增长)|营收|销售额|营业额",
    "利润": r"利润(?!率)|利税|盈利|结余",
    "资产收益": r"净资产收益率|总资产报酬率|资产收益率|资产贡献率|ROE|ROA|投资回报率|利润率|毛利率",
    "资产负债": r"负债率|流动比率|速动比率",
    "现金流": r"现金流|现金净",
}


@check("result-without-process")
def without_process(draft: Assessment, criteria: Criteria, rule: Rule) -> Iterator[Finding]:
    """Results under an indicator whose linked chapter or item has no approach at all."""
    for indicator, group in _results(draft, criteria):
        for link in indicator.links:
            rows = [
                row
                for row in draft.coverage
                if row.document == group[0].document and _under(row.indicator, link)
            ]
            if rows and not any(row.approach for row in rows):
                yield _finding(rule, indicator, group, link=link)


@check("kpi-responsibility-kinds")
def responsibility_kinds(draft: Assessment, criteria: Criteria, rule: Rule) -> Iterator[Finding]:
    for indicator, group in _results(draft, criteria):
        if not all(kind in _text(indicator) for kind in _RESPONSIBILITIES):
            continue
        lacking = [kind for kind, words in _RESPONSIBILITIES.items() if not _reported(draft, group[0], words)]
        if lacking:
            yield _finding(rule, indicator, group, kinds="、".join(lacking))


@check("kpi-economic-missing")
def economic_missing(draft: Assessment, criteria: Criteria, rule: Rule) -> Iterator[Finding]:
    """A note as soon as most kinds are there. A public-benefit organisation may show others instead."""
    benefit = any(_PUBLIC_BENEFIT.search(p.text) for p in draft.passages)
    for indicator, group in _results(draft, criteria):
        if "财务方面" not in _text(indicator) or benefit:
            continue
        lacking = [kind for kind, words in _ECONOMIC.items() if not _reported(draft, group[0], words)]
        if lacking:
            few = len(lacking) <= len(_ECONOMIC) // 2
            severity: Severity = "note" if few else "warning"
            yield _finding(rule, indicator, group, severity, kinds="、".join(lacking))


@check("kpi-not-introduced")
def not_introduced(draft: Assessment, criteria: Criteria, rule: Rule) -> Iterator[Finding]:
    """One line per document: KPIs of the results that no passage or table before them names."""
    by_document: dict[str, list[KpiSeries]] = {}
    for one in result_series(draft, criteria):
        if one.source.kind != "prose":
            by_document.setdefault(one.document, []).append(one)
    for document, group in by_document.items():
        text = _process_text(draft, criteria, document)
        new = [one for one in group if kpi_key(one.name) not in text and kpi_key(one.canonical) not in text]
        if text and new:
            yield rule.finding(
                document,
                "指标呼应",
                where=(Where(one.source.page, one.source.passage, one.id) for one in new),
                saying="many" if len(new) > _NAMED else "usual",
                names="、".join(f"“{one.name}”" for one in new[:_NAMED]),
                count=len(new),
            )


@check("chart-without-data")
def chart_without_data(draft: Assessment, criteria: Criteria, rule: Rule) -> Iterator[Finding]:
    """A chart among the results from which no series was read, or a picture of one: a person has to look."""
    read = {one.source.passage for one in draft.kpis}
    charts = {(p.document, p.paragraph) for p in draft.passages if p.kind == "chart"}
    for passage in draft.passages:
        top = passage.indicators[0].id if passage.indicators else ""
        if top not in criteria.by_id or not criteria.is_result(top):
            continue
        unread = passage.kind == "chart" and passage.id not in read
        if unread or _names_a_picture(passage, charts):
            title = (passage.context or passage.text).split("\n")[0][:40]
            yield rule.finding(
                passage.document,
                title,
                indicator=top,
                where=(Where(passage.page, passage.id),),
                saying="usual" if unread else "picture",
                name=title,
            )


def _names_a_picture(passage: PassageRecord, charts: set[tuple[str, int]]) -> bool:
    """Whether a caption of figures stands beside no chart that could be read."""
    if passage.kind != "caption" or not _FIGURE.match(passage.text) or _DIAGRAM.search(passage.text):
        return False
    near = any((passage.document, passage.paragraph + n) in charts for n in (-2, -1, 1, 2))
    return bool(_SHOWS_DATA.search(passage.text)) and not near


def _results(draft: Assessment, criteria: Criteria) -> Iterator[tuple[Indicator, list[KpiSeries]]]:
    """Result indicators under which the report has series."""
    groups: dict[str, list[KpiSeries]] = {}
    for one in result_series(draft, criteria):
        groups.setdefault(one.indicator or "", []).append(one)
    for node, group in groups.items():
        yield criteria.indicator(node), group


def _under(node: str, link: str) -> bool:
    return node == link or node.startswith(f"{link}.")


def _text(indicator: Indicator) -> str:
    return "".join(requirement.text for requirement in indicator.requirements)


def _reported(draft: Assessment, like: KpiSeries, words: str) -> bool:
    """Whether the same document has a series of such a name, wherever it is told."""
    return any(one.document == like.document and re.search(words, one.name) for one in own_series(draft))


def _finding(
    rule: Rule,
    indicator: Indicator,
    group: list[KpiSeries],
    severity: Severity | None = None,
    **values: object,
) -> Finding:
    return rule.finding(
        group[0].document,
        indicator.title,
        indicator=indicator.id,
        where=(Where(one.source.page, one.source.passage, one.id) for one in group[:_NAMED]),
        saying="usual",
        severity=severity,
        name=f"{indicator.id} {indicator.title}",
        **values,
    )


def _process_text(draft: Assessment, criteria: Criteria, document: str) -> str:
    """What stands in the chapters before the results, as a key to look names up in."""
    texts = []
    for passage in draft.passages:
        top = passage.indicators[0].id if passage.indicators else ""
        if passage.document == document and top in criteria.by_id and not criteria.is_result(top):
            texts.append(kpi_key(passage.text))
    return "\n".join(texts)
