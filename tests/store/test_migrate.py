"""The schema: the same by its steps as by the tables, whatever it was before, also by two servers at once."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text

from api.store import migrate as migrating
from api.store.engine import Database, open_database
from api.store.migrate import alembic_config, migrate
from api.store.tables import Base
from models.errors import UsageError
from tests.conftest import ROOT


def versions() -> list[str]:
    """Every schema that there was, oldest first."""
    database = open_database(Path(":memory:"))
    with database.engine.connect() as connection:
        scripts = ScriptDirectory.from_config(alembic_config(connection))
        return [script.revision for script in scripts.walk_revisions()][::-1]


def at_version(path: Path, version: str) -> Database:
    database = open_database(path)
    with database.engine.execution_options(writes=True).begin() as connection:
        command.upgrade(alembic_config(connection), version)
    return database


@pytest.mark.parametrize("version", versions())
def test_every_earlier_schema_becomes_the_present_one(tmp_path: Path, version: str) -> None:
    database = at_version(tmp_path / "ziping.db", version)
    migrate(database)
    migrate(database)
    with database.engine.connect() as connection:
        known = MigrationContext.configure(connection, opts={"compare_type": True})
        differences = [
            one for one in compare_metadata(known, Base.metadata) if "passage_words" not in str(one)
        ]
        assert differences == []
        names = connection.execute(text("SELECT name FROM sqlite_master")).scalars().all()
    assert {"audit_no_update", "audit_no_delete", "passage_words"} <= set(names)


def test_a_database_of_a_newer_program_is_left_alone(tmp_path: Path) -> None:
    database = open_database(tmp_path / "ziping.db")
    migrate(database)
    with database.writing() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(UsageError, match="更新版本"):
        migrate(database)


def test_a_step_that_fails_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    database = open_database(tmp_path / "ziping.db")

    def upgrade_and_fail(config: object, revision: str) -> None:
        real(config, revision)  # type: ignore[arg-type]
        raise OSError("killed")

    real = command.upgrade
    monkeypatch.setattr(command, "upgrade", upgrade_and_fail)
    with pytest.raises(OSError, match="killed"):
        migrate(database)
    with database.reading() as session:
        assert session.execute(text("SELECT name FROM sqlite_master")).scalars().all() == []
    monkeypatch.undo()
    migrating.migrate(database)


def test_servers_that_start_at_once_make_one_schema(tmp_path: Path) -> None:
    code = "import sys; from pathlib import Path; from api.settings import Settings\n"
    code += "from api.store.data_folder import open_store\n"
    code += "sys.stdin.readline(); open_store(Settings(data=Path(sys.argv[1])))[0].close()"
    command_line = [sys.executable, "-c", code, str(tmp_path / "data")]
    servers = [
        subprocess.Popen(command_line, cwd=ROOT, stdin=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for _ in range(4)
    ]
    for server in servers:
        assert server.stdin is not None
        server.stdin.write("go\n")
        server.stdin.flush()
    ended = [server.communicate()[1] for server in servers]
    assert [server.returncode for server in servers] == [0] * 4, ended
