"""Text that gives back the words of the criteria (C32), measured by runs of characters."""

from __future__ import annotations

import re

from mapping.checks.process_answer import Answer
from mapping.checks.rule import Rule
from models.assessment import PassageRecord

_RUN = 4
_NOT_TEXT = re.compile(r"[^\u4e00-\u9fffA-Za-z0-9]")
_QUESTION = re.compile(r"^[\s（(\d一二三四五六七八九十）).．、]*(?:组织|高层领导)?(?:说明|如何|怎样|描述)")


def parroted(answer: Answer, rule: Rule) -> tuple[PassageRecord, ...]:
    """The passages that mostly repeat the criteria, where most of the answer does; else none.

    A line that puts the question of the criteria before the answer is no answer, and is left aside."""
    told = [passage for passage in answer.spoken if not _QUESTION.match(passage.text)]
    if not told:
        return ()
    words = asked(answer)
    copied = [passage for passage in told if repeated(passage.text, words) >= rule.numbers["share"]]
    whole = sum(len(passage.text) for passage in answer.own)
    return tuple(copied) if sum(len(p.text) for p in copied) > whole * rule.numbers["of_answer"] else ()


def repeated(text: str, words: frozenset[str]) -> float:
    """Share of a text's characters that stand in a run of four that the criteria have too."""
    plain = _NOT_TEXT.sub("", text)
    if len(plain) < _RUN:
        return 0.0
    covered = [False] * len(plain)
    for start in range(len(plain) - _RUN + 1):
        if plain[start : start + _RUN] in words:
            covered[start : start + _RUN] = [True] * _RUN
    return sum(covered) / len(plain)


def asked(answer: Answer) -> frozenset[str]:
    """Runs of four of the requirement points of the indicator and of its item's opening."""
    texts = (answer.item.intro, *(requirement.text for requirement in answer.indicator.requirements))
    plain = [_NOT_TEXT.sub("", text) for text in texts]
    return frozenset(text[n : n + _RUN] for text in plain for n in range(len(text) - _RUN + 1))
