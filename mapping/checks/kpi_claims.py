"""What the text claims of figures, against the figures (C16, C17)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from mapping.checks.kpi_scope import own_series, sentences_about, shown, told
from mapping.checks.kpi_units import last_digit
from mapping.checks.registry import check
from models.assessment import Assessment, Finding
from models.criteria import Criteria
from models.kpi import KpiSeries

_CHANGE = re.compile(
    r"(?P<base>年均|同比|(?:较|比)(?:上年|去年|(?P<year>20\d\d)年))[^，。；\d]{0,8}?"
    r"(?P<way>增长|增加|提高|提升|上升|下降|降低|减少)[了约为]*(?P<size>\d+(?:\.\d+)?)(?P<unit>%|个?百分点)"
)
_ALWAYS = re.compile(
    r"(?:逐年|连续[三3]年|持续|稳步|不断|连年)[^，。；\d]{0,6}?(?P<way>上升|增长|提高|提升|增加|走高|下降|降低|减少|走低)"
)
_UP = frozenset({"增长", "增加", "提高", "提升", "上升", "走高"})


@check("kpi-growth-wrong", severity="warning", rule="增长率与数值一致（C17）")
def growth_wrong(draft: Assessment, criteria: Criteria) -> Iterator[Finding]:
    """A change told in the section of a table that does not follow from the table's figures."""
    for one in own_series(draft):
        if one.source.kind == "prose" or len(one.values) < 2:
            continue
        for sentence in sentences_about(draft, one):
            at = sentence.find(one.name)
            said = _CHANGE.search(sentence, at + len(one.name), at + len(one.name) + 40) if at >= 0 else None
            if said and (range_ := _change(one, sentence, said)) and not _within(said, range_):
                message = (
                    f"“{one.name}”文中写“{said[0]}”，按表中数值计算约为 {sum(range_) / 2:.1f}{said['unit']}。"
                )
                yield told(one, "warning", message, "请核对增长率、数值或计算口径。")
                break


def _change(one: KpiSeries, sentence: str, said: re.Match[str]) -> tuple[float, float] | None:
    """Smallest and largest change that the printed figures allow; None where they do not tell."""
    years = sorted(one.values)
    last = next((y for y in reversed(years) if f"{y}年" in sentence[: said.start()]), years[-1])
    if said["base"] == "年均":
        first, span = years[0], int(years[-1]) - int(years[0])
        last = years[-1]
    else:
        first, span = said["year"] or str(int(last) - 1), 1
    if first not in one.values or last <= first:
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
    size = float(said["size"]) * (1 if said["way"] in _UP else -1)
    room = last_digit(said["size"]) / 2 + 1e-6
    return range_[0] - room <= size <= range_[1] + room


@check("kpi-trend-word", severity="warning", rule="趋势描述与数值一致（C16）")
def trend_word(draft: Assessment, criteria: Criteria) -> Iterator[Finding]:
    """逐年上升 and the like in the section of a table whose figures do not go that way every year."""
    for one in own_series(draft):
        values = [one.values[year] for year in sorted(one.values)]
        if one.source.kind == "prose" or len(values) < criteria.result_years:
            continue
        for sentence in sentences_about(draft, one):
            at = sentence.find(one.name)
            said = _ALWAYS.search(sentence, at + len(one.name), at + len(one.name) + 16) if at >= 0 else None
            if said and not _goes(values, upward=said["way"] in _UP):
                line = "、".join(f"{year}年 {shown(one, year)}" for year in sorted(one.values))
                yield told(
                    one,
                    "warning",
                    f"文中称“{one.name}”{said[0]}，表中数值为：{line}。",
                    "请核对趋势描述或数值。",
                )
                break


def _goes(values: list[float], *, upward: bool) -> bool:
    return all((b >= a) if upward else (b <= a) for a, b in pairwise(values))
