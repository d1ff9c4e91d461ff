"""Old .doc, .wps, .rtf and .odt files: LibreOffice, where it is installed, makes a .docx of them.

LibreOffice runs apart from everything a person has open: on a copy, with a profile of its own in a
temporary folder, in which macros, links to the outside and the network are switched off.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import signal
import struct
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from models.document import Document, Note
from models.errors import DamagedFile, EncryptedFile, ResourceLimit, UnsupportedFormat

SUFFIXES = (".doc", ".wps", ".rtf", ".odt")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_RTF = b"{\\rtf"
_ODT = b"mimetypeapplication/vnd.oasis.opendocument.text"
_MEMORY = 4 * 1024**3
"""Address space for LibreOffice on Linux; it maps about 1.5 GB before it opens a file."""
_SAVE_AS = "请用 Word 或 WPS 打开后另存为 .docx，或导出为 PDF，再试一次。"
_NO_OFFICE = (
    "这是{kind}，要借助 LibreOffice 才能直接读取，但这台计算机上没有找到 LibreOffice；"
    "请用 Word 或 WPS 打开后另存为 .docx 再试，或安装 LibreOffice。"
)
_LOCKED = (
    "这个 Word 文件加了打开密码，无法读取；请在 Word 中去掉密码（文件—信息—保护文档）后另存为 .docx 再试。"
)
_OTHER = f"这是旧版 Office 文件，但不是 Word 文档，不能读取；{_SAVE_AS}"
_FAILED = f"LibreOffice 没能打开这个文件，它可能已损坏；{_SAVE_AS}"
_TOO_LONG = f"LibreOffice 转换这个文件超过时间上限（{{seconds:g}} 秒），已停止；{_SAVE_AS}"
_CONVERTED = "这个文件是{kind}，由 LibreOffice 转换为 .docx 后读取；页码、字数与在 Word 中所见可能略有差别。"
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop>
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop>
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update">
<prop oor:name="Link" oor:op="fuse"><value>0</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings">
<prop oor:name="ooInetProxyType" oor:op="fuse"><value>2</value></prop>
<prop oor:name="ooInetNoProxy" oor:op="fuse"><value></value></prop>
<prop oor:name="ooInetHTTPProxyName" oor:op="fuse"><value>127.0.0.1</value></prop>
<prop oor:name="ooInetHTTPProxyPort" oor:op="fuse"><value>9</value></prop>
<prop oor:name="ooInetHTTPSProxyName" oor:op="fuse"><value>127.0.0.1</value></prop>
<prop oor:name="ooInetHTTPSProxyPort" oor:op="fuse"><value>9</value></prop></item>
</oor:items>
"""
_USUAL_PLACES = {
    "win32": ("LibreOffice/program/soffice.com", "LibreOffice*/program/soffice.com"),
    "darwin": ("Applications/LibreOffice.app/Contents/MacOS/soffice",),
}
_LINUX_PLACES = (
    "usr/lib*/libreoffice/program/soffice",
    "opt/libreoffice*/program/soffice",
    "snap/bin/libreoffice",
)


def office_kind(source: Path, head: bytes) -> str | None:
    """What LibreOffice would have to convert, in Chinese; None for a file that is none of these.

    ``head`` is the beginning of the file. Raises EncryptedFile for a file under a password and
    UnsupportedFormat for an OLE file that holds no Word document.
    """
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(_RTF):
        return " RTF 文件"
    if _ODT in head[:128]:
        return " OpenDocument 文字文件（.odt）"
    if not head.startswith(OLE):
        return None
    data = source.read_bytes()
    if _stream("EncryptedPackage") in data or _is_locked(data):
        raise EncryptedFile(_LOCKED)
    if _stream("WordDocument") not in data:
        raise UnsupportedFormat(_OTHER)
    return "旧版 Word 文件（.doc）或 WPS 文字文件（.wps）"


def _stream(name: str) -> bytes:
    """A name as the directory of an OLE file writes it."""
    return name.encode("utf-16-le") + b"\0\0"


def _is_locked(data: bytes) -> bool:
    """Whether the flag fEncrypted is set in the head of the Word stream (MS-DOC 2.5.1, MS-CFB 2.6)."""
    entry = data.find(_stream("WordDocument"))
    if entry < 0 or entry + 0x78 > len(data):
        return False
    sector = 1 << min(data[30], 16)
    start = (struct.unpack_from("<I", data, entry + 0x74)[0] + 1) * sector
    head = data[start : start + 12]
    return len(head) == 12 and head[:2] == b"\xec\xa5" and bool(head[11] & 1)


def find_office() -> Path | None:
    """LibreOffice's program for the command line: on the PATH, or where it usually lies."""
    for name in ("soffice.com", "soffice", "libreoffice"):
        if found := shutil.which(name):
            return Path(found)
    for folder in _roots():
        for pattern in _USUAL_PLACES.get(sys.platform, _LINUX_PLACES):
            if places := sorted(folder.glob(pattern)):
                return places[-1]
    return None


def _roots() -> Iterator[Path]:
    if sys.platform != "win32":
        yield Path("/")
        return
    for variable in ("ProgramW6432", "ProgramFiles", "ProgramFiles(x86)", "LOCALAPPDATA"):
        if folder := os.environ.get(variable):
            yield Path(folder)


@contextmanager
def as_docx(source: Path, kind: str, seconds: float) -> Iterator[Path]:
    """A .docx made of the file, which lives as long as the context.

    Raises UnsupportedFormat without LibreOffice, DamagedFile if it makes nothing of the file, and
    ResourceLimit after ``seconds`` of wall time.
    """
    program = find_office()
    if program is None:
        raise UnsupportedFormat(_NO_OFFICE.format(kind=kind))
    with TemporaryDirectory(prefix="ziping-", ignore_cleanup_errors=True) as scratch:
        yield _convert(program, source, Path(scratch), seconds, "docx:MS Word 2007 XML")


@contextmanager
def as_pdf(source: Path, seconds: float) -> Iterator[Path]:
    """The pages of a Word file as LibreOffice lays them out, which live as long as the context.

    Raises UnsupportedFormat without LibreOffice, DamagedFile and ResourceLimit as ``as_docx``.
    """
    program = find_office()
    if program is None:
        raise UnsupportedFormat(_NO_OFFICE.format(kind="Word 文件"))
    with TemporaryDirectory(prefix="ziping-", ignore_cleanup_errors=True) as scratch:
        yield _convert(program, source, Path(scratch), seconds, "pdf:writer_pdf_Export")


def _convert(program: Path, source: Path, scratch: Path, seconds: float, target: str) -> Path:
    """``target``: suffix and LibreOffice's name of the filter."""
    user = scratch / "profile" / "user"
    user.mkdir(parents=True)
    (user / "registrymodifications.xcu").write_text(_PROFILE, encoding="utf-8")
    shutil.copyfile(source, scratch / "report.doc")  # LibreOffice looks at the content, too
    command = [
        str(program),
        f"-env:UserInstallation={(scratch / 'profile').as_uri()}",
        *("--headless", "--norestore", "--nolockcheck", "--nodefault", "--nologo"),
        *("--convert-to", target, "--outdir", str(scratch / "made")),
        str(scratch / "report.doc"),
    ]
    _run(command, seconds)
    made = scratch / "made" / f"report.{target.partition(':')[0]}"
    if not made.exists():
        raise DamagedFile(_FAILED)
    return made


def _run(command: list[str], seconds: float) -> None:
    """Runs LibreOffice, and ends it with all that it started."""
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )
    try:
        _limit_memory(process.pid)
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        raise ResourceLimit(_TOO_LONG.format(seconds=seconds)) from None
    finally:
        _end(process)


def _limit_memory(pid: int) -> None:
    """The program that was started is a launcher: what it starts in turn inherits the limit."""
    if sys.platform == "linux":
        import resource

        with contextlib.suppress(OSError, ValueError):
            resource.prlimit(pid, resource.RLIMIT_AS, (_MEMORY, _MEMORY))


def _end(process: subprocess.Popen[bytes]) -> None:
    if sys.platform == "win32":
        command = ["taskkill", "/F", "/T", "/PID", str(process.pid)]
        subprocess.run(command, capture_output=True, check=False)
    else:
        with contextlib.suppress(OSError):  # the group is gone where all ended by themselves
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def as_original(document: Document, source: Path, kind: str) -> Document:
    """What was read from the converted file, under the name and hash of the file that was given."""
    with source.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    note = Note("converted", _CONVERTED.format(kind=kind))
    return replace(document, filename=source.name, sha256=digest, notes=(note, *document.notes))
