"""A worker: ``python -m api.work.worker --data FOLDER``. Takes jobs and does them, one after the other.

It ends after so many jobs, on SIGTERM, and when its standard input closes: that is how it learns that
the process that started it is gone, whatever killed that.
"""

from __future__ import annotations

import errno
import logging
import os
import shutil
import signal
import sys
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from sqlalchemy.exc import OperationalError

from api.options import Progress
from api.store.tables import new_id
from api.work.bench import Bench, parse
from api.work.pulse import Pulse, Stopped, TimeIsUp
from api.work.queue import Lost, Queue, TableQueue, Work
from models.errors import ZipingError

_LOG = logging.getLogger("ziping.work")
IDLE_SECONDS = 0.25
GAVE_UP = 75
"""Exit code of a worker that had to end with its job unfinished (EX_TEMPFAIL)."""
_NICE = 5
_FULL_DISK = "服务器磁盘空间不足，暂时没有完成，稍后会自动再试；请联系管理员清理磁盘。"
_PASSING = "暂时没有完成（系统资源或磁盘访问出错），稍后会自动再试；若一直如此，请联系管理员。"
_TOO_LONG = "检查这份材料超过时间上限（{:g} 秒），已停止；请拆成几个文件，或重新导出后再试。"
_FAULT = "检查时程序出错，文件都还在；请把编号 {} 告诉管理员。"

Do = Callable[[Queue, Work, Path, Progress], None]
"""Does a job in a scratch folder and ends it in the queue."""


@dataclass(frozen=True, slots=True)
class Worker:
    name: str
    bench: Bench
    queue: Queue
    do: Do
    stop: threading.Event

    def run(self) -> None:
        """Takes jobs until there were enough or it is to stop."""
        done = 0
        while done < self.bench.jobs and not self.stop.is_set():
            work = self._next()
            if work is None:
                self.stop.wait(IDLE_SECONDS)
            else:
                self._attend(work)
                done += 1

    def _next(self) -> Work | None:
        try:
            return self.queue.claim(self.name)
        except OperationalError:
            _LOG.warning("no access to the queue", exc_info=True)
            self.stop.wait(1.0)
            return None

    def _attend(self, work: Work) -> None:
        _LOG.info("job begun", extra={"job": work.job, "worker": self.name})
        pulse = Pulse(
            self.queue,
            work,
            self.stop,
            lease=self.bench.patience.lease,
            seconds=self.bench.seconds,
            give_up=partial(self._give_up, work),
        )
        try:
            end = self._end_of(work, pulse)
            if end is not None:
                end()
        except (
            OperationalError
        ):  # the outcome could not be written: the lease runs out, and it is tried again
            _LOG.warning("outcome not written", exc_info=True, extra={"job": work.job})

    def _end_of(self, work: Work, pulse: Pulse) -> Callable[[], None] | None:
        """Does the job; what is left to write in the queue, if anything."""
        try:
            with pulse:
                self.do(self.queue, work, self.bench.scratch(self.name), pulse)
        except Lost:
            _LOG.info("job lost", extra={"job": work.job})
            return None
        except Stopped:
            return partial(self.queue.hand_back, work)
        except TimeIsUp:
            return partial(self.queue.fail, work, _TOO_LONG.format(self.bench.seconds))
        except ZipingError as error:
            _LOG.info("job failed", extra={"job": work.job, "error": type(error).__name__})
            return partial(self.queue.fail, work, error.message)
        except (OSError, MemoryError, OperationalError) as error:
            _LOG.warning("job to be tried again", exc_info=True, extra={"job": work.job})
            return partial(self.queue.retry, work, _FULL_DISK if _is_full(error) else _PASSING)
        except Exception:
            _LOG.exception("job failed", extra={"job": work.job})
            return partial(self.queue.fail, work, _FAULT.format(work.job))
        _LOG.info("job done", extra={"job": work.job})
        return None

    def _give_up(self, work: Work, reason: type[Exception]) -> None:
        """Ends the process, and whatever it started, with the job unfinished."""
        _LOG.warning("worker gives up", extra={"job": work.job, "reason": reason.__name__})
        try:
            if reason is Stopped:
                self.queue.hand_back(work)
            elif reason is TimeIsUp:
                self.queue.fail(work, _TOO_LONG.format(self.bench.seconds))
        finally:
            shutil.rmtree(self.bench.scratch(self.name), ignore_errors=True)
            _end_with_children()


def _is_full(error: BaseException) -> bool:
    return getattr(error, "errno", None) == errno.ENOSPC or "disk is full" in str(error)


def _end_with_children() -> None:
    """A parser or converter that the worker waits for goes with it, where systems have process groups."""
    if os.name != "nt" and os.getpgrp() == os.getpid():
        os.killpg(os.getpid(), signal.SIGKILL)
    os._exit(GAVE_UP)


def end_with_parent(stop: threading.Event) -> None:
    """Sets ``stop`` on SIGTERM and when standard input closes."""

    def watch() -> None:
        try:
            while os.read(0, 4096):
                pass
        except OSError:
            pass
        stop.set()

    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    threading.Thread(target=watch, name="parent", daemon=True).start()


def _assessor(bench: Bench) -> tuple[Queue, Do]:
    from api.store.engine import open_database
    from api.store.files import FileStore
    from api.work.assess import Assessor
    from api.work.round_tools import Toolbox

    database = open_database(bench.database_file)
    toolbox = Toolbox(bench.criteria, bench.model, bench.checks, bench.criteria_folder)
    try:
        toolbox.usual()
    except ZipingError:  # said to each job, for which it may matter
        _LOG.warning("no tools", exc_info=True)
    do = Assessor(database, FileStore(bench.files_folder), bench.stages, toolbox, bench.local)
    return TableQueue(database, bench.patience), do


def main(arguments: Sequence[str] | None = None) -> int:
    from api.service.logs import log_as_json

    bench, name = parse(arguments)
    stop = threading.Event()
    end_with_parent(stop)
    log_as_json(bench.log_level)
    logging.getLogger("faiss").setLevel(logging.WARNING)  # it tells how it loads
    if hasattr(os, "nice"):
        os.nice(_NICE)  # pages come before jobs
    queue, do = _assessor(bench)
    Worker(name or new_id(), bench, queue, do, stop).run()
    return 0


if __name__ == "__main__":
    sys.exit(main())
