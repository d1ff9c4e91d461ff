"""Fits the lexical model: one set of features, one linear head per question."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from mapping.grams import Sparse
from mapping.lexical import LexicalModel
from mapping.training.heads import lessons
from mapping.training.labelled import Labelled
from mapping.training.softmax import coordinates, fit_softmax
from mapping.training.vocabulary import learn_features
from models.criteria import Criteria
from models.encoder import FloatArray, Segmenter

COST = 100.0


def fit_lexical(data: Sequence[Labelled], criteria: Criteria, segmenter: Segmenter) -> LexicalModel:
    texts = [one.text for one in data]
    features = learn_features(texts, [one.group for one in data], segmenter)
    rows = features.rows(texts, segmenter)
    matrix = _matrix(rows, len(features.grams.places) + len(features.words.places))
    space = coordinates((matrix @ matrix.T).toarray())
    heads: list[str] = []
    columns, bias = [], []
    for lesson in lessons(data, criteria):
        found = fit_softmax(space.coordinates[lesson.rows], lesson.labels, lesson.weight, COST)
        if not lesson.classes[0]:  # a question: one column, the log-odds of yes
            found = found[:, 1:] - found[:, :1]
        heads.extend(name for name in lesson.classes if name)
        columns.append(matrix.T @ (space.back @ found[:-1]))
        bias.append(found[-1])
    return LexicalModel(features, tuple(heads), np.hstack(columns), np.concatenate(bias))


def _matrix(rows: Sparse, width: int) -> FloatArray:
    from scipy.sparse import csr_matrix

    return csr_matrix((rows.values, rows.features, rows.starts), shape=(len(rows.starts) - 1, width))
