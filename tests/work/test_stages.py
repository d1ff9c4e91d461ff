"""Stored documents: equal to what was read, read once, bounded, forgotten on request."""

from __future__ import annotations

import json
import os
import zlib
from pathlib import Path

import pytest

from api.options import OnPage
from api.work import stages
from api.work.stages import StagedReading, StageStore
from ingest.limits import ReadLimits
from ingest.read import read_document
from models import codec
from models.document import Document
from models.errors import DamagedFile
from tests.conftest import SHARED
from tests.work.desk import small_report

LIMITS = ReadLimits()


def silent(done: int, total: int | None) -> None:
    pass


@pytest.fixture
def store(tmp_path: Path) -> StageStore:
    return StageStore(tmp_path / "stages")


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names of the files that were really read."""
    names: list[str] = []

    def read(source: Path, *, limits: ReadLimits, password: str | None = None, on_page: OnPage) -> Document:
        names.append(source.name)
        return read_document(source, limits=limits, password=password, on_page=on_page)

    monkeypatch.setattr(stages, "read_document", read)
    return names


def reading(store: StageStore, stored: list[int] | None = None) -> StagedReading:
    return StagedReading(store, lambda: None if stored is None else stored.append(1))


def test_a_content_is_read_once_whatever_its_name(
    store: StageStore, reads: list[str], tmp_path: Path
) -> None:
    first = small_report(tmp_path, 1)
    second = tmp_path / "又一个名字.docx"
    second.write_bytes(first.read_bytes())
    stored: list[int] = []
    documents = [
        reading(store, stored)(path, limits=LIMITS, password=None, on_page=silent) for path in (first, second)
    ]
    assert reads == [first.name]
    assert stored == [1]
    assert [d.filename for d in documents] == [first.name, second.name]
    assert documents[1] == read_document(second)


def text_of(document: Document) -> str:
    return json.dumps(codec.to_json(document))


@pytest.mark.parametrize("name", ["自评报告.pdf", "自评报告.docx", "组织概述.docx"])
def test_what_comes_back_is_written_the_same(store: StageStore, examples: Path, name: str) -> None:
    document = read_document(examples / name)
    store.keep(document.sha256, "v", document)
    found = store.find(document.sha256, "v")
    assert found == document
    assert found is not None and text_of(found) == text_of(document)


def test_real_files_come_back_the_same(store: StageStore) -> None:
    """Numbers must not only be equal but be written alike: 0 and 0.0 are not."""
    folder = SHARED / "real"
    files = sorted(folder.rglob("*.docx"))[:2] + sorted(folder.rglob("*.pdf"))[:1]
    if not files:
        pytest.skip("not here: ../shared/real")
    compared = 0
    for path in files:
        try:
            document = read_document(path)
        except DamagedFile:
            continue
        compared += 1
        store.keep(document.sha256, "v", document)
        found = store.find(document.sha256, "v")
        same = found is not None and text_of(found) == text_of(document)
        assert same, path.name  # not the texts: they are other people's
    assert compared, "every file of ../shared/real that was tried is damaged"


def test_what_a_password_opens_is_not_kept(store: StageStore, tmp_path: Path) -> None:
    path = small_report(tmp_path, 1)
    reading(store)(path, limits=LIMITS, password="x", on_page=silent)  # noqa: S106
    assert not store.folder.exists()


def test_a_file_that_cannot_be_read_is_not_kept(store: StageStore, tmp_path: Path) -> None:
    path = tmp_path / "坏.docx"
    path.write_bytes(b"PK\x03\x04" + bytes(100))
    with pytest.raises(DamagedFile):
        reading(store)(path, limits=LIMITS, password=None, on_page=silent)
    assert not store.folder.exists()


@pytest.mark.parametrize("damage", [b"", b"nonsense", zlib.compress(b"{}"), zlib.compress(b"[1]")])
def test_a_broken_store_only_costs_time(
    store: StageStore, reads: list[str], tmp_path: Path, damage: bytes
) -> None:
    path = small_report(tmp_path, 1)
    whole = reading(store)(path, limits=LIMITS, password=None, on_page=silent)
    for file in store.folder.iterdir():
        file.write_bytes(damage)
    assert reading(store)(path, limits=LIMITS, password=None, on_page=silent) == whole
    assert len(reads) == 2


def test_a_store_that_cannot_be_written_only_costs_time(reads: list[str], tmp_path: Path) -> None:
    blocked = tmp_path / "stages"
    blocked.write_bytes(b"a file where the folder should be")
    stored: list[int] = []
    for _ in range(2):
        reading(StageStore(blocked), stored)(
            small_report(tmp_path, 1), limits=LIMITS, password=None, on_page=silent
        )
    assert (len(reads), stored) == (2, [])


def test_another_reader_reads_anew(
    store: StageStore, reads: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = small_report(tmp_path, 1)
    reading(store)(path, limits=LIMITS, password=None, on_page=silent)
    monkeypatch.setattr(stages, "reader_code", lambda: b"another")
    reading(store)(path, limits=LIMITS, password=None, on_page=silent)
    assert len(reads) == 2


def test_the_longest_unused_go_first(tmp_path: Path) -> None:
    document = read_document(small_report(tmp_path, 1))
    StageStore(tmp_path / "one").keep("0" * 64, "v", document)
    size = next((tmp_path / "one").iterdir()).stat().st_size
    store = StageStore(tmp_path / "stages", room=3 * size)
    for number, name in enumerate("abc"):
        store.keep(name * 64, "v", document)
        os.utime(store.folder / f"{name * 64}-v", (number, number))
    assert store.find("a" * 64, "v") is not None  # used now
    store.keep("d" * 64, "v", document)
    assert {path.name[0] for path in store.folder.iterdir()} == {"a", "c", "d"}
    StageStore(store.folder, room=0).keep("e" * 64, "v", document)
    assert [path.name[0] for path in store.folder.iterdir()] == ["e"]


def test_forgetting_and_sweeping(store: StageStore, tmp_path: Path) -> None:
    document = read_document(small_report(tmp_path, 1))
    for name in "abc":
        store.keep(name * 64, "v", document)
    unfinished = store.folder / "x.tmp"
    unfinished.write_bytes(b"")
    store.forget("a" * 64)
    store.sweep(lambda sha256: sha256 == "b" * 64)
    assert {path.name[0] for path in store.folder.iterdir()} == {"b", "x"}
    os.utime(unfinished, (0, 0))
    store.sweep(lambda sha256: True)
    assert not unfinished.exists()
