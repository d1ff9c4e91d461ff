"""``python -m nlp.training.aspects``: measures the aspect head by document, then fits it on everything.

Run it after the encoder was trained or ``cues.toml`` was changed. Needs scikit-learn and ``../shared``.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Any

from nlp.aspect_features import BUCKETS, grams, masked
from nlp.aspect_head import CLASSES, HEAD, pooled, view
from nlp.encoder import load_encoder
from nlp.tensors import write_tensors
from nlp.training.labelled import Labelled, labelled_passages

FOLDS = 5
_GRAMS = 6.0
_VECTORS = 3.0
"""Scales of the features beside the cues, which are 0 to 1: with one penalty for all weights they say
how much each kind may learn. Chosen with ``_C`` on the five folds below."""
_C = 3.0
_OVERVIEW = 0.3
"""Weight of overview passages: our own text labels them none whatever they tell."""
_UNSURE = 0.5
_HARD = 3.0
_WRITTEN = 0.5
"""Weight of the passages by further hands. They helped on a report by another author (gold D) and made no
difference on real text that the folds below can tell."""


def main() -> None:
    passages = labelled_passages()
    features = matrix([one.text for one in passages])
    temperature = measure(passages, features)
    print("temperature", temperature)
    write_head(fitted(passages, features, range(len(passages))), temperature)


def matrix(texts: Sequence[str]) -> Any:
    """Sparse: n-grams, cues (mean and maximum over the sentences), vector."""
    import numpy as np
    from scipy import sparse

    views = view(texts)
    found = grams([masked(text) for text in views.texts])
    number = np.bincount(found.text, minlength=len(texts))
    values = _GRAMS / np.sqrt(number[found.text])
    words = sparse.csr_matrix((values, (found.text, found.bucket)), shape=(len(texts), BUCKETS))
    vectors = load_encoder().encode(views.texts) * _VECTORS
    return sparse.hstack([words, sparse.csr_matrix(np.hstack([pooled(views), vectors]))]).tocsr()


def fitted(passages: Sequence[Labelled], features: Any, chosen: Sequence[int]) -> Any:
    from sklearn.linear_model import LogisticRegression

    rows = list(chosen)
    classes = [CLASSES.index(passages[n].aspect) for n in rows]
    weights = [_weight(passages[n]) for n in rows]
    return LogisticRegression(C=_C, max_iter=300, tol=1e-3).fit(
        features[rows], classes, sample_weight=weights
    )


def _overview(one: Labelled) -> bool:
    return (one.indicator or "").startswith("0")


def _weight(one: Labelled) -> float:
    if one.source == "hard":
        return _HARD
    if one.source == "written":
        return _WRITTEN
    return (1.0 if one.sure else _UNSURE) * (_OVERVIEW if _overview(one) else 1.0)


def folds(passages: Sequence[Labelled]) -> list[int]:
    """The fold of each passage; one document is in one fold."""
    documents = sorted({one.document for one in passages})
    random.Random(1).shuffle(documents)
    place = {document: n % FOLDS for n, document in enumerate(documents)}
    return [place[one.document] for one in passages]


def measure(passages: Sequence[Labelled], features: Any) -> float:
    """Prints, for each source, accuracy and macro F1 on documents that were not trained on; gives the
    temperature of the scores."""
    import numpy as np

    place = np.array(folds(passages))
    scores = np.zeros((len(passages), len(CLASSES)))
    for fold in range(FOLDS):
        model = fitted(passages, features, np.flatnonzero(place != fold).tolist())
        scores[place == fold] = model.decision_function(features[place == fold])
    guessed = scores.argmax(axis=1)
    for source in ("corpus", "written", "esg", "passages", "prospectuses"):
        rows = [n for n, one in enumerate(passages) if one.source == source and not _overview(one)]
        truth = np.array([CLASSES.index(passages[n].aspect) for n in rows])
        print(source, _figures(truth, guessed[rows]), flush=True)
    return _temperature(passages, scores)


def _temperature(passages: Sequence[Labelled], scores: Any) -> float:
    """By what the scores are divided so that probabilities of real passages are neither too sure nor too
    doubtful: least log loss on the folds."""
    import numpy as np

    rows = [n for n, one in enumerate(passages) if one.source in ("passages", "prospectuses")]
    truth = [CLASSES.index(passages[n].aspect) for n in rows]

    def loss(temperature: float) -> float:
        logs = scores[rows] / temperature
        logs = logs - np.logaddexp.reduce(logs, axis=1, keepdims=True)
        return -float(logs[np.arange(len(rows)), truth].mean())

    return min((step / 10 for step in range(5, 51)), key=loss)


def _figures(truth: Any, guessed: Any) -> str:
    from sklearn.metrics import f1_score

    told = truth < CLASSES.index("none")
    right = truth == guessed
    f1 = f1_score(truth[told], guessed[told], labels=[0, 1, 2], average="macro")
    return (
        f"n {len(truth)} accuracy {right.mean():.3f}, of those with an aspect {right[told].mean():.3f}, "
        f"macro F1 {f1:.3f}"
    )


def write_head(model: Any, temperature: float) -> None:
    import numpy as np

    weights = model.coef_.T / temperature
    vectors = weights[-load_encoder().dimensions :]
    cues = weights[BUCKETS : -load_encoder().dimensions]
    write_tensors(
        HEAD,
        {
            "grams": (weights[:BUCKETS] * _GRAMS).astype(np.float16),
            "cues": cues.astype(np.float32),
            "vectors": (vectors * _VECTORS).astype(np.float32),
            "bias": (model.intercept_ / temperature).astype(np.float32),
        },
        {"encoder": load_encoder().sha256},
    )


if __name__ == "__main__":
    main()
