"""Pages of a Word file as LibreOffice lays them out, where it is installed: about those of Word.

They are made beside the requests when a report is first looked at, and kept in the cache folder. Until
they are there, and without LibreOffice, the flowing text is shown.
"""

from __future__ import annotations

import json
import logging
import os
import threading
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from api.pages import shelf
from api.service.context import Context
from ingest.office import as_pdf, find_office
from models.assessment import PassageRecord
from models.errors import ZipingError

_LOG = logging.getLogger("ziping.pages")
_SECONDS = 180.0
_NEEDLES = (24, 12)
"""Characters of a passage that are looked for on the pages: a longer stretch first."""
_making: set[Path] = set()
_lock = threading.Lock()


@dataclass(frozen=True, slots=True)
class WordPages:
    """The file's pages, and the text of each without white space."""

    pdf: Path
    texts: tuple[str, ...]

    def page_of(self, passage: PassageRecord) -> int | None:
        """The page (from 1) on which a passage begins; the computed one decides between several."""
        own = _plain(passage.text)
        for length in _NEEDLES:
            needle = own[:length]
            found = [n for n, text in enumerate(self.texts, 1) if needle and needle in text]
            if found:
                about = passage.page or found[0]
                return min(found, key=lambda n: (abs(n - about), n))
        return None


def word_pages(context: Context, sha256: str, source: Path) -> WordPages | None:
    """The pages of a Word file; None where they are not made (yet)."""
    folder = context.settings.cache_folder / "word" / sha256[:2]
    pdf, texts = folder / f"{sha256}.pdf", folder / f"{sha256}.json"
    if texts.exists():
        made = shelf.kept(("word", texts), lambda: json.loads(texts.read_text(encoding="utf-8")))
        return WordPages(pdf, tuple(made))
    if office_is_here():
        _begin(context, source, pdf, texts)
    return None


@cache
def office_is_here() -> bool:
    return find_office() is not None


def _begin(context: Context, source: Path, pdf: Path, texts: Path) -> None:
    """Starts the layout once; a file that LibreOffice makes nothing of is not tried again by this server."""
    with _lock:
        if pdf in _making:
            return
        _making.add(pdf)
    threading.Thread(target=_make, args=(context, source, pdf, texts), name="word-pages", daemon=True).start()


def _make(context: Context, source: Path, pdf: Path, texts: Path) -> None:
    try:
        with as_pdf(source, _SECONDS) as made:
            pdf.parent.mkdir(parents=True, exist_ok=True)
            aside = pdf.with_suffix(f".{os.getpid()}")
            aside.write_bytes(made.read_bytes())
            aside.replace(pdf)
        told = [_plain(text) for text in shelf.keep_painter(context).texts(pdf)]
        aside = texts.with_suffix(f".{os.getpid()}")
        aside.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
        aside.replace(texts)
    except (ZipingError, OSError) as error:
        _LOG.info("no pages", extra={"file": pdf.stem, "error": type(error).__name__})


def _plain(text: str) -> str:
    """Without white space and forms of width, so that both sides of a comparison are written alike."""
    return "".join(unicodedata.normalize("NFKC", text).split())
