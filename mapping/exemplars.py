"""The labelled passages that are shipped for one edition of the criteria."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from models.criteria import Criteria

FOLDER = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class Exemplar:
    text: str
    indicator: str | None
    """None: answers none."""
    result: bool
    """Whether it tells results."""
    group: str = ""
    """The industry it is told of, or its own id: what should not be learnt from and judged by at once."""


def exemplar_files(criteria: Criteria) -> tuple[Path, ...]:
    """``exemplars-<criteria id>*.jsonl``; none for criteria that nobody has labelled passages for."""
    return tuple(sorted(FOLDER.glob(f"exemplars-{criteria.id}*.jsonl")))


def read_exemplars(criteria: Criteria) -> tuple[Exemplar, ...]:
    aliases = dict(criteria.aliases)
    results = {i.id for i in criteria.indicators if criteria.is_result(i.id)}
    lines = [
        line for path in exemplar_files(criteria) for line in path.read_text(encoding="utf-8").split("\n")
    ]
    rows = [json.loads(line) for line in lines if line]
    return tuple(
        Exemplar(
            row["text"],
            aliases.get(row["indicator"], row["indicator"]),
            row["aspect"] == "result" or row["indicator"] in results,
            row["id"] if row["industry"] == "通用" else row["industry"].replace("/", ""),
        )
        for row in rows
    )
