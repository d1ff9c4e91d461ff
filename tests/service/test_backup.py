"""Backup while the service is used, restored elsewhere: everything is the same, the audit included."""

from __future__ import annotations

import sqlite3
import threading
import zipfile
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from api.settings import Settings
from api.store.backup import back_up, restore
from api.store.data_folder import open_store
from models.errors import UsageError
from tests.service.conftest import World

API = "/api/v1"


def rows(database: Path) -> dict[str, list[Any]]:
    """Everything that a database holds, table by table."""
    with closing(sqlite3.connect(database)) as connection:
        names = [
            row[0]
            for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
        ]
        return {
            name: sorted(connection.execute(f'SELECT * FROM "{name}"').fetchall(), key=repr) for name in names
        }


def contents(settings: Settings) -> dict[str, bytes]:
    return {
        str(path.relative_to(settings.files_folder)): path.read_bytes()
        for path in settings.files_folder.rglob("*")
        if path.is_file()
    }


def test_a_restored_backup_is_everything_that_was(world: World, tmp_path: Path) -> None:
    identity = world.submitted()
    client = world.as_("reviewer")
    client.post(
        f"{API}/submissions/{identity}/corrections",
        json={"about": "node", "id": "1.2.1", "verdict": "not_applicable", "sentence": "没有此项。"},
    )
    client.post(
        f"{API}/submissions/{identity}/notes", json={"item": "1.1", "section": "strength", "text": "有方法。"}
    )
    (world.context.settings.data / "ziping.toml").write_text('log_level = "warning"\n')
    (world.context.settings.keys_folder / "own.pem").write_bytes(b"key")
    before = rows(world.context.settings.database_file)
    made = back_up(world.context.settings, tmp_path / "one.zip")
    elsewhere = Settings(data=tmp_path / "elsewhere")
    restored = restore(elsewhere, tmp_path / "one.zip")
    assert restored == made
    assert made.audit > 0
    assert rows(elsewhere.database_file) == before
    assert contents(elsewhere) == contents(world.context.settings)
    assert (elsewhere.data / "ziping.toml").read_text() == 'log_level = "warning"\n'
    assert (elsewhere.keys_folder / "own.pem").read_bytes() == b"key"
    assert sorted(path.name for path in elsewhere.data.iterdir()) == [
        "files",
        "keys",
        "ziping.db",
        "ziping.toml",
    ]
    open_store(elsewhere)[0].close()


def test_a_backup_while_people_write_is_one_state(world: World, tmp_path: Path) -> None:
    ending = threading.Event()

    def write() -> None:
        number = 0
        while not ending.is_set():
            number += 1
            identity = world.draft()
            if number % 2:
                world.as_("applicant").delete(f"{API}/submissions/{identity}")

    world.draft()
    thread = threading.Thread(target=write)
    thread.start()
    try:
        for number in range(3):
            back_up(world.context.settings, tmp_path / f"{number}.zip")
    finally:
        ending.set()
        thread.join()
    for number in range(3):
        elsewhere = Settings(data=tmp_path / f"elsewhere{number}")
        restore(elsewhere, tmp_path / f"{number}.zip")
        database, files = open_store(elsewhere)
        assert list(files.damaged()) == []
        database.close()


def test_nothing_is_overwritten(world: World, tmp_path: Path) -> None:
    target = tmp_path / "one.zip"
    back_up(world.context.settings, target)
    with pytest.raises(UsageError, match="已经存在"):
        back_up(world.context.settings, target)
    with pytest.raises(UsageError, match="已有数据"):
        restore(world.context.settings, target)


@pytest.mark.parametrize("damage", ["cut", "content", "audit", "other"])
def test_a_damaged_backup_is_refused_and_leaves_no_data(world: World, tmp_path: Path, damage: str) -> None:
    world.submitted()
    target, broken = tmp_path / "one.zip", tmp_path / "broken.zip"
    back_up(world.context.settings, target)
    if damage == "cut":
        broken.write_bytes(target.read_bytes()[:2000])
    elif damage == "other":
        broken.write_bytes(b"something else")
    else:
        with zipfile.ZipFile(target) as source, zipfile.ZipFile(broken, "w") as out:
            for name in source.namelist():
                content = source.read(name)
                if damage == "content" and name.startswith("files/"):
                    content = content[:-1] + b"?"
                if damage == "audit" and name == "ziping.db":
                    content = without_an_entry(tmp_path, content)
                out.writestr(name, content)
    elsewhere = Settings(data=tmp_path / "elsewhere")
    with pytest.raises(UsageError, match="没有恢复"):
        restore(elsewhere, broken)
    assert not elsewhere.database_file.exists()


def without_an_entry(folder: Path, content: bytes) -> bytes:
    """A database whose audit lost an entry, by somebody who can write the file."""
    path = folder / "tampered.db"
    path.write_bytes(content)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("DROP TRIGGER audit_no_delete")
        connection.execute("DELETE FROM audit WHERE number = 2")
        connection.commit()
    return path.read_bytes()
