"""Puts a yearly report beside earlier ones and runs the checks that need them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from api.bootstrap import Tools
from mapping.checks import Rulebook, run_checks
from mapping.yearly.comparison import compare_years
from models.assessment import Assessment
from models.criteria import Criteria
from models.errors import MissingPath, UnreadableFile, UsageError

_NO_REPORT = "--covers 和 --previous 只用于年度报告，而这些文件中没有；如确是年度报告，请加 --kind annual。"


def beside_earlier(
    this: Assessment,
    earlier: Sequence[Assessment],
    criteria: Criteria,
    rules: Rulebook | None = None,
    *,
    off: frozenset[str] = frozenset(),
) -> Assessment:
    """``this`` with its comparisons and the findings that follow from them.

    ``earlier``: assessments of last year's report, of the award report, or both. An assessment without a
    yearly report is given back as it is."""
    found = (compare_years(this, one) for one in earlier)
    comparisons = tuple(one for one in found if one is not None)
    if not this.annual or not comparisons:
        return this
    first, *others = this.annual
    annual = (replace(first, comparisons=comparisons), *others)
    draft = replace(this, annual=annual, findings=())
    return replace(draft, findings=run_checks(draft, criteria, rules, off=off))


def beside_files(paths: Sequence[Path], this: Assessment, tools: Tools) -> Assessment:
    """``this`` beside the reports in the files.

    Raises UsageError if ``this`` holds no yearly report, MissingPath or UnreadableFile for a file."""
    from api.annual.check import check_file

    if not this.annual:
        raise UsageError(_NO_REPORT)
    earlier = []
    for path in paths:
        if not path.is_file():
            raise MissingPath(f"找不到“{path}”，请核对 --previous 后面的路径。")
        checked = check_file(path, "", path.name, tools, None)
        if checked.assessment is None:
            raise UnreadableFile(checked.error)
        earlier.append(checked.assessment)
    return beside_earlier(this, earlier, tools.criteria, tools.rules)
