"""The labelled passages: our own corpus, and real text that is read for weights only.

Real text stands beside the repository (``../shared``), not in it. What is used for what:

=================  ============================================================================
corpus ``ch*``     ours, shipped as ``mapping/data/exemplars-*.jsonl``; every fit
ESG sentences      rows of ``esg.tsv.xz`` with labels of ``esg-labels.jsonl``; weights only
real passages      ``passages.jsonl``, ``prospectuses.jsonl``; weights only
held out           every fifth prospectus and block of 100 ESG rows, every second other source, by
                   hash of its name: never trained on, never tuned on, one figure at the end
development        folds by industry (corpus) and by source (real), by hash; gold report C
=================  ============================================================================
"""

from __future__ import annotations

import hashlib
import json
import lzma
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FOLDS = 4


@dataclass(frozen=True, slots=True)
class Labelled:
    """One labelled passage. ``indicator`` is None where it answers none; ``group`` is the document it
    comes from (an industry for our own), so that a fold never splits one."""

    text: str
    indicator: str | None
    also: tuple[str, ...]
    aspect: str
    source: str
    group: str

    @property
    def held_out(self) -> bool:
        if self.source == "corpus":
            return False
        return digest(self.group) % (2 if self.source == "web" else 5) == 0

    @property
    def fold(self) -> int:
        return digest(self.group + "/fold") % FOLDS


def digest(text: str) -> int:
    return int(hashlib.sha256(text.encode()).hexdigest()[:8], 16)


def read_own(paths: Sequence[Path], aliases: Mapping[str, str]) -> tuple[Labelled, ...]:
    """Our own passages, as shipped. Those of no industry in particular stand for themselves."""
    return tuple(
        _labelled(
            row,
            "corpus",
            row["id"] if row["industry"] == "通用" else row["industry"].replace("/", ""),
            row["text"],
            aliases,
        )
        for path in paths
        for row in _rows(path)
    )


def read_real(shared: Path, aliases: Mapping[str, str]) -> tuple[Labelled, ...]:
    """The real passages beside the repository."""
    return (*_esg(shared, aliases), *_companies(shared, aliases))


def _esg(shared: Path, aliases: Mapping[str, str]) -> Iterator[Labelled]:
    with lzma.open(shared / "text" / "esg.tsv.xz", "rt", encoding="utf-8") as file:
        sentences = {row.split("\t")[0]: row.split("\t")[1] for row in file}
    for row in _rows(shared / "corpus" / "esg-labels.jsonl"):
        yield _labelled(row, "esg", f"esg {row['row'] // 100}", sentences[str(row["row"])], aliases)


def _companies(shared: Path, aliases: Mapping[str, str]) -> Iterator[Labelled]:
    for name in ("passages", "prospectuses"):
        for row in _rows(shared / "real" / f"{name}.jsonl"):
            company = re.search(r"([^\s/：:@]+?)\.txt", row["source"])
            group = company.group(1) if company else row["source"].split("@")[0]
            source = "prospectus" if "FinQwen" in row["source"] else "web"
            yield _labelled(row, source, group, row["text"], aliases)


def _labelled(
    row: Mapping[str, Any], source: str, group: str, text: str, aliases: Mapping[str, str]
) -> Labelled:
    indicator = row["indicator"]
    also = tuple(aliases.get(other, other) for other in row.get("also", ()))
    return Labelled(
        text, indicator and aliases.get(indicator, indicator), also, row["aspect"] or "none", source, group
    )


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)
