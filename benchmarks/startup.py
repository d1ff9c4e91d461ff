"""What starting the command costs, and which heavy libraries each command imports."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from benchmarks.measure import Run, repeat, run
from benchmarks.samples import ROOT

HEAVY = (
    "torch", "sentence_transformers", "transformers", "sklearn", "pandas", "scipy", "numpy", "faiss",
    "jieba", "tokenizers", "docx", "lxml", "pdfplumber", "pdfminer", "pypdfium2", "PIL", "openpyxl",
    "jinja2", "rich",
)  # fmt: skip

_PROBE = """
import json, sys
from api.cli import main
try:
    code = main(sys.argv[2:])
except SystemExit as ended:
    code = ended.code
with open(sys.argv[1], "w") as out:
    json.dump([code, sorted({name.partition(".")[0] for name in sys.modules})], out)
"""


def ziping(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "api", *arguments]


def start_run(*arguments: str, times: int = 5) -> Run:
    return repeat(times, lambda: run(ziping(*arguments), ROOT))


def heavy_imports(scratch: Path, *arguments: str) -> list[str]:
    """Heavy libraries that the command's own process has imported when it ends.

    The child process that reads the file is not looked into. Raises RuntimeError if the command did not
    do its work: what it did not reach is not "not imported".
    """
    found = scratch / "modules.json"
    found.unlink(missing_ok=True)
    command = [sys.executable, "-c", _PROBE, str(found), *arguments]
    done = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True)
    code, loaded = json.loads(found.read_text()) if found.exists() else (done.returncode, ())
    if code not in (None, 0, 1):
        raise RuntimeError(f"exit code {code}: {done.stderr[-500:]}")
    return [name for name in HEAVY if name in loaded]
