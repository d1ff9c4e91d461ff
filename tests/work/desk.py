"""A data folder with submissions in the queue, as the service leaves it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import select

from api.store import jobs
from api.store.engine import Database, open_database
from api.store.files import FileStore
from api.store.tables import (
    Base,
    Job,
    Organisation,
    Revision,
    RevisionFile,
    Round,
    StoredFile,
    Submission,
)
from tests.ingest.docx_builder import PROSE, para, write_docx

_FINISHES = """
CREATE TRIGGER IF NOT EXISTS count_finishes AFTER UPDATE OF state ON jobs
WHEN new.state = 'done' AND old.state <> 'done'
BEGIN INSERT INTO finishes VALUES (new.id); END
"""


@dataclass
class Desk:
    data: Path
    database: Database
    files: FileStore
    round: str = ""
    organisation: str = ""
    revisions: list[str] = field(default_factory=list)

    def revision(self, files: Iterable[Path], options: Mapping[str, Any] | None = None) -> str:
        """A submission's revision, not yet queued."""
        with self.database.writing() as session:
            submission = Submission(organisation_id=self.organisation, round_id=self.round, kind="award")
            session.add(submission)
            session.flush()
            revision = Revision(submission_id=submission.id, number=1, options=dict(options or {}))
            session.add(revision)
            session.flush()
            for position, path in enumerate(files):
                content = self.files.add([path.read_bytes()])
                if session.get(StoredFile, content.sha256) is None:
                    session.add(StoredFile(sha256=content.sha256, size=content.size, type=path.suffix[1:]))
                    session.flush()
                session.add(RevisionFile(revision_id=revision.id, position=position, filename=path.name,
                                         sha256=content.sha256))  # fmt: skip
            return revision.id

    def queued(self, files: Iterable[Path] = (), options: Mapping[str, Any] | None = None) -> str:
        revision = self.revision(files, options)
        with self.database.writing() as session:
            jobs.put(session, revision)
        self.revisions.append(revision)
        return revision

    def job(self, revision: str) -> Job:
        with self.database.reading() as session:
            job = jobs.of_revision(session, revision)
            assert job is not None
            return job

    def jobs(self) -> list[Job]:
        with self.database.reading() as session:
            return list(session.scalars(jobs.in_order()))

    def set_round(self, **values: Any) -> None:
        with self.database.writing() as session:
            round_ = session.get_one(Round, self.round)
            for name, value in values.items():
                setattr(round_, name, value)

    def assessment(self, revision: str) -> bytes:
        with self.database.reading() as session:
            sha256 = session.get_one(Revision, revision).assessment
        assert sha256 is not None
        return self.files.read(sha256)

    def finishes(self) -> list[str]:
        """Ids of jobs, once for each time that one came to be done."""
        with self.database.reading() as session:
            return list(session.connection().exec_driver_sql("SELECT job FROM finishes").scalars())


def open_desk(data: Path) -> Desk:
    """The desk of a folder, laid out if it is new."""
    data.mkdir(exist_ok=True, parents=True)
    desk = Desk(data, open_database(data / "ziping.db"), FileStore(data / "files"))
    with desk.database.engine.execution_options(writes=True).begin() as connection:
        Base.metadata.create_all(connection)
        connection.exec_driver_sql("CREATE TABLE IF NOT EXISTS finishes (job TEXT)")
        connection.exec_driver_sql(_FINISHES)
    with desk.database.writing() as session:
        round_ = session.scalar(select(Round))
        if round_ is None:
            organisation, round_ = Organisation(name="某公司"), Round(title="某轮", criteria="bjqa-2020")
            session.add_all([organisation, round_])
            session.flush()
            desk.organisation = organisation.id
        desk.round = round_.id
    return desk


def small_report(folder: Path, number: int) -> Path:
    """A report of a few paragraphs, each number another one."""
    folder.mkdir(exist_ok=True, parents=True)
    body = para(f"第{number}家公司的自评报告") + para("4.1 领导", '<w:pStyle w:val="1"/>')
    sentences = [f"第{number}家公司第{n}个部门：{PROSE}" for n in range(3 + number % 4)]
    return write_docx(folder / f"自评报告{number:02}.docx", body + "".join(map(para, sentences)))
