"""The workers start and end with the application."""

from __future__ import annotations

import time
from pathlib import Path

from fastapi.testclient import TestClient

from api.service.app import create_app
from api.settings import Settings
from api.store.data_folder import open_store
from api.work.bench import Bench
from api.work.pool import Pool
from api.work.queue import TableQueue
from tests.work.kills import LIGHT
from tests.work.server import command


def test_workers_live_as_long_as_the_application(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path / "data", job_seconds=77, log_level="error")
    database, files = open_store(settings)
    queue = TableQueue(database)
    bench = Bench.of(settings)
    assert (bench.data, bench.seconds, bench.local) == (settings.data, 77, False)
    assert bench.database_file == settings.database_file
    assert bench.files_folder == settings.files_folder
    pool = Pool(bench, queue, 1, command(LIGHT))
    with TestClient(create_app(settings, database, files, queue, pool=pool)):
        while pool.alive == 0:
            time.sleep(0.02)
    assert pool.alive == 0
