"""What an attacker sends: each ends in a sentence or is read, soon, and nothing in it is run."""

from __future__ import annotations

import gzip
import os
import pickle
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pdfplumber
import pytest

from ingest.limits import ReadLimits
from ingest.read import read_document
from models.errors import EncryptedFile, ResourceLimit, UnreadableFile
from tests.ingest import bad_files
from tests.ingest.docx_builder import PROSE
from tests.ingest.pdf_fixture import PROSE as PDF_PROSE
from tests.ingest.pdf_fixture import PageDraft, make_pdf, write_prose

MB = 1024 * 1024
SMALL = ReadLimits(memory_bytes=300 * MB, cpu_seconds=8, wall_seconds=60)
SECRET = "".join(("qiye", "2019"))


def saved(folder: Path, data: bytes, name: str = "自评报告.pdf") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def test_a_picture_of_four_gigabytes_is_left_alone(tmp_path: Path) -> None:
    path = bad_files.huge_media(tmp_path)
    assert path.stat().st_size < 20 * MB
    document = read_document(path, limits=SMALL)
    assert PROSE in "".join(block.text for block in document.blocks)


def test_a_form_that_draws_itself_ends(tmp_path: Path) -> None:
    path = saved(tmp_path, bad_files.self_drawing_form())
    try:
        document = read_document(path, limits=SMALL)
    except UnreadableFile as error:
        assert isinstance(error, ResourceLimit)
        assert "请" in error.message
    else:
        assert document.ledger.pages == 1


def test_a_page_packed_twice_is_too_large(tmp_path: Path) -> None:
    data = bad_files.packed_twice()
    assert len(data) < 100_000
    with pytest.raises(ResourceLimit, match="上限"):
        read_document(saved(tmp_path, data), limits=SMALL)


class Evil:
    def __init__(self, mark: Path) -> None:
        self.mark = mark

    def __reduce__(self) -> tuple[Any, ...]:
        return os.mkdir, (str(self.mark),)


def test_a_pickle_named_as_an_encoding_is_not_run(tmp_path: Path) -> None:
    mark = tmp_path / "run"
    with gzip.open(tmp_path / "evil.pickle.gz", "wb") as file:
        file.write(pickle.dumps(Evil(mark)))
    path = saved(tmp_path, bad_files.pickled_cmap(tmp_path / "evil"))
    read_document(path, limits=SMALL)
    with pdfplumber.open(path) as document:
        document.pages[0].extract_text()
    assert not mark.exists()
    assert int(version("pdfminer.six")) >= 20251107


def test_the_child_uses_the_password(tmp_path: Path) -> None:
    page = PageDraft()
    write_prose(page, 100, PDF_PROSE)
    path = saved(tmp_path, make_pdf([page], password=SECRET))
    assert read_document(path, password=SECRET).blocks[0].text == PDF_PROSE
    with pytest.raises(EncryptedFile, match=r"《自评报告\.pdf》：.*--password"):
        read_document(path)
    with pytest.raises(EncryptedFile, match="密码打不开"):
        read_document(path, password=SECRET[1:])


def test_a_locked_word_file_says_so_with_and_without_a_password(tmp_path: Path) -> None:
    path = saved(tmp_path, bad_files.locked_docx(), "自评报告.docx")
    for password in (None, SECRET):
        with pytest.raises(EncryptedFile, match=r"去掉密码.*另存为 \.docx"):
            read_document(path, password=password)
