"""The words' signal: linear heads on TF-IDF of character n-grams and words.

Trained by ``mapping.training``; what is shipped are n-grams of at most three characters, words, and a
weight of each for every head, as whole numbers of one byte.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from mapping.grams import Sparse, Vocabulary, grams, normal, stack, words
from models.encoder import FloatArray, Segmenter

GRAM_SHARE = 0.6
"""Part of the squared length that character n-grams have; words have the rest. Flat between .5 and .7."""
SHARPNESS = 15.0
"""Of cosines as logits where no labelled passage says how sharp they should be."""


@dataclass(frozen=True)
class Featurizer:
    """Texts to TF-IDF rows; features of the words follow those of the n-grams."""

    grams: Vocabulary
    words: Vocabulary

    def rows(self, texts: Sequence[str], segmenter: Segmenter) -> Sparse:
        return stack([self._row(normal(text), segmenter) for text in texts])

    def _row(self, text: str, segmenter: Segmenter) -> tuple[list[int], FloatArray]:
        gram_places, gram_values = self.grams.weigh(grams(text), GRAM_SHARE)
        word_places, word_values = self.words.weigh(words(text, segmenter), 1 - GRAM_SHARE)
        shift = len(self.grams.places)
        return [*gram_places, *(shift + p for p in word_places)], np.concatenate([gram_values, word_values])


@dataclass(frozen=True)
class LexicalModel:
    """``heads`` names the columns of the weights: an indicator's id, ``none`` or ``result``."""

    featurizer: Featurizer
    heads: tuple[str, ...]
    weights: FloatArray
    bias: FloatArray

    def scores(self, texts: Sequence[str], segmenter: Segmenter) -> FloatArray:
        """(texts, heads) float32: log-odds for ``none`` and ``result``, logits within their kind for
        indicators."""
        return self.featurizer.rows(texts, segmenter).times(self.weights) + self.bias


def lexical_from_texts(texts: Mapping[str, str], segmenter: Segmenter) -> LexicalModel:
    """A head per text: the cosine of words and n-grams with it, as a logit."""
    normals = [normal(text) for text in texts.values()]
    counts = [grams(text) for text in normals], [words(text, segmenter) for text in normals]
    featurizer = Featurizer(*(_vocabulary(kind) for kind in counts))
    rows = featurizer.rows(list(texts.values()), segmenter)
    weights = np.zeros((len(featurizer.grams.places) + len(featurizer.words.places), len(texts)), np.float32)
    for column in range(len(texts)):
        span = slice(rows.starts[column], rows.starts[column + 1])
        weights[rows.features[span], column] = SHARPNESS * rows.values[span]
    return LexicalModel(featurizer, tuple(texts), weights, np.zeros(len(texts), np.float32))


def _vocabulary(counts: Sequence[Counter[str]]) -> Vocabulary:
    texts = Counter(feature for counted in counts for feature in counted)
    kept = sorted(texts)
    idf = [1 + math.log((1 + len(counts)) / (1 + texts[feature])) for feature in kept]
    return Vocabulary({feature: n for n, feature in enumerate(kept)}, np.array(idf, np.float32))


def load_lexical(path: Path) -> LexicalModel:
    with np.load(path) as data:
        kinds = [
            Vocabulary(
                {g: n for n, g in enumerate(_strings(data[name]))}, data[f"{name}_idf"].astype(np.float32)
            )
            for name in ("grams", "words")
        ]
        weights = data["weights"].astype(np.float32) * data["scale"]
        return LexicalModel(Featurizer(*kinds), tuple(_strings(data["heads"])), weights, data["bias"])


def save_lexical(path: Path, model: LexicalModel) -> None:
    """Writes what ``load_lexical`` reads; weights are rounded to 255 steps per head."""
    scale = np.maximum(np.abs(model.weights).max(axis=0), 1e-9).astype(np.float32) / 127
    with path.open("wb") as file:
        np.savez_compressed(
            file,
            grams=_bytes(model.featurizer.grams.places),
            grams_idf=model.featurizer.grams.idf.astype(np.float16),
            words=_bytes(model.featurizer.words.places),
            words_idf=model.featurizer.words.idf.astype(np.float16),
            heads=_bytes(model.heads),
            weights=np.rint(model.weights / scale).astype(np.int8),
            scale=scale,
            bias=model.bias.astype(np.float32),
        )


def _bytes(strings: Iterable[str]) -> FloatArray:
    return np.frombuffer("\n".join(strings).encode(), np.uint8)


def _strings(data: FloatArray) -> list[str]:
    return bytes(data).decode().split("\n")
