"""Contents under their hashes: kept whole or not at all."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.store.files import FileStore
from models.errors import ResourceLimit


@given(st.lists(st.binary(max_size=200), max_size=5))
def test_what_goes_in_comes_out_under_its_hash(
    tmp_path_factory: pytest.TempPathFactory, chunks: list[bytes]
) -> None:
    store = FileStore(tmp_path_factory.mktemp("files"))
    whole = b"".join(chunks)
    content = store.add(chunks)
    assert content.sha256 == hashlib.sha256(whole).hexdigest()
    assert content.size == len(whole)
    assert store.read(content.sha256) == whole
    assert store.add([whole]) == content
    assert list(store.names()) == [content.sha256]


def left(store: FileStore) -> list[Path]:
    return [path for path in store.folder.rglob("*") if path.is_file()]


def test_what_breaks_off_leaves_nothing(tmp_path: Path) -> None:
    store = FileStore(tmp_path)

    def broken() -> Iterator[bytes]:
        yield b"first"
        raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        store.add(broken())
    with pytest.raises(ResourceLimit):
        store.add([b"x" * 11], 10)
    with pytest.raises(ValueError, match="no"):
        store.add([b"x"], check=refuse)
    assert left(store) == []


def refuse(path: Path) -> None:
    assert path.read_bytes() == b"x"
    raise ValueError("no")


def test_a_damaged_content_is_named(tmp_path: Path) -> None:
    store = FileStore(tmp_path)
    good, bad = store.add([b"good"]), store.add([b"bad"])
    store.path(bad.sha256).write_bytes(b"other")
    assert list(store.damaged()) == [bad.sha256]
    store.delete(bad.sha256)
    assert list(store.names()) == [good.sha256]
