"""`ziping diff` from two files: what was changed by hand between them is what is told."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from docx import Document

from api.cli import main
from tests.conftest import ROOT

OVERVIEW = ROOT / "examples" / "组织概述.docx"


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The overview and a second draft of it, each in a folder, compared as JSON."""
    folder = tmp_path_factory.mktemp("drafts")
    for name in ("旧稿", "新稿"):
        (folder / name).mkdir()
    shutil.copy(OVERVIEW, folder / "旧稿")
    document = Document(str(OVERVIEW))
    long = [paragraph for paragraph in document.paragraphs if len(paragraph.text) > 60]
    long[1].add_run("上述信息每年由企业管理部复核一次。")
    long[3]._p.getparent().remove(long[3]._p)
    document.save(str(folder / "新稿" / OVERVIEW.name))
    output = folder / "两稿.json"
    asked = ["diff", str(folder / "旧稿"), str(folder / "新稿"), "--format", "json", "--output", str(output)]
    assert main(asked) == 0
    result: dict[str, Any] = json.loads(output.read_text(encoding="utf-8"))
    return result


def test_one_passage_changed_and_one_is_gone(told: dict[str, Any]) -> None:
    changes = [change for row in told["indicators"] for change in row["passages"]]
    assert sorted(change["kind"] for change in changes) == ["changed", "removed"]
    (changed,) = [change for change in changes if change["kind"] == "changed"]
    assert [edit["text"] for edit in changed["edits"] if edit["kind"] != "same"] == [
        "上述信息每年由企业管理部复核一次。"
    ]
    assert changed["previous_id"] == changed["old"]["id"] != changed["new"]["id"]


def test_the_length_follows(told: dict[str, Any]) -> None:
    (length,) = told["lengths"]
    assert length["document"] == "overview" and length["count"][1] < length["count"][0]


def test_findings_that_nobody_touched_are_still_there(told: dict[str, Any]) -> None:
    left = [finding["subject"] for finding in told["findings"]["left"] if finding["check"] == "part-missing"]
    assert sorted(left) == ["自评报告", "证实性材料"]


def test_a_draft_that_is_not_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diff", str(tmp_path / "无.docx"), str(OVERVIEW)]) == 2
    assert "无.docx" in capsys.readouterr().err
