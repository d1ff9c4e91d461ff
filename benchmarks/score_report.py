"""Scores an assessment and a document against the truth that `make_report.py` wrote.

    python -m benchmarks.score_report TRUTH.json ASSESSMENT.json [FILE.docx|FILE.pdf]

With the file itself, what the reader made of it is scored as well.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.gold.score import squash
from benchmarks.kpi_score import score_kpis
from benchmarks.reading_score import Scores, score_reading, share, without
from benchmarks.truth import Truth, load_truth


def score_assessment(truth: Truth, assessment: dict[str, Any], *, pdf: bool = False) -> Scores:
    """Parts, passages, 字数 and KPIs of one assessment of the whole volume."""
    return {
        **_part_scores(truth, assessment, truth.deleted if pdf else ()),
        **_word_errors(truth, assessment, pdf=pdf),
        **score_kpis(truth, assessment),
    }


def _part_scores(truth: Truth, assessment: dict[str, Any], deleted: Sequence[str]) -> Scores:
    """``passage_text``: prose that stands verbatim in the passages; ``parts``: in those of its part.

    ``deleted`` is printed in the midst of paragraphs and overlooked.
    """
    kinds = {document["id"]: document["kind"] for document in assessment["documents"]}
    running: dict[str, str] = {"overview": "", "report": ""}
    for passage in assessment["passages"]:
        kind = kinds[passage["document"]]
        running[kind] = running.get(kind, "") + squash(passage["text"])
    running = {kind: without(text, deleted) for kind, text in running.items()}
    wanted = [squash(text) for text in truth.paragraphs]
    homes = ["overview" if overview else "report" for overview in truth.in_overview]
    anywhere = "".join(running.values())
    return {
        "passage_text": share(sum(text in anywhere for text in wanted), len(wanted)),
        "parts": share(
            sum(text in running[home] for text, home in zip(wanted, homes, strict=True)), len(wanted)
        ),
    }


def _word_errors(truth: Truth, assessment: dict[str, Any], *, pdf: bool) -> Scores:
    """Relative errors of the 字数 of all parts together, against the truth; 0 is perfect.

    A PDF holds the computed heading numbers as text, so they are part of its truth.
    """
    wanted = dict(truth.words)
    if pdf:
        wanted["body"] += truth.heading_numbers
    got: dict[str, int] = {}
    for document in assessment["documents"]:
        for part, words in document["length"]["by_part"].items():
            got[part] = got.get(part, 0) + words
    errors = {f"words_{part}": _error(got.get(part, 0), words) for part, words in wanted.items()}
    return {"words_total": _error(sum(got.values()), sum(wanted.values())), **errors}


def _error(got: int, wanted: int) -> float | None:
    return round((got - wanted) / wanted, 5) if wanted else None


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("truth", type=Path)
    parser.add_argument("assessment", type=Path)
    parser.add_argument("file", type=Path, nargs="?")
    asked = parser.parse_args()
    truth = load_truth(asked.truth)
    assessment = json.loads(asked.assessment.read_text(encoding="utf-8"))
    scores: Scores = {}
    if asked.file:
        from ingest.limits import ReadLimits
        from ingest.read import read_document

        scores |= score_reading(truth, read_document(asked.file, limits=ReadLimits()))
    scores |= score_assessment(truth, assessment, pdf=bool(asked.file) and asked.file.suffix == ".pdf")
    for name, value in scores.items():
        print(f"{name:20} {value}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
