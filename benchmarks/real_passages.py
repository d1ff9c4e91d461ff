"""Passages of real organisations, judged alone, without a heading: `../shared/real`.

They are other people's text: measured on where they are, never kept here. The documents are split in
two by the hash of their name; nothing may be tuned on the held-out half.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from benchmarks.gold.score import prf
from benchmarks.reading_score import Scores, share
from models.criteria import ASPECTS

if TYPE_CHECKING:
    from api.bootstrap import Tools

REAL = Path(__file__).parents[2] / "shared" / "real"
FILES = ("passages.jsonl", "prospectuses.jsonl")
Half = Literal["development", "held out"]


@dataclass(frozen=True, slots=True)
class RealPassage:
    text: str
    indicator: str | None
    also: tuple[str, ...]
    aspect: str
    document: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What the program says of one passage: indicators, best first, and the aspect."""

    indicators: tuple[str, ...]
    aspect: str


def load_real(path: Path) -> list[RealPassage]:
    rows = (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines())
    return [
        RealPassage(r["text"], r["indicator"], tuple(r["also"]), r["aspect"], document_of(r["source"]))
        for r in rows
    ]


def document_of(source: str) -> str:
    """Name of the document or site that a passage comes from: passages of one are alike."""
    company = re.search(r"[一-鿿（）()]*有限公司", source)
    return company[0] if company else source.split("@", maxsplit=1)[0]


def half(document: str) -> Half:
    return "development" if hashlib.sha256(document.encode()).digest()[0] % 2 == 0 else "held out"


def judge(texts: Sequence[str], tools: Tools) -> list[Answer]:
    """The program's own judgement of texts that stand under no heading."""
    from mapping.match import match
    from models.document import Place
    from models.judgement import Outline
    from models.passage import Passage
    from nlp.aspects import tag_aspects

    passages = [
        Passage(f"p-{n}", f"d{n}", "paragraph", text, (), (), n, n, 0, Place())
        for n, text in enumerate(texts)
    ]
    vectors = tools.encoder.encode(list(texts))
    matches = match(passages, vectors, Outline("own", ()), "report", tools.index)
    aspects = tag_aspects(passages, vectors)
    return [
        Answer(tuple(i.id for i in one.indicators), aspect.label)
        for one, aspect in zip(matches, aspects, strict=True)
    ]


def score_real(passages: Sequence[RealPassage], answers: Sequence[Answer]) -> Scores:
    pairs = list(zip(passages, answers, strict=True))
    labelled = [(p, a) for p, a in pairs if p.indicator]
    silent = [a for p, a in pairs if not p.indicator]
    count = len(labelled)
    return {
        "passages": float(len(pairs)),
        "accuracy_at_1": share(sum(a.indicators[:1] == (p.indicator,) for p, a in labelled), count),
        "accuracy_at_1_lenient": share(sum(bool(_lenient(p, a)) for p, a in labelled), count),
        "accuracy_at_3": share(sum(p.indicator in a.indicators[:3] for p, a in labelled), count),
        "item_accuracy": share(
            sum(_item(p.indicator) == _item(*a.indicators[:1]) for p, a in labelled), count
        ),
        "answered": share(sum(bool(a.indicators) for _, a in labelled), count),
        "left_unmapped": share(sum(not a.indicators for a in silent), len(silent)),
        "aspect_macro_f1": _macro_f1(pairs),
    }


def _lenient(passage: RealPassage, answer: Answer) -> bool:
    return bool(answer.indicators) and answer.indicators[0] in (passage.indicator, *passage.also)


def _item(indicator: str | None = None) -> str | None:
    return indicator.rsplit(".", 1)[0] if indicator else None


def _macro_f1(pairs: Iterable[tuple[RealPassage, Answer]]) -> float:
    labels = [(p.aspect, a.aspect) for p, a in pairs]
    scores = []
    for aspect in ASPECTS:
        hits = sum(wanted == got == aspect for wanted, got in labels)
        false = sum(got == aspect != wanted for wanted, got in labels)
        missed = sum(wanted == aspect != got for wanted, got in labels)
        scores.append(prf(hits, false, missed)["f1"] or 0.0)
    return round(sum(scores) / len(scores), 4)
