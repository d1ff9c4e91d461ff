"""Who, how often, and how the method itself is improved (C34, C35): notes, one line for each item."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from mapping.checks.method_cues import OWNER, PERIOD, is_concrete
from mapping.checks.parroting import asked, repeated
from mapping.checks.process_answer import Answer, by_item, places, process_answers, text_of
from mapping.checks.registry import check
from mapping.checks.rule import Rule
from models.assessment import Assessment, Finding, PassageRecord, Where
from models.criteria import Criteria

_NAMED = 6
_REVIEW = re.compile(
    r"评价|评审|评估|复盘|回顾|诊断|审核|自评|回头看|内审|检讨|总结|对标|比对|测评|审查|复核|反馈|调查|检查"
)
_CHANGE = re.compile(
    r"改进|优化|修订|完善|升级|改版|换版|迭代|调整|改为|取消|新增|增设|增加|修改|更新|简化|补齐"
    r"|纠正|整改|再造|再设计|改用|停用|淘汰|推广|固化|增删"
)
_REPLACED = re.compile(
    r"[由从将把][^，。；]{1,40}(?:改为|改成|变为|转为|升级[为到至]|发展[为到至]|拓展[为到至]|扩展[为到至])"
)
_REVISED = re.compile(
    r"改[用以]|精简|瘦身|重[画编写订修排]|重新(?:设计|梳理|制定|编制|划分)|再造|[改换再]版|复评"
    r"|首轮|停用|废止|砍[到掉]|从[^，。；]{1,20}[减压]到"
)
"""Words that are said of a method, a form or a procedure rather than of figures."""
_DATED = re.compile(
    r"(?:19|20)\d\d|\d{2}年|[一二两三四五六七八九十\d]+年[来间]|V\d|第[二三四五六]版"
    r"|由[^，。；]{1,40}(?:改为|变为|转为|升级为|提[高升]|升|降|减|缩|延|扩|增)"
    r"|从[^，。；]{1,40}(?:到|至|变|转|升|降|缩|延|扩|增)|原[来先有]|此前|以往|过去"
    r"|[改优]\S{0,3}前|每[一二两三四五半\d]*(?:年|季|月|周|届)|[年季月]度|年底|年初|年末|次年"
    r"|半年"
)


@check("no-learning-cycle")
def no_learning_cycle(draft: Assessment, criteria: Criteria, rule: Rule) -> Iterator[Finding]:
    """Items of which no passage tells that the method was looked at and changed, and when or from what to
    what. The words of the method itself are not asked for: a plan to improve is enough."""
    lacking = []
    for group in by_item(process_answers(draft, criteria)):
        passages = _of_item(draft, group)
        enough = _length(passages) >= rule.numbers["characters"]
        if enough and all(answer.silent for answer in group) and not any(map(_learns, passages)):
            lacking.append(group)
    for groups in _lines(lacking, rule):
        items = [group[0].item for group in groups]
        yield _line(groups, rule, [f"{item.id} {item.title}" for item in items])


def _of_item(draft: Assessment, group: list[Answer]) -> list[PassageRecord]:
    """Passages that answer the item, and those under its heading whatever they answer."""
    document, item = group[0].row.document, group[0].item.id
    under = [
        p for p in draft.passages if p.document == document and f"{p.heading_node}.".startswith(f"{item}.")
    ]
    return list({p.id: p for p in (*under, *(p for answer in group for p in answer.every))}.values())


def _learns(passage: PassageRecord) -> bool:
    text = text_of([passage])
    if _REPLACED.search(text):
        return True
    changed = passage.learning or _REVISED.search(text) or (_CHANGE.search(text) and _REVIEW.search(text))
    return bool(changed and _DATED.search(text))


@check("no-owner")
def no_owner(draft: Assessment, criteria: Criteria, rule: Rule) -> Iterator[Finding]:
    yield from _without(draft, criteria, rule, lambda text: OWNER.search(text) is not None)


@check("no-frequency")
def no_frequency(draft: Assessment, criteria: Criteria, rule: Rule) -> Iterator[Finding]:
    yield from _without(draft, criteria, rule, lambda text: PERIOD.search(text) is not None)


def _without(
    draft: Assessment, criteria: Criteria, rule: Rule, told: Callable[[str], bool]
) -> Iterator[Finding]:
    """Indicators whose method is told without what is asked for, in no passage at all."""
    lacking = []
    for group in by_item(process_answers(draft, criteria)):
        some = [answer for answer in group if _tells_a_method(answer, rule) and not told(answer.text)]
        if some:
            lacking.append(some)
    for groups in _lines(lacking, rule):
        yield _line(groups, rule, [answer.name for group in groups for answer in group])


def _lines(groups: list[list[Answer]], rule: Rule) -> Iterator[list[list[Answer]]]:
    """A line for each item, or one for all items of a document where they are many: it is the same fault."""
    documents = dict.fromkeys(group[0].row.document for group in groups)
    for document in documents:
        own = [group for group in groups if group[0].row.document == document]
        yield from [own] if len(own) > rule.numbers["items"] else [[group] for group in own]


def _line(groups: list[list[Answer]], rule: Rule, names: list[str]) -> Finding:
    answers = [answer for group in groups for answer in group]
    more = f"等 {len(names)} 处" if len(names) > _NAMED else ""
    return rule.finding(
        answers[0].row.document, "、".join(group[0].item.id for group in groups),
        indicator=answers[0].indicator.id, where=_first_of_each(answers),
        names="、".join(f"“{name}”" for name in names[:_NAMED]) + more,
    )  # fmt: skip


def _tells_a_method(answer: Answer, rule: Rule) -> bool:
    """Whether more is told than fine words and the words of the criteria: of these, something else is said."""
    long_enough = _length(answer.own) >= rule.numbers["characters"]
    if not (answer.silent and answer.row.approach and long_enough):
        return False
    copied = repeated(text_of(answer.spoken), asked(answer))
    return copied < rule.numbers["repeated"] and is_concrete(answer.text, answer.titles)


def _length(passages: list[PassageRecord] | tuple[PassageRecord, ...]) -> int:
    return sum(len(passage.text) for passage in passages)


def _first_of_each(group: list[Answer]) -> tuple[Where, ...]:
    """The first passage of the method of each indicator."""
    firsts = (next((p for p in one.own if p.aspect == "approach"), one.own[0]) for one in group)
    return places(firsts)
