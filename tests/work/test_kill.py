"""kill -9 of server and workers at random moments: everything is done once, and done right."""

from __future__ import annotations

import json
import os
import random
import sys
from pathlib import Path

import pytest
from sqlalchemy import func, select

from api.bootstrap import build_tools
from api.export.json import to_json
from api.options import OnPage
from api.pipeline import assess
from api.store import audit
from api.store.tables import PassageRow
from ingest.docx.reader import read_docx
from ingest.limits import ReadLimits
from models.document import Document
from tests.work.desk import Desk, open_desk, small_report
from tests.work.kills import LIGHT, kill_at_random

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="kills as POSIX does")
FILES = 20


@pytest.fixture
def seed() -> int:
    """Another one each time; printed, and to be given again in ZIPING_SEED."""
    chosen = int(os.environ.get("ZIPING_SEED") or random.SystemRandom().randrange(10**6))
    print(f"ZIPING_SEED={chosen}")
    return chosen


def test_real_jobs_are_done_once_and_right(tmp_path: Path, seed: int) -> None:
    files = [small_report(tmp_path / "in", number) for number in range(FILES)]
    desk = open_desk(tmp_path / "data")
    revisions = [desk.queued([path]) for path in files]
    killing = kill_at_random(desk, 4, seed, pause=1.5)
    print(killing)
    tools = build_tools()
    expected = [to_json(assess([path], tools, read=_read_here)).encode() for path in files]
    assert [(job.state, job.error) for job in map(desk.job, revisions)] == [("done", None)] * FILES
    assert [desk.assessment(revision) for revision in revisions] == expected
    assert sorted(desk.finishes()) == sorted(job.id for job in desk.jobs())
    assert _rows(desk) == {
        r: len(json.loads(e)["passages"]) for r, e in zip(revisions, expected, strict=True)
    }
    assert list(desk.files.damaged()) == []
    with desk.database.reading() as session:
        assert audit.verify(session) == FILES


def test_made_up_jobs_are_done_once_under_many_kills(tmp_path: Path, seed: int) -> None:
    desk = open_desk(tmp_path / "data")
    revisions = [desk.queued() for _ in range(FILES)]
    killing = kill_at_random(desk, 5, seed, LIGHT, pause=0.3)
    print(killing)
    assert {job.state for job in desk.jobs()} == {"done"}
    assert sorted(desk.finishes()) == sorted(job.id for job in desk.jobs())
    assert _rows(desk) == dict.fromkeys(revisions, 1)


def _read_here(source: Path, *, limits: ReadLimits, password: str | None, on_page: OnPage) -> Document:
    """Without a child, whose start costs more than the reading."""
    return read_docx(source)


def _rows(desk: Desk) -> dict[str, int]:
    with desk.database.reading() as session:
        counted = select(PassageRow.revision_id, func.count()).group_by(PassageRow.revision_id)
        return {row[0]: row[1] for row in session.execute(counted)}
