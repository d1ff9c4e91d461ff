"""What the overview names and the report has to take up: challenges, customer groups, partners (C39-C41).

Names are compared by pairs of characters of their core: 政务部门 comes back as 政务顾客. One pair in the
right chapter is enough, for a report may use another word for the rest.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from mapping.checks.named import challenges, customers, partners
from mapping.checks.prose import (
    bigrams,
    excerpt,
    listed,
    passages_of,
    place,
    places,
    squash,
    stands_in,
)
from mapping.checks.registry import check
from mapping.checks.rule import Rule
from models.assessment import Assessment, Finding, PassageRecord
from models.criteria import Criteria

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


_FEW = 4
"""Passages in which a pair may stand and still tell something, however short the report."""


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
        lacking = [one for one in named if not _comes_back(one.name, told, fewest=2)]
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


def _told(passages: Sequence[PassageRecord]) -> frozenset[str]:
    """Pairs of characters that passages and the headings above them hold."""
    texts: Iterable[str] = (squash(f"{'/'.join(p.heading_path)}/{p.context}/{p.text}") for p in passages)
    return frozenset(pair for text in texts for pair in bigrams(text))


def _usual(passages: Sequence[PassageRecord], share: float) -> frozenset[str]:
    """Pairs of characters that stand in more than that share of the passages: they tell nothing."""
    counts = Counter(pair for passage in passages for pair in bigrams(squash(passage.text)))
    most = max(_FEW, share * len(passages))
    return frozenset(pair for pair, times in counts.items() if times > most)


def _comes_back(
    name: str, told: frozenset[str], usual: frozenset[str] = frozenset(), fewest: int = 1
) -> bool:
    """Whether any pair of the name that tells something is told; true of a name with fewer than that."""
    pairs = {pair for term in _JOINTS.split(name) for pair in bigrams(term)} - _COMMON - usual
    telling = {pair for pair in pairs if pair.isalpha()}
    return len(telling) < fewest or not telling.isdisjoint(told)


def _unseen(draft: Assessment, *nodes: str) -> bool:
    """Whether pictures or unread pages may hold more on these nodes of the report."""
    reports = {document.id for document in draft.documents if document.kind == "report"}
    return any(
        row.unseen and row.indicator.startswith(nodes) for row in draft.coverage if row.document in reports
    )
