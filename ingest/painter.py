"""Pages of PDF files as images, made by a process of its own that stays warm between pages.

Painting a hostile file may kill the painter; then that page is not shown, the next one gets a new painter,
and the service goes on.
"""

from __future__ import annotations

import json
import os
import queue
import struct
import subprocess
import sys
import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from ingest.limits import ReadLimits
from models.errors import DamagedFile, ZipingError
from models.sheet import Sheet, TextRun

HEADER = struct.Struct(">II")
"""Length of the JSON and of the image that follow."""
TEXTS = -1
"""Asked for as a page: the text of all pages."""
SCALE = 1.8
"""Pixels per point: an A4 page is 1072 by 1516."""
_ROOT = Path(__file__).resolve().parent.parent
_SECONDS = 20.0
_FAILED = "第{page}页的图像没有做成，这一页可能已损坏；文字仍可在左边阅读，请用 PDF 软件查看原页。"


@dataclass
class Painter:
    """One warm process; calls from several threads take turns."""

    limits: ReadLimits = field(default_factory=ReadLimits)
    _process: subprocess.Popen[bytes] | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def paint(self, path: Path, page: int, *, scale: float = SCALE, password: str | None = None) -> Sheet:
        """The page (from 1) as an image with its text. Raises DamagedFile if it cannot be painted."""
        asked = {"path": str(path), "page": page, "scale": scale, "password": password}
        with self._lock:
            try:
                told, image = self._ask(asked)
            except (OSError, EOFError, ValueError, queue.Empty):
                self._stop()
                raise DamagedFile(_FAILED.format(page=page)) from None
        if "error" in told:
            raise DamagedFile(_FAILED.format(page=page))
        return Sheet(
            page=page,
            pages=int(told["pages"]),
            width=float(told["width"]),
            height=float(told["height"]),
            runs=tuple(TextRun(*run) for run in told["runs"]),
            image=image,
        )

    def texts(self, path: Path) -> tuple[str, ...]:
        """The text of every page without white space. Raises DamagedFile if the file cannot be opened."""
        with self._lock:
            try:
                told, _ = self._ask({"path": str(path), "page": TEXTS, "scale": 1.0, "password": None})
            except (OSError, EOFError, ValueError, queue.Empty):
                self._stop()
                raise DamagedFile(_FAILED.format(page=1)) from None
        if "error" in told:
            raise DamagedFile(_FAILED.format(page=1))
        return tuple(told["texts"])

    def close(self) -> None:
        with self._lock:
            self._stop()

    def _ask(self, asked: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
        process = self._running()
        assert process.stdin is not None  # noqa: S101
        assert process.stdout is not None  # noqa: S101
        process.stdin.write(json.dumps(asked).encode() + b"\n")
        process.stdin.flush()
        answers: queue.Queue[tuple[bytes, bytes] | None] = queue.Queue()
        threading.Thread(target=_receive, args=(process.stdout, answers), daemon=True).start()
        answer = answers.get(timeout=_SECONDS)
        if answer is None:
            raise EOFError
        return json.loads(answer[0]), answer[1]

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self._stop()
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-m", "ingest.painter_main"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=_environment(),
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )
        return self._process

    def _stop(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.wait()
            for pipe in (process.stdin, process.stdout):
                if pipe is not None:
                    pipe.close()


def _receive(pipe: IO[bytes], answers: queue.Queue[tuple[bytes, bytes] | None]) -> None:
    try:
        header = pipe.read(HEADER.size)
        if len(header) < HEADER.size:
            answers.put(None)
            return
        told, image = HEADER.unpack(header)
        answers.put((pipe.read(told), pipe.read(image)))
    except (OSError, ValueError):
        answers.put(None)


def _environment() -> dict[str, str]:
    paths = [str(_ROOT), os.environ.get("PYTHONPATH", "")]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in paths if path)}


def painting_error(error: BaseException) -> dict[str, str]:
    """What the painter says of a page that it cannot paint: the kind of fault, no text of the file."""
    return {"error": type(error).__name__ if isinstance(error, ZipingError) else "painting"}
