"""``ziping models``: what is installed, and the figures of an encoder beside the shipped one."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

from api import models_command
from api.cli import main
from api.columns import COLUMNS, width
from nlp.encoder import SHIPPED, SHIPPED_NAME, load_encoder
from tests.mapping.encoders import CharacterEncoder


def test_the_shipped_encoder_is_named_with_its_size(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["models"]) == 0
    out = capsys.readouterr().out
    encoder = load_encoder()
    for words in (SHIPPED_NAME, f"{encoder.dimensions} 维", encoder.sha256[:8], "MB", "--model"):
        assert words in out


@pytest.mark.parametrize(("spec", "said"), [(None, 'pip install "ziping[models]"'), (object(), "已安装")])
def test_whether_other_models_can_be_used(
    spec: object, said: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(models_command, "find_spec", lambda name: spec)
    monkeypatch.delitem(sys.modules, "sentence_transformers", raising=False)
    assert main(["models"]) == 0
    assert said in capsys.readouterr().out
    assert "sentence_transformers" not in sys.modules


def test_the_cache_folder_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ZIPING_CACHE", str(tmp_path))
    main(["models"])
    assert str(tmp_path) in capsys.readouterr().out.replace("\n", "")


def test_the_shipped_encoder_alone(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["models", "eval"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("编码模型")
    assert lines[1].startswith(SHIPPED_NAME)
    assert lines[2] == ""


def test_another_model_stands_beside_the_shipped_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The shipped one in another folder has the same figures."""
    folder = tmp_path / "另一个"
    shutil.copytree(SHIPPED, folder)
    assert main(["models", "eval", "--model", str(folder)]) == 0
    head, shipped, other, *_ = capsys.readouterr().out.splitlines()
    assert other.startswith("另一个")
    assert shipped.split()[1:-1] == other.split()[1:-1]
    assert width(head) == width(shipped) == width(other) <= COLUMNS


def test_a_worse_model_has_worse_figures(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shipped = load_encoder()
    monkeypatch.setattr(
        "nlp.encoder.load_encoder", lambda model=None: CharacterEncoder() if model else shipped
    )
    assert main(["models", "eval", "--model", "characters"]) == 0
    rows = [line.split() for line in capsys.readouterr().out.splitlines()[1:3]]
    first, other = (float(row[5].rstrip("%")) for row in rows)
    assert other < first


def test_a_wrong_folder_is_said_before_anything_is_measured(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("mapping.evaluation.evaluate_encoder", None)
    assert main(["models", "eval", "--model", str(tmp_path)]) == 2
    captured = capsys.readouterr()
    assert "不是模型文件夹" in captured.err
    assert captured.out == ""
