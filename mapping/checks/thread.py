"""What the overview names and the report has to take up: challenges, customer groups, partners (C39-C41).

Names are compared by pairs of characters of their core: 政务部门 comes back as 政务顾客. One pair in the
right chapter is enough, for a report may use another word for the rest.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from mapping.checks.prose import (
    bigrams,
    excerpt,
    listed,
    passages_of,
    place,
    places,
    sentences,
    squash,
    stands_in,
)
from mapping.checks.registry import check
from mapping.checks.rule import Rule
from models.assessment import Assessment, Finding, PassageRecord
from models.criteria import Criteria

_CHALLENGE = re.compile(
    r"(?P<kind>挑战|优势)(?:主要|集中)?(?:有|包括|是|为|在于|来自|体现在|表现[在为])?(?:以下)?"
    r"(?:[一二三四五六两几]个?(?:方面|点|项|类))?[:,]?(?P<list>[^。]{6,})"
)
_CLAUSES = re.compile(r"[;;]|,?(?:[一二三四五六]是|其[一二三四五六]|第[一二三四五六],?|\(\d\)|[①-⑨])[,:]?")
_WORDS = re.compile(r"、|,?以及|,")
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
_JOINTS = re.compile(r"[及和与或等的、]")
_COMMON = frozenset(
    [
        "顾客",
        "客户",
        "用户",
        "客群",
        "群体",
        "单位",
        "机构",
        "企业",
        "公司",
        "部门",
        "供方",
        "供应",
        "应商",
        "服务",
        "务商",
        "伙伴",
        "合作",
        "作伙",
        "主要",
        "重点",
        "关键",
        "大型",
        "中小",
        "小型",
        "国内",
        "国外",
        "全国",
        "其他",
        "各类",
        "各级",
        "行业",
        "类型",
        "级别",
        "战略",
        "核心",
        "产品",
        "集团",
        "市场",
        "地区",
        "区域",
        "本市",
        "我国",
        "两级",
        "以及",
        "供货",
        "货商",
    ]
)


@dataclass(frozen=True, slots=True)
class Named:
    """Something that the overview names, and the passage that does."""

    name: str
    passage: PassageRecord
    kind: str = ""


@check("challenge-unanswered")
def challenge_unanswered(draft: Assessment, criteria: Criteria, rule: Rule) -> Iterator[Finding]:
    """One line for all challenges of which chapter 2 says nothing, and advantages that never come back."""
    report = list(passages_of(draft, "report"))
    strategy = [p for p in report if stands_in(p, ("2",))]
    if len(strategy) < rule.numbers["passages"] or _unseen(draft, "2."):
        return
    usual = _usual(report, rule.numbers["usual"])
    told = {"挑战": _told(strategy), "优势": _told(report)}
    lacking = [one for one in challenges(draft) if not _comes_back(one.name, told[one.kind], usual)]
    if lacking:
        yield rule.finding(
            lacking[0].passage.document,
            excerpt(lacking[0].name),
            indicator=criteria.chapters[1].items[0].indicators[0].id,
            where=places(one.passage for one in lacking),
            names=listed(one.name for one in lacking),
            number=len(lacking),
        )


def challenges(draft: Assessment) -> list[Named]:
    """Phrases of the overview that stand behind 挑战 or 优势."""
    found: dict[str, Named] = {}
    for passage in passages_of(draft, "overview"):
        if not stands_in(passage, ("0.2.2",)):
            continue
        for sentence in squash(passage.text).split("。"):
            for match in _CHALLENGE.finditer(sentence):
                for name in _phrases(match.group("list")):
                    found.setdefault(name, Named(name, passage, match.group("kind")))
    return list(found.values())


def _phrases(text: str) -> Iterator[str]:
    """The members of a list of clauses, or of a list of words; up to where the other kind begins."""
    own = _OTHER_KIND.split(text)[0]
    cut = _CLAUSES if _CLAUSES.search(own) else _WORDS
    phrases = (phrase.strip(",:、. ") for phrase in cut.split(own))
    yield from (phrase for phrase in phrases if 4 <= len(phrase) <= 48)


@check("party-not-followed")
def party_not_followed(draft: Assessment, criteria: Criteria, rule: Rule) -> Iterator[Finding]:
    """Customer groups that chapters 3 and 7.2 do not speak of, suppliers that 4.6, 5 and 7.4 do not."""
    report = list(passages_of(draft, "report"))
    for kind, named, nodes, chapter in (
        ("顾客群", customers(draft), ("3", "7.2", "7.1"), "3."),
        ("供方或合作伙伴", partners(draft), ("4.6", "5", "7.4.5", "7.5"), "4.6"),
    ):
        there = [p for p in report if stands_in(p, nodes)]
        if len(there) < rule.numbers["passages"] or _unseen(draft, chapter):
            continue
        told = _told(there)
        lacking = [one for one in named if not _comes_back(one.name, told)]
        if lacking:
            yield rule.finding(
                lacking[0].passage.document,
                "、".join(one.name for one in lacking[:3]),
                indicator="3.1.1" if chapter == "3." else "4.6.1",
                where=places(one.passage for one in lacking),
                kind=kind,
                names=listed(one.name for one in lacking),
                chapters="第 3 章和 7.1、7.2" if chapter == "3." else "4.6、第 5 章和 7.4、7.5",
            )


@check("no-segmentation")
def no_segmentation(draft: Assessment, criteria: Criteria, rule: Rule) -> Iterator[Finding]:
    """Results of products and customers by none of the groups that the overview names."""
    groups = customers(draft)
    results = [p for p in passages_of(draft, "report") if stands_in(p, ("7.1", "7.2"))]
    tables = [p for p in results if p.kind in ("table", "chart")]
    if len(groups) < rule.numbers["groups"] or not tables or _unseen(draft, "7.1", "7.2"):
        return
    told = _told(results)
    if not any(_comes_back(one.name, told) for one in groups):
        yield rule.finding(
            tables[0].document,
            "、".join(one.name for one in groups[:3]),
            indicator="7.2.1",
            where=(place(groups[0].passage), *places(tables[:3])),
            names=listed(one.name for one in groups),
        )


def customers(draft: Assessment) -> list[Named]:
    return _parties(draft, _CUSTOMERS)


def partners(draft: Assessment) -> list[Named]:
    return _parties(draft, _PARTNERS)


def _parties(draft: Assessment, pattern: re.Pattern[str]) -> list[Named]:
    """Names in the lists of the overview, as printed but for what stands in brackets."""
    found: dict[str, Named] = {}
    for passage in passages_of(draft, "overview"):
        if passage.kind in ("table", "chart") or not stands_in(passage, ("0.1.2", "0.1.1")):
            continue
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


def _told(passages: Sequence[PassageRecord]) -> frozenset[str]:
    """Pairs of characters that passages and the headings above them hold."""
    texts: Iterable[str] = (squash(f"{'/'.join(p.heading_path)}/{p.context}/{p.text}") for p in passages)
    return frozenset(pair for text in texts for pair in bigrams(text))


def _usual(passages: Sequence[PassageRecord], share: float) -> frozenset[str]:
    """Pairs of characters that stand in more than that share of the passages: they tell nothing."""
    counts = Counter(pair for passage in passages for pair in bigrams(squash(passage.text)))
    return frozenset(pair for pair, times in counts.items() if times > share * len(passages))


def _comes_back(name: str, told: frozenset[str], usual: frozenset[str] = frozenset()) -> bool:
    """Whether any pair of the name that tells something is told; true of a name without one."""
    pairs = {pair for term in _JOINTS.split(name) for pair in bigrams(term)} - _COMMON - usual
    telling = {pair for pair in pairs if pair.isalpha()}
    return not telling or not telling.isdisjoint(told)


def _unseen(draft: Assessment, *nodes: str) -> bool:
    """Whether pictures or unread pages may hold more on these nodes of the report."""
    reports = {document.id for document in draft.documents if document.kind == "report"}
    return any(
        row.unseen and row.indicator.startswith(nodes) for row in draft.coverage if row.document in reports
    )
