"""Linear softmax heads by L-BFGS, with soft labels and weights per row. Deterministic."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

import numpy as np

from models.encoder import FloatArray

ITERATIONS = 80
"""L-BFGS steps; the loss on development data is flat from 60 on."""
RIDGE = 1e-5
"""Keeps passages that are alike from being told apart by rounding."""


@dataclass(frozen=True)
class Rows:
    """Features as coordinates in which the rows' own products are exact (rows, rows), and the matrix
    that takes weights in these coordinates back to one weight per row."""

    coordinates: FloatArray
    back: FloatArray


def coordinates(products: FloatArray) -> Rows:
    """Coordinates of rows whose products with one another are given: far fewer than features."""
    from scipy.linalg import cholesky, solve_triangular

    size = len(products)
    root = cholesky(products.astype(np.float64) + RIDGE * np.eye(size), lower=True)
    back = solve_triangular(root, np.eye(size), lower=True, trans="T")
    return Rows(root.astype(np.float32), back.astype(np.float32))


def fit_softmax(rows: FloatArray, labels: FloatArray, weight: FloatArray, cost: float) -> FloatArray:
    """(columns + 1, classes): weights and, last, the bias. ``labels`` are shares per row and class;
    ``cost`` is what an error costs against the squared length of the weights."""
    from scipy.optimize import minimize

    width, classes = rows.shape[1] + 1, labels.shape[1]

    def loss(flat: FloatArray) -> tuple[float, FloatArray]:
        weights = flat.reshape(width, classes).astype(np.float32)
        logits = rows @ weights[:-1] + weights[-1]
        top = logits.max(axis=1, keepdims=True)
        odds = np.exp(logits - top)
        total = odds.sum(axis=1, keepdims=True)
        mass = labels.sum(axis=1)
        likelihood = (np.log(total) + top)[:, 0] * mass - (logits * labels).sum(axis=1)
        slope = (odds / total * mass[:, None] - labels) * (cost * weight[:, None])
        value = float(cost * (weight * likelihood).sum() + 0.5 * (weights[:-1] ** 2).sum())
        gradient = np.vstack([rows.T @ slope + weights[:-1], slope.sum(axis=0)])
        return value, gradient.ravel().astype(np.float64)

    found = minimize(
        loss,
        np.zeros(width * classes),
        jac=True,
        method="L-BFGS-B",
        options={"maxiter": ITERATIONS, "maxcor": 8},
    )
    return cast(FloatArray, found.x.reshape(width, classes).astype(np.float32))
