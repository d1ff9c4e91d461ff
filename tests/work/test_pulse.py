"""The heartbeat: it holds the lease, passes progress on, and ends work that is no longer wanted."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from api.store.jobs import Patience
from api.work import pulse as pulse_module
from api.work.pulse import Pulse, Stopped, TimeIsUp
from api.work.queue import Lost, TableQueue, Work
from tests.work.desk import Desk, open_desk

PATIENCE = Patience(lease=1.5)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pulse_module, "BEAT_SECONDS", 0.05)
    monkeypatch.setattr(pulse_module, "GRACE_SECONDS", 0.2)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return open_desk(tmp_path / "data")


@pytest.fixture
def queue(desk: Desk) -> TableQueue:
    return TableQueue(desk.database, PATIENCE)


@pytest.fixture
def work(desk: Desk, queue: TableQueue) -> Work:
    desk.queued()
    work = queue.claim("w")
    assert work is not None
    return work


class Given(list[type[Exception]]):
    """Reasons for which a process would have been given up."""

    def __init__(self) -> None:
        super().__init__()
        self.came = threading.Event()

    def __call__(self, reason: type[Exception]) -> None:
        self.append(reason)
        self.came.set()


def beating(
    queue: TableQueue, work: Work, given_up: Given, stop: threading.Event | None = None, seconds: float = 600
) -> Pulse:
    stop = stop or threading.Event()
    return Pulse(queue, work, stop, lease=PATIENCE.lease, seconds=seconds, give_up=given_up)


def say_until_ended(pulse: Pulse) -> None:
    """Work that says how far it is, for as long as it is let."""
    pause = threading.Event()
    while not pause.wait(0.01):
        pulse("阅读", "自评报告.pdf", 1, 28)


def test_silent_work_keeps_its_lease(desk: Desk, queue: TableQueue, work: Work) -> None:
    given_up = Given()
    with beating(queue, work, given_up):
        threading.Event().wait(PATIENCE.lease * 1.5)
        assert queue.claim("other") is None
    assert queue.holds(work)
    assert given_up == []


def test_progress_comes_into_the_table(desk: Desk, queue: TableQueue, work: Work) -> None:
    with beating(queue, work, Given()) as pulse:
        pulse("阅读", "自评报告.pdf", 7, 28)
        while desk.job(work.revision).step != 7:
            threading.Event().wait(0.02)
    assert desk.job(work.revision).filename == "自评报告.pdf"


def _cancel(desk: Desk, queue: TableQueue, work: Work, stop: threading.Event) -> None:
    with desk.database.writing() as session:
        assert queue.cancel(session, work.revision)


def _stop(desk: Desk, queue: TableQueue, work: Work, stop: threading.Event) -> None:
    stop.set()


End = Callable[[Desk, TableQueue, Work, threading.Event], None]


@pytest.mark.parametrize(("end", "reason"), [(_cancel, Lost), (_stop, Stopped)])
def test_work_ends_at_its_next_word(
    desk: Desk, queue: TableQueue, work: Work, end: End, reason: type[Exception]
) -> None:
    given_up, stop = Given(), threading.Event()
    with pytest.raises(reason), beating(queue, work, given_up, stop) as pulse:
        pulse("阅读", "自评报告.pdf", 1, 28)
        end(desk, queue, work, stop)
        say_until_ended(pulse)
    assert given_up == []


@pytest.mark.parametrize(("end", "reason"), [(_cancel, Lost), (_stop, Stopped)])
def test_work_that_says_nothing_is_given_up(
    desk: Desk, queue: TableQueue, work: Work, end: End, reason: type[Exception]
) -> None:
    given_up, stop = Given(), threading.Event()
    with beating(queue, work, given_up, stop):
        end(desk, queue, work, stop)
        given_up.came.wait()
    assert given_up == [reason]


def test_work_that_takes_too_long_is_ended(queue: TableQueue, work: Work) -> None:
    given_up = Given()
    with pytest.raises(TimeIsUp), beating(queue, work, given_up, seconds=0.1) as pulse:
        say_until_ended(pulse)
    with beating(queue, work, given_up, seconds=0.1):
        given_up.came.wait()
    assert given_up == [TimeIsUp]
