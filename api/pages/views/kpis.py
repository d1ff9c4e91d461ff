"""The KPI page: the series of one result item, what the criteria link to it, and what was announced there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from api.export.kpis import KpiTableView, kpi_table
from api.pages.report import Report
from models.assessment import DocumentRecord, Finding
from models.criteria import Chapter, Indicator, Item
from models.kpi import KpiSeries

_PROMISED = "kpi-promised-not-reported"


@dataclass(frozen=True, slots=True)
class KpiTab:
    """An item that series stand under, or the rest of a document."""

    id: str
    title: str
    href: str
    series: int
    here: bool


@dataclass(frozen=True, slots=True)
class LinkedProcess:
    """A process that the criteria's text links to a result, and the KPIs it announced that are not found."""

    id: str
    title: str
    href: str
    promised: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class IndicatorKpis:
    indicator: Indicator | None
    table: KpiTableView | None
    linked: tuple[LinkedProcess, ...]


@dataclass(frozen=True, slots=True)
class KpisView:
    document: DocumentRecord
    tabs: tuple[KpiTab, ...]
    title: str
    groups: tuple[IndicatorKpis, ...]

    @property
    def count(self) -> int:
        return sum(len(o.rows) for g in self.groups if g.table for o in g.table.groups)


def kpis(report: Report, document: DocumentRecord, tab: str | None) -> KpisView:
    """The series of an item; without a name those of the first item of results that has any."""
    own = [one for one in report.assessment.kpis if one.document == document.id]
    by_item: dict[str, list[KpiSeries]] = {}
    for one in own:
        by_item.setdefault(_item_of(report, one), []).append(one)
    tabs = tuple(_tabs(report, document, by_item, tab))
    here = next((t for t in tabs if t.here), None)
    found = by_item.get(here.id, []) if here else []
    item = report.criteria.by_id.get(here.id) if here else None
    if isinstance(item, Item):
        groups = tuple(_group(report, document, i, found) for i in item.indicators)
    else:
        groups = (IndicatorKpis(None, kpi_table(found, report.lookup), ()),)
    return KpisView(document, tabs, here.title if here else "指标数据", groups)


def _item_of(report: Report, one: KpiSeries) -> str:
    return report.criteria.indicator(one.indicator).item if one.indicator in report.criteria.by_id else ""


def _tabs(
    report: Report, document: DocumentRecord, by_item: dict[str, list[KpiSeries]], asked: str | None
) -> Iterator[KpiTab]:
    """Results first: they are what the page is for."""
    items = sorted(report.criteria.items, key=lambda item: not _is_result(item))
    titles = {item.id: f"{item.id} {item.title}" for item in items} | {"": "未归入指标"}
    shown = [i for i in titles if i in by_item or (i and _is_result_id(report, i))]
    here = asked if asked in shown else next((i for i in shown if i in by_item), shown[0] if shown else "")
    for identity in shown:
        href = f"{report.base}/kpis?item={identity}"
        if document is not report.main:
            href += f"&part={document.id}"
        number = len(by_item.get(identity, ()))
        yield KpiTab(identity, titles[identity], href, number, identity == here)


def _is_result(item: Item) -> bool:
    return all(indicator.expected == ("result",) for indicator in item.indicators)


def _is_result_id(report: Report, identity: str) -> bool:
    node = report.criteria.by_id.get(identity)
    return isinstance(node, Item) and _is_result(node)


def _group(
    report: Report, document: DocumentRecord, indicator: Indicator, found: Sequence[KpiSeries]
) -> IndicatorKpis:
    own = [one for one in found if one.indicator == indicator.id]
    return IndicatorKpis(
        indicator, kpi_table(own, report.lookup), tuple(_linked(report, document, indicator))
    )


def _linked(report: Report, document: DocumentRecord, indicator: Indicator) -> Iterator[LinkedProcess]:
    for link in indicator.links:
        node = report.criteria.by_id[link]
        if isinstance(node, Chapter | Item):
            promised = tuple(
                finding
                for finding in report.assessment.findings
                if finding.check == _PROMISED
                and finding.document == document.id
                and f"{finding.indicator}.".startswith(f"{link}.")
            )
            yield LinkedProcess(link, node.title, report.links.node(document.id, link), promised)
