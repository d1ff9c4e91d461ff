"""Words of a text: jieba behind one function, one instance, loaded when first needed."""

from __future__ import annotations

import logging
import threading
from functools import cache
from pathlib import Path
from typing import Any

_DICTIONARY = Path(__file__).parent / "data" / "words" / "words.txt"
"""Words with their counts in training text of the field, award terms and KPI names among them: a
seventh of jieba's own dictionary, so that loading takes a seventh of the time."""
_LOADING = threading.Lock()


def words(text: str) -> tuple[str, ...]:
    """The words of a text in order, without white space; joined they are the text without it.

    Loads the dictionary at the first call; a server does so before it forks."""
    return tuple(word for word in _segmenter().cut(text) if not word.isspace())


def words_within(text: str) -> tuple[str, ...]:
    """The words of a text, each after the shorter words within it: for an index and its queries."""
    return tuple(word for word in _segmenter().cut_for_search(text) if not word.isspace())


def _segmenter() -> Any:
    with _LOADING:
        return _load()


@cache
def _load() -> Any:
    """Fills the instance itself: jieba's own loading keeps a marshal file under a fixed name in the
    shared temporary folder, where another user can plant one, and saves no time by it."""
    import jieba

    jieba.setLogLevel(logging.WARNING)
    segmenter = jieba.Tokenizer(str(_DICTIONARY))
    with _DICTIONARY.open("rb") as dictionary:
        segmenter.FREQ, segmenter.total = segmenter.gen_pfdict(dictionary)
    segmenter.initialized = True
    return segmenter
