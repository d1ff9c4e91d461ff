"""The child's side: reads a request from standard input, a file, and answers on standard output."""

from __future__ import annotations

import os
import pickle
import sys
import time
from typing import IO, TYPE_CHECKING, Any

from ingest.child import Request, crash_error, frame, memory_error
from ingest.fences import Fence, fence_in
from models.document import Document
from models.errors import ZipingError

if TYPE_CHECKING:
    from ingest.pdf.scanned import ScannedPage

_SOONEST = 0.1
"""Seconds between two messages about pages."""


def main() -> int:
    answers = _private_output()
    request: Request = pickle.load(sys.stdin.buffer)
    try:
        fence = fence_in(request.limits)
        answer = frame("done", _read(request, answers, fence))
    except ZipingError as error:
        answer = frame("failed", error)
    except MemoryError:
        answer = frame("failed", memory_error(request.limits))
    except Exception:  # a parser met something it does not know: the file is to blame, the list is endless
        answer = frame("failed", crash_error())
    answers.write(answer)
    answers.flush()
    return 0


def _read(request: Request, answers: IO[bytes], fence: Fence) -> Document:
    progress = _Progress(answers)
    if request.kind == "docx":
        from ingest.docx.reader import read_docx

        return read_docx(request.source, on_page=lambda page: progress(page, None))
    from ingest.ocr import can_recognise
    from ingest.pdf.reader import read_pdf

    recognise = _Recogniser(answers, fence) if can_recognise() else None
    return read_pdf(request.source, password=request.password, on_page=progress, recognise=recognise)


class _Recogniser:
    """Recognises pages, each with time of its own that the parent hears of, up to the most pages."""

    def __init__(self, answers: IO[bytes], fence: Fence) -> None:
        self._answers = answers
        self._fence = fence
        self._pages = 0

    def __call__(self, page: Any) -> ScannedPage | None:
        if self._pages >= self._fence.limits.ocr_pages:
            return None
        self._pages += 1
        self._answers.write(frame("recognising", self._pages))
        self._answers.flush()
        from ingest.pdf.scanned import read_scan

        with self._fence.recognising():
            try:
                return read_scan(page)
            except Exception:  # whatever the models stumble over: the page is reported as not read
                return None


class _Progress:
    """Tells the parent of pages, not more often than it matters to a person."""

    def __init__(self, answers: IO[bytes]) -> None:
        self._answers = answers
        self._last = 0.0

    def __call__(self, page: int, total: int | None) -> None:
        now = time.monotonic()
        if now - self._last >= _SOONEST or page == total:
            self._last = now
            self._answers.write(frame("page", (page, total)))
            self._answers.flush()


def _private_output() -> IO[bytes]:
    """Standard output for answers alone: what a library prints goes nowhere."""
    answers = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.close(nowhere)
    return answers


if __name__ == "__main__":
    sys.exit(main())
