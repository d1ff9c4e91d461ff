"""What is kept between runs for another encoder: asked for once, the same again, never a reason to fail."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest

from mapping.cache import Cache, user_cache
from mapping.index import build_index
from models.encoder import FloatArray
from nlp.words import words
from tests.mapping.encoders import CharacterEncoder
from tests.mapping.readings import CRITERIA

TEXTS = ("公司每年开展顾客满意度调查。", "董事会由九人组成。")


@dataclass
class Counting:
    """A character encoder that remembers how many texts it was given."""

    inner: CharacterEncoder = field(default_factory=CharacterEncoder)
    asked: int = 0
    name: str = "counting"

    @property
    def dimensions(self) -> int:
        return self.inner.dimensions

    @property
    def sha256(self) -> str:
        return self.inner.sha256

    def encode(self, texts: Sequence[str]) -> FloatArray:
        self.asked += len(texts)
        return self.inner.encode(texts)


def test_vectors_are_made_once(tmp_path: Path) -> None:
    encoder = Counting()
    first = Cache(tmp_path).encode(encoder, TEXTS)
    made = encoder.asked
    again = Cache(tmp_path).encode(encoder, TEXTS)
    assert (again == first).all() and again.dtype == first.dtype
    assert encoder.asked == made + 1  # the probe


def test_without_a_folder_nothing_is_kept() -> None:
    encoder = Counting()
    Cache().encode(encoder, TEXTS)
    Cache().encode(encoder, TEXTS)
    assert encoder.asked == 2 * len(TEXTS)


@pytest.mark.parametrize(
    "other",
    [CharacterEncoder(sha256="1" * 64), CharacterEncoder(dimensions=96)],
    ids=["other weights", "same weights, other vectors"],
)
def test_another_encoder_has_its_own(other: CharacterEncoder, tmp_path: Path) -> None:
    Cache(tmp_path).encode(CharacterEncoder(), TEXTS)
    assert (Cache(tmp_path).encode(other, TEXTS) == other.encode(TEXTS)).all()


def test_other_texts_have_their_own(tmp_path: Path) -> None:
    encoder, cache = CharacterEncoder(), Cache(tmp_path)
    cache.encode(encoder, TEXTS)
    joined = ("".join(TEXTS),)
    assert (cache.encode(encoder, joined) == encoder.encode(joined)).all()
    assert cache.encode(encoder, ()).shape == (0, encoder.dimensions)


@pytest.mark.parametrize("damage", [b"", b"PK\x03\x04 broken", None], ids=["empty", "no archive", "cut"])
def test_a_broken_file_is_made_anew(damage: bytes | None, tmp_path: Path) -> None:
    encoder = CharacterEncoder()
    whole = Cache(tmp_path).encode(encoder, TEXTS)
    (file,) = tmp_path.iterdir()
    sound = file.read_bytes()
    file.write_bytes(sound[: len(sound) // 2] if damage is None else damage)
    assert (Cache(tmp_path).encode(encoder, TEXTS) == whole).all()
    assert file.read_bytes() == sound


def test_a_file_of_other_arrays_is_made_anew(tmp_path: Path) -> None:
    encoder = CharacterEncoder()
    whole = Cache(tmp_path).encode(encoder, TEXTS)
    (file,) = tmp_path.iterdir()
    np.savez(file, other=np.zeros(3))
    assert (Cache(tmp_path).encode(encoder, TEXTS) == whole).all()


def test_a_folder_that_cannot_be_written_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    encoder = CharacterEncoder()
    found = Cache(tmp_path / "file" / "cache").encode(encoder, TEXTS)
    assert (found == encoder.encode(TEXTS)).all()


def test_nothing_unfinished_is_left(tmp_path: Path) -> None:
    Cache(tmp_path / "deep" / "cache").encode(CharacterEncoder(), TEXTS)
    assert [file.suffix for file in (tmp_path / "deep" / "cache").iterdir()] == [".npz"]


def test_an_index_from_the_cache_is_the_same(tmp_path: Path) -> None:
    encoder = Counting()
    vectors = encoder.inner.encode(TEXTS)
    plain = build_index(CRITERIA, encoder, words)
    nearest = plain.closest(vectors)
    made = encoder.asked
    build_index(CRITERIA, encoder, words, Cache(tmp_path)).closest(vectors)
    encoder.asked = 0
    for _ in range(2):
        one = build_index(CRITERIA, encoder, words, Cache(tmp_path))
        assert one.meaning.heads == plain.meaning.heads
        assert (one.meaning.weights == plain.meaning.weights).all()
        assert (one.points.likeness(vectors) == plain.points.likeness(vectors)).all()
        assert one.closest(vectors) == nearest
    assert encoder.asked < 20 < made


@pytest.mark.parametrize(
    ("system", "environment", "folder"),
    [
        ("linux", {"ZIPING_CACHE": "/a", "XDG_CACHE_HOME": "/b", "HOME": "/c"}, Path("/a")),
        ("linux", {"XDG_CACHE_HOME": "/b", "HOME": "/c"}, Path("/b/ziping")),
        ("linux", {"HOME": "/c"}, Path("/c/.cache/ziping")),
        ("win32", {"LOCALAPPDATA": "/d", "HOME": "/c"}, Path("/d/ziping")),
        ("win32", {"ZIPING_CACHE": "/a", "LOCALAPPDATA": "/d"}, Path("/a")),
        ("win32", {}, None),
        ("linux", {}, None),
    ],
)
def test_the_folder(
    system: str, environment: dict[str, str], folder: Path | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.platform", system)
    assert user_cache(environment).folder == folder
