"""What the checks of KPI series share: which series are judged, how a figure is shown, what the text says of it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mapping.checks.rule import Rule
from models.assessment import Assessment, Finding, PassageRecord, Severity, Where
from models.criteria import Criteria
from models.glossary import kpi_key
from models.kpi import KpiSeries

_SENTENCE = re.compile(r"[^。！？!?\n]+")
_REASON = re.compile(
    r"由于|受[^，。]{1,20}影响|原因|源于|因(?!此|而|素|子|果)|致使|导致|使得|主要是|系[^统列数]"
)
_STARTED = re.compile(
    r"20\d\d年[^，。]{0,8}(?:起|开始|首次)[^，。]{0,8}(?:统计|测量|监测|考核|调查|开展|实施|纳入|评价)"
    r"|20\d\d年[^，。]{0,10}(?:启用|投用|投产|上线|成立)"
)
_NOT_YET = re.compile(r"未(?:开展|统计|测量|监测|启动|实施|成立|投产|投用|上线|考核|评价|设)|20\d\d年?起")
_ENOUGH_ALIKE = 0.4
_SPOKEN = ("paragraph", "list", "text_box", "footnote")


def own_series(draft: Assessment) -> Iterator[KpiSeries]:
    """Series that do not repeat another one and hold figures."""
    return (one for one in draft.kpis if one.values and not one.source.same_as)


def document_kind(draft: Assessment, document: str) -> str:
    return next((d.kind for d in draft.documents if d.id == document), "other")


def is_result(one: KpiSeries, criteria: Criteria) -> bool:
    """Whether a series stands under an indicator of which results are expected."""
    return one.indicator in criteria.by_id and criteria.is_result(one.indicator or "")


def result_series(draft: Assessment, criteria: Criteria) -> Iterator[KpiSeries]:
    """Series of the report's results. From overview and annual report the rules demand no series."""
    reports = {document.id for document in draft.documents if document.kind == "report"}
    return (one for one in own_series(draft) if one.document in reports and is_result(one, criteria))


def told(
    rule: Rule,
    one: KpiSeries,
    *others: KpiSeries,
    saying: str = "usual",
    severity: Severity | None = None,
    sentence: PassageRecord | None = None,
    **values: object,
) -> Finding:
    """A finding about a series; what is told in a sentence is at most a note. It shows the cells that it
    rests on, and the passage of the ``sentence`` that is held against them. ``name`` is that of the series."""
    where = [Where(s.source.page, s.source.passage, s.id) for s in (one, *others)]
    where += [Where(sentence.page, sentence.id)] if sentence else []
    return rule.finding(
        one.document,
        one.name,
        indicator=one.indicator,
        where=where,
        saying=saying,
        severity="note" if one.source.kind == "prose" else severity,
        name=one.name,
        **values,
    )


def shown(one: KpiSeries, year: str) -> str:
    """A value as written, with its unit."""
    raw = one.raw.get(year) or f"{one.values[year]:.12g}"
    return raw if not one.unit or raw.rstrip("）)").endswith(one.unit) else f"{raw}{one.unit}"


def listed(years: list[str]) -> str:
    return "、".join(f"{year}年" for year in years)


def sentences_about(draft: Assessment, one: KpiSeries) -> Iterator[tuple[str, PassageRecord]]:
    """Sentences of the same section that speak of a series, going by its name's pairs of characters."""
    section = _section(draft, one)
    pairs = _pairs(one.name)
    for passage in section:
        for sentence in _SENTENCE.findall(passage.text):
            if pairs and len(pairs & _pairs(sentence)) >= _ENOUGH_ALIKE * len(pairs):
                yield sentence, passage


def has_reason(draft: Assessment, one: KpiSeries) -> bool:
    """Whether the section gives a reason in a sentence about the series."""
    return any(_REASON.search(sentence) for sentence, _ in sentences_about(draft, one))


def starts_late(draft: Assessment, one: KpiSeries) -> bool:
    """Whether a cell or the section says that the figures began later."""
    if any(_NOT_YET.search(text) for text in one.raw.values()):
        return True
    return any(_STARTED.search(sentence) for sentence, _ in sentences_about(draft, one))


def _section(draft: Assessment, one: KpiSeries) -> list[PassageRecord]:
    own = [p for p in draft.passages if p.document == one.document]
    path = next((p.heading_path for p in own if p.id == one.source.passage), None)
    return [p for p in own if p.heading_path == path and p.kind in _SPOKEN]


def _pairs(text: str) -> set[str]:
    key = kpi_key(text)
    return {key[n : n + 2] for n in range(len(key) - 1)}
