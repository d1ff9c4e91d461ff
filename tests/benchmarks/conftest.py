from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import pytest

from benchmarks.make_report import build
from benchmarks.truth import Truth, load_truth


@pytest.fixture(scope="session", params=["text", "auto"])
def small(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small report of every kind of block: its truth file, the .docx beside it."""
    out = tmp_path_factory.mktemp("report")
    asked = argparse.Namespace(
        out=str(out), name="report", seed=7, chars=120000, scale=0.1, numbering=request.param,
        font="Noto Serif CJK SC", picfont="none",
    )  # fmt: skip
    build(asked)
    return out / "report.truth.json"


@pytest.fixture
def data(small: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(small.read_text(encoding="utf-8"))
    return loaded


@pytest.fixture
def truth(small: Path) -> Truth:
    return load_truth(small)
