"""The table's steps, with a clock of the test's own."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from api.store import job_views
from api.store.jobs import Patience, Step
from api.store.tables import now
from api.work.queue import Lost, TableQueue, Work
from tests.work.desk import Desk, open_desk

PATIENCE = Patience(lease=10, attempts=3, first=2, factor=4, longest=20)


class Clock:
    def __init__(self) -> None:
        self.at = now() + timedelta(minutes=1)

    def __call__(self) -> datetime:
        return self.at

    def pass_(self, seconds: float) -> None:
        self.at += timedelta(seconds=seconds)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return open_desk(tmp_path / "data")


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def queue(desk: Desk, clock: Clock) -> TableQueue:
    return TableQueue(desk.database, PATIENCE, clock)


def claimed(queue: TableQueue, worker: str) -> Work:
    work = queue.claim(worker)
    assert work is not None
    return work


def test_the_oldest_is_first_and_each_is_claimed_once(desk: Desk, queue: TableQueue) -> None:
    put = [desk.queued() for _ in range(5)]
    assert [claimed(queue, f"w{n}").revision for n in range(5)] == put
    assert queue.claim("w5") is None


def test_putting_again_changes_nothing_while_it_waits_or_when_it_is_done(
    desk: Desk, queue: TableQueue
) -> None:
    revision = desk.queued()
    with desk.database.writing() as session:
        queue.put(session, revision)
    work = claimed(queue, "w")
    with desk.database.writing() as session:
        queue.put(session, revision)
    assert desk.job(revision).state == "running"
    with queue.finishing(work):
        pass
    with desk.database.writing() as session:
        queue.put(session, revision)
    assert desk.job(revision).state == "done"
    assert len(desk.jobs()) == 1


def test_a_lease_that_is_renewed_holds_and_one_that_runs_out_is_anyones(
    desk: Desk, queue: TableQueue, clock: Clock
) -> None:
    revision = desk.queued()
    first = claimed(queue, "first")
    for _ in range(5):
        clock.pass_(9)
        assert queue.report(first, Step("阅读", "自评报告.pdf", 3, 28))
        assert queue.claim("second") is None
    job = desk.job(revision)
    assert (job.stage, job.filename, job.step, job.steps) == ("阅读", "自评报告.pdf", 3, 28)
    clock.pass_(11)
    second = claimed(queue, "second")
    assert second.revision == revision
    assert not queue.report(first, Step())
    assert not queue.holds(first)


def test_only_one_of_two_that_hold_a_job_finishes_it(desk: Desk, queue: TableQueue, clock: Clock) -> None:
    revision = desk.queued()
    first = claimed(queue, "first")
    clock.pass_(11)
    second = claimed(queue, "second")
    with pytest.raises(Lost), queue.finishing(first):
        pytest.fail("the first one wrote its results")
    queue.fail(first, "不该写下")
    queue.retry(first, "不该写下")
    queue.hand_back(first)
    assert desk.job(revision).worker == "second"
    with queue.finishing(second, ["略过一个文件"]):
        pass
    job = desk.job(revision)
    assert (job.state, job.error, job.notes) == ("done", None, ["略过一个文件"])
    assert len(desk.finishes()) == 1


def test_what_is_written_while_finishing_and_the_end_are_one(desk: Desk, queue: TableQueue) -> None:
    revision = desk.queued()
    work = claimed(queue, "w")
    with pytest.raises(RuntimeError), queue.finishing(work):
        raise RuntimeError
    assert desk.job(revision).state == "running"


def test_what_may_pass_is_tried_again_after_longer_and_longer_waits_and_then_given_up(
    desk: Desk, queue: TableQueue, clock: Clock
) -> None:
    revision = desk.queued()
    for wait in (2, 8):
        queue.retry(claimed(queue, f"w{wait}"), "磁盘满")
        assert desk.job(revision).state == "queued"
        clock.pass_(wait - 0.1)
        assert queue.claim("early") is None
        clock.pass_(0.1)
    queue.retry(claimed(queue, "last"), "磁盘满")
    job = desk.job(revision)
    assert (job.state, job.error) == ("failed", "磁盘满")
    clock.pass_(10_000)
    assert queue.claim("later") is None


def test_the_longest_wait_is_bounded() -> None:
    assert [PATIENCE.wait(n).total_seconds() for n in range(1, 6)] == [2, 8, 20, 20, 20]


def test_a_bad_file_is_not_tried_again_until_a_person_asks(
    desk: Desk, queue: TableQueue, clock: Clock
) -> None:
    revision = desk.queued()
    queue.fail(claimed(queue, "w"), "文件已损坏")
    clock.pass_(10_000)
    assert queue.claim("w2") is None
    with desk.database.writing() as session:
        queue.put(session, revision)
    assert desk.job(revision).error is None
    assert claimed(queue, "w3").revision == revision


def test_a_job_that_loses_its_workers_goes_on_at_once_then_waits_then_fails(
    desk: Desk, queue: TableQueue, clock: Clock
) -> None:
    revision = desk.queued()
    for worker in ("a", "b"):
        claimed(queue, worker)
        queue.lose(worker)
        if worker == "b":
            assert queue.claim("early") is None
            clock.pass_(2)
    claimed(queue, "c")
    clock.pass_(11)
    assert queue.claim("d") is None
    job = desk.job(revision)
    assert job.state == "failed"
    assert job.error is not None and "意外中止" in job.error


def test_a_stored_stage_gives_new_tries(desk: Desk, queue: TableQueue, clock: Clock) -> None:
    revision = desk.queued()
    for n in range(6):
        work = claimed(queue, f"w{n}")
        queue.stage_stored(work)
        queue.lose(f"w{n}")
        assert desk.job(revision).state == "queued"


def test_handing_back_is_no_try(desk: Desk, queue: TableQueue) -> None:
    revision = desk.queued()
    for n in range(9):
        queue.hand_back(claimed(queue, f"w{n}"))
    assert desk.job(revision).attempts == 0


def test_cancelling_takes_a_job_from_the_queue_and_from_its_worker(desk: Desk, queue: TableQueue) -> None:
    waiting, running = desk.queued(), desk.queued()
    with desk.database.writing() as session:
        assert queue.cancel(session, waiting)
    work = claimed(queue, "w")
    assert work.revision == running
    with desk.database.writing() as session:
        assert queue.cancel(session, running)
        assert not queue.cancel(session, running)
    assert not queue.report(work, Step())
    with pytest.raises(Lost), queue.finishing(work):
        pass
    assert [job.state for job in desk.jobs()] == ["cancelled", "cancelled"]
    with desk.database.writing() as session:
        queue.put(session, running)
    assert claimed(queue, "w2").revision == running
    assert not queue.holds(work)


def test_what_a_person_is_told(desk: Desk, queue: TableQueue, clock: Clock) -> None:
    def told(revision: str) -> job_views.JobView:
        with desk.database.reading() as session:
            seen = job_views.progress(session, revision, clock())
        assert seen is not None
        return seen

    with desk.database.reading() as session:
        assert job_views.progress(session, desk.revision([]), clock()) is None
    past = desk.queued()
    work = claimed(queue, "w")
    clock.pass_(8)
    with queue.finishing(work):
        pass
    first, second, third = desk.queued(), desk.queued(), desk.queued()
    assert [told(r).position for r in (first, second, third)] == [1, 2, 3]
    assert [told(r).seconds for r in (past, first, third)] == [None, 16, 32]
    work = claimed(queue, "w2")
    clock.pass_(3)
    queue.report(work, Step("阅读", "自评报告.pdf", 3, 28))
    seen = told(first)
    assert (seen.status, seen.stage, seen.filename, seen.step, seen.steps) == (
        "reading",
        "阅读",
        "自评报告.pdf",
        3,
        28,
    )
    assert (seen.position, seen.seconds, seen.over) == (None, 5, False)
    queue.report(work, Step("对照", "自评报告.pdf"))
    assert told(first).status == "mapping"
    queue.fail(work, "文件已损坏")
    assert (told(first).status, told(first).error, told(first).over) == ("failed", "文件已损坏", True)
    assert told(second).position == 1


@given(data=st.data())
@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_happens_in_whatever_order_each_job_ends_once(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    """Workers claim, beat, die, stall and come back; leases run out; in the end each was finished once."""
    desk, clock = open_desk(tmp_path_factory.mktemp("data")), Clock()
    queue = TableQueue(desk.database, Patience(lease=10, attempts=1000, first=1, longest=5), clock)
    put = [desk.queued() for _ in range(3)]
    held: list[Work] = []
    for number in range(data.draw(st.integers(0, 12))):
        act = data.draw(st.sampled_from(["claim", "report", "finish", "lose", "wait", "hand back", "retry"]))
        if act == "claim" and (work := queue.claim(f"w{number}")) is not None:
            held.append(work)
        elif act == "wait":
            clock.pass_(data.draw(st.sampled_from([1, 11])))
        elif held:
            _act(queue, act, data.draw(st.sampled_from(held)))
    while any(job.state in ("queued", "running") for job in desk.jobs()):
        clock.pass_(11)
        if (work := queue.claim(f"last{clock.at}")) is not None:
            held.append(work)
            for stale in held:
                _act(queue, "finish", stale)
    assert sorted(desk.finishes()) == sorted(job.id for job in desk.jobs())
    assert {job.revision_id for job in desk.jobs()} == set(put)
    desk.database.close()


def _act(queue: TableQueue, act: str, work: Work) -> None:
    if act == "finish":
        try:
            with queue.finishing(work):
                pass
        except Lost:
            assert not queue.holds(work)
    elif act == "report":
        assert queue.report(work, Step("阅读", "", 1, 2)) == queue.holds(work)
    elif act == "lose":
        queue.lose(work.worker)
    elif act == "hand back":
        queue.hand_back(work)
    elif act == "retry":
        queue.retry(work, "磁盘满")
