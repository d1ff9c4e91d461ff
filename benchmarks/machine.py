"""What the figures were measured with."""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from benchmarks.samples import ROOT

LIBRARIES = (
    "ziping", "python-docx", "lxml", "pdfplumber", "pdfminer.six", "pypdfium2", "numpy", "faiss-cpu",
    "tokenizers", "jieba", "openpyxl", "jinja2", "rich",
)  # fmt: skip


def description() -> dict[str, object]:
    return {
        "date": datetime.now(UTC).date().isoformat(),
        "commit": _commit(),
        "cpu": _cpu(),
        "cores": os.cpu_count(),
        "load": round(os.getloadavg()[0], 1),
        "memory_gib": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30),
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        "libreoffice": _libreoffice(),
        "libraries": {name: _version(name) for name in LIBRARIES},
    }


def _commit() -> str:
    """Short hash of the checkout, with a plus where the program's own files are changed."""
    git = shutil.which("git")
    if not git:
        return "unknown"
    commit = _output([git, "rev-parse", "--short", "HEAD"])
    changed = _output([git, "status", "--porcelain", "--", "models", "ingest", "nlp", "mapping", "api"])
    return f"{commit}+" if changed else commit or "unknown"


def _cpu() -> str:
    info = Path("/proc/cpuinfo")
    lines = info.read_text().splitlines() if info.exists() else []
    named = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(named, platform.processor() or "unknown")


def _libreoffice() -> str:
    soffice = shutil.which("soffice")
    return " ".join(_output([soffice, "--version"]).split()[:2]) if soffice else "not here"


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not here"


def _output(command: list[str]) -> str:
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    return done.stdout.strip()
