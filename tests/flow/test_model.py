"""Another encoder: the whole way through with a small random BERT, made here."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from api.cli import main
from tests.conftest import ROOT

OVERVIEW = str(ROOT / "examples" / "组织概述.docx")
ANNUAL = str(ROOT / "examples" / "年度自我评价报告.docx")


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ZIPING_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture(scope="module")
def bert(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SentenceTransformer folder: one layer, 32 dimensions, random weights of a fixed seed."""
    torch = pytest.importorskip("torch", reason="not here: pip install ziping[models]")
    pytest.importorskip("sentence_transformers", reason="not here: pip install ziping[models]")
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Pooling, Transformer
    from transformers import BertConfig, BertModel, BertTokenizerFast

    folder = tmp_path_factory.mktemp("bert")
    torch.manual_seed(7)
    characters = [chr(code) for code in range(0x4E00, 0x9FA6)]
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *characters]
    (folder / "vocab.txt").write_text("\n".join(words), encoding="utf-8")
    BertTokenizerFast(vocab_file=str(folder / "vocab.txt")).save_pretrained(folder / "bert")
    config = BertConfig(
        vocab_size=len(words),
        hidden_size=32,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=64,
    )
    BertModel(config).save_pretrained(folder / "bert")
    transformer = Transformer(str(folder / "bert"))
    SentenceTransformer(modules=[transformer, Pooling(32)]).save(str(folder / "model"))
    return folder / "model"


def test_any_sentence_transformer_folder_maps_a_report(bert: Path, tmp_path: Path) -> None:
    output = tmp_path / "out.json"
    code = main(["check", ANNUAL, "--model", str(bert), "--format", "json", "--output", str(output)])
    result = json.loads(output.read_text(encoding="utf-8"))
    assert code in (0, 1)
    assert (result["encoder"]["name"], result["encoder"]["dimensions"]) == ("model", 32)
    mapped = [p for p in result["passages"] if p["indicators"]]
    assert len(mapped) > len(result["passages"]) / 2


def test_a_second_run_finds_the_heads_of_the_first_and_gives_the_same(
    bert: Path, own_cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out.json"
    command = ["check", ANNUAL, "--model", str(bert), "--format", "json", "--output", str(out)]
    main(command)
    first = out.read_bytes()
    assert list(own_cache.glob("*.npz"))
    monkeypatch.setattr("mapping.index.heads_from_exemplars", None)  # would fail if called
    main(command)
    assert out.read_bytes() == first


def test_the_shipped_encoder_leaves_nothing_behind(own_cache: Path, tmp_path: Path) -> None:
    main(["check", ANNUAL, "--format", "json", "--output", str(tmp_path / "out.json")])
    assert not own_cache.exists()


def test_a_folder_that_is_no_model_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", OVERVIEW, "--model", str(tmp_path)]) == 2
    assert "不是模型文件夹" in capsys.readouterr().err


def test_a_model_that_is_not_there_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", OVERVIEW, "--model", str(tmp_path / "无")]) == 2
    assert "没有找到模型文件夹" in capsys.readouterr().err
