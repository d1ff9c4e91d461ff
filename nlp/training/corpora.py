"""The training text in ``../shared/text`` as lines, without repeats."""

from __future__ import annotations

import json
import lzma
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from models.errors import MissingPath

SHARED = Path(__file__).resolve().parents[3] / "shared"
"""Beside the repository; other people's text, none of which is in it."""
_PIECE = 400
"""Characters of a training line. A pair of words further apart than the window never meets, so the
cut costs nothing, and short lines keep the tokenizer quick."""


def text_file(name: str) -> Path:
    path = SHARED / "text" / name
    if not path.exists():
        raise MissingPath(f"没有找到训练文本 ../shared/text/{name}，无法训练编码器。")
    return path


def lines(name: str) -> Iterator[str]:
    """Lines of one packed text, each once, cut to ``_PIECE`` characters."""
    with lzma.open(text_file(name), "rt", encoding="utf-8") as packed:
        yield from _pieces(_once(packed))


def esg_lines() -> Iterator[str]:
    """Sentences of companies' reports; the rows whose label says 无关文本 are kept, they are prose too."""
    with lzma.open(text_file("esg.tsv.xz"), "rt", encoding="utf-8") as packed:
        next(packed)
        yield from _pieces(_once(line.split("\t")[1] for line in packed if line.count("\t") >= 1))


def corpus_lines() -> Iterator[str]:
    """Our own labelled passages."""
    for path in sorted((SHARED / "corpus").glob("ch*.jsonl")):
        with path.open(encoding="utf-8") as rows:
            yield from _pieces(json.loads(row)["text"] for row in rows)


def _once(texts: Iterable[str]) -> Iterator[str]:
    seen: set[int] = set()
    for text in texts:
        clean = text.strip()
        key = hash(clean)
        if clean and key not in seen:
            seen.add(key)
            yield clean


def _pieces(texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        for start in range(0, len(text), _PIECE):
            yield text[start : start + _PIECE]


SOURCES: dict[str, tuple[float, Callable[[], Iterator[str]]]] = {
    "csl": (1.0, lambda: lines("csl.txt.xz")),
    "esg": (4.0, esg_lines),
    "prospectuses": (1.0, lambda: lines("prospectuses.txt.xz")),
    "statutes": (1.0, lambda: lines("statutes.txt.xz")),
    "corpus": (4.0, corpus_lines),
}
"""Texts by name with the weight of their counts: what is nearest to a report counts four times
(the recipe that did best in ``embedding.md`` §4)."""
