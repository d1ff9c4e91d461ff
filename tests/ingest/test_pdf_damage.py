"""Files that cannot be read, or not whole: one clear sentence, and never another exception."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.pdf import chars as pdf_chars
from ingest.pdf import file as pdf_file
from ingest.pdf import shapes as pdf_shapes
from ingest.pdf.reader import read_pdf
from models.document import Document
from models.errors import DamagedFile, EncryptedFile, ResourceLimit, UnreadableFile
from tests.ingest.pdf_fixture import PROSE, PageDraft, make_pdf, write_prose
from tests.ingest.test_pdf_tables import HEADER, LEFTS, ROWS

SECRET = "".join(("qiye", "2019"))


def prose_page() -> PageDraft:
    page = PageDraft()
    write_prose(page, 100, PROSE)
    page.table(LEFTS, 300, [HEADER, *ROWS])
    return page


def saved(folder: Path, data: bytes) -> Path:
    path = folder / "报告.pdf"
    path.write_bytes(data)
    return path


def test_a_password_is_asked_for_and_used(tmp_path: Path) -> None:
    path = saved(tmp_path, make_pdf([prose_page()], password=SECRET))
    with pytest.raises(EncryptedFile, match="--password"):
        read_pdf(path)
    with pytest.raises(EncryptedFile, match="密码打不开"):
        read_pdf(path, password=SECRET[1:])
    assert read_pdf(path, password=SECRET).blocks[0].text == PROSE


def test_an_empty_user_password_opens_by_itself(tmp_path: Path) -> None:
    assert read_pdf(saved(tmp_path, make_pdf([prose_page()], password=""))).blocks[0].text == PROSE


@pytest.mark.parametrize(
    "data",
    [b"", b"%PDF-1.4\n", b"just text", make_pdf([prose_page()])[:900]],
    ids=["empty", "head only", "text", "cut"],
)
def test_a_damaged_file_says_so(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(DamagedFile, match="损坏"):
        read_pdf(saved(tmp_path, data))


def test_a_file_without_pages_says_so(tmp_path: Path) -> None:
    with pytest.raises(DamagedFile, match=r"没有任何页面|损坏"):
        read_pdf(saved(tmp_path, make_pdf([])))


def test_a_page_tree_that_runs_in_a_circle_is_damage(tmp_path: Path) -> None:
    data = re.sub(rb"Kids\[\d", b"Kids[2", make_pdf([prose_page()]))
    assert b"/Kids[2 0 R]" in data
    with pytest.raises(DamagedFile):
        read_pdf(saved(tmp_path, data))


def test_too_many_pages_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_file, "MAX_PAGES", 2)
    with pytest.raises(ResourceLimit, match="3 页"):
        read_pdf(saved(tmp_path, make_pdf([PageDraft()] * 3)))


@pytest.mark.parametrize("limit", ["MAX_CHARS", "MAX_PATHS"])
def test_a_page_over_its_limits_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str) -> None:
    module = pdf_chars if limit == "MAX_CHARS" else pdf_shapes
    monkeypatch.setattr(module, limit, 5)
    document = read_pdf(saved(tmp_path, make_pdf([prose_page()])))
    assert [(note.kind, note.page) for note in document.notes] == [("page-limit", 1)]


def test_a_page_that_cannot_be_loaded_does_not_stop_the_others(tmp_path: Path) -> None:
    data = make_pdf([prose_page(), prose_page()])
    broken = re.sub(rb"Kids\[\d", b"Kids[1", data)
    document = read_pdf(saved(tmp_path, broken))
    assert document.ledger.states == ("unreadable", "text")
    assert [note.kind for note in document.notes] == ["unreadable"]


@settings(max_examples=80, deadline=None)
@given(st.data())
def test_a_mutated_file_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    whole = bytearray(make_pdf([prose_page()]))
    for _ in range(data.draw(st.integers(1, 12))):
        place = data.draw(st.integers(0, len(whole) - 1))
        whole[place] = data.draw(st.integers(0, 255))
    path = saved(tmp_path_factory.mktemp("mutated"), bytes(whole))
    try:
        document = read_pdf(path)
    except UnreadableFile as error:
        assert error.message.endswith("。")
        return
    assert isinstance(document, Document)
    assert document.ledger.found == sum(len("".join(block.text.split())) for block in document.blocks)
