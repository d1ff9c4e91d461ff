"""Passages of real organisations, judged alone, without a heading: `../shared`.

They are other people's text: measured on where they are, never kept here. The split by document is that
of the mapping's training (`mapping.training.labelled`). The shipped aspect head is fitted on all of them
(`nlp.training.aspects` cross-validates it), so aspects are not scored here.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.reading_score import Scores, share
from mapping.training.labelled import Labelled, read_own, read_real

if TYPE_CHECKING:
    from api.bootstrap import Tools
    from models.judgement import Match

SHARED = Path(__file__).parents[2] / "shared"
HAND = Path(__file__).parent / "passages" / "hd.jsonl"
"""Passages of ours by a hand that no weight has seen."""
Answer = tuple[str, ...]
"""The indicators that the program gives to one passage, best first."""


def groups(aliases: dict[str, str]) -> dict[str, list[Labelled]]:
    """Real passages by kind of source and by what they were used for; and ours of a held-out hand."""
    found: dict[str, list[Labelled]] = {}
    for passage in read_real(SHARED, aliases):
        use = "held out" if passage.held_out else "trained on"
        found.setdefault(f"{passage.source}, {use}", []).append(passage)
    return dict(sorted(found.items())) | {"written by a held-out hand": list(read_own((HAND,), aliases))}


def judge(texts: Sequence[str], tools: Tools) -> list[Answer]:
    """The indicators of texts, each judged alone."""
    return [tuple(one.id for one in found.indicators) for found in matches(texts, tools)]


def matches(texts: Sequence[str], tools: Tools) -> list[Match]:
    """The program's own judgement of texts, each alone: under no heading and with no neighbours.

    The files are in the order of the indicators; neighbours would tell the answer.
    """
    from mapping.match import match
    from models.document import Place
    from models.judgement import Outline
    from models.passage import Passage

    vectors = tools.encoder.encode(list(texts))
    matched = []
    for n, text in enumerate(texts):
        passage = Passage("p", "d1", "paragraph", text, (), (), 0, 0, 0, Place())
        (found,) = match([passage], vectors[n : n + 1], Outline("own", ()), "report", tools.index)
        matched.append(found)
    return matched


def score_real(passages: Sequence[Labelled], answers: Sequence[Answer]) -> Scores:
    pairs = list(zip(passages, answers, strict=True))
    labelled = [(p, a) for p, a in pairs if p.indicator]
    silent = [a for p, a in pairs if not p.indicator]
    count = len(labelled)
    return {
        "passages": float(len(pairs)),
        "accuracy_at_1": share(sum(a[:1] == (p.indicator,) for p, a in labelled), count),
        "accuracy_at_1_lenient": share(sum(_lenient(p, a) for p, a in labelled), count),
        "accuracy_at_3": share(sum(p.indicator in a[:3] for p, a in labelled), count),
        "item_accuracy": share(sum(_item(p.indicator) == _item(*a[:1]) for p, a in labelled), count),
        "answered": share(sum(bool(a) for _, a in labelled), count),
        "left_unmapped": share(sum(not a for a in silent), len(silent)),
    }


def _lenient(passage: Labelled, answer: Answer) -> bool:
    return bool(answer) and answer[0] in (passage.indicator, *passage.also)


def _item(indicator: str | None = None) -> str | None:
    return indicator.rsplit(".", 1)[0] if indicator else None
