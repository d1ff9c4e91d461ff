"""The data folder: database, files and keys in one place, so that it can be moved and kept as a whole."""

from __future__ import annotations

import os
from pathlib import Path

from api.settings import Settings
from api.store.engine import Database, open_database
from api.store.files import FileStore
from api.store.migrate import migrate
from models.errors import UsageError


def open_store(settings: Settings) -> tuple[Database, FileStore]:
    """Database and files of the data folder, which is made if it is not there; the schema is the present one.

    Raises UsageError if the folder cannot be used.
    """
    try:
        _make(settings.data)
        settings.keys_folder.mkdir(exist_ok=True, mode=0o700)
    except OSError as error:
        raise UsageError(
            f"不能使用数据文件夹“{settings.data}”（{error.strerror}），请用 --data 换一个。"
        ) from error
    database = open_database(settings.database_file)
    migrate(database)
    return database, FileStore(settings.files_folder)


def _make(folder: Path) -> None:
    """Only its owner may look in; Windows keeps folders of a profile so by itself."""
    if not folder.exists():
        folder.mkdir(parents=True)
        if os.name != "nt":
            folder.chmod(0o700)
