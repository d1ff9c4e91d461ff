"""Coverage: for each part and indicator, what was found of what is expected, and what may be unseen."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from mapping.match import UNSURE
from models.assessment import Coverage, CoverageStatus, RequirementCoverage, RequirementStatus
from models.criteria import ASPECTS, AspectName, Criteria, Indicator, Requirement
from models.document import Part
from models.encoder import FloatArray
from models.judgement import Aspect, Match, Outline
from models.passage import Passage

SECONDARY = 0.35
"""Probability from which an indicator that is not a passage's first counts as answered too."""
NEAREST = 3
_REFERENCE = re.compile(
    r"(?:详见|参见|见|参阅)(?:本报告|前文|下文|上文)?\s*第?\s*(\d(?:\.\d+)*|[一二三四五六七八九十]+)\s*[章节条]?"
)
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


def cover(reading: Reading, criteria: Criteria, closest: Closest | None = None) -> tuple[Coverage, ...]:
    """One row per indicator: of the overview for an overview, of the chapters for the others.

    ``closest`` is asked only where something was not found, for where to look."""
    if reading.part.kind == "overview":
        indicators = criteria.overview_indicators
    elif reading.part.kind in ("report", "annual"):
        indicators = criteria.indicators
    else:
        return ()
    answers = _answers(reading)
    results = frozenset(i.id for i in indicators if i.expected == ("result",))
    nearest = _nearest(reading, {i.id for i in indicators} - answers.keys(), closest)
    maybe = _maybe(reading, results)
    return tuple(_row(reading, indicator, answers, nearest, maybe) for indicator in indicators)


def _answers(reading: Reading) -> dict[str, list[int]]:
    """Positions of the passages that answer each indicator."""
    answers: dict[str, list[int]] = {}
    for position, match in enumerate(reading.matches):
        for rank, score in enumerate(match.indicators):
            if rank == 0 or score.score >= SECONDARY:
                answers.setdefault(score.id, []).append(position)
    return answers


def _maybe(reading: Reading, results: frozenset[str]) -> frozenset[str]:
    """Indicators that some passage may answer, though another is likelier. A result indicator that is
    only the link of a result told under its process does not count: it is asked for in its own place."""
    return frozenset(
        score.id
        for match in reading.matches
        for score in match.indicators[1:]
        if score.score >= UNSURE and (score.id not in results or match.indicators[0].id in results)
    )


def _row(
    reading: Reading,
    indicator: Indicator,
    answers: Mapping[str, Sequence[int]],
    nearest: Mapping[str, tuple[str, ...]],
    maybe: frozenset[str],
) -> Coverage:
    positions = answers.get(indicator.id, ())
    counts = {aspect: sum(reading.aspects[p].label == aspect for p in positions) for aspect in ASPECTS}
    unseen = _unseen(reading, indicator)
    return Coverage(
        document=reading.part.id,
        indicator=indicator.id,
        status=_status(reading, indicator, positions, counts, unseen, indicator.id in maybe),
        expected=indicator.expected,
        approach=counts["approach"],
        deployment=counts["deployment"],
        result=counts["result"],
        requirements=tuple(_point(point, reading, positions) for point in indicator.requirements),
        passages=tuple(reading.passages[p].id for p in positions),
        nearest=() if positions else nearest.get(indicator.id, ()),
        unseen=unseen,
    )


def _status(
    reading: Reading,
    indicator: Indicator,
    positions: Sequence[int],
    counts: Mapping[AspectName, int],
    unseen: bool,
    maybe: bool,
) -> CoverageStatus:
    """``missing`` only where no passage, not even an unsure one, no heading and nothing unread could
    hold the answer."""
    if positions:
        if all(counts[aspect] for aspect in indicator.expected):
            return "covered"
        return "referred" if all(_only_refers(reading.passages[p]) for p in positions) else "partial"
    if maybe or _named(reading, indicator):
        return "partial"
    return "unknown" if unseen else "missing"


def _point(point: Requirement, reading: Reading, positions: Sequence[int]) -> RequirementCoverage:
    speaking = tuple(reading.passages[p].id for p in positions if point.id in reading.matches[p].requirements)
    status: RequirementStatus = "covered" if speaking else "weak" if positions else "missing"
    return RequirementCoverage(point.id, status, speaking)


def _only_refers(passage: Passage) -> bool:
    return len(passage.text) <= _MOSTLY_REFERENCE and _REFERENCE.search(passage.text) is not None


def _named(reading: Reading, indicator: Indicator) -> bool:
    """Whether a heading of the report names the indicator and text stands under it."""
    headings = {t.block for t in reading.outline.targets if t.node == indicator.id}
    return any(not headings.isdisjoint(passage.headings) for passage in reading.passages)


def _unseen(reading: Reading, indicator: Indicator) -> bool:
    """Whether something unread stands where the indicator's text may be: under a heading of its item
    or chapter, or, where no heading says where one is, anywhere."""
    if not reading.doubtful_blocks:
        return False
    chapter = indicator.id.split(".")[0]
    nodes = {target.block: target.node for target in reading.outline.targets if target.node}
    section: str | None = None
    for block in reading.part.blocks:
        section = nodes.get(block.index, section)
        if block.index in reading.doubtful_blocks:
            near = section is None or _covers(section, indicator.id) or section == chapter
            if near:
                return True
    return False


def _covers(node: str, indicator: str) -> bool:
    """Whether the indicator stands under the node or beside it in the same item."""
    item = indicator.rsplit(".", 1)[0]
    return node in (item, indicator) or node.rsplit(".", 1)[0] == item


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
