"""A round in a few lines of the terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from models.annual_round import AnnualReport, AnnualRound
from models.duty import DutyTerms, day, due_date

_NAMED = 20


def round_lines(annual: AnnualRound, terms: DutyTerms) -> Iterator[str]:
    """How many reports came, how the duties stand, what needs a person; names where they are few."""
    due = day(due_date(annual.covers, terms))
    yield f"{annual.covers} 年度自我评价报告（应于{due}前提交）"
    yield f"  读到 {len(annual.reports)} 份，以前的报告 {len(annual.earlier)} 份"
    states = Counter(one.state for one in annual.standings if one.duty.year == annual.covers)
    if states:
        told = (f"{name} {states[state]}" for state, name in terms.states.items() if states[state])
        yield f"  本年度：{'，'.join(told)}"
    late = [
        o.duty.organisation for o in annual.standings if o.state == "late" and o.duty.year == annual.covers
    ]
    yield from _listed("逾期未交", late)
    asked = [report for report in annual.reports if report.asks]
    yield from _listed("需人工核对", [f"{_name(report)}：{'；'.join(report.asks)}" for report in asked])
    failed = [one for one in annual.not_read if one.failed]
    yield from _listed(
        "未能读取", [f"{one.name}：{one.reason}" if one.name else one.reason for one in failed]
    )
    others = len(annual.not_read) - len(failed)
    if others:
        yield f"  另有 {others} 项重复或不是报告，见工作簿“未读文件”"


def _listed(title: str, lines: list[str]) -> Iterator[str]:
    if not lines:
        return
    yield f"{title}（{len(lines)}）"
    yield from (f"  {line}" for line in lines[:_NAMED])
    if len(lines) > _NAMED:
        yield f"  …另有 {len(lines) - _NAMED} 项，见工作簿"


def _name(report: AnnualReport) -> str:
    return report.organisation or f"《{report.name}》"
