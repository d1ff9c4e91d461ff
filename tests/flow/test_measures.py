"""The measures that later work must not fall under, on our labelled report as .docx and as .pdf.

The floors are those of the issues, not the last figures: `make eval` has these.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from api.cli import main
from benchmarks.gold.score import score
from tests.conftest import ROOT

GOLD = json.loads((ROOT / "benchmarks" / "gold" / "report_c.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module", params=["docx", "pdf"])
def scored(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[str, dict[str, Any]]:
    output = tmp_path_factory.mktemp("scored") / "out.json"
    examples = Path(ROOT / "examples")
    report = examples / f"自评报告.{request.param}"
    main(["check", str(report), "--format", "json", "--output", str(output)])
    return request.param, score(GOLD, json.loads(output.read_text(encoding="utf-8")), "report", 0)


def test_text_is_recovered(scored: tuple[str, dict[str, Any]]) -> None:
    kind, result = scored
    assert result["text_recovered"] >= {"docx": 0.98, "pdf": 0.95}[kind]


def test_passages_are_mapped(scored: tuple[str, dict[str, Any]]) -> None:
    _, result = scored
    assert result["indicator"]["accuracy_at_1"] >= 0.92
    assert result["indicator"]["accuracy_at_3"] >= 0.96
    assert len(result["missing_indicators"]["false_alarms"]) <= 1


def test_aspects_are_told(scored: tuple[str, dict[str, Any]]) -> None:
    _, result = scored
    assert result["aspect"]["macro_f1"] >= 0.92


def test_kpi_values_are_read(scored: tuple[str, dict[str, Any]]) -> None:
    kind, result = scored
    assert result["kpi"]["values"]["f1"] >= {"docx": 0.97, "pdf": 0.94}[kind]
    assert result["kpi_gaps"]["f1"] >= 0.85
