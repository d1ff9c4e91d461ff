"""A static encoder: the vector of a text is the mean of the vectors of its words.

Reads the model2vec layout (``config.json``, ``tokenizer.json``, ``model.safetensors``) with numpy and
tokenizers alone, so that the first vector is there in a fraction of a second.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from models.encoder import FloatArray
from nlp.tensors import read_tensors

_BATCH = 512
"""Texts pooled at once: bounds the memory for the gathered rows to some 50 MB."""


@dataclass(frozen=True, slots=True)
class StaticEncoder:
    name: str
    dimensions: int
    sha256: str
    _tokenizer: Any = field(repr=False)
    _table: FloatArray = field(repr=False)
    _unknown: int | None = field(repr=False, default=None)

    def encode(self, texts: Sequence[str]) -> FloatArray:
        """See ``models.encoder.Encoder``. Sums of an int8 table are whole numbers, so the vectors are
        the same on every machine to the last bit but one rounding."""
        import numpy as np

        vectors = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        for start in range(0, len(texts), _BATCH):
            batch = list(texts[start : start + _BATCH])
            vectors[start : start + len(batch)] = self._pool(batch)
        return vectors

    def _pool(self, batch: list[str]) -> FloatArray:
        import numpy as np

        pieces = [self._pieces(encoding) for encoding in self._encodings(batch)]
        sums = np.zeros((len(batch), self.dimensions), dtype=np.float32)
        filled = [row for row, ids in enumerate(pieces) if ids]
        if not filled:
            return sums
        lengths = [len(pieces[row]) for row in filled]
        starts = np.concatenate(([0], np.cumsum(lengths)[:-1]))
        rows = self._table[np.concatenate([pieces[row] for row in filled])]
        wide = np.int32 if rows.dtype == np.int8 else np.float32
        sums[filled] = np.add.reduceat(rows, starts, axis=0, dtype=wide)
        norms = np.sqrt(np.einsum("ij,ij->i", sums, sums, dtype=np.float64))
        norms[norms == 0] = 1.0
        return (sums / norms[:, None]).astype(np.float32)

    def _encodings(self, batch: list[str]) -> Sequence[Any]:
        found: Sequence[Any] = self._tokenizer.encode_batch_fast(batch, add_special_tokens=False)
        return found

    def _pieces(self, encoding: Any) -> list[int]:
        return [piece for piece in encoding.ids if piece != self._unknown]


def is_static(folder: Path) -> bool:
    """Whether a folder is in the model2vec layout with nothing but a table of vectors in it."""
    try:
        settings = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return settings.get("model_type") == "model2vec" and (folder / "tokenizer.json").is_file()


def read_static(folder: Path, name: str) -> StaticEncoder:
    """Raises OSError or ValueError if the files are not there or not what they should be."""
    from tokenizers import Tokenizer

    weights = folder / "model.safetensors"
    arrays = read_tensors(weights)
    if set(arrays) != {"embeddings"}:
        raise ValueError("expected one table named embeddings")
    table = arrays["embeddings"]
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    settings = json.loads((folder / "tokenizer.json").read_text(encoding="utf-8"))["model"]
    return StaticEncoder(
        name=name,
        dimensions=table.shape[1],
        sha256=hashlib.sha256(weights.read_bytes()).hexdigest(),
        _tokenizer=tokenizer,
        _table=table,
        _unknown=_unknown_id(settings),
    )


def _unknown_id(model: dict[str, Any]) -> int | None:
    """Number of the piece that stands for anything unknown: Unigram gives it, others name it."""
    if model.get("unk_id") is not None:
        return int(model["unk_id"])
    vocabulary = model.get("vocab")
    found = vocabulary.get(model.get("unk_token")) if isinstance(vocabulary, dict) else None
    return None if found is None else int(found)
