"""Runs the reading of one file in a child process with limits, and hands its document back.

A parser can hang, abort the process (pdfium does) or eat all memory; neither a thread nor try/except
holds that. The child is a fresh interpreter, so that it works alike on every system and starts without
the heavy libraries of the parent. It answers on its standard output in frames: four bytes of length and
a pickle of (kind, value), of which only classes of ``models`` are accepted.
"""

from __future__ import annotations

import io
import os
import pickle
import queue
import signal
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Literal, cast

from ingest.fences import EXIT_CPU, EXIT_MEMORY
from ingest.limits import ReadLimits
from models.document import Document
from models.errors import DamagedFile, ResourceLimit, ZipingError

Kind = Literal["docx", "pdf"]
Heard = Callable[[int, "int | None"], None]
_HEADER = struct.Struct(">I")
_ROOT = Path(__file__).resolve().parent.parent
_TOO_MUCH_MEMORY = "读取这个文件需要的内存超过上限（{mb} MB），已停止；请拆成几个文件，或重新导出后再试。"
_TOO_MUCH_TIME = "读取这个文件超过时间上限（{seconds} 秒），已停止；请拆成几个文件，或重新导出后再试。"
_CRASHED = "读取这个文件时解析程序异常中止，文件可能已损坏；请用 Word 或 PDF 软件打开后另存，再试一次。"


@dataclass(frozen=True, slots=True)
class Request:
    kind: Kind
    source: Path
    password: str | None
    limits: ReadLimits


def read_in_child(request: Request, heard: Heard | None = None) -> Document:
    """The document that the child made. ``heard`` is told of pages read and how many there are.

    Raises what the reader raised (an UnreadableFile), or ResourceLimit or DamagedFile if the child
    was stopped or died.
    """
    process = subprocess.Popen(
        [sys.executable, "-P", "-m", "ingest.child_main"],  # -P: not from the working folder
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=_environment(),
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )
    try:
        return _converse(process, request, heard)
    finally:
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                pipe.close()


def _environment() -> dict[str, str]:
    paths = [str(_ROOT), os.environ.get("PYTHONPATH", "")]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in paths if path)}


def _converse(process: subprocess.Popen[bytes], request: Request, heard: Heard | None) -> Document:
    frames: queue.Queue[tuple[str, Any] | None] = queue.Queue()
    threading.Thread(target=_receive, args=(cast("IO[bytes]", process.stdout), frames), daemon=True).start()
    _send_request(cast("IO[bytes]", process.stdin), request)
    deadline = time.monotonic() + request.limits.wall_seconds
    recognised = 0
    while True:
        try:
            frame = frames.get(timeout=max(0.0, deadline - time.monotonic()))
        except queue.Empty:
            raise _time_is_up(request.limits.wall_seconds) from None
        if frame is None:
            raise _death(process.wait(), request.limits)
        kind, value = frame
        if kind == "done":
            return _document(value)
        if kind == "failed" and isinstance(value, ZipingError):
            raise value
        if kind == "recognising" and recognised < request.limits.ocr_pages:
            recognised += 1
            deadline += request.limits.ocr_wall_seconds
        if kind == "page" and heard is not None:
            heard(*value)


def _send_request(pipe: IO[bytes], request: Request) -> None:
    try:
        pipe.write(pickle.dumps(request))
        pipe.close()
    except OSError:
        return  # the child is dead already; its end is read from its exit code


def _receive(pipe: IO[bytes], frames: queue.Queue[tuple[str, Any] | None]) -> None:
    """Puts frames into the queue, then None when the child closes its end or sends nonsense."""
    try:
        while len(header := pipe.read(_HEADER.size)) == _HEADER.size:
            (size,) = _HEADER.unpack(header)
            frames.put(_Unpickler(io.BytesIO(pipe.read(size))).load())
    except (pickle.UnpicklingError, EOFError, ValueError, TypeError, AttributeError, OSError):
        pass
    finally:
        frames.put(None)


class _Unpickler(pickle.Unpickler):
    """The child has parsed a file that may be hostile: what it sends may only be records."""

    def find_class(self, module: str, name: str) -> Any:
        if module in ("models.document", "models.errors"):
            return super().find_class(module, name)
        raise pickle.UnpicklingError(f"{module}.{name}")


def frame(kind: str, value: object) -> bytes:
    """One message of the child to its parent."""
    data = pickle.dumps((kind, value), protocol=pickle.HIGHEST_PROTOCOL)
    return _HEADER.pack(len(data)) + data


def _document(value: object) -> Document:
    if not isinstance(value, Document):
        raise DamagedFile(_CRASHED)
    return value


def _death(code: int, limits: ReadLimits) -> ZipingError:
    """The error for a child that ended without an answer, by its exit code or signal."""
    if code in (EXIT_MEMORY, -signal.SIGABRT, -getattr(signal, "SIGKILL", 9)):
        return memory_error(limits)  # pdfium aborts, and the system kills, when memory runs out
    if code in (EXIT_CPU, -getattr(signal, "SIGXCPU", 24)):
        return _time_is_up(limits.cpu_seconds)
    return DamagedFile(_CRASHED)


def memory_error(limits: ReadLimits) -> ResourceLimit:
    return ResourceLimit(_TOO_MUCH_MEMORY.format(mb=limits.memory_bytes // (1024 * 1024)))


def crash_error() -> DamagedFile:
    return DamagedFile(_CRASHED)


def _time_is_up(seconds: float) -> ResourceLimit:
    return ResourceLimit(_TOO_MUCH_TIME.format(seconds=f"{seconds:g}"))
