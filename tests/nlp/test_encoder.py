"""The encoder: shape, repeatability, what it imports, and what it says of a wrong folder."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.errors import UsageError
from nlp.encoder import SHIPPED, load_encoder
from nlp.tensors import read_tensors, write_tensors

CUSTOMER = "公司每季度开展顾客满意度调查，对投诉逐件回访并限期整改。"
CUSTOMER_TOO = "客户投诉由客服中心登记，回访客户对处理结果是否满意。"
SAFETY = "安全生产责任制落实到班组，每月排查隐患并组织应急演练。"


def test_rows_are_unit_vectors_and_empty_texts_are_zero() -> None:
    encoder = load_encoder()
    vectors = encoder.encode([CUSTOMER, "", " \n", SAFETY, "ψφ"])
    assert vectors.shape == (5, encoder.dimensions)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx([1, 0, 0, 1, 0], abs=1e-6)


def test_near_in_meaning_is_near_in_space() -> None:
    one, other, far = load_encoder().encode([CUSTOMER, CUSTOMER_TOO, SAFETY])
    assert one @ other > one @ far + 0.2


def test_no_texts_give_no_rows() -> None:
    assert load_encoder().encode([]).shape == (0, 256)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.text(alphabet="质量管理员工培训12%，。 ab", max_size=30), max_size=8))
def test_a_vector_does_not_depend_on_its_neighbours(texts: list[str]) -> None:
    encoder = load_encoder()
    together = encoder.encode(texts)
    for row, text in enumerate(texts):
        assert (encoder.encode([text])[0] == together[row]).all()


def test_identity_names_the_weights() -> None:
    encoder = load_encoder()
    assert encoder.name == "ziping-static-256"
    assert encoder.sha256 == load_encoder().sha256
    assert len(encoder.sha256) == 64


def test_shipped_model_stays_small() -> None:
    assert sum(path.stat().st_size for path in SHIPPED.iterdir()) <= 15_000_000


def test_a_light_start() -> None:
    code = (
        "import sys; from nlp.encoder import load_encoder; load_encoder().encode(['质量']);"
        "print([m for m in ('torch','sentence_transformers','sklearn','scipy','pandas','jieba')"
        " if m in sys.modules])"
    )
    root = Path(__file__).resolve().parents[2]
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=root)
    assert done.stdout.strip() == "[]"


def test_another_static_folder_is_read_without_torch(tmp_path: Path) -> None:
    for name in ("config.json", "tokenizer.json"):
        (tmp_path / name).write_bytes((SHIPPED / name).read_bytes())
    table = read_tensors(SHIPPED / "model.safetensors")["embeddings"]
    write_tensors(tmp_path / "model.safetensors", {"embeddings": table[:, :16].astype(np.float16)})
    encoder = load_encoder(str(tmp_path))
    assert encoder.name == tmp_path.name
    assert encoder.encode([SAFETY]).shape == (1, 16)


@pytest.mark.parametrize("name", ["./nothing-there", "/no/such/folder", "a/b/c"])
def test_missing_folder_is_said(name: str) -> None:
    with pytest.raises(UsageError, match="没有找到模型文件夹"):
        load_encoder(name)


def test_folder_without_model_is_said(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="不是模型文件夹"):
        load_encoder(str(tmp_path))


def test_broken_static_folder_is_said(tmp_path: Path) -> None:
    for name in ("config.json", "tokenizer.json"):
        (tmp_path / name).write_bytes((SHIPPED / name).read_bytes())
    (tmp_path / "model.safetensors").write_bytes(b"\x01\x02")
    with pytest.raises(UsageError, match="不完整或已损坏"):
        load_encoder(str(tmp_path))


def test_missing_library_names_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "config.json").write_text(json.dumps({"model_type": "bert"}), encoding="utf-8")
    monkeypatch.setitem(sys.modules, "sentence_transformers", None)
    with pytest.raises(UsageError, match=r'pip install "ziping\[models\]"'):
        load_encoder(str(tmp_path))


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 5), st.integers(1, 4), st.sampled_from(["int8", "float16", "float32", "int64"]))
def test_tensors_come_back_as_written(
    tmp_path_factory: pytest.TempPathFactory, rows: int, columns: int, kind: str
) -> None:
    path = tmp_path_factory.mktemp("tensors") / "t.safetensors"
    arrays = {
        "a": np.arange(rows * columns).reshape(rows, columns).astype(kind),
        "b": np.ones(3, dtype=np.float32),
    }
    write_tensors(path, arrays)
    back = read_tensors(path)
    assert set(back) == {"a", "b"}
    for name, array in arrays.items():
        assert back[name].dtype == array.dtype
        assert (back[name] == array).all()
