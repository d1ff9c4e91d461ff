"""Mission, vision and values in one wording throughout (C42).

Spaces, punctuation and the order of values are no difference; nor is quoting a part. What a unit, a
brand or history has for a mission, and what was in force before a change, is another matter.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from mapping.checks.prose import bare, passages_of, place, sentence_at
from mapping.checks.registry import check
from mapping.checks.rule import Rule
from models.assessment import Assessment, Finding, PassageRecord
from models.criteria import Criteria

_KIND = r"(?P<kind>使命|愿景|(?:核心)?价值观|企业精神|经营理念|质量方针)"
_QUOTED = r"[“\"「『](?P<text>[^“”\"「」『』]{4,60})[”\"」』]"
_QUOTES = (
    re.compile(rf"{_KIND}(?:是|为|即|定为|确定为|表述为|:|——|-)?{_QUOTED}"),
    re.compile(
        rf"{_QUOTED}(?:这一|的)?(?:[一二三四五六七八九十]+字)?(?:企业|公司|组织)?(?:为|作为|的)?(?:企业|公司|组织)?{_KIND}"
    ),
    re.compile(rf"以(?P<text>[^“”\"。;,:\n]{{4,30}})(?:作)?为(?:企业|公司|组织)?(?:的)?{_KIND}"),
    re.compile(rf"(?:^|[。;\n]|[•●])(?:公司|企业|组织|集团)?的?{_KIND}:(?P<text>[^“”\"。;\n]{{4,60}})"),
    re.compile(
        rf"{_KIND}(?:是|为)(?P<text>[^“”\"。;,:\n的]{{2}}[^“”\"。;,:\n]{{2,40}}(?:[,、][^“”\"。;,:\n]{{2,12}})*?)(?=[。;\n]|,(?:核心)?(?:愿景|使命|价值观|倡导))"
    ),
)
_OF_OTHERS = re.compile(
    r"(?:历史|时代|政治|社会|神圣|光荣|部门|中心|团队|品牌|安全|小组|学院|基金会|子公司|分公司|事业部)(?:的)?$"
)
_FORMER = re.compile(
    r"原(?:来|有|先|定)?|曾|此前|以前|修订前|由.{0,40}(?:调整|修订|升级|更新|改|变更)为|(?:调整|修订|升级|更新)为"
)
_SEPARATORS = re.compile(r"[、,，;；/|·\s]+")
_TITLES = {"核心价值观": "价值观"}


@dataclass(frozen=True, slots=True)
class Quote:
    kind: str
    text: str
    passage: PassageRecord

    @property
    def words(self) -> frozenset[str]:
        """The values of a list, or the one sentence."""
        return frozenset(word for word in map(bare, _SEPARATORS.split(self.text)) if word)


@check("mission-worded-differently")
def mission_worded_differently(draft: Assessment, criteria: Criteria, rule: Rule) -> Iterator[Finding]:
    quotes = [quote for p in passages_of(draft, "overview", "report", "annual") for quote in read_quotes(p)]
    for kind in dict.fromkeys(quote.kind for quote in quotes):
        wordings: list[Quote] = []
        for quote in quotes:
            if quote.kind == kind and not any(_same(quote, other) for other in wordings):
                wordings.append(quote)
        if len(wordings) > 1:
            yield rule.finding(
                wordings[0].passage.document,
                kind,
                indicator="1.1.1",
                where=[place(quote.passage) for quote in wordings],
                kind=kind,
                number=len(wordings),
                wordings="、".join(f"“{quote.text}”" for quote in wordings[:4]),
            )


def read_quotes(passage: PassageRecord) -> Iterator[Quote]:
    """What a passage gives as the mission, vision or values, each kind in the first form that reads it."""
    if not re.search(_KIND, passage.text):
        return
    text = unicodedata.normalize("NFKC", passage.text)
    seen: set[tuple[str, str]] = set()
    taken: set[str] = set()
    for pattern in _QUOTES:
        for found in pattern.finditer(text):
            kind = _TITLES.get(found.group("kind"), found.group("kind"))
            words = found.group("text").strip(" ,、:")
            before = (
                text[: found.start()]
                if found.group(0).startswith(found.group("kind"))
                else text[: found.start("kind")]
            )
            if _OF_OTHERS.search(before) or _FORMER.search(sentence_at(text, found.start())):
                continue
            if (kind, words) not in seen and (kind not in taken or pattern is not _QUOTES[-1]):
                seen.add((kind, words))
                taken.add(kind)
                yield Quote(kind, words, passage)


def _same(one: Quote, other: Quote) -> bool:
    """Alike, one part of the other, or a mission that is named by its main clause alone."""
    a, b = bare(one.text), bare(other.text)
    return a in b or b in a or one.words <= other.words or other.words <= one.words
