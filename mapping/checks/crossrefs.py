"""References to figures, tables and sections that lead somewhere (C44).

A caption may stand in a picture, so what is not found is asked about, never called missing; and where
no caption of a kind can be read, references of that kind are not looked at.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from mapping.checks.captions import EXHIBIT_NUMBER, captions, plain
from mapping.checks.prose import is_prose, listed, passages_of, places
from mapping.checks.registry import check
from mapping.checks.rule import Rule
from models.assessment import Assessment, Finding, PassageRecord
from models.criteria import Criteria

_EXHIBIT = rf"(?P<kind>[图表])(?P<number>(?>{EXHIBIT_NUMBER}))(?!,\d)(?![\d%年月日个项次人台家万亿元类张份])"
_REFERENCE = re.compile(
    rf"(?:见|如|由|从|按|照|据|参阅|对应|详情|(?<=[图表\d])[、,和及与至到])(?:下|上|前|后)?{_EXHIBIT}"
    rf"|(?:^|[。;,:、(]){_EXHIBIT.replace('kind', 'kind2').replace('number>', 'number2>')}(?=所示|显示|可见|可知|给出|列出|反映|表明|为|是|展示|说明)"
)
_SECTION = re.compile(
    r"(?:(?:详见|参见|参阅|参照)(?:本报告|前文|下文|上文|报告)?第?|(?:^|[^\u4e00-\u9fff]|请|可|均|内容|情况|具体|结果|数据|指标|分别|已|并)见(?:本报告|前文|下文|上文|报告)?第?|见第)"
    r"(?P<number>\d{1,2}(?:\.\d{1,2}){1,3}|(?P<chapter>[一二三四五六七八九十]{1,3}|\d{1,2})(?=章))(?![\d%年月日万亿元])(?:[章节条]|部分)?"
)
_LEADS = re.compile(r"[图表见]|参[阅照]")
_OF_A_STANDARD = re.compile(
    r"(?:GB|ISO|标准|规范|准则|手册|程序文件|附件|附录|材料|法|条例|》)[^,。;]{0,10}$"
)
_DIGITS = "一二三四五六七八九十"
_LEAST_CAPTIONS = 2


@check("reference-broken")
def reference_broken(draft: Assessment, criteria: Criteria, rule: Rule) -> Iterator[Finding]:
    """One line per document for all numbers that lead nowhere."""
    found = captions(draft)
    known = {(c.kind, c.number) for c in found}
    enough = {kind for kind in "图表" if sum(c.kind == kind for c in found) >= _LEAST_CAPTIONS}
    evidence = "\n".join(plain(line.text) for line in draft.evidence)
    sections = _sections(draft, criteria)
    for document in draft.documents:
        broken: dict[str, list[PassageRecord]] = defaultdict(list)
        for passage in passages_of(draft, "overview", "report", "annual"):
            if passage.document != document.id or not is_prose(passage):
                continue
            text = plain(passage.text) if _LEADS.search(passage.text) else ""
            for kind, number in _referred(text):
                listed_there = f"{kind}{number}" in evidence
                if kind in enough and (kind, number) not in known and not listed_there:
                    broken[f"{kind}{number}"].append(passage)
            for number in _sections_referred(text):
                if number not in sections:
                    broken[number].append(passage)
        if broken:
            yield rule.finding(
                document.id,
                "、".join(list(broken)[:6]),
                where=places(passage for passages in broken.values() for passage in passages),
                numbers=listed(broken),
            )


def _referred(text: str) -> Iterator[tuple[str, str]]:
    for match in _REFERENCE.finditer(text):
        if not _OF_A_STANDARD.search(text[: match.start()]):
            yield match.group("kind") or match.group("kind2"), match.group("number") or match.group("number2")


def _sections_referred(text: str) -> Iterator[str]:
    for match in _SECTION.finditer(text):
        if not _OF_A_STANDARD.search(text[: match.start("number")]):
            chapter = match.group("chapter")
            yield f"第{_arabic(chapter)}章" if chapter else match.group("number")


def _arabic(number: str) -> str:
    if number.isdigit():
        return number
    if len(number) == 1:
        return str(_DIGITS.index(number) + 1)
    tens, _, ones = number.partition("十")
    return str((10 * (_DIGITS.index(tens) + 1) if tens else 10) + (_DIGITS.index(ones) + 1 if ones else 0))


def _sections(draft: Assessment, criteria: Criteria) -> frozenset[str]:
    """Numbers of the headings, and those of the criteria and the national standard, which all know."""
    numbers: set[str] = set(criteria.by_id) | {alias for alias, _ in criteria.aliases}
    numbers |= {item.national for item in criteria.items if item.national}
    numbers |= {item.national.rpartition(".")[0] for item in criteria.items if item.national}
    numbers |= {f"第{chapter.id}章" for chapter in (criteria.overview, *criteria.chapters)}
    for heading in draft.headings:
        text = plain(heading.text)
        found = re.match(r"\d{1,2}(?:\.\d{1,2})*", text)
        if found:
            numbers |= {found.group(0), f"第{found.group(0)}章"}
        chapter = re.match(r"第([一二三四五六七八九十]{1,3}|\d{1,2})章", text)
        if chapter:
            numbers.add(f"第{_arabic(chapter.group(1))}章")
    return frozenset(numbers)
