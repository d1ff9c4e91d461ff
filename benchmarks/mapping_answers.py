"""What was answered for labelled passages, and how often that is right."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from benchmarks.gold.score import PassageIndex, canonical
from benchmarks.reading_score import share
from models.assessment import IndicatorScore

BINS = 10
Figures = dict[str, float | None]


@dataclass(frozen=True, slots=True)
class Answer:
    """``wanted`` is None where the passage answers nothing, ``ranked`` empty where it was left unmapped;
    ``score`` is the probability of the first."""

    wanted: str | None
    ranked: tuple[str, ...]
    score: float = 0.0

    @property
    def right(self) -> bool:
        return self.ranked[:1] == (self.wanted,)


def answer(wanted: str | None, indicators: Sequence[IndicatorScore]) -> Answer:
    ranked = tuple(canonical(one.id) or "" for one in indicators)
    return Answer(canonical(wanted), ranked, indicators[0].score if indicators else 0.0)


def gold_answers(
    gold: dict[str, Any], texts: Sequence[str], found: Sequence[Sequence[IndicatorScore]]
) -> list[Answer]:
    """For every labelled paragraph of a gold report the answer of the passage that holds most of it."""
    index = PassageIndex([{"text": text, "place": place} for place, text in enumerate(texts)])
    answers = []
    for paragraph in paragraphs(gold):
        passage, _ = index.best(paragraph["text"])
        answers.append(answer(paragraph["indicator"], found[passage["place"]] if passage else ()))
    return answers


def paragraphs(gold: dict[str, Any]) -> list[dict[str, Any]]:
    return [block for block in gold["report"] if block["type"] == "para"]


def accuracy(answers: Iterable[Answer]) -> Figures:
    given = list(answers)
    labelled = [one for one in given if one.wanted]
    silent = [one for one in given if not one.wanted]
    return {
        "passages": float(len(labelled)),
        "accuracy_at_1": share(sum(one.right for one in labelled), len(labelled)),
        "accuracy_at_3": share(sum(one.wanted in one.ranked[:3] for one in labelled), len(labelled)),
        "left_unmapped": share(sum(not one.ranked for one in silent), len(silent)),
    }


def by_chapter(answers: Iterable[Answer]) -> dict[str, Figures]:
    chapters: dict[str, list[Answer]] = {}
    for one in answers:
        if one.wanted:
            chapters.setdefault(one.wanted.split(".")[0], []).append(one)
    return {chapter: accuracy(chapters[chapter]) for chapter in sorted(chapters)}


def confusions(answers: Iterable[Answer], most: int = 15) -> list[tuple[str, str, int]]:
    """(labelled, answered, how often), the most frequent first."""
    pairs = Counter(
        (one.wanted or "none", one.ranked[0] if one.ranked else "none")
        for one in answers
        if not one.right and (one.wanted or one.ranked)
    )
    ordered = sorted(pairs.items(), key=lambda pair: (-pair[1], pair[0]))
    return [(*pair, count) for pair, count in ordered[:most]]


def calibration(answers: Iterable[Answer]) -> tuple[float | None, list[tuple[float, float, int]]]:
    """Expected calibration error, and (mean score, share right, count) of every bin that holds answers.
    What was left unmapped has no score and takes no part."""
    bins: dict[int, list[Answer]] = {}
    for one in answers:
        if one.ranked:
            bins.setdefault(min(int(one.score * BINS), BINS - 1), []).append(one)
    points = [
        (sum(a.score for a in held) / len(held), sum(a.right for a in held) / len(held), len(held))
        for _, held in sorted(bins.items())
    ]
    total = sum(count for *_, count in points)
    return share(sum(abs(score - right) * count for score, right, count in points), total), points
