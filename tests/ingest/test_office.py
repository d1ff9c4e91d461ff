"""Old formats through LibreOffice: the text is the same, the file stays what it was, nothing is fetched."""

from __future__ import annotations

import hashlib
import http.server
import struct
import subprocess
import threading
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import docx
import pytest

from ingest import office
from ingest.docx.reader import read_docx
from ingest.office import as_docx, as_original, find_office, office_kind
from models.errors import DamagedFile, EncryptedFile, ResourceLimit, UnsupportedFormat
from tests.ingest import bad_files
from tests.ingest.docx_builder import PROSE

needs_office = pytest.mark.skipif(find_office() is None, reason="not here: LibreOffice (soffice)")
_ODF = "urn:oasis:names:tc:opendocument:xmlns"
_SPACES = (
    f'xmlns:office="{_ODF}:office:1.0" xmlns:text="{_ODF}:text:1.0" xmlns:draw="{_ODF}:drawing:1.0" '
    f'xmlns:svg="{_ODF}:svg-compatible:1.0" xmlns:xlink="http://www.w3.org/1999/xlink"'
)
_MANIFEST = (
    f'<m:manifest xmlns:m="{_ODF}:manifest:1.0"><m:file-entry m:full-path="/" '
    'm:media-type="application/vnd.oasis.opendocument.text"/>'
    '<m:file-entry m:full-path="content.xml" m:media-type="text/xml"/></m:manifest>'
)


@pytest.fixture(scope="module")
def old_doc(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A .doc as LibreOffice writes it, under a Chinese name."""
    folder = tmp_path_factory.mktemp("office")
    report = docx.Document()
    report.add_heading("1 领导", 1)
    report.add_paragraph(PROSE)
    cells = report.add_table(2, 2)._cells
    for cell, text in zip(cells, ("指标", "2018", "满意度", "93.4"), strict=True):
        cell.text = text
    report.add_paragraph("以上数据由质量管理部提供。")
    report.save(str(folder / "报告.docx"))
    program = find_office()
    assert program is not None
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [str(program), profile, "--headless", "--convert-to", "doc", "--outdir", str(folder)]
    subprocess.run([*command, str(folder / "报告.docx")], check=True, capture_output=True)
    return (folder / "报告.doc").rename(folder / "自评报告 2019.doc")


def kind_of(path: Path) -> str | None:
    return office_kind(path, path.read_bytes()[:4096])


@needs_office
def test_an_old_doc_is_read_and_keeps_its_name(old_doc: Path) -> None:
    kind = kind_of(old_doc)
    assert kind is not None
    with as_docx(old_doc, kind, 120) as made:
        document = as_original(read_docx(made), old_doc, kind)
    assert not made.exists()
    assert [(block.kind, block.text) for block in document.blocks][:2] == [
        ("heading", "1 领导"),
        ("paragraph", PROSE),
    ]
    assert [block.table.grid() for block in document.blocks if block.table] == [
        (("指标", "2018"), ("满意度", "93.4"))
    ]
    assert document.filename == "自评报告 2019.doc"
    assert document.sha256 == hashlib.sha256(old_doc.read_bytes()).hexdigest()
    assert document.notes[0].kind == "converted"
    assert "LibreOffice" in document.notes[0].message
    assert "略有差别" in document.notes[0].message
    assert [path.name for path in old_doc.parent.glob("*lock*")] == []


@needs_office
def test_rtf_is_read(tmp_path: Path) -> None:
    path = tmp_path / "报告.wps"
    path.write_bytes(b"{\\rtf1\\ansi\\ansicpg936 \\'d6\\'ca\\'c1\\'bf 2019\\par}")
    kind = kind_of(path)
    assert kind == " RTF 文件"
    with as_docx(path, kind, 120) as made:
        assert [block.text for block in read_docx(made).blocks] == ["质量 2019"]


@pytest.fixture
def asked_for() -> Iterator[tuple[int, list[str]]]:
    """The port of a server on this machine, and what it was asked for."""
    seen: list[str] = []

    class Listener(http.server.BaseHTTPRequestHandler):
        def handle_one_request(self) -> None:
            seen.append(self.rfile.readline().decode("latin-1"))
            self.close_connection = True

    with http.server.HTTPServer(("127.0.0.1", 0), Listener) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_port, seen
        server.shutdown()


def linked_odt(folder: Path, port: int) -> Path:
    """Text with a picture that lies on a server."""
    image = f'<draw:image xlink:href="http://127.0.0.1:{port}/x.png" xlink:type="simple"/>'
    frame = f'<draw:frame svg:width="5cm" svg:height="5cm">{image}</draw:frame>'
    body = f"<office:body><office:text><text:p>质量方针{frame}</text:p></office:text></office:body>"
    path = folder / "报告.odt"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("META-INF/manifest.xml", _MANIFEST)
        archive.writestr(
            "content.xml",
            f'<office:document-content {_SPACES} office:version="1.2">{body}</office:document-content>',
        )
    return path


@needs_office
def test_a_linked_picture_is_not_fetched(tmp_path: Path, asked_for: tuple[int, list[str]]) -> None:
    port, seen = asked_for
    path = linked_odt(tmp_path, port)
    kind = kind_of(path)
    assert kind is not None
    with as_docx(path, kind, 120) as made:
        assert "质量方针" in read_docx(made).blocks[0].text
    assert seen == []


def test_without_office_one_sentence_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "find_office", lambda: None)
    with (
        pytest.raises(UnsupportedFormat, match=r"旧版 Word 文件.*没有找到 LibreOffice；.*另存为 \.docx"),
        as_docx(tmp_path / "报告.doc", "旧版 Word 文件（.doc）", 1),
    ):
        pass


@needs_office
def test_what_office_cannot_open_is_damaged(tmp_path: Path) -> None:
    path = tmp_path / "报告.doc"
    path.write_bytes(bad_files.old_doc())
    with pytest.raises(DamagedFile, match="LibreOffice 没能打开"), as_docx(path, "旧版 Word 文件", 120):
        pass


@pytest.mark.skipif(not Path("/bin/sh").exists(), reason="not here: /bin/sh")
def test_a_program_that_hangs_is_ended_with_all_it_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = tmp_path / "soffice"
    script.write_text(f"#!/bin/sh\n(sleep 2; touch {tmp_path}/alive) &\nwait\n")
    script.chmod(0o755)
    monkeypatch.setattr(office, "find_office", lambda: script)
    path = tmp_path / "报告.doc"
    path.write_bytes(bad_files.old_doc())
    with pytest.raises(ResourceLimit, match=r"时间上限（0\.5 秒）"), as_docx(path, "旧版 Word 文件", 0.5):
        pass
    time.sleep(2)
    assert not (tmp_path / "alive").exists()


def locked_doc(flags: int) -> bytes:
    """A Word stream of one sector whose head holds the flags (0x0100: under a password)."""
    fib = struct.pack("<HHHHHH", 0xA5EC, 0xC1, 0, 0x804, 0, flags)
    data = bytearray(bad_files.ole_file("WordDocument", "1Table", payload=fib))
    entry = data.index("WordDocument".encode("utf-16-le"))
    struct.pack_into("<I", data, entry + 0x74, 2)
    return bytes(data)


def test_old_files_are_told_by_their_content(tmp_path: Path) -> None:
    path = tmp_path / "报告.doc"
    for data, kind in (
        (locked_doc(0), "旧版 Word 文件（.doc）或 WPS 文字文件（.wps）"),
        (b"PK\x03\x04" + bytes(200), None),
        (b"%PDF-1.4", None),
    ):
        path.write_bytes(data)
        assert kind_of(path) == kind
    for locked in (locked_doc(0x0100), bad_files.locked_docx()):
        path.write_bytes(locked)
        with pytest.raises(EncryptedFile, match="密码"):
            kind_of(path)
    path.write_bytes(bad_files.ole_file("Workbook"))
    with pytest.raises(UnsupportedFormat, match="不是 Word 文档"):
        kind_of(path)


def test_office_is_found_where_it_usually_lies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office.shutil, "which", lambda name: None)
    monkeypatch.setattr(office, "_roots", lambda: iter([tmp_path]))
    for system, place in (
        ("linux", "opt/libreoffice24.8/program/soffice"),
        ("win32", "LibreOffice/program/soffice.com"),
        ("darwin", "Applications/LibreOffice.app/Contents/MacOS/soffice"),
    ):
        monkeypatch.setattr(office.sys, "platform", system)
        assert find_office() is None
        program = tmp_path / place
        program.parent.mkdir(parents=True)
        program.touch()
        assert find_office() == program
        program.unlink()
