"""The words: a Unigram tokenizer over jieba's dictionary and every single character.

Unigram's best path over words with log frequencies is jieba's own segmentation without its HMM, and
the ``tokenizers`` library does it in Rust; so no jieba is needed to encode, or to train.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib import resources
from itertools import islice
from pathlib import Path
from typing import Any

UNKNOWN = "[UNK]"
_HAN_WORD = re.compile(r"[\u4e00-\u9fff]+")
_LATIN_WORD = re.compile(r"[a-z][a-z0]*")
_BATCH = 20_000
_SIGNS = {"0": 100_000, "%": 10_000, "‰": 100}
_LATIN_LEAST = 10
_COMMON = 200
_LEAST = 3
TERMS = Path(__file__).resolve().parents[1] / "data" / "words" / "terms.txt"
_LONGEST_TERM = 6
"""Longer terms are left to their parts: 信息系统覆盖率 has more to say as 信息系统 and 可用率."""


def jieba_counts() -> Counter[str]:
    """Word counts of jieba's own dictionary (MIT), words of Han characters only."""
    counts: Counter[str] = Counter()
    with (resources.files("jieba") / "dict.txt").open("r", encoding="utf-8") as dictionary:
        for line in dictionary:
            word, count = line.split(" ")[:2]
            if _HAN_WORD.fullmatch(word):
                counts[word] = int(count)
    return counts


def terms() -> tuple[str, ...]:
    return tuple(TERMS.read_text(encoding="utf-8").split())


def with_terms(counts: Counter[str]) -> Counter[str]:
    """Counts with the domain's terms frequent enough to be kept whole."""
    total = sum(counts.values())
    raised = Counter(counts)
    for term in terms():
        if len(term) <= _LONGEST_TERM:
            raised[term] = max(counts[term], _whole_count(term, counts, total))
    return raised


def _whole_count(term: str, counts: Mapping[str, int], total: int) -> int:
    """Least count at which the whole term beats every cut of it in two (jieba's ``suggest_freq``)."""
    best = max(
        (counts.get(term[:cut], 1) * counts.get(term[cut:], 1) / total for cut in range(1, len(term))),
        default=0.0,
    )
    return int(best) + 2


def tokenizer(counts: Mapping[str, int]) -> Any:
    """A ``tokenizers.Tokenizer`` whose pieces are the keys of ``counts``; the rest is ``[UNK]``.

    NFKC, lower case, every number becomes 0; what is no letter, digit or percent sign is dropped."""
    from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers

    total = sum(counts.values())
    pieces = [(UNKNOWN, -30.0)]
    pieces += [(word, math.log(max(count, 0.5) / total)) for word, count in ordered(counts)]
    made = Tokenizer(models.Unigram(pieces, unk_id=0))
    made.normalizer = normalizers.Sequence(
        [
            normalizers.NFKC(),
            normalizers.Lowercase(),
            normalizers.Replace(Regex(r"[0-9]+([.,][0-9]+)*"), "0"),
        ]
    )
    made.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(r"[^\u4e00-\u9fffa-z0%‰]+"), "removed"),
            pre_tokenizers.Split(Regex(r"[\u4e00-\u9fff]+|[a-z0]+|[%‰]"), "isolated"),
        ]
    )
    return made


def ordered(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    """Commonest first, ties by the word: the same counts give the same numbering."""
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))


def token_batches(made: Any, texts: Iterable[str]) -> Iterator[Sequence[Sequence[int]]]:
    """Piece numbers of each text, unknown ones as 0, a batch of texts at a time."""
    stream = iter(texts)
    while batch := list(islice(stream, _BATCH)):
        yield [encoding.ids for encoding in made.encode_batch_fast(batch, add_special_tokens=False)]


def candidates(sources: Iterable[Iterable[str]]) -> Counter[str]:
    """Every piece that may be needed: jieba's words, the terms, each character and Latin name met."""
    counts = with_terms(jieba_counts())
    met: set[str] = set()
    latin: Counter[str] = Counter()
    for texts in sources:
        for text in texts:
            met.update(text)
            latin.update(_LATIN_WORD.findall(text.lower()))
    for character in met:
        if _HAN_WORD.fullmatch(character):
            counts[character] = max(counts[character], 1)
    counts.update({word: n for word, n in latin.items() if n >= _LATIN_LEAST and 2 <= len(word) <= 12})
    counts.update(_SIGNS)
    return counts


def counted(made: Any, texts: Iterable[str]) -> Counter[str]:
    """How often each piece of a tokenizer occurs."""
    counts: Counter[int] = Counter()
    for batch in token_batches(made, texts):
        for ids in batch:
            counts.update(ids)
    return Counter({made.id_to_token(piece): n for piece, n in counts.items() if piece})


def chosen(counts: Mapping[str, float], known: Mapping[str, int], size: int) -> Counter[str]:
    """The ``size`` pieces to keep: every character that was met or is common, then the commonest words.

    ``known`` are jieba's own counts; a character that training text lacks stays for its sake."""
    characters = {word for word in {*counts, *known} if len(word) == 1}
    kept = {
        one: max(1, int(counts.get(one, 0)))
        for one in characters
        if counts.get(one, 0) or known.get(one, 0) >= _COMMON
    }
    words = [(word, int(n)) for word, n in counts.items() if len(word) > 1 and n >= _LEAST]
    kept |= dict(sorted(words, key=lambda pair: (-pair[1], pair[0]))[: size - len(kept)])
    return Counter(kept)
