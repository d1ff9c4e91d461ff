"""Word vectors: positive pointwise mutual information of words near each other, cut to 256 dimensions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

WINDOW = 5
DIMENSIONS = 256
_SMOOTHING = 0.75
"""Power on the counts of context words, so that rare ones do not get the highest PMI."""
_SIF = 1e-3
_OVERSAMPLE = 32
_ROUNDS = 4
_SEED = 0
_CHUNK = 3_000_000


def stream(batches: Iterable[Sequence[Sequence[int]]]) -> Any:
    """All piece numbers in one row, unknown ones left out, texts set apart by a window of zeros."""
    import numpy as np

    return np.concatenate([_row(ids) for batch in batches for ids in batch])


def _row(ids: Sequence[int]) -> Any:
    import numpy as np

    return np.array([piece for piece in ids if piece] + [0] * WINDOW, dtype=np.int32)


def cooccurrence(row: Any, size: int) -> Any:
    """Symmetric sparse matrix: how often two pieces stand within the window."""
    from scipy import sparse

    counts = sparse.csr_matrix((size, size), dtype="float32")
    for near in _pairs(row, size):
        counts = counts + near
    return counts + counts.T


def _pairs(row: Any, size: int) -> Iterator[Any]:
    import numpy as np
    from scipy import sparse

    for start in range(0, len(row), _CHUNK):
        stretch = row[max(0, start - WINDOW) : start + _CHUNK]
        for distance in range(1, WINDOW + 1):
            left, right = stretch[:-distance], stretch[distance:]
            real = (left > 0) & (right > 0)
            ones = np.ones(int(real.sum()), dtype=np.float32)
            yield sparse.csr_matrix((ones, (left[real], right[real])), shape=(size, size))


def ppmi(counts: Any) -> Any:
    """Positive PMI of a co-occurrence matrix."""
    import numpy as np
    from scipy import sparse

    pairs = counts.tocoo()
    near = np.bincount(pairs.row, pairs.data, minlength=pairs.shape[0])
    share = near**_SMOOTHING
    share /= share.sum()
    values = np.log(pairs.data / (near[pairs.row] * share[pairs.col] + 1e-9))
    kept = values > 0
    cells = (pairs.row[kept], pairs.col[kept])
    return sparse.csr_matrix((values[kept].astype(np.float32), cells), shape=pairs.shape)


def reduced(matrix: Any, dimensions: int = DIMENSIONS) -> Any:
    """Left singular vectors times the root of the singular values, by subspace iteration from a fixed
    start: the same matrix gives the same vectors."""
    import numpy as np

    start = np.random.default_rng(_SEED).standard_normal(
        (matrix.shape[1], dimensions + _OVERSAMPLE), dtype=np.float32
    )
    basis = np.linalg.qr(matrix @ start)[0]
    for _ in range(_ROUNDS):
        basis = np.linalg.qr(matrix @ np.linalg.qr(matrix.T @ basis)[0])[0]
    left, values, _ = np.linalg.svd((matrix.T @ basis).T, full_matrices=False)
    return ((basis @ left)[:, :dimensions] * np.sqrt(values[:dimensions])).astype(np.float32)


def weighted(table: Any, counts: Any) -> Any:
    """Smooth inverse frequency: a word counts a / (a + p), so that a plain mean of the rows is SIF."""
    share = counts / counts.sum()
    return table * (_SIF / (_SIF + share))[:, None]


def centred(table: Any, rows: Iterable[Any]) -> Any:
    """The table less the mean vector of some texts (piece numbers each). A mean of rows moves by what
    each row moves by, so nothing is left to do when a text is encoded. Unknown stays a row of zeros."""
    import numpy as np

    means = [table[ids].mean(axis=0) for ids in rows if len(ids)]
    moved = table - np.mean(means, axis=0)
    moved[0] = 0.0
    return moved


def whole_numbers(table: Any) -> Any:
    """The table as int8 with one scale for all: lengths are normalised away afterwards."""
    import numpy as np

    largest = np.abs(table).max()
    return np.round(table * (127.0 / largest)).astype(np.int8)
