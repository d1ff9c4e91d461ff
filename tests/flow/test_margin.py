"""The margin notes on the complete report and on the one with gaps: few, right and fair."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from api.cli import main
from benchmarks.gold.render import render
from benchmarks.margin import complete_figures, gap_figures
from benchmarks.samples import COMPLETE, GOLD, PARTS


def checked(gold: dict[str, Any], folder: Path) -> dict[str, Any]:
    for part in PARTS:
        render(gold, part, folder / f"{part}.docx", plain=False, auto=False)
    output = folder / "out.json"
    main(
        [
            "check",
            *(str(folder / f"{part}.docx") for part in PARTS),
            "--format",
            "json",
            "--output",
            str(output),
        ]
    )
    record: dict[str, Any] = json.loads(output.read_text(encoding="utf-8"))
    return record


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("margin")


def test_nothing_is_called_missing_in_the_complete_report(folder: Path) -> None:
    figures = complete_figures(checked(json.loads(COMPLETE.read_text(encoding="utf-8")), folder))
    assert figures["indicators"] == "0 of 57"
    assert int(figures["points"].split()[0]) <= 2 and figures["points"].endswith("of 114")


def test_gaps_are_found_on_one_screen(folder: Path) -> None:
    gold = json.loads(GOLD.read_text(encoding="utf-8"))
    figures = gap_figures(checked(gold, folder), gold)
    assert int(figures["misplaced"].split()[0]) >= 7
    assert figures["misplaced_wrongly"] <= 3
    assert figures["lines_above_note"] <= 15
