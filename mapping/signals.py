"""All signals of one part's passages, read once."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from mapping.decode import Evidence
from mapping.fusion import (
    Weights,
    boundaries,
    confidence,
    fused,
    groups_of,
    heading_fits,
    likelihoods,
    none_odds,
    softmax,
)
from mapping.heads import Scores
from mapping.index import IndicatorIndex
from models.document import PartKind
from models.encoder import FloatArray
from models.judgement import Outline
from models.passage import Passage

DATA_NONE = 0.1
"""Factor of the odds that a table or chart answers nothing: the heads have only seen prose, and a report
seldom spends a table on nothing."""
FIGURES = 0.3
"""Share of a table's cells from which it is one of figures; a third of the cells are names and units."""
_NUMBER = re.compile(r"[-+±]?[\d,，.]+\s*(?:%|％|‰|万元|亿元)?")


@dataclass(frozen=True)
class Signals:
    """``groups`` are the sets of indicators that compete; together they are the evidence's contexts."""

    words: Scores
    meaning: Scores
    groups: tuple[tuple[str, ...], ...]
    evidence: Evidence
    weights: Weights


def read_signals(
    passages: Sequence[Passage],
    vectors: FloatArray,
    outline: Outline,
    kind: PartKind,
    index: IndicatorIndex,
    weights: Weights,
) -> Signals:
    groups = groups_of(kind, index.kinds)
    contexts = tuple(identity for group in groups for identity in group)
    texts = [passage.full_text for passage in passages]
    belief = confidence(texts)
    words = index.words(texts).scaled(belief)
    meaning = index.sense(vectors).scaled(belief)
    titles = _own_titles(passages, outline, groups, index, weights)
    evidence = Evidence(
        contexts=contexts,
        answers=likelihoods(words, meaning, groups, weights) * _place(passages, groups, weights),
        none=none_odds(words, meaning, weights) * np.where(_data(passages), DATA_NONE, 1.0),
        headings=heading_fits(passages, outline, contexts, titles, index.criteria, weights),
        boundaries=boundaries(passages),
    )
    return Signals(words, meaning, groups, evidence, weights)


def _data(passages: Sequence[Passage]) -> FloatArray:
    return np.array([passage.kind in ("table", "chart") for passage in passages])


def _place(passages: Sequence[Passage], groups: Sequence[tuple[str, ...]], weights: Weights) -> FloatArray:
    """(passages, contexts): figures in a table or chart stand rather under results."""
    if len(groups) == 1:
        return np.ones((len(passages), 1))
    figures = np.array([passage.kind == "chart" or _is_figures(passage) for passage in passages])
    lift = [1.0] * len(groups[0]) + [weights.figures] * len(groups[1])
    return np.where(figures[:, None], np.array(lift), 1.0)


def _is_figures(passage: Passage) -> bool:
    cells = [cell for cell in re.split(r"[\t\n]", passage.text) if cell.strip()]
    numbers = sum(_NUMBER.fullmatch(cell.strip()) is not None for cell in cells)
    return passage.kind == "table" and numbers >= FIGURES * len(cells) > 0


def _own_titles(
    passages: Sequence[Passage],
    outline: Outline,
    groups: Sequence[tuple[str, ...]],
    index: IndicatorIndex,
    weights: Weights,
) -> dict[int, FloatArray]:
    """Log-shares per context of every heading that names no node of the criteria."""
    named = {target.block for target in outline.targets if target.node is not None}
    titles = {
        block: title
        for passage in passages
        for block, title in zip(passage.headings, passage.heading_path, strict=True)
        if block not in named
    }
    if not titles:
        return {}
    texts = list(titles.values())
    belief = confidence(texts)
    words = index.words(texts).scaled(belief)
    meaning = index.sense(index.encoder.encode(texts)).scaled(belief)
    shares = np.hstack([softmax(fused(words, meaning, group, weights)) for group in groups])
    return dict(zip(titles, np.log(shares), strict=True))
