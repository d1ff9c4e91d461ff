"""The organisation by one name throughout (C43), and no other company in its place (C47)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from difflib import SequenceMatcher

from mapping.checks.prose import passages_of, place, sentence_at, squash
from mapping.checks.registry import check
from mapping.checks.rule import Rule
from models.assessment import Assessment, Finding, PassageRecord
from models.criteria import Criteria

_FULL = re.compile(
    r"(?P<name>[\u4e00-\u9fff()A-Za-z]{2,30}?(?:股份有限公司|有限责任公司|集团有限公司|有限公司|集团公司))(?!的?(?:子|分)公司)"
)
_LEAD = re.compile(
    r"^(?:.*(?:变更为|更名为|成立|控股|参股|收购|其中|包括|我司|客户|顾客|用户|供应商|供方|伙伴|企业|单位|对手|机构|股东|的|了|由|与|年|月|日))?(?:[以由与和及对向为将把在是从据原即同给并如])?"
)
_ABOUT_OTHERS = re.compile(
    r"子公司|分公司|控股|参股|合资|母公司|股东|前身|更名|原名|曾用名|变更为|改制|客户|顾客|用户|供应商|供方|合作|对手|标杆|对标|认证机构|评审|检测|中心|收购|投资|代理|经销|会计师"
)
_RELATED = re.compile(
    r"[子分母]公司|控股|参股|合资|股东|前身|更名|原名|曾用名|变更为|改制|收购|投资|对手|标杆|对标"
)
_SHORT = re.compile(
    r"[(](?:以下|下文|下面)?(?:简称|统称)(?:为)?[:“\"]*(?P<short>[^”\")]{2,14})[”\"]?[^)]{0,12}[)]"
)
_SUBJECT = re.compile(
    r"(?:高度重视|始终|坚持|秉承|成立于|创立于|始建于|创建于|建立了?|制定了?|构建了?|拥有|位于|以“|致力于|是一家|是国内|自成立|围绕|通过了?|导入|推行|实施|高层领导|董事长|总经理|现有|组织开展|定期|每年|\(?(?:以下|下文)?简称)"
)


@check("name-differs")
def name_differs(draft: Assessment, criteria: Criteria, rule: Rule) -> Iterator[Finding]:
    """Names so alike that one organisation must be meant, and not said to be two."""
    names = full_names(draft)
    own = own_name(names)
    if own is None:
        return
    other = {
        name: passages
        for name, passages in names.items()
        if name != own and _likeness(name, own) >= rule.numbers["likeness"]
        and not all(_about_another(passage, name) for passage in passages)
    }  # fmt: skip
    if other:
        first = names[own][0]
        yield rule.finding(
            first.document,
            own,
            where=[place(first), *(place(passages[0]) for passages in other.values())],
            own=own,
            others="、".join(f"“{name}”" for name in other),
        )


@check("other-company")
def other_company(draft: Assessment, criteria: Criteria, rule: Rule) -> Iterator[Finding]:
    """A company unlike the organisation that is told of as if it were the organisation."""
    names = full_names(draft)
    own = own_name(names)
    if own is None:
        return
    others = {
        name: [p for p in passages if _acts(p, name) and not _related(p, name)]
        for name, passages in names.items()
        if _likeness(name, own) < rule.numbers["likeness"] and name not in own
    }
    found = {name: passages for name, passages in others.items() if passages}
    if found:
        first = next(iter(found.values()))[0]
        yield rule.finding(
            first.document,
            "、".join(found),
            where=[place(p) for passages in found.values() for p in passages[:4]],
            own=own,
            others="、".join(f"“{name}”" for name in found),
        )


def full_names(draft: Assessment) -> dict[str, list[PassageRecord]]:
    """Full names of companies in prose, with the passages that hold them."""
    names: dict[str, list[PassageRecord]] = {}
    for passage in passages_of(draft, "overview", "report", "annual"):
        if passage.kind in ("table", "chart") or "公司" not in passage.text:
            continue
        for found in _FULL.finditer(squash(passage.text)):
            name = _LEAD.sub("", found.group("name"))
            if len(name) >= 8:
                names.setdefault(name, []).append(passage)
    return names


def own_name(names: dict[str, list[PassageRecord]]) -> str | None:
    """The name that a short form stands for, or that acts most often; None if none does."""
    short = [name for name, passages in names.items() if any(_introduced(p, name) for p in passages)]
    if short:
        return max(short, key=lambda name: len(names[name]))
    acting = Counter({name: sum(_acts(p, name) for p in passages) for name, passages in names.items()})
    best = acting.most_common(1)
    return best[0][0] if best and best[0][1] else None


def _introduced(passage: PassageRecord, name: str) -> bool:
    found = _SHORT.search(squash(passage.text).partition(name)[2][:40])
    return found is not None and found.start() == 0


def _acts(passage: PassageRecord, name: str) -> bool:
    """Whether a sentence begins with the name and says what the organisation does or is."""
    text = squash(passage.text)
    at = text.find(name)
    starts = at == 0 or text[at - 1] in "。;:!?“"
    return (starts and _SUBJECT.match(text[at + len(name) :][:12]) is not None) or _introduced(passage, name)


def _about_another(passage: PassageRecord, name: str) -> bool:
    text = squash(passage.text)
    return _ABOUT_OTHERS.search(sentence_at(text, text.find(name))) is not None


def _related(passage: PassageRecord, name: str) -> bool:
    text = squash(passage.text)
    return _RELATED.search(sentence_at(text, text.find(name))) is not None


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio()
