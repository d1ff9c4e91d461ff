"""One job: from a revision's files to its stored assessment and the rows made from it, exactly once."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from api.export.figures import figures
from api.export.json import to_json
from api.files import SubmissionFiles, submission_files
from api.options import Options, Progress
from api.pipeline import assess
from api.store import audit
from api.store.engine import Database
from api.store.files import Content, FileStore
from api.store.tables import PassageRow, Revision, StoredFile
from api.work.queue import Lost, Queue, Work
from api.work.round_tools import Engine, RoundSettings, Toolbox, engine_of, refuse_other
from api.work.stages import StagedReading, StageStore
from models.assessment import Assessment
from models.document import PartKind
from models.errors import MissingPath, UnreadableFile

_GONE = "《{}》在存储中找不到了，没有检查；请重新上传这个文件。"
_NO_FILES = "没有可检查的文件。请上传 .docx 或 .pdf 文件。"
_LONGEST_NAME = 200
"""Bytes; file systems take 255."""


@dataclass(frozen=True, slots=True)
class Assessor:
    """What assessing takes, beside the job."""

    database: Database
    files: FileStore
    stages: StageStore
    toolbox: Toolbox
    local: bool

    def __call__(self, queue: Queue, work: Work, scratch: Path, progress: Progress) -> None:
        """Does the job and ends it. ``scratch`` is a folder of the job's own, which is emptied.

        Raises ZipingError where the files or the settings are at fault, Lost, and what ``progress`` raises.
        """
        with self.database.reading() as session:
            draft = _draft(session, work.revision)
        tools = self.toolbox.tools(draft.settings)
        engine = engine_of(tools)
        if not self.local:
            refuse_other(draft.engine, engine)
        with _laid_out(draft, self.files, scratch) as found:
            read = StagedReading(self.stages, lambda: queue.stage_stored(work))
            assessment = assess(found.files, tools, draft.options, progress, read)
        told = figures(assessment, tools.criteria)
        data = to_json(assessment).encode()
        content = self.files.add([data])
        progress("保存", "", 0, None)
        with queue.finishing(work, (*found.left_out, *found.unreadable)) as session:
            if not self.files.path(content.sha256).exists():  # deleted as unused before the lock was ours
                self.files.add([data])
            _record(session, work.revision, content, assessment, engine, told)


@dataclass(frozen=True, slots=True)
class _Draft:
    """A revision as its rows have it."""

    files: tuple[tuple[str, str], ...]
    """Name and SHA-256 of each."""
    options: Options
    settings: RoundSettings
    engine: Engine


def _draft(session: Session, revision_id: str) -> _Draft:
    revision = session.get(Revision, revision_id)
    if revision is None:
        raise Lost
    round_ = revision.submission.round
    settings = RoundSettings(
        criteria=round_.criteria,
        reporting_years=tuple(round_.reporting_years),
        limits=round_.limits,
        counting=round_.counting,
        checks=round_.checks,
    )
    return _Draft(
        files=tuple((file.filename, file.sha256) for file in revision.files),
        options=options_of(revision.options, settings.reporting_years),
        settings=settings,
        engine=dict(round_.engine),
    )


def options_of(given: dict[str, Any], years: Sequence[str] = ()) -> Options:
    """Options from what a person set for a revision; ``years`` are those of the round."""
    parts: dict[PartKind, tuple[int, int]] = {
        kind: (int(first), int(last)) for kind, (first, last) in (given.get("parts") or {}).items()
    }
    return Options(
        kind=given.get("kind"),
        years=tuple(given.get("years") or years),
        parts=parts,
        covers=given.get("covers"),
    )


@contextmanager
def _laid_out(draft: _Draft, files: FileStore, scratch: Path) -> Iterator[SubmissionFiles]:
    """The files under the names that people gave them, archives taken apart.

    Temporary files stand in the scratch folder too, so that they go with it when a worker is killed."""
    shutil.rmtree(scratch, ignore_errors=True)
    aside, tempfile.tempdir = tempfile.tempdir, str(scratch / "aside")
    try:
        (scratch / "aside").mkdir(parents=True)
        paths = []
        for number, (name, sha256) in enumerate(draft.files):
            path = scratch / "files" / f"{number:03}" / safe_name(name)
            path.parent.mkdir(parents=True)
            _lay(files.path(sha256), path)
            paths.append(path)
        found = submission_files(paths, scratch / "unpacked")
        if not found.files:
            raise UnreadableFile(next(iter((*found.unreadable, *found.left_out)), _NO_FILES))
        yield found
    finally:
        tempfile.tempdir = aside
        shutil.rmtree(scratch, ignore_errors=True)


def _lay(stored: Path, path: Path) -> None:
    """A second name of a stored file, or a copy where the file system has none. Raises MissingPath."""
    if not stored.exists():
        raise MissingPath(_GONE.format(path.name))
    try:
        os.link(stored, path)
    except OSError:
        shutil.copyfile(stored, path)


def safe_name(name: str) -> str:
    """A file's own name, without folders, no longer than file systems take; its ending stays."""
    name = PurePosixPath(name.replace("\\", "/")).name.replace("\0", "")
    if name in ("", ".", ".."):
        return "未命名"
    if os.name == "nt":
        name = "".join("_" if letter in '<>:"|?*' or letter < " " else letter for letter in name)
    stem, ending = os.path.splitext(name)  # noqa: PTH122 - a Path would take "…." apart in another way
    room = _LONGEST_NAME - len(ending.encode("utf-8", "replace"))
    if room < 1:
        return name.encode("utf-8", "replace")[:_LONGEST_NAME].decode("utf-8", "ignore")
    return stem.encode("utf-8", "replace")[:room].decode("utf-8", "ignore") + ending


def _record(
    session: Session,
    revision_id: str,
    content: Content,
    assessment: Assessment,
    engine: Engine,
    told: dict[str, Any],
) -> None:
    """Names the stored file as the revision's assessment and makes its rows; fixes the round's engine."""
    revision = session.get(Revision, revision_id)
    if revision is None:
        raise Lost
    if revision.assessment is not None:
        return
    if session.get(StoredFile, content.sha256) is None:
        session.add(StoredFile(sha256=content.sha256, size=content.size, type="json"))
    revision.assessment, revision.figures = content.sha256, told
    audit.record(session, None, "assess", f"revision:{revision_id}", {"assessment": content.sha256})
    if not revision.submission.round.engine:
        revision.submission.round.engine = engine
    rows = [
        {
            "revision_id": revision_id,
            "position": position,
            "passage": passage.id,
            "document": passage.document,
            "page": passage.page,
            "indicator": passage.indicators[0].id if passage.indicators else None,
            "aspect": passage.aspect,
            "text": passage.text,
        }
        for position, passage in enumerate(assessment.passages)
    ]
    if rows:
        session.execute(insert(PassageRow), rows)
