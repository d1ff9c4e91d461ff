"""Coverage: for each part and indicator, what was found of what is expected, and what may be unseen."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from mapping.match import UNSURE
from mapping.unseen import doubts
from models.assessment import (
    AspectLabel,
    Coverage,
    CoverageStatus,
    IndicatorScore,
    RequirementCoverage,
    RequirementStatus,
)
from models.criteria import ASPECTS, AspectName, Criteria, Indicator, Requirement
from models.document import Part, PartKind
from models.encoder import FloatArray
from models.judgement import Aspect, Match, Outline
from models.passage import Passage

SECONDARY = 0.35
"""Probability from which an indicator that is not a passage's first counts as answered too."""
NEARLY = 0.4
"""Share from which a passage tells an aspect beside its first: a method and its deployment are often told in
one paragraph, and neither is then to be called not found."""
NEAREST = 3
_REFERENCE = re.compile(
    r"(?:参阅|(?<![可常罕显意])见)(?:本报告|前文|下文|上文)?\s*"
    r"(?:\d+(?:\.\d+)+|第\s*[\d一二三四五六七八九十]|[\d一二三四五六七八九十、]+\s*[章节条])"
)
"""A number alone refers to nothing: 可见一斑, 见3名顾客."""
_MOSTLY_REFERENCE = 60
"""A passage of at most so many characters that refers elsewhere says nothing of its own."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One part with everything the model says of it; ``matches`` and ``aspects`` per passage."""

    part: Part
    outline: Outline
    passages: tuple[Passage, ...]
    matches: tuple[Match, ...]
    aspects: tuple[Aspect, ...]
    doubtful_blocks: frozenset[int] = frozenset()
    """Blocks at which something could not be read: pictures, pages without text."""
    vectors: FloatArray = None
    """(passages, dimensions) of their full text."""


Closest = Callable[[FloatArray], Mapping[str, tuple[int, ...]]]
"""For vectors of passages, the positions of those closest to each indicator, nearest first."""


@dataclass(frozen=True, slots=True)
class Voice:
    """What coverage needs of a passage: its text and what the model, or a person, says of it."""

    id: str
    text: str
    indicators: tuple[IndicatorScore, ...]
    requirements: tuple[str, ...]
    aspect: AspectLabel
    shares: Mapping[str, float]
    """By aspect."""

    def tells(self, aspect: AspectName) -> bool:
        return self.aspect == aspect or self.shares.get(aspect, 0.0) >= NEARLY


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What decides where no passage answers an indicator."""

    maybe: bool
    """Some passage may answer it, though another is likelier."""
    named: bool
    """A heading names it, and text stands under it."""
    unseen: bool
    """Pictures or unread pages stand where its text may be."""
    nearest: tuple[str, ...] = ()


def cover(reading: Reading, criteria: Criteria, closest: Closest | None = None) -> tuple[Coverage, ...]:
    """One row per indicator: of the overview for an overview, of the chapters for the others.

    ``closest`` is asked only where something was not found, for where to look."""
    indicators = asked(reading.part.kind, criteria)
    voices = _voices(reading)
    answers = answering(voices)
    nearest = _nearest(reading, {i.id for i in indicators} - answers.keys(), closest) if indicators else {}
    perhaps = maybe(voices, criteria)
    unread = doubts(reading.part, reading.outline, reading.doubtful_blocks)
    return tuple(
        coverage_row(
            reading.part.id,
            indicator,
            answers.get(indicator.id, ()),
            Surroundings(
                indicator.id in perhaps,
                _named(reading, indicator),
                any(doubt.may_hold(indicator.id) for doubt in unread),
                nearest.get(indicator.id, ()),
            ),
        )
        for indicator in indicators
    )


def asked(kind: PartKind, criteria: Criteria) -> tuple[Indicator, ...]:
    """The indicators that a part of a kind is held against."""
    if kind == "overview":
        return criteria.overview_indicators
    return criteria.indicators if kind in ("report", "annual") else ()


def answering(voices: Sequence[Voice]) -> dict[str, list[Voice]]:
    """The passages that answer each indicator."""
    answers: dict[str, list[Voice]] = {}
    for voice in voices:
        for rank, score in enumerate(voice.indicators):
            if rank == 0 or score.score >= SECONDARY:
                answers.setdefault(score.id, []).append(voice)
    return answers


def maybe(voices: Sequence[Voice], criteria: Criteria) -> frozenset[str]:
    """Indicators that some passage may answer, though another is likelier. A result indicator that is
    only the link of a result told under its process does not count: it is asked for in its own place."""
    results = {i.id for i in criteria.indicators if i.expected == ("result",)}
    return frozenset(
        score.id
        for voice in voices
        for score in voice.indicators[1:]
        if score.score >= UNSURE and (score.id not in results or voice.indicators[0].id in results)
    )


def coverage_row(
    document: str, indicator: Indicator, answers: Sequence[Voice], around: Surroundings
) -> Coverage:
    """What one document says of one indicator, from the passages that answer it."""
    counts = {aspect: sum(voice.tells(aspect) for voice in answers) for aspect in ASPECTS}
    return Coverage(
        document=document,
        indicator=indicator.id,
        status=_status(indicator, answers, counts, around),
        expected=indicator.expected,
        approach=counts["approach"],
        deployment=counts["deployment"],
        result=counts["result"],
        requirements=tuple(_point(point, answers) for point in indicator.requirements),
        passages=tuple(voice.id for voice in answers),
        nearest=() if answers else around.nearest,
        unseen=around.unseen,
    )


def _voices(reading: Reading) -> tuple[Voice, ...]:
    told = zip(reading.passages, reading.matches, reading.aspects, strict=True)
    return tuple(
        Voice(passage.id, passage.text, match.indicators, match.requirements, aspect.label, aspect.shares)
        for passage, match, aspect in told
    )


def _status(
    indicator: Indicator,
    answers: Sequence[Voice],
    counts: Mapping[AspectName, int],
    around: Surroundings,
) -> CoverageStatus:
    """``missing`` only where no passage, not even an unsure one, no heading and nothing unread could
    hold the answer."""
    if answers:
        if all(counts[aspect] for aspect in indicator.expected):
            return "covered"
        return "referred" if all(_only_refers(voice.text) for voice in answers) else "partial"
    if around.maybe or around.named:
        return "partial"
    return "unknown" if around.unseen else "missing"


def _point(point: Requirement, answers: Sequence[Voice]) -> RequirementCoverage:
    speaking = tuple(voice.id for voice in answers if point.id in voice.requirements)
    status: RequirementStatus = "covered" if speaking else "weak" if answers else "missing"
    return RequirementCoverage(point.id, status, speaking)


def _only_refers(text: str) -> bool:
    return len(text) <= _MOSTLY_REFERENCE and _REFERENCE.search(text) is not None


def _named(reading: Reading, indicator: Indicator) -> bool:
    """Whether a heading of the report names the indicator and text stands under it."""
    headings = {t.block for t in reading.outline.targets if t.node == indicator.id}
    return any(not headings.isdisjoint(passage.headings) for passage in reading.passages)


def _nearest(reading: Reading, wanted: set[str], closest: Closest | None) -> dict[str, tuple[str, ...]]:
    """For indicators without an answer the passages to look at first: those that may answer them, by
    probability, then those closest in meaning."""
    if not wanted or not reading.passages:
        return {}
    found: dict[str, list[tuple[float, int]]] = {indicator: [] for indicator in wanted}
    for position, match in enumerate(reading.matches):
        for score in (*match.indicators[1:], *([match.best] if match.best else [])):
            if score.id in wanted:
                found[score.id].append((-score.score, position))
    near = closest(reading.vectors) if closest else {}
    return {
        indicator: tuple(
            reading.passages[position].id
            for position in list(dict.fromkeys([*(p for _, p in sorted(maybe)), *near.get(indicator, ())]))[
                :NEAREST
            ]
        )
        for indicator, maybe in found.items()
    }
