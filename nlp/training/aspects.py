"""``python -m nlp.training.aspects``: measures the aspect head by document, then fits it on everything.

Run it after the encoder was trained or ``cues.toml`` was changed. Needs scikit-learn and ``../shared``.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from models.encoder import FloatArray
from nlp.aspect_features import BUCKETS, grams, masked
from nlp.aspect_head import CLASSES, HEAD, Views, nearness, pooled, view
from nlp.encoder import load_encoder
from nlp.tensors import write_tensors
from nlp.training.labelled import Labelled, labelled_passages

FOLDS = 5
CENTRES = 512
"""Vectors that others are compared with. All 7,000 labelled ones would be half a point better on real text
and cost as much time as the rest of the check."""
_CUES = 0.05
"""Weight of the cues' products beside those of the n-grams, which have length 1."""
_RIDGE = 0.5
_SMALLEST = 1e-4
"""Keeps centres that are alike from being told apart by rounding."""
_REAL = 2.0
_OVERVIEW = 0.3
"""Weight of overview passages: our own text labels them none whatever they tell."""
_UNSURE = 0.5
_HARD = 3.0
_WRITTEN = 0.5
"""Weight of the passages by further hands. They helped on a report by another author (gold D) and made no
difference on real text that the folds below can tell."""


def main() -> None:
    passages = labelled_passages()
    views = view([one.text for one in passages])
    vectors = load_encoder().encode(views.texts)
    centres = _centres(vectors)
    features = matrix(views, vectors, centres)
    temperature = measure(passages, features)
    print("temperature", temperature)
    write_head(fitted(passages, features, range(len(passages))) / temperature, centres)


@dataclass(frozen=True)
class Features:
    """``words``: n-grams, sparse, length 1. ``rest``: cues (mean and maximum over the sentences), then
    nearness to the centres in coordinates whose products are those of the Gaussian kernel, as far as the
    centres span it."""

    words: Any
    rest: FloatArray

    def times(self, weights: FloatArray) -> FloatArray:
        scores: FloatArray = self.words @ weights[:BUCKETS] + self.rest @ weights[BUCKETS:]
        return scores


def matrix(views: Views, vectors: FloatArray, centres: FloatArray) -> Features:
    import numpy as np
    from scipy import sparse

    found = grams([masked(text) for text in views.texts])
    number = np.bincount(found.text, minlength=len(views.texts))
    values = 1 / np.sqrt(number[found.text])
    words = sparse.csr_matrix((values, (found.text, found.bucket)), shape=(len(views.texts), BUCKETS))
    near = nearness(vectors, centres) @ _whitening(centres)
    return Features(words, np.hstack([pooled(views) * _CUES**0.5, near]))


def _centres(vectors: FloatArray) -> FloatArray:
    import numpy as np
    from sklearn.cluster import MiniBatchKMeans

    means = MiniBatchKMeans(CENTRES, random_state=0, batch_size=2048, n_init=1, max_iter=20).fit(vectors)
    found = means.cluster_centers_ / np.linalg.norm(means.cluster_centers_, axis=1, keepdims=True)
    return found.astype(np.float16).astype(np.float32)


def _whitening(centres: FloatArray) -> FloatArray:
    """(centres, centres): from nearness to coordinates."""
    import numpy as np

    products = nearness(centres, centres).astype(np.float64) + _SMALLEST * np.eye(len(centres))
    return np.linalg.inv(np.linalg.cholesky(products)).T


def fitted(passages: Sequence[Labelled], features: Features, chosen: Sequence[int]) -> FloatArray:
    """(features, classes): weighted ridge regression on the classes, solved over the passages, of which
    there are far fewer than features."""
    import numpy as np
    from scipy.linalg import cho_solve, cholesky

    rows = list(chosen)
    weights = np.array([_weight(passages[n]) for n in rows])
    wanted = np.eye(len(CLASSES))[[CLASSES.index(passages[n].aspect) for n in rows]]
    words, rest = features.words[rows], features.rest[rows]
    products = (words @ words.T).toarray() + rest @ rest.T + np.diag(_RIDGE / weights)
    shares = cho_solve((cholesky(products, lower=True), True), wanted)
    return np.vstack([words.T @ shares, rest.T @ shares])


def _overview(one: Labelled) -> bool:
    return (one.indicator or "").startswith("0")


def _weight(one: Labelled) -> float:
    if one.source == "hard":
        return _HARD
    if one.source == "written":
        return _WRITTEN
    if one.source in ("passages", "prospectuses"):
        return _REAL * (1.0 if one.sure else _UNSURE)
    return (1.0 if one.sure else _UNSURE) * (_OVERVIEW if _overview(one) else 1.0)


def folds(passages: Sequence[Labelled]) -> list[int]:
    """The fold of each passage; one document is in one fold."""
    documents = sorted({one.document for one in passages})
    random.Random(1).shuffle(documents)
    place = {document: n % FOLDS for n, document in enumerate(documents)}
    return [place[one.document] for one in passages]


def measure(passages: Sequence[Labelled], features: Features) -> float:
    """Prints, for each source, accuracy and macro F1 on documents that were not trained on; gives the
    temperature of the scores."""
    import numpy as np

    place = np.array(folds(passages))
    scores = np.zeros((len(passages), len(CLASSES)))
    for fold in range(FOLDS):
        weights = fitted(passages, features, np.flatnonzero(place != fold).tolist())
        scores[place == fold] = features.times(weights)[place == fold]
    guessed = scores.argmax(axis=1)
    real: tuple[int, ...] = ()
    for source in ("corpus", "written", "esg", "passages", "prospectuses"):
        rows = [n for n, one in enumerate(passages) if one.source == source and not _overview(one)]
        truth = np.array([CLASSES.index(passages[n].aspect) for n in rows])
        print(source, _figures(truth, guessed[rows]), flush=True)
        real = (*real, *rows) if source in ("passages", "prospectuses") else real
    truth = np.array([CLASSES.index(passages[n].aspect) for n in real])
    print("both kinds of real documents", _figures(truth, guessed[list(real)]), flush=True)
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

    return min((step / 100 for step in range(5, 61)), key=loss)


def _figures(truth: Any, guessed: Any) -> str:
    from sklearn.metrics import f1_score

    told = truth < CLASSES.index("none")
    right = truth == guessed
    f1 = f1_score(truth[told], guessed[told], labels=[0, 1, 2], average="macro")
    return (
        f"n {len(truth)} accuracy {right.mean():.3f}, of those with an aspect {right[told].mean():.3f}, "
        f"macro F1 {f1:.3f}"
    )


def write_head(weights: FloatArray, centres: FloatArray) -> None:
    import numpy as np

    cues = weights[BUCKETS : -len(centres)] * _CUES**0.5
    write_tensors(
        HEAD,
        {
            "grams": weights[:BUCKETS].astype(np.float16),
            "cues": cues.astype(np.float32),
            "centres": centres.astype(np.float16),
            "nearness": (_whitening(centres) @ weights[-len(centres) :]).astype(np.float32),
        },
        {"encoder": load_encoder().sha256},
    )


if __name__ == "__main__":
    main()
