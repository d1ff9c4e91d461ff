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
    main(sys.argv[2:])
except SystemExit:
    pass
with open(sys.argv[1], "w") as out:
    json.dump(sorted({name.partition(".")[0] for name in sys.modules}), out)
"""


def ziping(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "api", *arguments]


def start_run(*arguments: str, times: int = 5) -> Run:
    return repeat(times, lambda: run(ziping(*arguments), ROOT))


def heavy_imports(scratch: Path, *arguments: str) -> list[str]:
    """Heavy libraries that the command's own process has imported when it ends.

    The child process that reads the file is not looked into.
    """
    found = scratch / "modules.json"
    command = [sys.executable, "-c", _PROBE, str(found), *arguments]
    subprocess.run(command, cwd=ROOT, check=False, capture_output=True)
    loaded = set(json.loads(found.read_text()))
    return [name for name in HEAVY if name in loaded]
