"""Pages of stored files as images, kept in the cache folder: painted once, shown often."""

from __future__ import annotations

import hashlib
import json
import secrets
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory

from api.pages.shelf import keep_painter
from api.pages.word_pages import word_pages
from api.service.context import Context
from api.store.tables import Revision
from ingest.archive import is_archive, unpack
from ingest.office import SUFFIXES
from models.assessment import DocumentRecord
from models.errors import MissingPath
from models.sheet import Sheet, TextRun

ENDINGS = (".docx", ".pdf", *SUFFIXES)
"""Of the files in an archive that are read."""


def sheet(context: Context, revision: Revision, document: DocumentRecord, page: int) -> Sheet:
    """A page of a PDF of a revision, or of a Word file that was laid out.

    Raises MissingPath for other files, DamagedFile for a damaged page.
    """
    sha256 = document.sha256
    path = file_of(context, revision, sha256)
    if path is not None and document.format != "pdf":
        laid_out = word_pages(context, sha256, path)
        path = laid_out.pdf if laid_out else None
    if path is None:
        raise MissingPath("这个文件没有可以显示的页面图像。")
    folder = context.settings.cache_folder / "pages" / sha256[:2] / sha256
    kept = _kept(folder, page)
    if kept is None:
        kept = keep_painter(context).paint(path, page)
        _keep(folder, kept)
    return kept


def file_of(context: Context, revision: Revision, sha256: str) -> Path | None:
    """The file of a document: stored itself, or taken out of a stored archive; None if it is in neither."""
    stored = context.files.path(sha256)
    if stored.is_file():
        return stored
    taken_out = context.settings.cache_folder / "unpacked" / sha256[:2] / sha256
    if not taken_out.is_file():
        for file in revision.files:
            _take_out(context.files.path(file.sha256), sha256, taken_out)
    return taken_out if taken_out.is_file() else None


def _take_out(archive: Path, sha256: str, target: Path) -> None:
    """Copies the file with that hash out of an archive, if it is one and holds it."""
    if not is_archive(archive):
        return
    with TemporaryDirectory(prefix="ziping-", ignore_cleanup_errors=True) as scratch:
        for path in unpack(archive, Path(scratch), ENDINGS).files:
            with path.open("rb") as file:
                found = hashlib.file_digest(file, "sha256").hexdigest() == sha256
            if found:
                target.parent.mkdir(parents=True, exist_ok=True)
                _write(target, path.read_bytes())
                return


def _kept(folder: Path, page: int) -> Sheet | None:
    try:
        told = json.loads((folder / f"{page}.json").read_bytes())
        image = (folder / f"{page}.jpg").read_bytes()
    except (OSError, ValueError):
        return None
    runs = tuple(TextRun(**run) for run in told.pop("runs"))
    return Sheet(**told, runs=runs, image=image)


def _keep(folder: Path, sheet: Sheet) -> None:
    """The image first: where the text is, the image is."""
    folder.mkdir(parents=True, exist_ok=True)
    told = asdict(sheet)
    del told["image"]
    _write(folder / f"{sheet.page}.jpg", sheet.image)
    _write(folder / f"{sheet.page}.json", json.dumps(told, ensure_ascii=False).encode())


def _write(path: Path, content: bytes) -> None:
    aside = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    aside.write_bytes(content)
    aside.replace(path)
