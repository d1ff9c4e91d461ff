"""A round from files to results: what the command line runs, and the service may."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from api.annual.batch import Done, Job, ToolSettings, check_files
from api.annual.intake import take_in
from api.annual.settle import Office, settle
from models.annual_round import AnnualRound
from models.criteria import Criteria
from models.errors import MissingPath


@dataclass(frozen=True, slots=True)
class RoundResult:
    annual: AnnualRound
    criteria: Criteria
    missing: tuple[str, ...]
    """A sentence for each path that is not there."""


def run_round(
    paths: Sequence[Path],
    previous: Sequence[Path],
    office: Office,
    settings: ToolSettings,
    done: Done,
    workers: int | None = None,
) -> RoundResult:
    """Takes in, checks and settles the reports of a year beside those of earlier ones.

    Raises MissingPath where there is no file at all; what cannot be read is in the result."""
    with TemporaryDirectory(prefix="ziping-", ignore_cleanup_errors=True) as scratch:
        now = take_in(paths, Path(scratch, "now"))
        before = take_in(previous, Path(scratch, "before"))
        if not now.files and not now.not_read:
            raise MissingPath("没有可检查的文件。请给出 .docx 或 .pdf 文件，或它们所在的文件夹。")
        tools = settings.build()
        earlier = [file for file in before.files if file.sha256 not in {one.sha256 for one in now.files}]
        jobs = [Job(file, str(office.covers)) for file in now.files] + [Job(file, None) for file in earlier]
        checked = check_files(jobs, settings, tools, done, workers)
    annual = settle(
        checked[: len(now.files)],
        checked[len(now.files) :],
        office,
        tools.criteria,
        tools.rules,
        (*now.not_read, *before.not_read),
    )
    return RoundResult(annual, tools.criteria, (*now.missing, *before.missing))
