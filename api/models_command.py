"""``ziping models``: which encoders there are here, and how well one tells the indicators apart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from typing import TYPE_CHECKING

from api.columns import fold, width
from models.encoder import Encoder

if TYPE_CHECKING:
    from mapping.evaluation import Accuracy

_HEAD = ("编码模型", "过程@1", "过程@3", "结果@1", "结果@3", "合计@1", "合计@3", "秒/千段")
_INSTALLED = "已安装"
_ABSENT = '未安装（pip install "ziping[models]"）'


def models_text() -> str:
    """The shipped encoder, whether others can be used, and how."""
    from mapping.cache import user_cache
    from nlp.encoder import load_encoder

    encoder = load_encoder()
    others = _INSTALLED if find_spec("sentence_transformers") else _ABSENT
    folder = user_cache().folder
    lines = [
        f"自带　{_described(encoder)}，{_size():.1f} MB，随时可用",
        f"其他　需要 sentence-transformers：{others}",
        "",
        "使用其他模型：ziping check 文件 --model 模型文件夹",
        "比较其他模型：ziping models eval --model 模型文件夹",
        "",
        fold("模型文件夹须是 SentenceTransformer 或 model2vec 格式；只读本机文件，不联网。"),
        "首次使用一个模型时为它拟合判别参数，所得的缓存在：",
        f"  {folder or '（没有可用的文件夹，不缓存）'}",
    ]
    return "\n".join(lines) + "\n"


def evaluation_text(model: str | None) -> str:
    """The shipped encoder and, beside it, another one, on the shipped passages.

    Raises UsageError if the model cannot be loaded."""
    from mapping.criteria import load_criteria
    from mapping.evaluation import FOLDS, evaluate_encoder
    from nlp.encoder import load_encoder

    encoders = [load_encoder(model), load_encoder()] if model else [load_encoder()]
    criteria = load_criteria()
    found = [(encoder, evaluate_encoder(criteria, encoder)) for encoder in reversed(encoders)]
    rows = [
        [encoder.name, *_rates(one.process), *_rates(one.result), *_rates(one.total), f"{one.encoding:.2f}"]
        for encoder, one in found
    ]
    counts = found[0][1]
    note = (
        f"随程序附带的{counts.total.passages}段（过程{counts.process.passages}、"
        f"结果{counts.result.passages}、概述{counts.overview.passages}），按行业分{FOLDS}组轮流作检验，"
        "只凭语义向量、在同类指标中排序；@1 为首位正确率，@3 为前三位中有正确指标的比率。"
        "检查报告时还有词语、标题和上下文，正确率更高。时间为处理器秒，不含载入模型。"
    )
    return "\n".join([*_aligned([_HEAD, *rows]), "", fold(note)]) + "\n"


def _described(encoder: Encoder) -> str:
    return f"{encoder.name}，{encoder.dimensions} 维，sha256 {encoder.sha256[:8]}"


def _size() -> float:
    """Of the shipped encoder on disk, in millions of bytes."""
    from nlp.encoder import SHIPPED

    return sum(file.stat().st_size for file in SHIPPED.iterdir() if file.is_file()) / 1e6


def _rates(accuracy: Accuracy) -> tuple[str, str]:
    count = max(accuracy.passages, 1)
    return f"{accuracy.first / count:.1%}", f"{accuracy.third / count:.1%}"


def _aligned(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Columns as wide as their widest cell: the first flush left, the figures flush right."""
    widths = [max(width(row[n]) for row in rows) for n in range(len(rows[0]))]
    for name, *figures in rows:
        cells = [" " * (w - width(cell)) + cell for cell, w in zip(figures, widths[1:], strict=True)]
        yield "  ".join([name + " " * (widths[0] - width(name)), *cells])
