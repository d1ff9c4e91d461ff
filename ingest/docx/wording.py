"""How headings, list items, captions and contents lines begin and end in Chinese reports."""

from __future__ import annotations

import re
from typing import Literal

NumberForm = Literal["chapter", "section", "decimal", "comma", "bracket", "dot", "figure_bracket", "circle"]
"""``chapter`` 第一章, ``section`` 第一节, ``decimal`` 1.1 or a bare 1, ``comma`` 一、, ``bracket`` （一）,
``dot`` 1、 or 1., ``figure_bracket`` （1） or 1）, ``circle`` ①. Official papers nest them in this order."""

FORMS: tuple[tuple[NumberForm, re.Pattern[str]], ...] = (
    ("chapter", re.compile(r"^第\s*[一二三四五六七八九十百零〇\d]{1,4}\s*(?:章|篇|部分|编)")),
    ("section", re.compile(r"^第\s*[一二三四五六七八九十百零〇\d]{1,4}\s*节")),
    ("decimal", re.compile(r"^[A-Z]?\d{1,2}(?:[.．]\d{1,2}){1,5}(?!\s*[\d%％‰.．]|个|亿|万元|元|倍)[.．]?")),
    ("comma", re.compile(r"^[一二三四五六七八九十]{1,3}\s*[、.．]")),
    ("bracket", re.compile(r"^[（(]\s*[一二三四五六七八九十]{1,3}\s*[)）]")),
    ("dot", re.compile(r"^\d{1,2}\s*(?:[、．]|[.](?!\d))")),
    ("figure_bracket", re.compile(r"^(?:[（(]\s*\d{1,2}\s*[)）]|\d{1,2}\s*[)）])")),
    ("circle", re.compile(r"^[①-⑳⑴-⒇]")),
    ("decimal", re.compile(r"^\d{1,2}(?=[\s\u3000]+[\u4e00-\u9fff“《])")),
)
ORDER: tuple[NumberForm, ...] = (
    "chapter", "section", "decimal", "comma", "bracket", "dot", "figure_bracket", "circle",
)  # fmt: skip

MARKER = re.compile(
    r"^(?:[•●■◆▪➢√□○◇★▶►·\-–—]\s*(?=\S)|[①-⑳⑴-⒇]|[（(]\s*(?:\d{1,2}|[a-zA-Z]|[一二三四五六七八九十]{1,3})\s*[）)]"
    r"|(?:\d{1,2}|[a-zA-Z])\s*[)）]|\d{1,2}\s*[、．](?!\d)|\d{1,2}[.](?![\d])|[一二三四五六七八九十]{1,3}、)"
)
CAPTION = re.compile(
    r"^(?:续?[表图]|附[表图])\s*(?:[A-Z]|[一二三四五六七八九十]{1,3}|\d+)(?:\s*[.\-–—－．]\s*[\dA-Z]+)*(?![\d年月日])"
)
REMARK = re.compile(
    r"^(?:注|备注|说明|(?:计量|金额)?单位|(?:数据|资料)?来源|附|联系人|电话|地址|日期|编制|审核|批准)\s*[:：]"
)
CONTENTS_TITLE = re.compile(r"^(?:.{0,8}目\s*[录錄次]|CONTENTS|Contents)$")
CONTENTS_LINE = re.compile(
    r"^\S.*?(?:\t+|(?:[.…·．・‥—\-_]\s?){4,}\t?|…{2,})\s*[-–—]?\s*[（(]?(\d{1,4}|[ivxIVX]{1,6})[)）]?\s*[-–—]?$"
)
_SENTENCE_END = "。；，、;,：:！？!?…"


_NARROW = str.maketrans("０１２３４５６７８９．　\t", "0123456789.  ")


def number_form(text: str) -> tuple[NumberForm, int] | None:
    """The form of a typed or computed number at the start, and its depth (2 for 1.1; 1 for others)."""
    text = text.translate(_NARROW)
    for form, pattern in FORMS:
        match = pattern.match(text)
        if match:
            depth = len(re.findall(r"\d+", match.group())) if form == "decimal" else 1
            return form, depth
    return None


def bare_number(text: str) -> str:
    """The number that a heading starts with as decimals: ``4.1``, ``4`` for 第四章 or 四、; empty if none."""
    text = text.translate(_NARROW)
    if match := re.match(r"[A-Z]?\d{1,2}(?:\.\d{1,2})*", text):
        return match.group()
    match = re.match(
        r"(?:第\s*([一二三四五六七八九十\d]{1,3})\s*(?:章|篇|部分)|([一二三四五六七八九十]{1,3})、)", text
    )
    return str(_figure(match.group(1) or match.group(2))) if match else ""


def _figure(numeral: str) -> int:
    """A number up to 99, in figures or Chinese numerals."""
    if numeral.isdigit():
        return int(numeral)
    tens, ten, ones = numeral.rpartition("十")
    digits = "〇一二三四五六七八九"
    return (digits.find(tens[-1:] or "一") * 10 if ten else 0) + max(digits.find(ones[-1:] or "〇"), 0)


def ends_like_sentence(text: str) -> bool:
    return text.rstrip()[-1:] in _SENTENCE_END


def has_words(text: str) -> bool:
    return re.search(r"[\u3400-\u9fffA-Za-z]", text) is not None
