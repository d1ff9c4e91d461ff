"""What the aspect head looks at: character n-grams of a text, cue words, numbers and years.

Digits are masked: it is not the digit that makes a result, but what it stands beside.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from models.encoder import FloatArray

DATA = Path(__file__).parent / "data" / "aspects"
_BITS = 16
BUCKETS = 1 << _BITS
"""Places for hashed n-grams; two that meet in one place are rare enough not to matter."""
_PRIMES = (1_000_003, 8_191, 131)
_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")
_WHITE = re.compile(r"\s+")
_YEAR = re.compile(r"(?:19|20)\d\d ?年")


@dataclass(frozen=True, slots=True)
class Cues:
    names: tuple[str, ...]
    patterns: tuple[re.Pattern[str], ...]
    learning: re.Pattern[str]
    integration: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Grams:
    """N-grams of many texts in one run: ``bucket`` says which, ``text`` of which text."""

    bucket: Any
    text: Any


@cache
def cues() -> Cues:
    table = tomllib.loads((DATA / "cues.toml").read_text(encoding="utf-8"))
    return Cues(
        names=tuple(table["cues"]),
        patterns=tuple(_any_of(patterns) for patterns in table["cues"].values()),
        learning=_any_of(table["flags"]["learning"]),
        integration=_any_of(table["flags"]["integration"]),
    )


def _any_of(patterns: Sequence[str]) -> re.Pattern[str]:
    return re.compile("|".join(patterns))


def normal(text: str) -> str:
    """NFKC, lower case, no white space."""
    return _WHITE.sub("", unicodedata.normalize("NFKC", text).lower())


def masked(text: str) -> str:
    """A normal text with each number as 0."""
    return _DIGITS.sub("0", text)


def feature_names() -> tuple[str, ...]:
    return (*cues().names, "years", "numbers", "percents", "digit_share", "short")


def cue_row(text: str) -> list[float]:
    """Features of one sentence (normal, not masked), in the order of ``feature_names``; each 0 to 1."""
    plain = masked(text)
    found = [float(pattern.search(plain) is not None) for pattern in cues().patterns]
    years = len(set(_YEAR.findall(text)))
    numbers = plain.count("0")
    percents = text.count("%") + text.count("‰")
    digits = sum(character.isdigit() for character in text) / max(len(text), 1)
    return [
        *found,
        min(years, 3) / 3,
        min(numbers, 6) / 6,
        min(percents, 3) / 3,
        min(digits * 4, 1.0),
        float(len(text) < 25),
    ]


def grams(texts: Sequence[str]) -> Grams:
    """Character 1-, 2- and 3-grams of masked texts, each once per text."""
    import numpy as np

    run = "\0".join(texts) + "\0\0\0"
    codes = np.frombuffer(run.encode("utf-32-le"), dtype=np.uint32).astype(np.uint64)
    owner = np.cumsum(codes == 0) - (codes == 0)
    keys = []
    last = len(codes) - 3
    for length in (1, 2, 3):
        pieces = [codes[at : at + last] for at in range(length)]
        whole = np.logical_and.reduce([piece != 0 for piece in pieces])
        buckets = _hashed(pieces)[whole]
        keys.append((owner[:last][whole].astype(np.uint64) << np.uint64(_BITS)) | buckets)
    unique = np.unique(np.concatenate(keys))
    return Grams(
        bucket=(unique & np.uint64(BUCKETS - 1)).astype(np.int64),
        text=(unique >> np.uint64(_BITS)).astype(np.int64),
    )


def _hashed(pieces: Sequence[Any]) -> Any:
    """Bucket of each n-gram, by multiplication modulo 2**64."""
    import numpy as np

    mixed = np.full(len(pieces[0]), len(pieces) * 7_919, dtype=np.uint64)
    for piece, prime in zip(pieces, _PRIMES, strict=False):
        mixed += piece * np.uint64(prime)
    return (mixed * np.uint64(0x9E3779B97F4A7C15)) >> np.uint64(64 - _BITS)


def gram_scores(texts: Sequence[str], weights: FloatArray) -> FloatArray:
    """(n, classes): sum of the weights of a text's n-grams over the root of their number."""
    import numpy as np

    found = grams(texts)
    number = np.bincount(found.text, minlength=len(texts))
    scale = 1.0 / np.sqrt(np.maximum(number, 1))
    columns = [
        np.bincount(found.text, weights=weights[found.bucket, column], minlength=len(texts)) * scale
        for column in range(weights.shape[1])
    ]
    return np.stack(columns, axis=1)
