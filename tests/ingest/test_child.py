"""The child process: limits hold, a dead child is one error, and nothing but records comes back."""

from __future__ import annotations

import io
import os
import pickle
import queue
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from ingest import child
from ingest.child import Request, read_in_child
from ingest.fences import EXIT_CPU, EXIT_MEMORY
from ingest.limits import ReadLimits
from ingest.read import read_document
from models.errors import DamagedFile, ResourceLimit
from tests.ingest import bad_files

MB = 1024 * 1024


def test_memory_is_limited(tmp_path: Path) -> None:
    with pytest.raises(ResourceLimit, match="内存超过上限（200 MB）"):
        read_document(bad_files.heavy(tmp_path), limits=ReadLimits(memory_bytes=200 * MB))


def test_processor_time_is_limited(tmp_path: Path) -> None:
    with pytest.raises(ResourceLimit, match="时间上限（1 秒）"):
        read_document(bad_files.heavy(tmp_path, 6_000_000), limits=ReadLimits(cpu_seconds=1))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs a named pipe to wait on")
def test_wall_time_is_limited(tmp_path: Path) -> None:
    never = tmp_path / "never.docx"
    os.mkfifo(never)
    with pytest.raises(ResourceLimit, match=r"时间上限（0\.5 秒）"):
        read_in_child(Request("docx", never, None, ReadLimits(wall_seconds=0.5)))


def test_forms_that_abort_pdfium_end_in_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "自评报告.pdf"
    path.write_bytes(bad_files.doubling_forms())
    with pytest.raises(ResourceLimit):
        read_document(path, limits=ReadLimits(memory_bytes=300 * MB, cpu_seconds=5))


@pytest.mark.parametrize(
    ("code", "error", "words"),
    [
        (EXIT_MEMORY, ResourceLimit, "内存"),
        (EXIT_CPU, ResourceLimit, "时间"),
        (-signal.SIGABRT, ResourceLimit, "内存"),
        (-signal.SIGSEGV, DamagedFile, "异常中止"),
        (1, DamagedFile, "异常中止"),
    ],
)
def test_how_a_child_died(code: int, error: type[Exception], words: str) -> None:
    death = child._death(code, ReadLimits())
    assert type(death) is error
    assert words in death.message


def test_a_child_that_cannot_start_is_one_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child, "_environment", lambda: {**os.environ, "PYTHONPATH": "", "PYTHONHOME": "/no"})
    with pytest.raises(DamagedFile, match="异常中止"):
        read_document(bad_files.good(tmp_path))


def test_modules_of_the_working_folder_are_not_taken_for_ours(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = bad_files.good(tmp_path)
    for name in ("models.py", "lxml.py", "hashlib.py"):
        (tmp_path / name).write_text("raise SystemExit(9)")
    monkeypatch.chdir(tmp_path)
    assert read_document(path).blocks


def test_only_records_are_taken_from_a_child() -> None:
    class Evil:
        def __reduce__(self) -> tuple[Any, ...]:
            return os.system, ("true",)

    data = pickle.dumps(("done", Evil()))
    frames: queue.Queue[Any] = queue.Queue()
    child._receive(io.BytesIO(len(data).to_bytes(4, "big") + data), frames)
    assert frames.get_nowait() is None
    assert frames.empty()


def run_fenced(code: str, *, watch: bool = False) -> subprocess.CompletedProcess[str]:
    """Runs code in a fresh interpreter behind the fence."""
    fence = "fence = Fence(limits)\nwatch(fence)\n" if watch else "fence = fence_in(limits)\n"
    start = (
        "from ingest.fences import Fence, fence_in, watch\nfrom ingest.limits import ReadLimits\n"
        f"limits = ReadLimits(memory_bytes={400 * MB}, cpu_seconds=1, ocr_page_seconds=1)\n{fence}"
    )
    root = Path(child.__file__).parent.parent
    return subprocess.run(
        [sys.executable, "-c", start + code], cwd=root, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize(
    "code",
    [
        "import socket; socket.socket()",
        "import socket; socket.create_connection(('localhost', 1))",
        "import urllib.request; urllib.request.urlopen('http://localhost:1')",
        "import subprocess; subprocess.run(['true'])",
        "import os; os.system('true')",
        "import os; os.fork()",
        "open('written-by-a-report.txt', 'w')",
        "import os; os.remove('pyproject.toml')",
    ],
)
def test_what_the_fence_refuses(code: str) -> None:
    ended = run_fenced(code)
    assert ended.returncode == 1
    assert "PermissionError" in ended.stderr


def test_the_fence_lets_files_be_read() -> None:
    assert run_fenced("print(open('pyproject.toml').read()[:1])").returncode == 0


def test_the_watcher_stands_in_for_resource_limits() -> None:
    assert run_fenced("while True: pass", watch=True).returncode == EXIT_CPU
    eat = f"import time\nheld = bytearray({500 * MB})\nheld[:] = b'x' * len(held)\ntime.sleep(60)"
    assert run_fenced(eat, watch=True).returncode == EXIT_MEMORY


def test_memory_of_the_starter_is_not_the_childs() -> None:
    held = bytearray(300 * MB)
    held[:] = b"x" * len(held)
    told = run_fenced("from ingest.fences import peak_memory; print(peak_memory())")
    assert int(told.stdout) < len(held) / 2


BUSY = (
    "import time\ndef busy(seconds):\n    end = time.process_time() + seconds\n"
    "    while time.process_time() < end: pass\n"
)


@pytest.mark.parametrize("watch", [False, True])
def test_recognition_has_time_and_memory_of_its_own(*, watch: bool) -> None:
    pages = BUSY + (
        "for page in range(3):\n    with fence.recognising(): busy(0.45)\n"
        f"held = bytearray({500 * MB})\nbusy(0.05)\nprint('read')"
    )
    assert run_fenced(pages, watch=watch).stdout == "read\n"


@pytest.mark.parametrize("watch", [False, True])
def test_recognition_of_a_page_has_an_end_and_lends_nothing_to_the_rest(*, watch: bool) -> None:
    for code in ("with fence.recognising(): busy(9)", "with fence.recognising(): busy(0.2)\nbusy(9)"):
        ended = run_fenced(BUSY + code, watch=watch)
        assert ended.returncode == (EXIT_CPU if watch else -signal.SIGXCPU)


def test_the_child_does_not_import_what_it_does_not_need(tmp_path: Path) -> None:
    code = (
        "import sys\nfrom pathlib import Path\nimport ingest.child_main\n"
        f"from ingest.docx.reader import read_docx\nread_docx(Path({str(bad_files.good(tmp_path))!r}))\n"
        "heavy = {'docx', 'numpy', 'pdfplumber', 'pypdfium2', 'jieba', 'faiss', 'rich'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    root = Path(child.__file__).parent.parent
    ended = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    assert ended.stdout.strip() == "[]"
