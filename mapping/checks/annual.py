"""The yearly report: the year it is about, and how it stands beside an earlier one (C51, C52).

The rules demand the right year and the length; all else is a question. Single indicators, three years and
comparisons with others are not asked of a yearly report.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from mapping.checks.registry import check
from mapping.checks.rule import Rule
from mapping.yearly.terms import load_terms
from models.annual import AnnualRecord, YearComparison
from models.assessment import Assessment, Finding, Where
from models.criteria import Criteria
from models.duty import day, due_date

_BESIDE_LAST_YEAR = re.compile(
    r"上年|上一年|去年|同比|较20\d\d年|比20\d\d年|较上|比上|改进项|评审(?:意见|反馈|建议)|反馈报告"
)
_NAMED = 3
_PLACES = 12
_QUOTED = 40


@check("annual-year-wrong")
def year_wrong(draft: Assessment, criteria: Criteria, rule: Rule) -> Iterator[Finding]:
    """An error only where places agree on the year; a person is asked where they do not."""
    for record in draft.annual:
        covers = record.covers
        if record.due is None or (covers.year == record.due and covers.sure):
            continue
        saying = "usual" if covers.sure else "unsure" if covers.year else "unknown"
        yield rule.finding(
            record.document,
            record.due,
            where=[Where(page=covers.page)] if covers.page else (),
            saying=saying,
            severity="error" if covers.sure else "note",
            year=covers.year,
            due=record.due,
            sentence=_quote(covers.sentence or "表格中的年份"),
            others="、".join(covers.others) or "无",
            by=day(due_date(int(record.due), load_terms())),
        )


@check("annual-no-comparison")
def no_comparison(draft: Assessment, criteria: Criteria, rule: Rule) -> Iterator[Finding]:
    """Figures of two years side by side are a comparison, whatever the words."""
    for record in draft.annual:
        text = (p.text for p in draft.passages if p.document == record.document)
        figures = any(len(one.values) > 1 for one in draft.kpis if one.document == record.document)
        if not figures and not any(_BESIDE_LAST_YEAR.search(one) for one in text):
            yield rule.finding(record.document, "与上年比较")


@check("annual-kpi-restated")
def kpi_restated(draft: Assessment, criteria: Criteria, rule: Rule) -> Iterator[Finding]:
    """One line per name: a figure of a year that the earlier report printed differently."""
    for record, beside in _comparisons(draft):
        for name in dict.fromkeys(change.name for change in beside.changes):
            changes = [change for change in beside.changes if change.name == name]
            yield rule.finding(
                record.document,
                name,
                where=[Where(change.page, kpi=change.kpi) for change in changes],
                name=name,
                file=beside.filename,
                values="；".join(f"{c.year}年：本次{c.now}，前次{c.before}" for c in changes),
            )


@check("annual-kpi-gone")
def kpi_gone(draft: Assessment, criteria: Criteria, rule: Rule) -> Iterator[Finding]:
    """One line per report; beside last year's only, for the award report holds many more figures."""
    for record, beside in _comparisons(draft):
        if beside.lost and beside.kind == "annual":
            names = list(dict.fromkeys(f"“{one.name}”" for one in beside.lost))
            yield rule.finding(
                record.document, "指标延续", names=_some(names), count=len(names), file=beside.filename
            )


@check("annual-same-text")
def same_text(draft: Assessment, criteria: Criteria, rule: Rule) -> Iterator[Finding]:
    for record, beside in _comparisons(draft):
        if len(beside.same) >= rule.numbers["passages"]:
            yield rule.finding(
                record.document,
                "与上年文字相同",
                where=[Where(one.page, one.passage) for one in beside.same[:_PLACES]],
                count=len(beside.same),
                share=f"{100 * beside.same_share:.0f}%",
                file=beside.filename,
            )


@check("annual-promise-open")
def promise_open(draft: Assessment, criteria: Criteria, rule: Rule) -> Iterator[Finding]:
    """Improvements announced last year that this report was not found to speak of."""
    for record, beside in _comparisons(draft):
        quoted = [f"“{_quote(one.sentence)}”" for one in beside.promises if not one.answers]
        if quoted and beside.kind == "annual":
            yield rule.finding(
                record.document, "上年改进事项", names=_some(quoted), count=len(quoted), file=beside.filename
            )


def _comparisons(draft: Assessment) -> Iterator[tuple[AnnualRecord, YearComparison]]:
    return ((record, beside) for record in draft.annual for beside in record.comparisons)


def _some(names: Sequence[str]) -> str:
    return "、".join(names[:_NAMED]) + ("等" if len(names) > _NAMED else "")


def _quote(sentence: str) -> str:
    plain = " ".join(sentence.split())
    return plain if len(plain) <= _QUOTED else plain[:_QUOTED] + "…"
