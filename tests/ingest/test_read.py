"""Bad input: one sentence in Chinese each, of the right class, and the parent lives."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from ingest import office
from ingest.limits import ReadLimits
from ingest.read import read_document
from models.errors import (
    DamagedFile,
    EncryptedFile,
    MissingPath,
    ResourceLimit,
    UnreadableFile,
    UnsupportedFormat,
)
from tests.ingest import bad_files
from tests.ingest.docx_builder import PROSE, para, write_docx

DOCX = Callable[[Path], Path]


def refused(path: Path, error: type[UnreadableFile], words: str, **more: object) -> None:
    """The file is refused with one sentence that names it and says what to do."""
    with pytest.raises(error) as raised:
        read_document(path, **more)  # type: ignore[arg-type]
    assert type(raised.value) is error
    message = raised.value.message
    assert message.startswith(f"《{path.name}》：")
    assert words in message
    assert "请" in message
    assert "\n" not in message
    assert not re.search(r"Error|Traceback|xml\b.*line", message)


@pytest.mark.parametrize(
    ("data", "error", "words"),
    [
        (b"", DamagedFile, "空的"),
        ("这是一份纯文本，被改名为 docx。".encode(), UnsupportedFormat, "不是 .docx 也不是 PDF"),
        (b"\xef\xbb\xbf<!DOCTYPE html><html></html>", UnsupportedFormat, "网页"),
        (b"<?xml version='1.0'?><pkg/>", UnsupportedFormat, "XML"),
        (b"\x89PNG\r\n\x1a\n", UnsupportedFormat, "图片"),
        (b"Rar!\x1a\x07", UnsupportedFormat, "RAR"),
        (bytes(range(256)) * 8, UnsupportedFormat, "不是 .docx 也不是 PDF"),
        (bad_files.locked_docx(), EncryptedFile, "密码"),
        (bad_files.ole_file("Workbook"), UnsupportedFormat, "不是 Word 文档"),
        (b"PK\x03\x04" + bytes(40), DamagedFile, "损坏"),
        (b"%PDF-1.7\n" + b"nonsense " * 50, DamagedFile, "损坏"),
        (bad_files.small_pdf()[:150], DamagedFile, "损坏"),
        (bad_files.locked_pdf(), EncryptedFile, "--password"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_by_content_not_by_name(tmp_path: Path, data: bytes, error: type[UnreadableFile], words: str) -> None:
    path = tmp_path / "自评报告.docx"
    path.write_bytes(data)
    refused(path, error, words)


@pytest.mark.parametrize(
    ("data", "words"), [(b"{\\rtf1\\ansi}", "RTF"), (bad_files.old_doc(), r".doc")], ids=["rtf", "doc"]
)
def test_old_formats_without_libreoffice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, data: bytes, words: str
) -> None:
    monkeypatch.setattr(office, "find_office", lambda: None)
    path = tmp_path / "自评报告.docx"
    path.write_bytes(data)
    refused(path, UnsupportedFormat, words)
    refused(path, UnsupportedFormat, "另存为 .docx")


@pytest.mark.skipif(office.find_office() is None, reason="not here: LibreOffice (soffice)")
def test_old_formats_with_libreoffice(tmp_path: Path) -> None:
    path = tmp_path / "自评报告.wps"
    path.write_bytes(b"{\\rtf1\\ansi\\ansicpg936 \\'d6\\'ca\\'c1\\'bf 2019\\par}")
    document = read_document(path)
    assert [block.text for block in document.blocks] == ["质量 2019"]
    assert (document.filename, document.notes[0].kind) == ("自评报告.wps", "converted")


@pytest.mark.parametrize(
    ("make", "error", "words"),
    [
        (bad_files.doctype, DamagedFile, "DOCTYPE"),
        (lambda folder: bad_files.doctype(folder, "utf-16"), DamagedFile, "DOCTYPE"),
        (lambda folder: bad_files.external_entity(folder, Path(__file__)), DamagedFile, "DOCTYPE"),
        (bad_files.inflating, ResourceLimit, "安全上限"),
        (bad_files.crowded, ResourceLimit, "安全上限"),
        (bad_files.lying_size, DamagedFile, "损坏"),
        (bad_files.doubled_main, DamagedFile, "损坏"),
        (bad_files.locked_entry, EncryptedFile, "密码"),
        (lambda folder: bad_files.nested_tables(folder, 3000), DamagedFile, "损坏"),
        (lambda folder: bad_files.with_main(folder, b"<w:document"), DamagedFile, "损坏"),
        (lambda folder: bad_files.with_main(folder, b"<x/>"), DamagedFile, "损坏"),
        (lambda folder: bad_files.other_zip(folder, "xl/workbook.xml"), UnsupportedFormat, "Excel"),
        (lambda folder: bad_files.other_zip(folder, "ppt/presentation.xml"), UnsupportedFormat, "PowerPoint"),
        (
            lambda folder: bad_files.other_zip(folder, "mimetype", "content.xml"),
            UnsupportedFormat,
            "OpenDocument",
        ),
        (lambda folder: bad_files.other_zip(folder, "报告/自评.txt"), UnsupportedFormat, "没有 Word 文档"),
        (lambda folder: bad_files.other_zip(folder, "word/styles.xml"), DamagedFile, "损坏"),
    ],
)
def test_packages_that_are_refused(
    tmp_path: Path, make: DOCX, error: type[UnreadableFile], words: str
) -> None:
    refused(make(tmp_path), error, words)


def test_a_docx_cut_anywhere_is_damaged(tmp_path: Path) -> None:
    whole = bad_files.good(tmp_path).read_bytes()
    for share in (0.1, 0.5, 0.95):
        path = tmp_path / "断.docx"
        path.write_bytes(whole[: int(len(whole) * share)])
        refused(path, DamagedFile, "损坏")


@pytest.mark.parametrize("make", [bad_files.broken_media, lambda folder: bad_files.nested_tables(folder, 40)])
def test_odd_packages_that_are_read(tmp_path: Path, make: DOCX) -> None:
    text = "".join(block.text for block in read_document(make(tmp_path)).blocks)
    assert PROSE in text or "最里面" in text


def test_a_missing_path_and_a_folder(tmp_path: Path) -> None:
    for path in (tmp_path / "没有.docx", tmp_path):
        with pytest.raises(MissingPath, match=re.escape(path.name)):
            read_document(path)


def test_the_name_does_not_matter(tmp_path: Path) -> None:
    path = bad_files.good(tmp_path).rename(tmp_path / "自评报告.pdf")
    assert read_document(path).format == "docx"
    path.write_bytes(bad_files.small_pdf())
    assert read_document(path.rename(tmp_path / "自评报告.docx")).format == "pdf"


def test_a_file_over_the_size_limit_is_not_opened(tmp_path: Path) -> None:
    refused(bad_files.good(tmp_path), ResourceLimit, "上限", limits=ReadLimits(file_bytes=100))


def test_pages_are_told_while_they_are_read(tmp_path: Path) -> None:
    heard: list[tuple[int, int | None]] = []
    path = tmp_path / "自评报告.pdf"
    path.write_bytes(bad_files.small_pdf())
    read_document(path, on_page=lambda page, total: heard.append((page, total)))
    assert heard == [(1, 1)]
    breaks = "".join(para(runs=f"<w:r><w:lastRenderedPageBreak/><w:t>{n}页</w:t></w:r>") for n in (2, 3))
    path = write_docx(tmp_path / "自评报告.docx", para(PROSE) + breaks)
    read_document(path, on_page=lambda page, total: heard.append((page, total)))
    assert heard[1][1] is None
