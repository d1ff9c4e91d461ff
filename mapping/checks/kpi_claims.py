"""What the text claims of figures, against the figures (C16, C17)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from mapping.checks.kpi_scope import own_series, sentences_about, shown, told
from mapping.checks.kpi_units import last_digit
from mapping.checks.registry import check
from mapping.checks.rule import Rule
from models.assessment import Assessment, Finding, PassageRecord
from models.criteria import Criteria
from models.kpi import KpiSeries

_CHANGE = re.compile(
    r"(?P<base>年均|同比|(?:较|比)(?:上年|去年|(?P<year>20\d\d)年))[^，。；\d]{0,8}?"
    r"(?P<way>增长|增加|增幅|提高|提升|上升|下降|降低|减少|降幅)[了约为达]*(?P<size>\d+(?:\.\d+)?)(?P<unit>%|个?百分点)"
)
# 与2018年相比，营业收入增长了20.6%: the base stands before the name
_BEFORE = re.compile(
    r"(?:与|较|比|同)(?P<base>上年|去年|20\d\d年)(?:同期)?相?比[^，。；]{0,4}，[^，。；]{0,6}$"
)
_AFTER = re.compile(
    r"(?P<way>增长|增加|提高|提升|上升|下降|降低|减少)[了约为达]*(?P<size>\d+(?:\.\d+)?)(?P<unit>%|个?百分点)"
)
_RATE = re.compile(r"的?(?:年度?|同比)增长率[为达到是约]*(?P<size>\d+(?:\.\d+)?)(?P<unit>%)")
_ALWAYS = re.compile(
    r"(?:逐年|连续[三3]年|持续|稳步|不断|连年)[^，。；\d]{0,6}?"
    r"(?P<way>上升|增长|提高|提升|增加|走高|攀升|下降|降低|减少|走低)|(?P<rise>一年比一年高)|(?P<fall>一年比一年低)"
)
_YEAR = re.compile(r"(20\d\d)年")
_BASE_YEAR = re.compile(r"(?:与|较|比|同)(20\d\d)年[^，。；]{0,6}比")
_LOOK_BACK = 120
_UP = frozenset({"增长", "增加", "增幅", "提高", "提升", "上升", "走高", "攀升"})
# what may stand before the name, so that 软件产品营业收入 and 行业营业收入 are not taken for it
_FREE = re.compile(
    r"(?:^|[，。；：、“（《\s]|公司的?|集团|我司|组织|企业|年度?|全年|实现|完成|总体|合计|三年[间来]|期间|其中|推动了?|带动了?|使得?|[和与及])$"
)
_OTHERS = re.compile(r"(?:竞争对手|同行|行业|标杆|对手|友商)[^，。；]{0,6}$")
_NOT_YET = re.compile(r"计划|力争|预计|目标|规划|争取|拟|将|防止|避免|防范|确保|为了?使")
_PLANNED = re.compile(r"计划|力争|预计|争取")
_PART_YEAR = re.compile(r"(?:季度|上半年|下半年|\d月|[一二三四]季)[^，。；]{0,4}$")
# between the name and what is said of it: its own value, no other subject
_BETWEEN = re.compile(
    r"(?!.*分别)(?:[^，,；;、]{0,14}|(?:[^，,；;、]{0,14}[，,])?"
    r"(?:20\d\d年度?|增速|增幅|其中|且|并|呈|由低到高|[\d.,％%万亿元\s])*)"
)


@check("kpi-growth-wrong")
def growth_wrong(draft: Assessment, criteria: Criteria, rule: Rule) -> Iterator[Finding]:
    """A change told in the section of a table that does not follow from the table's figures."""
    for one in own_series(draft):
        if one.source.kind == "prose" or len(one.values) < 2:
            continue
        for sentence, at, passage in _mentions(draft, one):
            said = _said(sentence, at, at + len(one.name))
            if said and (range_ := _change(one, sentence, said)) and not _within(said, range_):
                yield told(rule, one, sentence=passage, said=said[0], size=sum(range_) / 2, unit=said["unit"])
                break


def _mentions(draft: Assessment, one: KpiSeries) -> Iterator[tuple[str, int, PassageRecord]]:
    """Sentences of the section that speak of the series itself, as a fact, and where its name stands."""
    for sentence, passage in sentences_about(draft, one):
        for found in re.finditer(re.escape(one.name), sentence):
            before = _before(sentence, found.start())
            clause = before[max(map(before.rfind, "，。；、")) + 1 :]
            if not _FREE.search(before) or _OTHERS.search(before) or _PART_YEAR.search(clause):
                continue
            if not (_NOT_YET.search(clause) or _PLANNED.search(before)):
                yield sentence, found.start(), passage


def _before(sentence: str, position: int) -> str:
    """What stands before a place, cut where it is long: one sentence may name a KPI a thousand times."""
    start = max(0, position - _LOOK_BACK)
    return ("…" if start else "") + sentence[start:position]


def _said(sentence: str, start: int, end: int) -> re.Match[str] | None:
    """The change that is said of the name between ``start`` and ``end``."""
    said = _CHANGE.search(sentence, end, end + 40)
    if said and _BETWEEN.fullmatch(sentence[end : said.start()]):
        return said
    if rate := _RATE.match(sentence, end):
        return rate
    if _BEFORE.search(_before(sentence, start)):
        return _AFTER.match(sentence, end)
    return None


def _change(one: KpiSeries, sentence: str, said: re.Match[str]) -> tuple[float, float] | None:
    """Smallest and largest change that the printed figures allow; None where they do not tell."""
    years = sorted(one.values)
    before = _before(sentence, said.start())
    named = _YEAR.findall(before)
    base = said.groupdict().get("base") or ""
    compared = said.groupdict().get("year") or (_BASE_YEAR.search(before) or ("", ""))[1]
    last = next((year for year in reversed(named) if year != compared), years[-1])
    if base == "年均":
        first, span = years[0], int(years[-1]) - int(years[0])
        last = years[-1]
    else:
        first, span = compared or str(int(last) - 1), 1
    if first not in one.values or last not in one.values or last <= first:
        return None
    points = "百分点" in said["unit"]
    if points != (one.unit == "%"):
        return None
    room = [last_digit(one.raw.get(year, "")) / 2 for year in (first, last)]
    ends = [
        _size(one.values[first] + a * room[0], one.values[last] + b * room[1], span, points=points)
        for a in (-1, 1)
        for b in (-1, 1)
    ]
    told_ends = [end for end in ends if end is not None]
    return (min(told_ends), max(told_ends)) if told_ends else None


def _size(first: float, last: float, span: int, *, points: bool) -> float | None:
    if points:
        return last - first if span == 1 else None
    if first <= 0 or last <= 0:
        return None
    return float(((last / first) ** (1 / span) - 1) * 100)


def _within(said: re.Match[str], range_: tuple[float, float]) -> bool:
    size = float(said["size"]) * (1 if said.groupdict().get("way", "增长") in _UP else -1)
    room = last_digit(said["size"]) / 2 + 1e-6
    return range_[0] - room <= size <= range_[1] + room


@check("kpi-trend-word")
def trend_word(draft: Assessment, criteria: Criteria, rule: Rule) -> Iterator[Finding]:
    """逐年上升 and the like in the section of a table whose figures do not go that way every year."""
    for one in own_series(draft):
        values = [one.values[year] for year in sorted(one.values)]
        if one.source.kind == "prose" or len(values) < criteria.result_years:
            continue
        for sentence, at, passage in _mentions(draft, one):
            end = at + len(one.name)
            said = _ALWAYS.search(sentence, end, end + 16)
            if said is None or not _BETWEEN.fullmatch(sentence[end : said.start()]):
                continue
            if not _goes(values, upward=bool(said["rise"]) or said["way"] in _UP):
                line = "、".join(f"{year}年 {shown(one, year)}" for year in sorted(one.values))
                yield told(rule, one, sentence=passage, said=said[0], values=line)
                break


def _goes(values: list[float], *, upward: bool) -> bool:
    return all((b >= a) if upward else (b <= a) for a, b in pairwise(values))
