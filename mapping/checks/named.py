"""What the overview names: challenges and advantages, customer groups, suppliers and partners."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from mapping.checks.prose import passages_of, sentences, squash, stands_in
from models.assessment import Assessment, PassageRecord

_CHALLENGE = re.compile(
    r"(?P<kind>挑战|优势)(?:主要|集中)?(?:有|包括|是|为|在于|来自|体现在|表现[在为])?(?:以下)?"
    r"(?:[一二三四五六两几]个?(?:方面|点|项|类))?[:,]?(?P<list>[^。]{6,})"
)
_CLAUSES = re.compile(r"[;;]|,?(?:[一二三四五六]是|其[一二三四五六]|第[一二三四五六],?|\(\d\)|[①-⑨])[,:]?")
_WORDS = re.compile(r"、|,?以及|,")
_SHORTEST, _LONGEST = 4, 48
_MEMBERS = re.compile(r"、")
_OTHER_KIND = re.compile(r"(?:战略)?(?:挑战|优势)(?:主要)?(?:有|包括|是|为|在于|来自|:)")
_CUSTOMERS = re.compile(
    r"(?:(?:关键|主要|重点|目标|核心|战略|细分)?(?:顾客|客户|用户)(?:群体?|类别?|对象)?(?:主要|可|按[^,。;]{1,12})?"
    r"(?:细?分为|划分为|分成|包括|包含|涵盖|有|为|是)|(?:面向|服务于)(?=[^,。;]{2,40}[、和及]))"
    r"(?:以下)?(?:[一二三四五六两几\d]+[大个]?类)?(?:顾客|客户|用户)?[:,]?(?P<list>[^。;]{4,140})"
)
_PARTNERS = re.compile(
    r"(?:关键|主要|重点|核心|战略)?(?:供方|供应商|供货商|合作伙伴|经销商|代理商|伙伴)(?:群体?|类别?)?(?:主要|可|按[^,。;]{1,12})?"
    r"(?:细?分为|划分为|分成|包括|包含|涵盖|有|为|是)(?:以下)?(?:[一二三四五六两几\d]+[大个]?类)?[:,]?(?P<list>[^。;]{4,140})"
)
_BRACKETS = re.compile(r"[(][^()]*[)]")
_TAIL = re.compile(
    r"等?(?:[一二三四五六两几\d]+[大个]?(?:类|种|个?群体?)).*$|等(?:顾客|客户|用户|供方|企业|单位|类)?$"
)


@dataclass(frozen=True, slots=True)
class Named:
    """Something that the overview names, and the passage that does."""

    name: str
    passage: PassageRecord
    kind: str = ""


def challenges(draft: Assessment) -> list[Named]:
    """Phrases of the overview that stand behind 挑战 or 优势."""
    found: dict[str, Named] = {}
    for passage in passages_of(draft, "overview"):
        if not stands_in(passage, ("0.2.2",)):
            continue
        for sentence in squash(passage.text).split("。"):
            for match in _CHALLENGE.finditer(sentence):
                for name in _phrases(match.group("list"), match.group("kind")):
                    found.setdefault(name, Named(name, passage, match.group("kind")))
    return list(found.values())


def _phrases(text: str, kind: str) -> Iterator[str]:
    """The members of a list of clauses, or of a list of words; up to where the other kind begins.

    Advantages are told in long attributes with pauses of their own: their clauses stay whole.
    """
    own = _OTHER_KIND.split(text)[0]
    clauses = _CLAUSES.split(own)
    if kind == "优势":
        yield from (clause.strip(",:、. ") for clause in clauses if len(clause) >= _SHORTEST)
        return
    cut = _WORDS if len(clauses) == 1 else _MEMBERS
    phrases = (phrase.strip(",:、. ") for clause in clauses for phrase in cut.split(clause))
    yield from (phrase for phrase in phrases if _SHORTEST <= len(phrase) <= _LONGEST)


def customers(draft: Assessment) -> list[Named]:
    return _parties(draft, _CUSTOMERS)


def partners(draft: Assessment) -> list[Named]:
    return _parties(draft, _PARTNERS)


def _parties(draft: Assessment, pattern: re.Pattern[str]) -> list[Named]:
    """Names in the lists of the overview, as printed but for what stands in brackets: from where
    relations are told of, or else from where the organisation is."""
    prose = [p for p in passages_of(draft, "overview") if p.kind not in ("table", "chart")]
    for node in ("0.1.2", "0.1.1"):
        found = _lists((p for p in prose if stands_in(p, (node,))), pattern)
        if found:
            return found
    return []


def _lists(passages: Iterable[PassageRecord], pattern: re.Pattern[str]) -> list[Named]:
    found: dict[str, Named] = {}
    for passage in passages:
        for sentence in sentences(squash(passage.text)):
            for match in pattern.finditer(sentence):
                for name in _names(match.group("list")):
                    found.setdefault(name, Named(name, passage))
    return list(found.values())


def _names(text: str) -> Iterator[str]:
    """The members of a list: 政务部门、水务供热等公用事业单位、城商行及农村金融机构三类."""
    listed_text = _BRACKETS.sub("", text).split("。")[0]
    if "、" not in listed_text:
        return
    members = [member for member in re.split(r"[、,]|以及|和(?=[^、,]*$)", listed_text) if member]
    for member in members:
        last = _TAIL.sub("", member)
        if 2 <= len(last) <= 16 and not re.search(r"\d|[A-Z]公司", last):
            yield last
        if last != member or len(last) > 16:
            break
