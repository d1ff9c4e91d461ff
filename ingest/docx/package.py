"""The zip package of a .docx: parts and relationships, read with guards against package bombs.

Only the parts that are asked for are inflated; pictures and embedded files never are. The limits leave
an honest 58,000-character report (2.7 MB of XML in 92 parts) more than twenty times its size.
"""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from urllib.parse import unquote

from ingest.docx.xml import Element
from models.errors import DamagedFile, EncryptedFile, ResourceLimit, UnsupportedFormat

MAX_ENTRIES = 10_000
MAX_PART = 64 * 1024 * 1024
MAX_TOTAL = 300 * 1024 * 1024
_STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships", b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"),
    (b"http://purl.oclc.org/ooxml/officeDocument/math", b"http://schemas.openxmlformats.org/officeDocument/2006/math"),
    (b"http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing", b"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"),
    (b"http://purl.oclc.org/ooxml/drawingml/", b"http://schemas.openxmlformats.org/drawingml/2006/"),
)  # fmt: skip
DAMAGED = "这个 .docx 文件不完整或已损坏，无法读取；请用 Word 或 WPS 打开后另存为 .docx，或重新下载后再试。"
_ENCRYPTED = "这个文件里的内容加了密码，无法读取；请去掉密码后另存为 .docx 再试。"
_BOMB = (
    "这个文件解压后过大或部件过多，超出安全上限，没有读取；请用 Word 另存为新的 .docx，或拆成几个文件后再试。"
)
_DOCTYPE = (
    "这个文件带有 XML 文档类型声明（DOCTYPE），正常的 .docx 没有，出于安全没有读取；请用 Word 另存后再试。"
)
_NOT_WORD = "这个压缩包里没有 Word 文档，不是 .docx 文件；请把自评报告另存为 .docx 或 PDF 后再试。"
_OTHER_OFFICE = "这是一个{}文件，不是 Word 文档；请把自评报告另存为 .docx 或 PDF 后再试。"
_OTHERS = (("xl/", " Excel 表格"), ("ppt/", " PowerPoint 演示"), ("content.xml", " OpenDocument "))


@dataclass(frozen=True, slots=True)
class Relation:
    kind: str
    """Last word of the relationship's type: ``chart``, ``footnotes``, ``header``."""
    target: str
    """Name of a part, or an address where ``external``."""
    external: bool


class Package:
    """An open .docx. Raises DamagedFile, EncryptedFile, ResourceLimit or UnsupportedFormat."""

    def __init__(self, source: Path) -> None:
        try:
            self._zip = zipfile.ZipFile(source)
        except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError, OSError) as error:
            raise DamagedFile(DAMAGED) from error
        self._inflated = 0
        self._entries = _entries(self._zip)
        self.main = self._main()

    def __enter__(self) -> Package:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._zip.close()

    def has(self, name: str) -> bool:
        return name in self._entries

    def tree(self, name: str) -> Element:
        """The root element of an XML part. Raises DamagedFile if it is missing or broken."""
        return _parse(self._read(name))

    def optional(self, name: str | None) -> Element | None:
        """The root element of a part that may be missing, or be broken without harm to the text."""
        if name is None or not self.has(name):
            return None
        try:
            return self.tree(name)
        except DamagedFile:
            return None

    def raw(self, name: str) -> bytes:
        return self._read(name)

    def relations(self, name: str) -> dict[str, Relation]:
        """Relationships of a part by id."""
        folder, base = posixpath.split(name)
        root = self.optional(posixpath.join(folder, "_rels", base + ".rels"))
        found: dict[str, Relation] = {}
        for child in root if root is not None else ():
            external = child.get("TargetMode") == "External"
            target = child.get("Target", "")
            found[child.get("Id", "")] = Relation(
                kind=child.get("Type", "").rpartition("/")[2],
                target=target if external else _resolve(folder, target),
                external=external,
            )
        return found

    def _main(self) -> str:
        for relation in self.relations("").values():
            if relation.kind == "officeDocument" and self.has(relation.target):
                main = relation.target
                break
        else:
            main = "word/document.xml"
        for prefix, name in _OTHERS:
            if main.startswith(prefix) or (not self.has(main) and _any_starts(self._entries, prefix)):
                raise UnsupportedFormat(_OTHER_OFFICE.format(name))
        if self.has(main):
            return main
        word = _any_starts(self._entries, "word/") or self.has("[Content_Types].xml")
        raise DamagedFile(DAMAGED) if word else UnsupportedFormat(_NOT_WORD)

    def _read(self, name: str) -> bytes:
        """The bytes of a part, counted as they are inflated: what the header declares may be a lie."""
        info = self._entries.get(name)
        if info is None:
            raise DamagedFile(DAMAGED)
        if info.flag_bits & 1:
            raise EncryptedFile(_ENCRYPTED)
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise DamagedFile(DAMAGED)  # no office program writes another
        room = min(MAX_PART, MAX_TOTAL - self._inflated)
        try:
            with self._zip.open(info) as part:
                data = part.read(room + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError) as error:
            raise DamagedFile(DAMAGED) from error
        if len(data) > room:
            raise ResourceLimit(_BOMB)
        self._inflated += len(data)
        return data


def _entries(archive: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    infos = archive.infolist()
    if len(infos) > MAX_ENTRIES:
        raise ResourceLimit(_BOMB)
    names = Counter(info.filename for info in infos)
    if any(count > 1 and name.endswith((".xml", ".rels")) for name, count in names.items()):
        raise DamagedFile(DAMAGED)  # two parts of one name: which one Word shows is not known
    return {info.filename.replace("\\", "/").lstrip("/"): info for info in infos}


def _any_starts(names: dict[str, zipfile.ZipInfo], prefix: str) -> bool:
    return any(name.startswith(prefix) for name in names)


def _resolve(folder: str, target: str) -> str:
    path = unquote(target).replace("\\", "/")
    return posixpath.normpath(path if path.startswith("/") else posixpath.join(folder, path)).lstrip("/")


def _parse(data: bytes) -> Element:
    from lxml import etree

    plain = data.replace(b"\0", b"") if b"\0" in data[:64] else data  # UTF-16 is legal
    if b"<!DOCTYPE" in plain or b"<!ENTITY" in plain:
        raise DamagedFile(_DOCTYPE)
    if b"http://purl.oclc.org/ooxml/" in data:
        for strict, usual in _STRICT:
            data = data.replace(strict, usual)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        if getattr(error, "code", None) == etree.ErrorTypes.ERR_NO_MEMORY:
            raise MemoryError from error
        raise DamagedFile(DAMAGED) from error
    except ValueError as error:
        raise DamagedFile(DAMAGED) from error
