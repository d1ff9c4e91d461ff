from __future__ import annotations

import numpy as np
import pytest

from mapping.discriminant import discriminant
from models.encoder import FloatArray

CLASSES = ("a", "b", "c")


def clouds(noise: float, width: int = 8) -> tuple[list[str | None], FloatArray]:
    """Thirty vectors around one corner per class, in turn, and ten without a label."""
    random = np.random.default_rng(3)
    labels: list[str | None] = [*CLASSES * 30, *[None] * 10]
    corners = np.eye(width)
    centres = np.array([corners[CLASSES.index(label)] if label else corners[-1] for label in labels])
    return labels, centres + noise * random.standard_normal(centres.shape)


def shares(labels: list[str | None], vectors: FloatArray) -> FloatArray:
    found = discriminant(CLASSES, labels, vectors)
    odds = np.exp(vectors @ found.weights + found.bias)
    return odds / odds.sum(axis=1, keepdims=True)


def test_clear_classes_are_told_apart() -> None:
    labels, vectors = clouds(0.1)
    right = [CLASSES.index(label) for label in labels if label]
    assert shares(labels, vectors)[:90].argmax(axis=1).tolist() == right


@pytest.mark.parametrize("width", [8, 80])
def test_vectors_that_mean_nothing_are_hardly_believed(width: int) -> None:
    """As many numbers as passages tell any passages apart; the other half shows that it was chance."""
    labels, _ = clouds(0, width)
    vectors = np.random.default_rng(5).standard_normal((len(labels), width))
    assert shares(labels, vectors).max() < 0.5


def test_only_classes_that_occur() -> None:
    labels, vectors = clouds(0.1)
    found = discriminant(
        ("a", "x", "b"), [label if label in ("a", "b") else None for label in labels], vectors
    )
    assert found.classes == ("a", "b")
    assert found.weights.shape == (8, 2)


@pytest.mark.parametrize("count", [1, 2, 3])
def test_few_passages(count: int) -> None:
    labels, vectors = clouds(0.1)
    found = discriminant(CLASSES, labels[:count], vectors[:count])
    assert np.isfinite(found.weights).all()
    assert found.classes == CLASSES[:count]
