"""Uploaded contents: told by their bytes, kept once, known again when they come again."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath, PureWindowsPath

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session

from api.refusals import Conflict
from api.store.files import FileStore
from api.store.tables import IntakeFile, Revision, RevisionFile, StoredFile
from ingest.archive import is_archive
from ingest.office import office_kind
from ingest.read import tell_kind
from models.errors import DamagedFile, UnreadableFile

_HEAD = 4096
_LONGEST = 120
_OFFICE = {".doc": "doc", ".wps": "wps", ".rtf": "rtf", ".odt": "odt"}


@dataclass(frozen=True, slots=True)
class Kept:
    """An upload whose content is in the file store, under the name that it came with."""

    filename: str
    sha256: str
    size: int
    type: str


def keep(files: FileStore, filename: str, chunks: Iterable[bytes], limit: int) -> Kept:
    """Writes an upload into the store; only ``file_row`` makes it stay.

    Raises ResourceLimit as soon as it is too large, an UnreadableFile for what is no report by content.
    """
    name = safe_name(filename)
    kinds: list[str] = []
    try:
        content = files.add(chunks, limit, lambda path: kinds.append(content_type(path, name)))
    except UnreadableFile as error:
        raise type(error)(f"《{name}》：{error.message}") from None
    return Kept(name, content.sha256, content.size, kinds[0])


def content_type(path: Path, name: str) -> str:
    """docx, pdf, zip, doc, wps, rtf or odt by what the file holds; raises an UnreadableFile for others."""
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if not head:
        raise DamagedFile("这个文件是空的（0 字节），请重新导出或重新下载后再试。")
    if office_kind(path, head):
        return _OFFICE.get(PurePosixPath(name).suffix.lower(), "doc")
    kind = tell_kind(head)
    return "zip" if kind == "docx" and is_archive(path) else kind


def safe_name(filename: str) -> str:
    """The last part of a file's name, without what a file system, a header or a page could stumble over."""
    last = PureWindowsPath(PurePosixPath(filename.replace("\x00", "")).name).name
    text = unicodedata.normalize("NFC", last)
    plain = "".join("_" if c in '<>:"/\\|?*' else c for c in text if unicodedata.category(c)[0] != "C")
    plain = plain.strip(" .")
    stem, dot, suffix = plain.rpartition(".")
    if dot and len(suffix) <= 8:
        return f"{stem[:_LONGEST] or '文件'}.{suffix}"
    return plain[:_LONGEST] or "文件"


def file_row(session: Session, files: FileStore, kept: Kept) -> StoredFile:
    """The row of a content; needs the write lock, under which alone contents are deleted.

    Raises Conflict if the content was deleted between its upload and now.
    """
    if not files.path(kept.sha256).exists():
        raise Conflict(f"《{kept.filename}》没有保存好，请再上传一次。")
    row = session.get(StoredFile, kept.sha256)
    if row is None:
        row = StoredFile(sha256=kept.sha256, size=kept.size, type=kept.type)
        session.add(row)
        session.flush()
    return row


def is_used(session: Session, sha256: str) -> bool:
    used = or_(
        exists().where(RevisionFile.sha256 == sha256),
        exists().where(or_(Revision.assessment == sha256, Revision.vectors == sha256)),
        exists().where(IntakeFile.sha256 == sha256),
    )
    return bool(session.scalar(select(used)))


def drop_unused(session: Session, hashes: Iterable[str]) -> list[str]:
    """Deletes the rows of contents that nothing uses any more; ``sweep`` then deletes these contents."""
    gone = []
    for sha256 in dict.fromkeys(hashes):
        row = session.get(StoredFile, sha256)
        if row is not None and not is_used(session, sha256):
            session.delete(row)
            gone.append(sha256)
    session.flush()
    return gone


def sweep(session: Session, files: FileStore, hashes: Iterable[str]) -> list[str]:
    """Deletes contents that have no row, in a transaction of its own after the one that dropped the rows:
    if that one fails nothing is gone, and under the write lock no upload can count on them meanwhile.

    Gives the hashes of those that are gone."""
    gone = [sha256 for sha256 in dict.fromkeys(hashes) if session.get(StoredFile, sha256) is None]
    for sha256 in gone:
        files.delete(sha256)
    return gone
