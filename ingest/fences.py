"""What a child process may not do: use more memory or time than allowed, reach the network, start
programs, write files."""

from __future__ import annotations

import math
import os
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from ingest.limits import ReadLimits

EXIT_MEMORY = 70
EXIT_CPU = 71
_WATCH_EVERY = 0.1
_FORBIDDEN = (
    "socket.__new__",
    "socket.connect",
    "socket.bind",
    "socket.getaddrinfo",
    "subprocess.Popen",
    "os.system",
    "os.exec",
    "os.posix_spawn",
    "os.spawn",
    "os.fork",
    "os.forkpty",
    "os.remove",
    "os.rename",
    "os.mkdir",
    "shutil.rmtree",
)
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


class Fence:
    """The limits of this process as they stand now."""

    def __init__(self, limits: ReadLimits) -> None:
        self.limits = limits
        self.cpu_seconds = float(limits.cpu_seconds)
        self.memory_bytes = limits.memory_bytes

    @contextmanager
    def recognising(self) -> Iterator[None]:
        """Room to recognise one page: memory for good, as the models stay, and time that is its own."""
        start, usual = time.process_time(), self.cpu_seconds
        self.memory_bytes = self.limits.memory_bytes + self.limits.ocr_memory_bytes
        self.cpu_seconds = start + self.limits.ocr_page_seconds
        self._apply()
        try:
            yield
        finally:
            self.cpu_seconds = usual + time.process_time() - start
            self._apply()

    def _apply(self) -> None:
        if sys.platform == "linux":
            import resource

            _set(resource.RLIMIT_AS, self.memory_bytes)
            _set(resource.RLIMIT_CPU, math.ceil(self.cpu_seconds))


def fence_in(limits: ReadLimits) -> Fence:
    """Applies the limits to this process, for good. Call it in the child, before the file is opened."""
    fence = Fence(limits)
    if sys.platform == "linux":
        _set_resource_limits(limits)
    else:  # macOS does not hold RLIMIT_AS, Windows has no resource limits
        watch(fence)
    sys.addaudithook(_refuse)
    return fence


def _set_resource_limits(limits: ReadLimits) -> None:
    """What holds now, and above it how far recognition may raise it."""
    import resource

    recognition = limits.ocr_pages * limits.ocr_page_seconds
    for which, amount, slack in (
        (resource.RLIMIT_AS, limits.memory_bytes, limits.ocr_memory_bytes),
        (resource.RLIMIT_CPU, limits.cpu_seconds, recognition + 2),
        (resource.RLIMIT_CORE, 0, 0),
    ):
        _, hard = resource.getrlimit(which)
        ceiling = amount + slack if hard == resource.RLIM_INFINITY else min(amount + slack, hard)
        resource.setrlimit(which, (min(amount, ceiling), ceiling))


def _set(which: int, amount: int) -> None:
    """Sets the limit that holds, within what was allowed at the start."""
    import resource

    _, hard = resource.getrlimit(which)
    resource.setrlimit(which, (min(amount, hard), hard))


def watch(fence: Fence) -> None:
    """Starts a thread that ends this process when it passes a limit."""

    def look() -> None:
        while True:
            if time.process_time() > fence.cpu_seconds:
                os._exit(EXIT_CPU)
            if peak_memory() > fence.memory_bytes:
                os._exit(EXIT_MEMORY)
            time.sleep(_WATCH_EVERY)

    threading.Thread(target=look, name="ziping-limits", daemon=True).start()


def peak_memory() -> int:
    """Largest resident memory of this process so far, in bytes."""
    if sys.platform == "win32":
        return _windows_peak()
    if sys.platform == "linux":
        return _linux_peak()
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss  # macOS counts bytes


def _linux_peak() -> int:
    """From the process itself: ``ru_maxrss`` counts what the starter held before this program began."""
    with open("/proc/self/status", encoding="ascii", errors="replace") as status:  # noqa: PTH123 - hot path
        peak = next(line for line in status if line.startswith("VmHWM:"))
    return int(peak.split()[1]) * 1024


def _windows_peak() -> int:
    import ctypes
    from ctypes import wintypes

    class Counters(ctypes.Structure):
        _fields_ = (
            ("cb", wintypes.DWORD),
            ("PageFaultCount", wintypes.DWORD),
            ("PeakWorkingSetSize", ctypes.c_size_t),
            ("WorkingSetSize", ctypes.c_size_t),
            ("QuotaPeakPagedPoolUsage", ctypes.c_size_t),
            ("QuotaPagedPoolUsage", ctypes.c_size_t),
            ("QuotaPeakNonPagedPoolUsage", ctypes.c_size_t),
            ("QuotaNonPagedPoolUsage", ctypes.c_size_t),
            ("PagefileUsage", ctypes.c_size_t),
            ("PeakPagefileUsage", ctypes.c_size_t),
        )

    library: Any = ctypes
    counters = Counters(cb=ctypes.sizeof(Counters))
    current = library.windll.kernel32.GetCurrentProcess
    current.restype = wintypes.HANDLE
    query = library.windll.psapi.GetProcessMemoryInfo
    query.argtypes = (wintypes.HANDLE, ctypes.POINTER(Counters), wintypes.DWORD)
    query(current(), ctypes.byref(counters), counters.cb)
    return int(max(counters.PeakWorkingSetSize, counters.PeakPagefileUsage))


def _refuse(event: str, arguments: tuple[Any, ...]) -> None:
    """An audit hook: what Python code would do to the world outside the file it reads."""
    if event in _FORBIDDEN:
        raise PermissionError(event)
    if event == "open" and _is_write(arguments):
        raise PermissionError(event)


def _is_write(arguments: tuple[Any, ...]) -> bool:
    """Compiled modules may be cached; nothing else is written."""
    path, _, flags = arguments
    writes = isinstance(flags, int) and bool(flags & _WRITES)
    return writes and "__pycache__" not in str(path)
