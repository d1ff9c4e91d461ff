"""A worker whose jobs are made up: they take a moment, and one that is so named kills it.

Started as the real one is, with the same arguments; what a file is called says what happens.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable
from pathlib import Path

from api.options import Progress
from api.store.engine import open_database
from api.store.tables import PassageRow, Revision
from api.work.bench import parse
from api.work.queue import Queue, TableQueue, Work
from api.work.worker import Worker, end_with_parent

DEADLY, FAULTY, FULL = "致命.docx", "出错.docx", "磁盘满.docx"


def _die() -> None:
    os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))


def _err() -> None:
    raise ValueError("报告里的一句话")


def _fill() -> None:
    raise OSError(28, "No space left on device")


_ACTS: dict[str, Callable[[], None]] = {DEADLY: _die, FAULTY: _err, FULL: _fill}


def main() -> int:
    bench, name = parse(None)
    stop = threading.Event()
    end_with_parent(stop)
    database = open_database(bench.database_file)

    def do(queue: Queue, work: Work, scratch: Path, progress: Progress) -> None:
        with database.reading() as session:
            names = [file.filename for file in session.get_one(Revision, work.revision).files]
        for step in range(5):
            progress("阅读", "自评报告.pdf", step, 5)
            threading.Event().wait(0.02)
        for each in names:
            _ACTS.get(each, int)()
        with queue.finishing(work) as session:
            row = PassageRow(revision_id=work.revision, position=0, passage=name or "", document="d1")
            row.aspect, row.text = "none", str(os.getpid())
            session.add(row)

    assert name is not None
    Worker(name, bench, TableQueue(database, bench.patience), do, stop).run()
    return 0


if __name__ == "__main__":
    sys.exit(main())
