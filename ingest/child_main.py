"""The child's side: reads a request from standard input, a file, and answers on standard output."""

from __future__ import annotations

import os
import pickle
import sys
import time
from typing import IO

from ingest.child import Request, crash_error, frame, memory_error
from ingest.fences import fence_in
from models.document import Document
from models.errors import ZipingError

_SOONEST = 0.1
"""Seconds between two messages about pages."""


def main() -> int:
    answers = _private_output()
    request: Request = pickle.load(sys.stdin.buffer)
    try:
        fence_in(request.limits)
        answer = frame("done", _read(request, answers))
    except ZipingError as error:
        answer = frame("failed", error)
    except MemoryError:
        answer = frame("failed", memory_error(request.limits))
    except Exception:  # a parser met something it does not know: the file is to blame, the list is endless
        answer = frame("failed", crash_error())
    answers.write(answer)
    answers.flush()
    return 0


def _read(request: Request, answers: IO[bytes]) -> Document:
    progress = _Progress(answers)
    if request.kind == "docx":
        from ingest.docx_reader import read_docx

        return read_docx(request.source, on_page=lambda page: progress(page, None))
    from ingest.pdf_reader import read_pdf

    return read_pdf(request.source, password=request.password, on_page=progress)


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
