"""``python -m nlp.training.encoder``: trains the shipped encoder and the segmenter's dictionary.

Takes some five minutes on two cores and needs ``../shared/text``, scipy and scikit-learn.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from nlp.tensors import write_tensors
from nlp.training import vectors, vocabulary
from nlp.training.corpora import SOURCES, esg_lines

DATA = Path(__file__).resolve().parents[1] / "data"
SIZE = 32_000
"""Pieces of the encoder: 8 MB as int8, and the last words kept occur about ten times."""
_RARE = 3
"""Words seen less often are not in the segmenter's dictionary."""


def main() -> None:
    known = vocabulary.candidates(read() for _, read in SOURCES.values())
    counts = _counts(vocabulary.tokenizer(known))
    kept = vocabulary.chosen(counts, known, SIZE)
    write_dictionary(DATA / "words" / "words.txt", counts)
    tokenizer = vocabulary.tokenizer(kept)
    write_model(DATA / "encoder", tokenizer, trained(tokenizer))


def trained(tokenizer: Any) -> Any:
    """The table of vectors, (pieces, 256) float32, before it is rounded."""
    import numpy as np

    size = tokenizer.get_vocab_size()
    together, counts = None, np.zeros(size)
    for name, (weight, read) in SOURCES.items():
        row = vectors.stream(vocabulary.token_batches(tokenizer, read()))
        near = vectors.cooccurrence(row, size) * weight
        together = near if together is None else together + near
        counts += weight * np.bincount(row, minlength=size)
        print(f"{name}: {int((row > 0).sum())} words", flush=True)
    counts[0] = 0
    table = vectors.weighted(vectors.reduced(vectors.ppmi(together)), counts)
    pieces = [
        [piece for piece in ids if piece]
        for batch in vocabulary.token_batches(tokenizer, esg_lines())
        for ids in batch
    ]
    return vectors.centred(table, pieces)


def _counts(tokenizer: Any) -> Counter[str]:
    """Weighted counts of all sources."""
    total: Counter[str] = Counter()
    for weight, read in SOURCES.values():
        for word, n in vocabulary.counted(tokenizer, read()).items():
            total[word] += int(weight * n)
    return total


def write_dictionary(path: Path, counts: Mapping[str, int]) -> None:
    """jieba's format, a word and its count a line; the terms are in it, often enough to stay whole."""
    common = Counter({word: n for word, n in counts.items() if n >= _RARE or len(word) == 1})
    rows = vocabulary.ordered(vocabulary.with_terms(common))
    path.write_text("".join(f"{word} {n}\n" for word, n in rows), encoding="utf-8")


def write_model(folder: Path, tokenizer: Any, table: Any) -> None:
    """The model2vec layout."""
    folder.mkdir(parents=True, exist_ok=True)
    tokenizer.save(str(folder / "tokenizer.json"), pretty=False)
    write_tensors(folder / "model.safetensors", {"embeddings": vectors.whole_numbers(table)})
    settings = {
        "model_type": "model2vec",
        "architectures": ["StaticModel"],
        "hidden_dim": table.shape[1],
        "seq_length": 1_000_000,
        "normalize": True,
        "embedding_dtype": "int8",
        "vocabulary_quantization": None,
    }
    (folder / "config.json").write_text(json.dumps(settings, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
