"""Brings a database to the present schema, whatever earlier one it has."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from api.store.engine import Database
from models.errors import UsageError

if TYPE_CHECKING:
    from alembic.config import Config
    from sqlalchemy import Connection

_SCRIPTS = Path(__file__).parent / "migrations"


def migrate(database: Database) -> None:
    """Runs the steps that are missing, all or none. Of two servers starting at once, one waits.

    Raises UsageError if a newer program has been here.
    """
    with database.engine.execution_options(writes=True).begin() as connection:
        _upgrade(connection, "head")


def _upgrade(connection: Connection, revision: str) -> None:
    from alembic import command
    from alembic.runtime.migration import MigrationContext
    from alembic.script import ScriptDirectory

    config = alembic_config(connection)
    scripts = ScriptDirectory.from_config(config)
    current = MigrationContext.configure(connection).get_current_revision()
    known = {script.revision for script in scripts.walk_revisions()}
    if current is not None and current not in known:
        raise UsageError("数据文件夹是由更新版本的程序写的，请用那个版本，或恢复较早的备份。")
    if current != scripts.get_current_head():
        command.upgrade(config, revision)


def alembic_config(connection: Connection) -> Config:
    """Alembic's settings, without a file of its own."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config
