"""Which way is good for a KPI."""

from __future__ import annotations

import re

from models.glossary import Glossary, kpi_key
from models.kpi import Direction
from nlp.kpi.words import any_of

# Ends that make something good of a bad thing: 投诉关闭率, 隐患整改率, 缺陷检出率, 成本降低率
_GOOD_END = re.compile(
    rf"(?:{any_of('direction', 'good_end')})(?:率|度|比例|比|额|数|数量|量|金额)?$"
    r"|满意度$|安全生产天数$|无(?:事故|投诉|故障)"
)
_BAD = re.compile(any_of("direction", "bad"))
_COST = re.compile(any_of("direction", "cost"))
_INVESTED = re.compile(any_of("direction", "invested"))
_TIME = re.compile(any_of("direction", "time"))
_TIME_GOOD = re.compile(any_of("direction", "time_good"))
_BAND = re.compile(any_of("direction", "band"))
_QUANTITY = re.compile(rf"(?:{any_of('direction', 'quantity')})$")
_RANK = re.compile(r"(?:排名|名次|位次|排位)$")
_REMARK = re.compile(r"[（(][^（()）]*[)）]")


def direction_of(name: str, glossary: Glossary) -> tuple[Direction, bool]:
    """The direction, and whether it is sure: by the glossary or by words of good and bad in the name. That a
    plain quantity (占比, 数量) is better when it is more is a guess."""
    known = glossary.find(name)
    if known and known.how != "tail":
        return known.direction, True
    bare = _REMARK.sub("", name).strip()
    by_words = _by_words(bare)
    if by_words != "unknown":
        return by_words, True
    if known:
        return known.direction, True
    return ("up" if _QUANTITY.search(kpi_key(bare)) else "unknown"), False


def _by_words(name: str) -> Direction:
    if _GOOD_END.search(name):
        return "band" if "预算执行率" in name else "up"
    if _BAND.search(name):
        return "band"
    if _RANK.search(name):
        return "down"
    if _INVESTED.search(name) and not _BAD.search(name):
        return "up"
    if _BAD.search(name):
        return "down"
    if _TIME.search(name):
        return "up" if _TIME_GOOD.search(name) else "down"
    if _COST.search(name):
        return "up" if re.search(r"利润率|收益率", name) else "down"
    return "unknown"
