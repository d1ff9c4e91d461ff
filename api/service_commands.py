"""The service's commands: what was said on the command line, over settings, to the thing itself."""

from __future__ import annotations

import argparse
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from models.errors import UsageError

if TYPE_CHECKING:
    from api.settings import Settings


def run(asked: argparse.Namespace) -> int:
    """Runs one of ``SERVICE_COMMANDS`` and returns its exit code."""
    from api.settings import load_settings, settings_text

    said = {name: getattr(asked, name, None) for name in ("data", "host", "port", "workers")}
    loaded = load_settings(**said)
    if asked.command == "settings":
        print(settings_text(loaded), end="")
        return 0
    commands: dict[str, Callable[[argparse.Namespace, Settings], int]] = {
        "serve": _serve,
        "open": _open,
        "backup": _backup,
        "restore": _restore,
        "audit": _audit,
    }
    return commands[asked.command](asked, loaded.settings)


def _serve(asked: argparse.Namespace, settings: Settings) -> int:  # noqa: ARG001 - one signature for all
    from api.serve_command import serve

    return serve(settings)


def _open(asked: argparse.Namespace, settings: Settings) -> int:
    from api.serve_command import open_files

    settings = _own_folder(asked, settings)
    if asked.forget:
        return _forget(settings)
    return open_files(settings, [Path(path) for path in asked.paths], browser=not asked.no_browser)


def _own_folder(asked: argparse.Namespace, settings: Settings) -> Settings:
    """Unless a folder is named: one beside an office's data, never among it."""
    if asked.data is not None:
        return settings
    return settings.model_copy(update={"data": settings.data / "local"})


def _forget(settings: Settings) -> int:
    """Deletes the data folder of ``ziping open``, and nothing that is not one."""
    if not settings.data.exists():
        _say("本机没有保存任何资料。")
        return 0
    _check_local(settings)
    try:
        shutil.rmtree(settings.data)
    except OSError as error:
        raise UsageError(f"不能全部删除（{error.strerror}），请先停止正在运行的 ziping open。") from error
    _say(f"已删除 {settings.data} 中的全部资料。")
    return 0


def _check_local(settings: Settings) -> None:
    """Raises UsageError if the folder is an office's, or holds something else than a data folder."""
    from api.store.data_folder import open_store
    from api.store.people import has_accounts

    known = {
        "ziping.db",
        "ziping.db-wal",
        "ziping.db-shm",
        "files",
        "keys",
        "cache",
        "criteria",
        "ziping.toml",
    }
    strange = sorted({path.name for path in settings.data.iterdir()} - known)
    if strange or not settings.database_file.exists():
        raise UsageError(f"“{settings.data}”不是 ziping open 的数据文件夹，没有删除任何内容。")
    database, _ = open_store(settings)
    try:
        with database.reading() as session:
            if has_accounts(session):
                raise UsageError(f"“{settings.data}”是评审服务的数据文件夹，没有删除任何内容。")
    finally:
        database.close()


def _backup(asked: argparse.Namespace, settings: Settings) -> int:
    from api.store.backup import back_up

    made = back_up(settings, Path(asked.file))
    _say(f"已备份到 {asked.file}：{made.files} 个文件，审计记录 {made.audit} 条。")
    return 0


def _restore(asked: argparse.Namespace, settings: Settings) -> int:
    from api.store.backup import restore

    made = restore(settings, Path(asked.file))
    _say(f"已恢复到 {settings.data}：{made.files} 个文件，审计记录 {made.audit} 条，核对无误。")
    return 0


def _audit(asked: argparse.Namespace, settings: Settings) -> int:  # noqa: ARG001 - one signature for all
    """Exit code 1 where the chain does not hold."""
    from api.store import audit
    from api.store.engine import open_database

    if not settings.database_file.exists():
        raise UsageError(f"“{settings.data}”中没有数据；请用 --data 指明数据文件夹。")
    database = open_database(settings.database_file)
    try:
        with database.reading() as session:
            result = audit.verify(session)
    finally:
        database.close()
    if isinstance(result, audit.Broken):
        print(f"审计记录在第 {result.number} 条断开：{result.reason}。")
        return 1
    print(f"审计记录完整，共 {result} 条。")
    return 0


def _say(text: str) -> None:
    print(text, file=sys.stderr)
