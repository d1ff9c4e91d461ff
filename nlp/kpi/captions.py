"""What stands around a table or chart: its caption, the unit it gives, and the KPI it names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from models.document import Block
from nlp.kpi.words import any_of
from nlp.units import is_unit, split_unit, unit_in_caption
from nlp.years import read_year

_NEAR = 3
_NUMBER = re.compile(
    r"^\s*(?:续?图?[表图]|附[表图])\s*(?!(?:19|20)\d\d\s*年)[\dA-Za-z一二三四五六七八九十]*(?:[.\-—–－．·]\d+)*\s*[:：.、]?\s*|^\s*续表\s*"
)
_CAPTION = re.compile(r"^\s*(?:续?图?[表图]|附[表图])\s*\d|^\s*续表")
_UNIT_LINE = re.compile(r"^\s*[（(]?\s*(?:计量|金额)?单位\s*[:：]")
_SAYS_NO_NAME = re.compile(
    r"(?:的)?(?:近[三五]年|历年|三年来?|年度|各年)?(?:趋势图|变化图|对比图|柱状图|折线图|统计图|示意图|统计表|对比表|一览表|汇总表|明细表|"
    r"对比|比较|趋势|变化|统计|情况|汇总|一览|分析|走势|图|表|结果|水平)+$"
)
_BY_GROUP = re.compile(
    r"^(?:本?公司|我公司)?(?:近[三五]年|三年)?(?:来)?(?:各|分)(?:类|主要|细分)?"
    rf"(?:{any_of('labels', 'group_head')})(?:群体?|类别?)?"
)


@dataclass(frozen=True, slots=True)
class Caption:
    """``title`` is the caption as written, ``unit`` None where it gives none, ``name`` what is left of it
    when number, years, unit and words like 对比 are gone."""

    title: str = ""
    unit: str | None = None
    name: str = ""
    year: str | None = None


def table_caption(blocks: Sequence[Block], index: int) -> Caption:
    """Caption and unit line above a table (or below it, where the caption stands there)."""
    above = [b for b in blocks[max(0, index - _NEAR) : index] if b.text.strip()]
    title, unit = "", None
    for block in reversed(above):
        if block.kind in ("table", "chart", "heading"):
            break
        if _UNIT_LINE.match(block.text):
            unit = unit or unit_in_caption(block.text)
        elif block.kind == "caption" or (_CAPTION.match(block.text) and len(block.text) < 60):
            title = block.text.strip()
            break
    below = blocks[index + 1] if index + 1 < len(blocks) else None
    if not title and below and below.kind == "caption" and below.text.lstrip().startswith("表"):
        title = below.text.strip()
    return read_caption(title, unit)


def chart_caption(blocks: Sequence[Block], index: int, title: str) -> Caption:
    """Title of a chart, or the caption beside it where the chart has no title."""
    near = (*blocks[index + 1 : index + 2], *blocks[max(0, index - 1) : index])
    beside = next((b.text.strip() for b in near if b.kind == "caption" or _CAPTION.match(b.text)), "")
    chosen = read_caption(title.strip() or beside)
    return (
        chosen
        if chosen.unit or not beside
        else Caption(chosen.title, read_caption(beside).unit, chosen.name, chosen.year)
    )


def read_caption(text: str, unit: str | None = None) -> Caption:
    """A caption taken apart; ``unit`` is what a unit line beside it gave."""
    given = unit_in_caption(text)
    bare = re.sub(r"[（(]\s*(?:计量)?单位\s*[:：][^）)]*[)）]|(?:计量)?单位\s*[:：]\s*\S+", "", text)
    bare, bracketed = split_unit(_NUMBER.sub("", bare).strip())
    said = read_year(bare)
    name = said.rest if said else bare
    if given is None and bracketed:
        given = bracketed
    return Caption(text, given if given is not None else unit, _name(name), said.year if said else None)


def _name(text: str) -> str:
    bare = re.sub(r"^(?:年度?|末|的|近[三五]年|历年)+(?=.{2})", "", text).strip()
    bare = _BY_GROUP.sub("", _SAYS_NO_NAME.sub("", bare)).strip(" 的、")
    bare = split_unit(bare)[0]
    return "" if is_unit(bare) else bare
