"""Linear discriminants in closed form: heads for the vectors of any encoder, in a second or two.

Classes are taken as Gaussian with one covariance and equally likely. How far that may be believed depends
on the encoder: a vector of a thousand numbers tells a thousand passages apart by chance. So the passages
are halved, each half is judged by the other, and the shrinkage and temperature that would have served
best are taken.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from models.encoder import FloatArray

SHRINKAGES = (0.1, 0.3, 0.6, 0.9)
"""Parts of the covariance that are taken as equal in all directions."""
TEMPERATURES = (0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 1.0)
HALF_BELIEF = 0.5
"""Factor on the logits so found. They would be right if the vectors were the only signal; words say much
of the same, and both are added."""


@dataclass(frozen=True)
class Discriminant:
    """Logits of each class as a linear function of the vector: weights (dimensions, classes), bias."""

    classes: tuple[str, ...]
    weights: FloatArray
    bias: FloatArray


def discriminant(classes: Sequence[str], labels: Sequence[str | None], vectors: FloatArray) -> Discriminant:
    """Of the classes that occur; rows labelled None take no part."""
    known = set(labels)
    present = [name for name in classes if name in known]
    places = np.array([-1 if label is None else present.index(label) for label in labels])
    own = np.asarray(vectors, np.float64)[places >= 0]
    _, shrinkage, temperature = max(_trials(places[places >= 0], own))
    weights, bias = _fit(places[places >= 0], own, shrinkage, len(present))
    scale = HALF_BELIEF * temperature
    return Discriminant(tuple(present), scale * weights, scale * bias)


def _trials(places: FloatArray, vectors: FloatArray) -> Iterator[tuple[float, float, float]]:
    """(likelihood of one half under the other, shrinkage, temperature); every second passage is a half."""
    half = np.arange(len(places)) % 2 == 0
    for shrinkage in SHRINKAGES:
        judged = [_judged(places, vectors, side, shrinkage) for side in (half, ~half)]
        for temperature in TEMPERATURES:
            fit = sum(_likelihood(temperature * logits, right) for logits, right in judged)
            yield fit, shrinkage, temperature


def _judged(
    places: FloatArray, vectors: FloatArray, side: FloatArray, shrinkage: float
) -> tuple[FloatArray, FloatArray]:
    """Logits and right columns of the passages on the other side whose class this side knows."""
    present = np.unique(places[side])
    others = np.flatnonzero(~side & np.isin(places, present))
    if not len(present) or not len(others):
        return np.zeros((0, 1)), np.zeros(0, int)
    columns: FloatArray = np.searchsorted(present, places)
    weights, bias = _fit(columns[side], vectors[side], shrinkage, len(present))
    return vectors[others] @ weights + bias, columns[others]


def _likelihood(logits: FloatArray, right: FloatArray) -> float:
    top = logits.max(axis=1, keepdims=True)
    total = np.log(np.exp(logits - top).sum(axis=1)) + top[:, 0]
    return float((logits[np.arange(len(right)), right] - total).sum())


def _fit(
    places: FloatArray, vectors: FloatArray, shrinkage: float, classes: int
) -> tuple[FloatArray, FloatArray]:
    """Weights (dimensions, classes) and bias of Gaussian classes that share one covariance."""
    means = np.array([vectors[places == n].mean(axis=0) for n in range(classes)])
    spread = vectors - means[places]
    covariance = spread.T @ spread / len(vectors)
    width = len(covariance)
    even = max(float(np.trace(covariance)) / width, 1e-9) * np.eye(width)
    weights = np.linalg.solve((1 - shrinkage) * covariance + shrinkage * even, means.T)
    return weights, -0.5 * (means.T * weights).sum(axis=0)
