"""Labelled passages in ``../shared``: our own, and real ones by other people, of which only weights ship."""

from __future__ import annotations

import json
import lzma
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nlp.training.corpora import SHARED, text_file

WRITTEN = Path(__file__).resolve().parents[2] / "mapping" / "data"
HARD = Path(__file__).resolve().parents[1] / "data" / "aspects" / "hard.jsonl"
_COMPANY = re.compile(r"[\u4e00-\u9fff（）()A-Za-z]+?公司")
_ESG_ROWS = 200
"""Rows of the ESG set that count as one document; it names none, and neighbours are of one report."""


@dataclass(frozen=True, slots=True)
class Labelled:
    text: str
    indicator: str | None
    aspect: str
    """"none" where the passage answers no indicator."""
    source: str
    """hard, corpus, written, esg, passages or prospectuses."""
    document: str
    """What may not be split between training and measuring."""
    sure: bool = True


def labelled_passages() -> tuple[Labelled, ...]:
    return (*_hard(), *_corpus(), *_written(), *_esg(), *_real("passages"), *_real("prospectuses"))


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def _hard() -> Iterator[Labelled]:
    """Our own sentences for what is easily mistaken: targets with numbers, results in words."""
    for row in _rows(HARD):
        yield Labelled(row["text"], None, row["aspect"], "hard", "hard")


def _written() -> Iterator[Labelled]:
    """Passages by three further hands, shipped as the mapping's exemplars."""
    for path in sorted(WRITTEN.glob("exemplars-*-h?.jsonl")):
        for row in _rows(path):
            group = f"{path.stem} {row['industry']}"
            yield Labelled(row["text"], row["indicator"], row["aspect"], "written", group)


def _corpus() -> Iterator[Labelled]:
    for path in sorted((SHARED / "corpus").glob("ch*.jsonl")):
        for row in _rows(path):
            document = f"{path.stem} {row['industry']}"
            yield Labelled(row["text"], row["indicator"], row["aspect"] or "none", "corpus", document)


def _esg() -> Iterator[Labelled]:
    with lzma.open(text_file("esg.tsv.xz"), "rt", encoding="utf-8") as packed:
        texts = {line.split("\t")[0]: line.split("\t")[1] for line in packed if "\t" in line}
    for row in _rows(SHARED / "corpus" / "esg-labels.jsonl"):
        number = int(row["row"])
        document = f"esg {number // _ESG_ROWS}"
        aspect = row["aspect"] or "none"
        yield Labelled(texts[str(number)], row["indicator"], aspect, "esg", document, bool(row["sure"]))


def _real(name: str) -> Iterator[Labelled]:
    for row in _rows(SHARED / "real" / f"{name}.jsonl"):
        document = _document(row["source"])
        sure = bool(row.get("sure", True))
        yield Labelled(row["text"], row["indicator"], row["aspect"] or "none", name, document, sure)


def _document(source: str) -> str:
    """A prospectus by its company, anything else by its repository: pages of one site are alike."""
    company = _COMPANY.search(source.split("@", 1)[-1]) if "FinQwen" in source else None
    return company.group() if company else source.split("@", maxsplit=1)[0]
