"""Assessments that were written as JSON before."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from models.assessment import SCHEMA_VERSION, Assessment
from models.codec import from_json
from models.errors import MissingPath, UsageError
from models.finding_id import identify


def stored_assessment(path: Path) -> Assessment | None:
    """The assessment in a .json file; None for a path that is none, such as a report to be read.

    Raises UsageError where the file holds something else, MissingPath where there is none."""
    if path.suffix.lower() != ".json" or path.is_dir():
        return None
    try:
        data = json.loads(path.read_text(encoding="utf-8-sig"))
        assessment = from_json(Assessment, data)
    except FileNotFoundError as error:
        raise MissingPath(f"找不到“{path}”，请核对路径和文件名。") from error
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise UsageError(
            f"“{path.name}”不是 ziping check --format json 写出的结果，请给出那样的文件，或直接给出报告。"
        ) from error
    if assessment.schema_version != SCHEMA_VERSION:
        shape = f"结果格式是 {assessment.schema_version}，本程序读 {SCHEMA_VERSION}"
        raise UsageError(f"“{path.name}”的{shape}，请用本程序重新检查一次。")
    if all(finding.id for finding in assessment.findings):
        return assessment
    # written before findings had ids
    return replace(assessment, findings=identify(assessment.findings, assessment.documents))
