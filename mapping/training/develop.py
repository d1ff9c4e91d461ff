"""Development figures: ``python -m mapping.training.develop``, about four minutes on two cores.

Every labelled passage that is not held out is judged by heads that have not seen its document (an
industry of our own corpus, a company, a block of ESG rows): four folds. From these judgements

* reports are made up of our own passages in the order of the criteria, a twentieth of them moved to
  another place and the fillers in between, under headings of items or under none, and decoded;
* real passages are judged alone.

The weights of ``fusion.Weights`` and ``decode.Habits`` were chosen on these figures, by hand, one at a
time; they are flat around the values chosen. ``fusion.ALONE`` is told in the training notes.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from mapping.decode import REPORT, Evidence, decode
from mapping.fusion import (
    ALONE,
    Weights,
    boundaries,
    confidence,
    groups_of,
    heading_fits,
    likelihoods,
    none_odds,
)
from mapping.heads import Scores, kinds_of
from mapping.match import SILENT
from mapping.training.labelled import FOLDS, Labelled
from mapping.training.lexical import fit_lexical
from mapping.training.meaning import fit_meaning
from mapping.training.train import named, read_labelled
from models.criteria import Criteria
from models.document import Place
from models.encoder import Encoder, FloatArray, Segmenter
from models.judgement import HeadingTarget, Outline
from models.passage import Passage

MOVED = 0.05
"""Share of a made-up report's passages that stand under another indicator."""


@dataclass(frozen=True)
class Judged:
    """Passages with the scores of heads that have not seen their document."""

    data: tuple[Labelled, ...]
    words: Scores
    meaning: Scores

    def of(self, rows: Sequence[int]) -> tuple[Scores, Scores]:
        belief = confidence([self.data[row].text for row in rows])
        picked = list(rows)
        return (
            Scores(self.words.heads, self.words.logits[picked]).scaled(belief),
            Scores(self.meaning.heads, self.meaning.logits[picked]).scaled(belief),
        )


@dataclass
class Tally:
    """Counts over passages that answer something and passages that answer nothing."""

    answering: int = 0
    first: int = 0
    third: int = 0
    silent: int = 0
    left: int = 0

    def add(self, chances: FloatArray, none: float, wanted: int | None, unsure: float) -> None:
        quiet = none > SILENT or chances.max() < unsure
        if wanted is None:
            self.silent += 1
            self.left += bool(quiet)
            return
        ranked = np.argsort(-chances)
        self.answering += 1
        self.first += bool(not quiet and ranked[0] == wanted)
        self.third += bool(not quiet and wanted in ranked[:3])

    def __str__(self) -> str:
        return (
            f"{self.answering} passages: @1 {self.first / self.answering:.3f}, "
            f"@3 {self.third / self.answering:.3f}; "
            f"of {self.silent} that answer nothing {self.left} left unmapped"
        )


def main() -> int:
    from mapping.criteria import load_criteria

    criteria = load_criteria()
    data = tuple(one for one in read_labelled(criteria) if not one.held_out)
    judged = cross_validate(data, criteria, named("nlp.encoder:load_encoder")(), named("nlp.words:words"))
    for style in ("item", "none"):
        print(f"made-up reports, headings {style}: {made_up(judged, criteria, style)}")
    for source in ("esg", "prospectus", "web"):
        print(f"real passages alone, {source}: {alone(judged, criteria, source)}")
    return 0


def cross_validate(
    data: tuple[Labelled, ...], criteria: Criteria, encoder: Encoder, segmenter: Segmenter
) -> Judged:
    vectors = encoder.encode([one.text for one in data])
    parts: dict[str, list[FloatArray]] = {"words": [], "meaning": []}
    rows: list[int] = []
    heads: tuple[str, ...] = ()
    for fold in range(FOLDS):
        seen = [n for n, one in enumerate(data) if one.fold != fold]
        unseen = [n for n, one in enumerate(data) if one.fold == fold]
        lexical = fit_lexical([data[n] for n in seen], criteria, segmenter)
        meaning = fit_meaning([data[n] for n in seen], vectors[seen], criteria)
        heads = lexical.heads
        parts["words"].append(lexical.scores([data[n].text for n in unseen], segmenter))
        parts["meaning"].append(meaning.scores(vectors[unseen]).of(heads))
        rows.extend(unseen)
    order = np.argsort(rows)
    words, meanings = (np.concatenate(parts[kind])[order] for kind in ("words", "meaning"))
    return Judged(data, Scores(heads, words), Scores(heads, meanings))


def alone(judged: Judged, criteria: Criteria, source: str, weights: Weights = ALONE) -> Tally:
    groups = groups_of("report", kinds_of(criteria))
    contexts = tuple(identity for group in groups for identity in group)
    rows = [n for n, one in enumerate(judged.data) if one.source == source]
    words, meaning = judged.of(rows)
    likely = likelihoods(words, meaning, groups, weights) / len(contexts)
    none = none_odds(words, meaning, weights)
    total = likely.sum(axis=1) + none
    tally = Tally()
    for place, row in enumerate(rows):
        wanted = _place(judged.data[row], contexts)
        tally.add(likely[place] / total[place], none[place] / total[place], wanted, weights.unsure)
    return tally


def made_up(judged: Judged, criteria: Criteria, style: str, weights: Weights = Weights()) -> Tally:  # noqa: B008
    groups = groups_of("report", kinds_of(criteria))
    contexts = tuple(identity for group in groups for identity in group)
    tally = Tally()
    for report in _reports(judged.data, contexts, len(groups[0])):
        rows = [row for _, row in report]
        words, meaning = judged.of(rows)
        passages, outline = _headed([contexts[c] for c, _ in report], criteria, style)
        evidence = Evidence(
            contexts,
            likelihoods(words, meaning, groups, weights),
            none_odds(words, meaning, weights),
            heading_fits(passages, outline, contexts, {}, criteria, weights),
            boundaries(passages),
        )
        decoded = decode(evidence, criteria, REPORT)
        for place, row in enumerate(rows):
            wanted = _place(judged.data[row], contexts)
            tally.add(decoded.answers[place], float(decoded.none[place]), wanted, weights.unsure)
    return tally


def _place(one: Labelled, contexts: Sequence[str]) -> int | None:
    return None if one.indicator is None else contexts.index(one.indicator)


def _reports(
    data: Sequence[Labelled], contexts: tuple[str, ...], process: int
) -> Iterator[list[tuple[int, int]]]:
    """Two reports per fold, as (context it stands under, place in the data)."""
    chance = random.Random(5)
    for fold in range(FOLDS):
        own = [n for n, one in enumerate(data) if one.source == "corpus" and one.fold == fold]
        groups = sorted({data[n].group for n in own})
        for half in range(2):
            rows = [n for n in own if groups.index(data[n].group) % 2 == half]
            yield _report(rows, data, contexts, process, chance)


def _report(
    rows: Sequence[int],
    data: Sequence[Labelled],
    contexts: tuple[str, ...],
    process: int,
    chance: random.Random,
) -> list[tuple[int, int]]:
    placed = []
    for row in rows:
        if data[row].indicator in contexts:
            context = contexts.index(data[row].indicator or "")
            moved = context < process and chance.random() < MOVED
            placed.append((chance.randrange(process) if moved else context, chance.random(), row))
    report = [(context, row) for context, _, row in sorted(placed)]
    for row in rows:
        if data[row].indicator is None:
            where = chance.randrange(len(report))
            report.insert(where, (report[where][0], row))
    return report


def _headed(indicators: Sequence[str], criteria: Criteria, style: str) -> tuple[tuple[Passage, ...], Outline]:
    """Passages without text under headings of their chapter and item, or under none."""
    blocks: dict[str, int] = {}
    passages = []
    for indicator in indicators:
        item = criteria.indicator(indicator).item
        nodes = (item.rpartition(".")[0], item) if style == "item" else ()
        headings = tuple(blocks.setdefault(node, len(blocks)) for node in nodes)
        passages.append(Passage("", "d1", "paragraph", "", nodes, headings, 0, 0, 0, Place()))
    targets = tuple(HeadingTarget(block, node, 1.0) for node, block in blocks.items())
    return tuple(passages), Outline("criteria", targets)


if __name__ == "__main__":
    sys.exit(main())
