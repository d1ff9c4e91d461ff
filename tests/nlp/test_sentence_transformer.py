"""Another model: a small random BERT made here, since nothing may be fetched."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from models.errors import UsageError
from nlp.encoder import load_encoder

pytest.importorskip("sentence_transformers", reason="not here: ziping[models]")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Pooling, Transformer
    from transformers import BertConfig, BertModel, BertTokenizerFast

    torch.manual_seed(0)
    base = tmp_path_factory.mktemp("bert")
    pieces = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *"质量管理体系员工培训顾客满意安全生产"]
    (base / "vocab.txt").write_text("\n".join(dict.fromkeys(pieces)), encoding="utf-8")
    config = BertConfig(
        vocab_size=len(pieces),
        hidden_size=32,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=64,
        max_position_embeddings=64,
    )
    BertModel(config).save_pretrained(base)
    BertTokenizerFast(vocab_file=str(base / "vocab.txt")).save_pretrained(base)
    transformer = Transformer(str(base))
    whole = tmp_path_factory.mktemp("models") / "small-bert"
    SentenceTransformer(modules=[transformer, Pooling(32)], device="cpu").save(str(whole))
    return whole


def test_a_folder_is_read_as_an_encoder(folder: Path) -> None:
    encoder = load_encoder(str(folder))
    vectors = encoder.encode(["质量管理体系", "", "顾客满意"])
    assert (encoder.name, encoder.dimensions) == ("small-bert", 32)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx([1, 0, 1], abs=1e-5)


def test_weights_are_named_alike_each_time(folder: Path) -> None:
    assert load_encoder(str(folder)).sha256 == load_encoder(str(folder)).sha256


def test_a_broken_model_is_said(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text('{"model_type": "bert"}', encoding="utf-8")
    with pytest.raises(UsageError, match="无法加载模型"):
        load_encoder(str(tmp_path))


def test_a_hub_name_that_is_not_on_this_machine_is_said(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path))
    with pytest.raises(UsageError, match="本机没有模型"):
        load_encoder("nobody/no-such-model")
