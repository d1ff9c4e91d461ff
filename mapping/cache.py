"""What was made for another encoder, kept between runs: vectors of shipped texts, and heads fitted on them.

Nothing of a report is ever in it. The folder may be deleted at any time; one that cannot be read or
written only costs time.
"""

from __future__ import annotations

import hashlib
import os
import sys
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from models.encoder import Encoder, FloatArray

FORMAT = "1"
"""Part of every key; raise it when vectors are fitted in another way."""
_BROKEN = (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile, zlib.error)
_SAME = 1e-3
"""How far the vector of one text may lie from the one kept: threads add up in any order."""

Arrays = Mapping[str, FloatArray]


@dataclass(frozen=True, slots=True)
class Cache:
    """Arrays by encoder and texts, a file each; without a folder nothing is kept."""

    folder: Path | None = None

    def encode(self, encoder: Encoder, texts: Sequence[str]) -> FloatArray:
        """(texts, dimensions): vectors of texts that are shipped, or stand in the criteria."""

        def make() -> Arrays:
            return {"vectors": np.asarray(encoder.encode(texts), np.float32)}

        return self.arrays(encoder, ("vectors", *texts), texts, make)["vectors"]

    def arrays(
        self, encoder: Encoder, key: Iterable[str], texts: Sequence[str], make: Callable[[], Arrays]
    ) -> Arrays:
        """What ``make`` gives, from the folder if it is there. ``key`` says all that it depends on beside
        the encoder, whose vector of the first text must still be the same: its weights' hash does not
        know the tokenizer."""
        if self.folder is None or not texts:
            return make()
        path = self.folder / f"{_digest((encoder.sha256, *key))}.npz"
        probe = np.asarray(encoder.encode(texts[:1]), np.float32)
        found = _read(path, probe)
        if found is None:
            found = make()
            _write(path, {**found, "probe": probe})
        return found


def user_cache(environment: Mapping[str, str] = os.environ) -> Cache:
    """The cache of this user: ``ZIPING_CACHE``, or the place that the system has for such things."""
    given = environment.get("ZIPING_CACHE")
    if given:
        return Cache(Path(given))
    if sys.platform == "win32":
        base = environment.get("LOCALAPPDATA")
        return Cache(Path(base) / "ziping" if base else None)
    home = environment.get("HOME")
    base = environment.get("XDG_CACHE_HOME") or (home and str(Path(home) / ".cache"))
    return Cache(Path(base) / "ziping" if base else None)


def _digest(key: Iterable[str]) -> str:
    digest = hashlib.sha256(FORMAT.encode())
    for part in key:
        data = part.encode("utf-8", "surrogatepass")
        digest.update(len(data).to_bytes(8, "big") + data)
    return digest.hexdigest()[:32]


def _read(path: Path, probe: FloatArray) -> Arrays | None:
    """The arrays of a file, or None where there is none, or a broken one, or one of other vectors."""
    try:
        with np.load(path, allow_pickle=False) as data:
            arrays = {name: data[name] for name in data.files}
        kept = arrays.pop("probe")
        same = kept.shape == probe.shape and bool(np.allclose(kept, probe, rtol=0, atol=_SAME))
    except _BROKEN:
        return None
    return arrays if same else None


def _write(path: Path, arrays: Arrays) -> None:
    """The whole file or none: another run may be reading it."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, suffix=".tmp", delete=False) as file:
            unfinished = Path(file.name)
            try:
                np.savez(file, **arrays)
                file.close()
                unfinished.replace(path)
            finally:
                unfinished.unlink(missing_ok=True)
    except OSError:
        return
