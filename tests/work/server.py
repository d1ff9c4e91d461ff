"""What of a server concerns jobs: a process with a pool, until it is killed. Arguments: data folder,
module of the workers."""

from __future__ import annotations

import logging
import sys
import threading
from pathlib import Path

from api.store.engine import open_database
from api.store.jobs import Patience
from api.work.bench import Bench
from api.work.pool import Pool
from api.work.queue import TableQueue

PATIENCE = Patience(lease=2, attempts=50, first=0.1, longest=2)


def command(module: str) -> tuple[str, ...]:
    return (sys.executable, "-P", "-m", module)


def main() -> None:
    logging.disable()
    data, module = Path(sys.argv[1]), sys.argv[2]
    bench = Bench(data, patience=PATIENCE, log_level="critical")
    pool = Pool(bench, TableQueue(open_database(bench.database_file), PATIENCE), 2, command(module))
    pool.start()
    threading.Event().wait()


if __name__ == "__main__":
    main()
