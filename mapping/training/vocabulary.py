"""The features of the lexical model: n-grams and words that several documents share."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

import numpy as np

from mapping.grams import Vocabulary, grams, normal, words
from mapping.lexical import Featurizer
from models.encoder import Segmenter

LEAST_DOCUMENTS = 2
"""A feature of one document alone is a name, not a subject; and nothing verbatim must be shipped."""
LONGEST_WORD = 6


def learn_features(texts: Sequence[str], groups: Sequence[str], segmenter: Segmenter) -> Featurizer:
    normals = [normal(text) for text in texts]
    return Featurizer(
        _vocabulary([grams(text) for text in normals], groups),
        _vocabulary([_short(words(text, segmenter)) for text in normals], groups),
    )


def _short(counts: Counter[str]) -> Counter[str]:
    return Counter({word: n for word, n in counts.items() if len(word) <= LONGEST_WORD})


def _vocabulary(counts: Sequence[Counter[str]], groups: Sequence[str]) -> Vocabulary:
    passages: Counter[str] = Counter()
    documents: dict[str, set[str]] = {}
    for counted, group in zip(counts, groups, strict=True):
        for feature in counted:
            passages[feature] += 1
            documents.setdefault(feature, set()).add(group)
    kept = sorted(f for f, found in documents.items() if len(found) >= LEAST_DOCUMENTS and f.strip())
    idf = [1 + math.log((1 + len(counts)) / (1 + passages[feature])) for feature in kept]
    return Vocabulary({feature: n for n, feature in enumerate(kept)}, np.array(idf, np.float32))
