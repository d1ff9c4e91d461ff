"""A text as counted n-grams and words: what the lexical signal sees of it."""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from models.encoder import FloatArray, Segmenter

LONGEST_GRAM = 3
"""Characters. Four add nothing (see the training notes)."""
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_SPACE = re.compile(r"\s+")
_WORD = re.compile(r"\w")


def normal(text: str) -> str:
    """Width-folded, lower case, without white space, every number a 0: values tell nothing of a subject."""
    folded = unicodedata.normalize("NFKC", text).lower()
    return _NUMBER.sub("0", _SPACE.sub("", folded))


def grams(text: str) -> Counter[str]:
    """Character n-grams of a normal text."""
    return Counter(
        text[start : start + size]
        for size in range(1, LONGEST_GRAM + 1)
        for start in range(len(text) - size + 1)
    )


def words(text: str, segmenter: Segmenter) -> Counter[str]:
    """Words of a normal text, punctuation left out."""
    return Counter(word for word in segmenter(text) if _WORD.search(word))


@dataclass(frozen=True)
class Sparse:
    """Rows of (feature, value), the rows one after the other; row i is ``starts[i]:starts[i + 1]``."""

    starts: FloatArray
    features: FloatArray
    values: FloatArray

    def times(self, weights: FloatArray) -> FloatArray:
        """(rows, columns) float32: the product with a matrix of one row per feature."""
        rows = len(self.starts) - 1
        out = np.zeros((rows, weights.shape[1]), np.float32)
        for row in range(rows):
            span = slice(self.starts[row], self.starts[row + 1])
            out[row] = self.values[span] @ weights[self.features[span]]
        return out


@dataclass(frozen=True)
class Vocabulary:
    """Known features of one kind with the inverse document frequency of each."""

    places: Mapping[str, int]
    idf: FloatArray

    def weigh(self, counts: Counter[str], share: float) -> tuple[list[int], FloatArray]:
        """Features found and their TF-IDF values (sublinear), of length ``sqrt(share)``."""
        known = sorted((self.places[gram], n) for gram, n in counts.items() if gram in self.places)
        features = [place for place, _ in known]
        values = np.array([1 + math.log(n) for _, n in known], np.float32) * self.idf[features]
        length = float(np.linalg.norm(values)) if known else 0.0
        return features, values * (math.sqrt(share) / length) if length else values


def stack(rows: Sequence[tuple[Sequence[int], FloatArray]]) -> Sparse:
    starts = np.cumsum([0, *(len(features) for features, _ in rows)])
    features = np.array([place for found, _ in rows for place in found], np.int64)
    values = np.concatenate([values for _, values in rows]) if rows else np.zeros(0, np.float32)
    return Sparse(starts, features, values.astype(np.float32))
