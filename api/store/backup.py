"""Backups: one file with one state of database, files and settings, made while the service runs.

What the cache holds can be made again and is left out. A backup holds everything that people handed in:
whoever has it can read it.
"""

from __future__ import annotations

import json
import secrets
import shutil
import sqlite3
import zipfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from api.settings import FILE, Settings
from api.store import audit
from api.store.engine import open_database
from api.store.files import FileStore
from api.store.migrate import migrate
from api.store.tables import now
from models.errors import UsageError

_FORMAT = 1
_DATABASE, _MANIFEST = "ziping.db", "manifest.json"
_CHUNK = 1 << 20
_TRIES = 5
_NO_BACKUP = "“{}”不是自评的备份文件，或已损坏，没有恢复。"


@dataclass(frozen=True, slots=True)
class Backup:
    """What a backup holds."""

    files: int
    bytes: int
    audit: int
    """Entries of the audit."""


def back_up(settings: Settings, target: Path) -> Backup:
    """Writes a backup, whole or not at all. Raises UsageError if it cannot be written."""
    if target.exists():
        raise UsageError(f"“{target}”已经存在，没有备份；请换一个文件名。")
    if not settings.database_file.exists():
        raise UsageError(f"“{settings.data}”中没有数据，没有备份；请用 --data 指明数据文件夹。")
    aside = target.with_name(f".{target.name}.{secrets.token_hex(4)}")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        made = _write(settings, aside)
        aside.replace(target)
    except OSError as error:
        raise UsageError(f"不能写入“{target}”（{error.strerror}），没有备份；请换一个位置。") from error
    finally:
        aside.unlink(missing_ok=True)
    return made


def _write(settings: Settings, aside: Path) -> Backup:
    store = FileStore(settings.files_folder)
    with (
        TemporaryDirectory(prefix="ziping-", dir=aside.parent, ignore_cleanup_errors=True) as scratch,
        zipfile.ZipFile(aside, "w", zipfile.ZIP_STORED, allowZip64=True) as archive,
    ):
        snapshot = Path(scratch) / _DATABASE
        packed: set[str] = set()
        for _ in range(_TRIES):  # a draft that is deleted meanwhile takes its files with it
            _snapshot(settings.database_file, snapshot)
            hashes = _hashes(snapshot)
            if all(_pack(archive, store, sha256, packed) for sha256 in hashes):
                break
        else:
            raise UsageError("有文件在存储中找不到了，备份不完整，没有保留；请运行时少做删除，或先检查磁盘。")
        for name in _beside(settings.data):
            archive.write(settings.data / name, name.as_posix())
        archive.write(snapshot, _DATABASE, zipfile.ZIP_DEFLATED)
        told = _manifest(snapshot, store, hashes)
        archive.writestr(_MANIFEST, json.dumps(told, ensure_ascii=False, indent=1))
    return Backup(told["files"], told["bytes"], told["audit"])


def _snapshot(database: Path, target: Path) -> None:
    """One state of a database that is being written to, as a file."""
    target.unlink(missing_ok=True)
    with closing(sqlite3.connect(database)) as source, closing(sqlite3.connect(target)) as copy:
        source.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")


def _hashes(database: Path) -> list[str]:
    with closing(sqlite3.connect(database)) as connection:
        return [row[0] for row in connection.execute("SELECT sha256 FROM files ORDER BY sha256")]


def _pack(archive: zipfile.ZipFile, store: FileStore, sha256: str, packed: set[str]) -> bool:
    """Puts a content in, once; False if it is not there any more."""
    if sha256 not in packed:
        try:
            archive.write(store.path(sha256), _file_name(sha256))
        except FileNotFoundError:
            return False
        packed.add(sha256)
    return True


def _file_name(sha256: str) -> str:
    return f"files/{sha256[:2]}/{sha256}"


def _beside(data: Path) -> Iterator[Path]:
    """What people put into the data folder: settings, keys, criteria."""
    for path in (data / FILE, *sorted((data / "keys").rglob("*")), *sorted((data / "criteria").rglob("*"))):
        if path.is_file():
            yield path.relative_to(data)


def _manifest(snapshot: Path, store: FileStore, hashes: list[str]) -> dict[str, Any]:
    with closing(sqlite3.connect(snapshot)) as connection:
        entries = connection.execute("SELECT count(*) FROM audit").fetchone()[0]
    return {
        "format": _FORMAT,
        "version": version("ziping"),
        "made": now().isoformat(),
        "files": len(hashes),
        "bytes": sum(store.path(sha256).stat().st_size for sha256 in hashes if store.path(sha256).exists()),
        "audit": entries,
    }


def restore(settings: Settings, source: Path) -> Backup:
    """Fills an empty data folder from a backup; the database comes last, so that half is not taken for whole.

    Raises UsageError for a folder that has data, or a backup that is none or damaged.
    """
    if settings.database_file.exists():
        raise UsageError(
            f"“{settings.data}”中已有数据，没有恢复；请用 --data 指一个新的文件夹，或先移走原有的。"
        )
    try:
        with zipfile.ZipFile(source) as archive:
            return _restore(settings, source, archive)
    except FileNotFoundError as error:
        raise UsageError(f"找不到“{source}”，请核对路径和文件名。") from error
    except (zipfile.BadZipFile, KeyError, ValueError, sqlite3.DatabaseError, EOFError) as error:
        raise UsageError(_NO_BACKUP.format(source)) from error
    except OSError as error:
        raise UsageError(f"不能恢复（{error.strerror}）；请核对磁盘空间和权限。") from error


def _restore(settings: Settings, source: Path, archive: zipfile.ZipFile) -> Backup:
    told = json.loads(archive.read(_MANIFEST))
    if told["format"] != _FORMAT:
        raise UsageError(f"“{source}”是由更新版本的程序备份的，请用那个版本恢复。")
    settings.data.mkdir(parents=True, exist_ok=True)
    settings.data.chmod(0o700)
    aside = settings.data / f"restoring-{secrets.token_hex(4)}.db"
    try:
        _extract(archive, _DATABASE, aside)
        store = FileStore(settings.files_folder)
        for sha256 in _hashes(aside):
            with archive.open(_file_name(sha256)) as file:
                if store.add(iter(lambda: file.read(_CHUNK), b"")).sha256 != sha256:
                    raise UsageError(_NO_BACKUP.format(source))
        for name in archive.namelist():
            if name == FILE or _is_beside(name):
                _extract(archive, name, settings.data / name)
        entries = _check(aside, source)
        aside.replace(settings.database_file)
    finally:
        for leftover in settings.data.glob(f"{aside.name}*"):
            leftover.unlink()
    return Backup(told["files"], told["bytes"], entries)


def _is_beside(name: str) -> bool:
    """Whether a name is one that ``_beside`` gives, and leads nowhere else."""
    parts = name.split("/")
    plain = all(part not in ("", ".", "..") and ":" not in part and "\\" not in part for part in parts)
    return plain and len(parts) > 1 and parts[0] in ("keys", "criteria")


def _extract(archive: zipfile.ZipFile, name: str, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    with archive.open(name) as source, target.open("wb") as out:
        shutil.copyfileobj(source, out, _CHUNK)
    target.chmod(0o600)


def _check(database_file: Path, source: Path) -> int:
    """Brings the schema up to date and verifies database and audit; gives the number of audit entries."""
    database = open_database(database_file)
    try:
        with database.engine.connect() as connection:
            if connection.exec_driver_sql("PRAGMA integrity_check").scalar() != "ok":
                raise UsageError(_NO_BACKUP.format(source))
        migrate(database)
        with database.reading() as session:
            result = audit.verify(session)
        if isinstance(result, audit.Broken):
            raise UsageError(f"备份中的审计记录在第 {result.number} 条断开（{result.reason}），没有恢复。")
        with database.engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        return result
    finally:
        database.close()
