"""What the margin notes say of the gold report, which has gaps, and of its complete version, which has none.

A line is what a reader sees (``api.export.digest``): the same fault at many places is one.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from api.export.digest import digest
from mapping.criteria import load_criteria
from models import codec
from models.assessment import Assessment

Record = dict[str, Any]


def complete_figures(record: Record) -> Record:
    """Of a report without gaps: what is called missing wrongly, and lines above a note."""
    criteria = load_criteria()
    rows = _report_rows(record)
    points = [p for row in rows if not criteria.is_result(row["indicator"]) for p in row["requirements"]]
    return {
        "indicators": f"{_missing(rows)} of {len(rows)}",
        "points": f"{_missing(points)} of {len(points)}",
        **_lines(record),
    }


def gap_figures(record: Record, gold: Record) -> Record:
    """Of the report with gaps: misplaced passages found and raised wrongly, and lines above a note."""
    texts = {passage["id"]: passage["text"] for passage in record["passages"]}
    planted = {block["id"]: block["text"] for block in gold["report"] if block["type"] == "para"}
    wanted = {planted[one["id"]] for one in gold["expected"]["misplaced"]}
    reports = _reports(record)
    raised = {
        texts[finding["where"][0]["passage"]]
        for finding in record["findings"]
        if finding["check"] == "passage-misplaced" and finding["document"] in reports
    }
    found = sum(any(one in text for text in raised) for one in wanted)
    false = sum(not any(one in text for one in wanted) for text in raised)
    return {"misplaced": f"{found} of {len(wanted)}", "misplaced_wrongly": false, **_lines(record)}


def _lines(record: Record) -> Record:
    lines = digest(codec.from_json(Assessment, record), load_criteria())
    return {
        "lines_above_note": sum(line.severity != "note" for line in lines),
        "notes": sum(line.severity == "note" for line in lines),
    }


def _reports(record: Record) -> set[str]:
    return {document["id"] for document in record["documents"] if document["kind"] == "report"}


def _report_rows(record: Record) -> list[Record]:
    return [row for row in record["coverage"] if row["document"] in _reports(record)]


def _missing(rows: Sequence[Record]) -> int:
    return sum(row["status"] == "missing" for row in rows)
