"""Chooses the encoder: the shipped static one, or a model that the user names."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from models.encoder import Encoder
from models.errors import UsageError

SHIPPED = Path(__file__).parent / "data" / "encoder"
SHIPPED_NAME = "ziping-static-256"
_MODEL_FILES = ("modules.json", "config.json", "config_sentence_transformers.json")
"""One of these is in every folder that sentence-transformers can read."""


def load_encoder(model: str | None = None, *, offline: bool = True) -> Encoder:
    """The shipped encoder, or the one in a folder (SentenceTransformer or model2vec) or, unless
    ``offline`` keeps to what is already on the machine, of a hub name.

    Raises UsageError if the folder is no model or a needed library is not installed."""
    from nlp.static_encoder import is_static, read_static

    if model is None:
        return _shipped()
    folder = Path(model)
    if not folder.exists():
        return _named(model, offline=offline)
    if not any((folder / name).is_file() for name in _MODEL_FILES):
        raise UsageError(f"{folder.name} 不是模型文件夹：里面没有 config.json 或 modules.json，请检查路径。")
    if is_static(folder):
        try:
            return read_static(folder, folder.name)
        except (OSError, ValueError) as failed:
            raise UsageError(f"模型文件夹 {folder.name} 不完整或已损坏，请重新取得该模型。") from failed
    return _transformer(str(folder), folder.resolve().name, offline=offline)


@cache
def _shipped() -> Encoder:
    """One table for the mapping and the aspect head."""
    from nlp.static_encoder import read_static

    return read_static(SHIPPED, SHIPPED_NAME)


def _named(model: str, *, offline: bool) -> Encoder:
    """A hub name is ``owner/name`` or ``name``; anything else was meant as a path."""
    if model.startswith((".", "/", "~")) or model.count("/") > 1 or "\\" in model:
        raise UsageError(f"没有找到模型文件夹 {Path(model).name}，请检查路径。")
    return _transformer(model, model, offline=offline)


def _transformer(model: str, name: str, *, offline: bool) -> Encoder:
    from nlp.sentence_transformer import load_sentence_transformer

    return load_sentence_transformer(model, name, offline=offline)
