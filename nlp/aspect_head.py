"""The head: how likely a text tells of approach, deployment, result, or none of them.

It looks at n-grams, cue words and, by the shipped encoder whatever the mapping uses, at how near a text's
vector is to some hundred others, so that an aspect does not change with ``--model``.
Weights by ``python -m nlp.training.aspects``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from models.assessment import AspectLabel
from models.encoder import FloatArray
from nlp.aspect_features import DATA, cue_row, gram_scores, masked, normal
from nlp.encoder import load_encoder
from nlp.split import sentences
from nlp.tensors import read_tensors

CLASSES: tuple[AspectLabel, ...] = ("approach", "deployment", "result", "none")
HEAD = DATA / "head.safetensors"


@dataclass(frozen=True, slots=True)
class Judged:
    """Probabilities in the order of ``CLASSES``: (passages, 4), and (sentences, 4) with the passage
    that each sentence is of and its length."""

    passages: FloatArray
    sentences: FloatArray
    owner: FloatArray
    length: FloatArray


@dataclass(frozen=True, slots=True)
class Views:
    """Texts as the head sees them: cue features of sentences, and over a text their mean and maximum."""

    texts: tuple[str, ...]
    pieces: tuple[str, ...]
    owner: Any
    rows: Any


def judge(texts: Sequence[str]) -> Judged:
    import numpy as np

    views = view(texts)
    scores = _scores(views.texts, pooled(views))
    alone = _scores(views.pieces, np.hstack([views.rows, views.rows]))
    lengths = np.array([len(piece) for piece in views.pieces], dtype=np.float32)
    return Judged(_softmax(scores), _softmax(alone), views.owner, lengths)


def view(texts: Sequence[str]) -> Views:
    """Each text has at least one sentence, an empty one if need be."""
    import numpy as np

    cut = [[piece for piece in sentences(text) if piece.strip()] or [""] for text in texts]
    pieces = tuple(normal(piece) for row in cut for piece in row)
    owner = np.repeat(np.arange(len(texts)), [len(row) for row in cut])
    rows = np.array([cue_row(piece) for piece in pieces], dtype=np.float32).reshape(len(pieces), -1)
    return Views(tuple(normal(text) for text in texts), pieces, owner, rows)


def pooled(views: Views) -> FloatArray:
    """(texts, 2 x features): mean and maximum over the sentences of each text."""
    import numpy as np

    number = np.bincount(views.owner, minlength=len(views.texts))
    starts = np.concatenate(([0], np.cumsum(number)[:-1]))
    means = np.add.reduceat(views.rows, starts, axis=0) / number[:, None]
    return np.hstack([means, np.maximum.reduceat(views.rows, starts, axis=0)])


def _scores(texts: Sequence[str], cue_features: FloatArray) -> FloatArray:
    head = _head()
    near = nearness(load_encoder().encode(texts), head["centres"])
    return (
        gram_scores([masked(text) for text in texts], head["grams"])
        + cue_features @ head["cues"]
        + near @ head["nearness"]
    )


def nearness(vectors: FloatArray, centres: FloatArray) -> FloatArray:
    """(texts, centres) in 0 to 1, a Gaussian of the distance; all vectors have length 1. It tells a method
    from its deployment where a linear function of the vector does not."""
    import numpy as np

    near: FloatArray = np.exp(vectors @ centres.T - 1)
    return near


def _softmax(scores: FloatArray) -> FloatArray:
    import numpy as np

    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


@cache
def _head() -> dict[str, Any]:
    import numpy as np

    return {name: array.astype(np.float32) for name, array in read_tensors(HEAD).items()}
