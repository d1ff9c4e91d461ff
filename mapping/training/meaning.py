"""Fits the heads on one encoder's vectors, from the same lessons as the lexical model."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from mapping.meaning import VectorHeads
from mapping.training.heads import lessons
from mapping.training.labelled import Labelled
from mapping.training.softmax import fit_softmax
from models.criteria import Criteria
from models.encoder import FloatArray

COST = 10.0


def fit_meaning(data: Sequence[Labelled], vectors: FloatArray, criteria: Criteria) -> VectorHeads:
    heads: list[str] = []
    columns, bias = [], []
    for lesson in lessons(data, criteria):
        found = fit_softmax(vectors[lesson.rows], lesson.labels, lesson.weight, COST)
        if not lesson.classes[0]:
            found = found[:, 1:] - found[:, :1]
        heads.extend(name for name in lesson.classes if name)
        columns.append(found[:-1])
        bias.append(found[-1])
    return VectorHeads(tuple(heads), np.hstack(columns), np.concatenate(bias))
