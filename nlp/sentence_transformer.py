"""The door to sentence-transformers, for a user who names another model.

Importing the library takes some ten CPU seconds and brings torch, so nothing else imports it.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from models.encoder import FloatArray
from models.errors import UsageError


@dataclass(frozen=True, slots=True)
class TransformerEncoder:
    name: str
    dimensions: int
    sha256: str
    _model: Any = field(repr=False)

    def encode(self, texts: Sequence[str]) -> FloatArray:
        import numpy as np

        vectors = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        filled = [row for row, text in enumerate(texts) if text.strip()]
        if filled:
            vectors[filled] = self._model.encode(
                [texts[row] for row in filled], normalize_embeddings=True, show_progress_bar=False
            )
        return vectors


def load_sentence_transformer(model: str, name: str, *, offline: bool) -> TransformerEncoder:
    """``model`` is a folder or a hub name; with ``offline`` only what is on this machine is read."""
    if offline:  # read when the library is first imported; it would ask the hub even for a folder's card
        os.environ.setdefault("HF_HUB_OFFLINE", "1")
    try:
        from sentence_transformers import SentenceTransformer
    except ImportError as missing:
        raise UsageError(
            f'要使用模型 {name}，需要先安装可选组件：pip install "ziping[models]"；'
            "不指定模型时使用自带的编码器，无需安装。"
        ) from missing
    try:
        loaded = SentenceTransformer(model, device="cpu", local_files_only=offline)
    except Exception as failed:  # the library raises whatever its parts raise
        raise UsageError(_not_loaded(model, name, offline)) from failed
    return TransformerEncoder(name, _dimensions(loaded), _digest(loaded), loaded)


def _not_loaded(model: str, name: str, offline: bool) -> str:
    if offline and not Path(model).exists():
        return f"本机没有模型 {name}，且未允许联网下载；请给出模型所在的文件夹，或允许联网。"
    return f"无法加载模型 {name}：请检查它是不是完整的 SentenceTransformer 模型。"


def _dimensions(loaded: Any) -> int:
    measure = getattr(loaded, "get_embedding_dimension", None) or loaded.get_sentence_embedding_dimension
    return int(measure())


def _digest(loaded: Any) -> str:
    """Of all weights in the order of their names."""
    digest = hashlib.sha256()
    for name, tensor in sorted(loaded.state_dict().items()):
        digest.update(name.encode())
        digest.update(tensor.detach().cpu().float().numpy().tobytes())
    return digest.hexdigest()
