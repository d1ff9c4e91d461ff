"""Pages of stored files as images, kept in the cache folder: painted once, shown often."""

from __future__ import annotations

import json
import secrets
from dataclasses import asdict
from pathlib import Path

from api.pages.shelf import keep_painter
from api.pages.word_pages import word_pages
from api.service.context import Context
from models.document import DocumentFormat
from models.errors import MissingPath
from models.sheet import Sheet, TextRun


def sheet(context: Context, sha256: str, format_: DocumentFormat, page: int) -> Sheet:
    """A page of a stored PDF, or of a Word file that was laid out.

    Raises MissingPath for other files, DamagedFile for a damaged page.
    """
    path = context.files.path(sha256)
    if format_ != "pdf":
        laid_out = word_pages(context, sha256)
        path = laid_out.pdf if laid_out else Path()
    if not path.is_file():
        raise MissingPath("这个文件没有可以显示的页面图像。")
    folder = context.settings.cache_folder / "pages" / sha256[:2] / sha256
    kept = _kept(folder, page)
    if kept is None:
        kept = keep_painter(context).paint(path, page)
        _keep(folder, kept)
    return kept


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
