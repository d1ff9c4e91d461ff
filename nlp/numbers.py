"""The number that a cell or a phrase states, with its unit and bound, as it is written.

A blank mark is not zero, a year is not a quantity, and what is only partly a number stays text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from nlp.units import UNIT, clean_unit

NumberKind = Literal["number", "rank", "range", "ratio", "time", "date", "blank", "text"]
Bound = Literal["", "at_least", "at_most", "about"]


@dataclass(frozen=True, slots=True)
class Reading:
    """``value`` is in the unit written (12.3 for ``12.3%``) and None for all kinds but number and rank.

    ``unit`` is what follows the number, empty where nothing does."""

    text: str
    kind: NumberKind
    value: float | None = None
    unit: str = ""
    bound: Bound = ""


_WIDE = str.maketrans(
    "０１２３４５６７８９．＋－（）％，：／＜＞＝～",
    "0123456789.+-()%,:/<>=~",
)
_MINUS = str.maketrans({"−": "-", "﹣": "-", "‑": "-"})
_BLANKS = re.compile(
    r"[-—–―─_/\\~.…·*]*|n/?a|nil|none|无|暂无|没有|暂缺|缺|空|未披露|未公布|未公开|未统计|未测量|未开展|未实施|"
    r"未监测|未考核|未评价|未设|未启动|未要求|不详|不适用|不涉及|保密|无数据|暂无数据|无统计|未提供|未知|待定|待统计",
    re.IGNORECASE,
)
DIGITS = r"\d{1,3}(?:[,，]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+"
_LONGEST = 80
_PREFIX = (
    r"(?P<bound>≥|≧|≤|≦|>=|<=|>|<|不低于|不少于|不小于|至少|大于等于|大于|高于|超过?|逾|不高于|不超过|不大于|不多于|小于等于|小于|"
    r"低于|少于|至多|约为|约|大约|近|达到?)?\s*"
)
_SUFFIX = r"\s*(?P<more>以上|及以上|以下|及以下|以内|之内|左右|上下|多|余)?"
_NUMBER = re.compile(
    rf"{_PREFIX}(?P<sign>[-+]?)\s*(?:[¥￥$]\s*)?(?P<digits>{DIGITS})(?P<some>余|多)?\s*(?P<unit>{UNIT})?{_SUFFIX}"
    r"(?:整)?",
    re.IGNORECASE,
)
_MARKS = re.compile(r"[*＊#†‡↑↓▲▼△▽★☆①-⑳]+$|^[↑↓▲▼△▽]+|\[\d+\]$|(?<=\d)[¹²³⁴⁵]+$")
_REMARK = re.compile(r"\((?:满分|注|含|其中|同比|截至|预计|估算)[^()]*\)$|\([^()\d]*\)$")
_BRACKETED = re.compile(rf"\(\s*(?P<inner>(?:[¥￥$]\s*)?(?:{DIGITS})\s*(?:{UNIT})?)\s*\)(?P<unit>\s*{UNIT})?")
_RANK = re.compile(
    r"第?\s*(?P<digits>\d+)\s*(?P<unit>名|位)|第\s*(?P<other>\d+)|no\.?\s*(?P<no>\d+)", re.IGNORECASE
)
_RANGE = re.compile(
    rf"(?:{DIGITS})\s*(?:{UNIT})?\s*(?:-|—|–|~|至|到|±)\s*(?:{DIGITS})\s*(?:{UNIT})?|±\s*(?:{DIGITS})\s*(?:{UNIT})?"
)
_RATIO = re.compile(rf"(?:{DIGITS})\s*(?:[:：/]|比)\s*(?:{DIGITS})")
_TIME = re.compile(r"\d{1,2}[:：]\d{2}(?:[:：]\d{2})?|\d+(?:小)?时\d+分(?:\d+秒)?|\d+分\d+秒")
_DATE = re.compile(
    r"(?:19|20)\d{2}\s*(?:年|[-/](?=\d{1,2}(?:[-/.]|$))|\.(?=(?:0[1-9]|1[0-2])(?:\.|$)|[1-9]\.\d))(?:\s*\d{1,2}\s*(?:月|[-/.])?)?(?:\s*\d{1,2}\s*日?)?[末底初]?"
)
_AT_LEAST = "≥|≧|>=|>|不低于|不少于|不小于|至少|大于等于|大于|高于|超|超过|逾|以上|及以上|多|余"
_AT_MOST = "≤|≦|<=|<|不高于|不超过|不大于|不多于|小于等于|小于|低于|少于|至多|以下|及以下|以内|之内"
_ABOUT = "约|约为|大约|近|左右|上下"
_OF_BOUND: dict[str, Bound] = {
    **dict.fromkeys(_AT_LEAST.split("|"), "at_least"),
    **dict.fromkeys(_AT_MOST.split("|"), "at_most"),
    **dict.fromkeys(_ABOUT.split("|"), "about"),
}


def read_number(text: str) -> Reading:
    """What a whole cell says. Never raises; a cell that is not one number gives no value."""
    if len(text) > _LONGEST:
        return Reading(text, "text")
    squeezed = _plain(text)
    if _BLANKS.fullmatch(squeezed):
        return Reading(text, "blank")
    if squeezed == "零":
        return Reading(text, "number", 0.0)
    if kind := _as_text(squeezed):
        return Reading(text, kind)
    bare = _REMARK.sub("", squeezed).strip() or squeezed
    return _bracketed(text, bare) or _rank(text, bare) or _number(text, bare) or Reading(text, "text")


def _plain(text: str) -> str:
    folded = text.translate(_WIDE).translate(_MINUS)
    folded = re.sub(r"(?<=\d)[\s\u00a0](?=\d{3}(?!\d))", ",", folded)
    folded = re.sub(r"\s+", " ", folded).strip()
    return _MARKS.sub("", folded).strip() or folded


def _as_text(text: str) -> NumberKind | None:
    if _DATE.fullmatch(text):
        return "date"
    if _TIME.fullmatch(text):
        return "time"
    if _RATIO.fullmatch(text):
        return "ratio"
    return "range" if _RANGE.fullmatch(text) else None


def _bracketed(text: str, bare: str) -> Reading | None:
    """Accountants write a negative number in brackets."""
    found = _BRACKETED.fullmatch(bare)
    if not found:
        return None
    inner = _number(text, found["inner"])
    if inner is None or inner.value is None:
        return None
    return Reading(text, "number", -inner.value, inner.unit or clean_unit(found["unit"] or ""))


def _rank(text: str, bare: str) -> Reading | None:
    found = _RANK.fullmatch(bare)
    if not found or not ("第" in bare or found["no"]):
        return None
    return Reading(
        text, "rank", float(found["digits"] or found["other"] or found["no"]), found["unit"] or "位"
    )


def _number(text: str, bare: str) -> Reading | None:
    found = _NUMBER.fullmatch(bare)
    if not found:
        return None
    value = float(re.sub("[,，]", "", found["digits"]))
    bound = _OF_BOUND.get(found["bound"] or found["more"] or found["some"] or "", "")
    sign = -1 if found["sign"] == "-" else 1
    return Reading(text, "number", sign * value, clean_unit(found["unit"] or ""), bound)
