"""A .zip with the files of a submission: taken apart with limits, and nothing left out in silence.

Only names that the program makes itself are written, each file in a folder of its own, so that neither
``../`` nor a name a system forbids can do harm. An archive within the archive is not opened.
"""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from models.errors import DamagedFile, EncryptedFile, ResourceLimit, ZipingError

MAX_ENTRIES = 2_000
MAX_FILE = 512 * 1024 * 1024
MAX_TOTAL = 2 * 1024 * 1024 * 1024
_MAX_DIRECTORY = 8 * 1024 * 1024
"""Bytes of the list of entries; 2,000 long names take under 1 MB."""
_PACKAGES = ("[Content_Types].xml", "mimetype", "word/document.xml")
"""Entries by which a zip is a document and no archive of documents."""
_ARCHIVES = (".zip", ".rar", ".7z", ".tar", ".gz")
_STEP = 1024 * 1024
_NAMED = 5
_UTF8 = 0x800
_LONGEST = 80
_DAMAGED = "这个压缩包不完整或已损坏，无法读取；请重新压缩或重新下载，或直接给出其中的文件。"
_LOCKED = "压缩包里的《{}》加了密码，没有读取；请解压后再检查其中的文件。"
_BROKEN = "压缩包里的《{}》已损坏或用了少见的压缩方式，没有读取；请重新压缩，或直接给出这个文件。"
_TOO_MANY = f"这个压缩包里的文件超过 {MAX_ENTRIES} 个，没有读取；请只压缩本次提交的文件。"
_TOO_LARGE = "这个压缩包解压后过大，超出安全上限，没有读取；请直接给出其中的文件。"
_NESTED = "压缩包“{}”里还有压缩包，没有打开：{}；请解压后再检查其中的文件。"
_OTHERS = "压缩包“{}”中有 {} 个文件不是 .docx、.pdf 或 .doc，未检查：{}。"
_NOTHING = "压缩包“{}”里没有可检查的文件。"


@dataclass(frozen=True, slots=True)
class Unpacked:
    files: tuple[Path, ...]
    left_out: tuple[str, ...]
    """A sentence for what was not unpacked."""
    folders: tuple[str, ...] = ()
    """For each file the folder that it has in the archive; empty at the top."""


def is_archive(source: Path) -> bool:
    """Whether the file is a zip of other files; False for a .docx, whatever its name, and a broken zip."""
    try:
        _check_directory(source)
        with zipfile.ZipFile(source) as archive:
            names = set(archive.namelist())
    except (ZipingError, zipfile.BadZipFile, OSError, ValueError, NotImplementedError, struct.error):
        return False
    return bool(names) and names.isdisjoint(_PACKAGES)


def unpack(source: Path, folder: Path, endings: Sequence[str]) -> Unpacked:
    """Writes the files with one of the ``endings`` below ``folder``, under the names they have.

    A file that is locked or broken is said and left out. Raises DamagedFile for a broken archive and
    ResourceLimit for one with too many entries or too much in them.
    """
    _check_directory(source)
    try:
        with zipfile.ZipFile(source) as archive:
            return _unpack(archive, source.name, folder, endings)
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, struct.error) as error:
        raise DamagedFile(_DAMAGED) from error


def _check_directory(source: Path) -> None:
    """Refuses a list of entries that would fill the memory before it can be counted (APPNOTE 4.3.16)."""
    with source.open("rb") as file:
        size = file.seek(0, 2)
        file.seek(max(0, size - 0xFFFF - 42))
        tail = file.read()
        end = tail.rfind(b"PK\x05\x06")
        if end < 0 or len(tail) < end + 22:
            raise DamagedFile(_DAMAGED)
        length = struct.unpack_from("<I", tail, end + 12)[0]
        if tail[max(0, end - 20) : end].startswith(b"PK\x06\x07"):
            file.seek(min(struct.unpack_from("<Q", tail, end - 12)[0], size))
            record = file.read(56)
            length = struct.unpack_from("<Q", record, 40)[0] if len(record) == 56 else size
    if length > _MAX_DIRECTORY:
        raise ResourceLimit(_TOO_MANY)


def _unpack(archive: zipfile.ZipFile, name: str, folder: Path, endings: Sequence[str]) -> Unpacked:
    entries = [(_path(info), info) for info in archive.infolist() if not info.is_dir()]
    if len(entries) > MAX_ENTRIES:
        raise ResourceLimit(_TOO_MANY)
    kept = [(path, info) for path, info in entries if not _is_junk(path)]
    wanted = [(path, info) for path, info in kept if _ending(path) in endings]
    files: list[Path] = []
    folders: list[str] = []
    left_out = list(_left_out(name, [path for path, _ in kept], endings))
    room = MAX_TOTAL
    for number, (path, info) in enumerate(sorted(wanted, key=lambda entry: str(entry[0])), 1):
        target = folder / str(number) / _safe_name(path.name)
        try:
            room -= _extract(archive, info, target, min(room, MAX_FILE))
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError):
            left_out.append(_BROKEN.format(path))
        except EncryptedFile:
            left_out.append(_LOCKED.format(path))
        else:
            files.append(target)
            folders.append("" if str(path.parent) == "." else str(path.parent))
    return Unpacked(tuple(files), tuple(left_out), tuple(folders))


def _left_out(name: str, paths: Sequence[PurePosixPath], endings: Sequence[str]) -> Iterator[str]:
    others = [path for path in paths if _ending(path) not in endings]
    nested = [path.name for path in others if _ending(path) in _ARCHIVES]
    unknown = [path.name for path in others if _ending(path) not in _ARCHIVES]
    if nested:
        yield _NESTED.format(name, _named(nested))
    if unknown:
        yield _OTHERS.format(name, len(unknown), _named(unknown))
    if len(others) == len(paths):
        yield _NOTHING.format(name)


def _named(names: Sequence[str]) -> str:
    return "、".join(names[:_NAMED]) + ("等" if len(names) > _NAMED else "")


def _path(info: zipfile.ZipInfo) -> PurePosixPath:
    """The path in the archive. Chinese Windows writes names in GBK and does not say so; zipfile then takes
    them for code page 437. macOS writes UTF-8 without saying so."""
    name = info.filename
    if not info.flag_bits & _UTF8:
        raw = name.encode("cp437", "replace")
        for encoding in ("utf-8", "gb18030"):
            try:
                name = raw.decode(encoding)
            except UnicodeDecodeError:
                continue
            break
    return PurePosixPath(name.replace("\\", "/"))


def _is_junk(path: PurePosixPath) -> bool:
    """What systems add by themselves: resource forks of macOS, hidden files, lock files of Word."""
    return "__MACOSX" in path.parts or path.name.startswith((".", "~$")) or path.name in ("Thumbs.db",)


def _ending(path: PurePosixPath) -> str:
    return path.suffix.lower()


def _safe_name(name: str) -> str:
    """The name without what a file system may forbid, and not too long for one."""
    clean = re.sub(r'[\x00-\x1f<>:"/\\|?*]', "_", name).strip(" .") or "_"
    stem, ending = Path(clean).stem, Path(clean).suffix
    return stem[:_LONGEST] + ending


def _extract(archive: zipfile.ZipFile, info: zipfile.ZipInfo, target: Path, room: int) -> int:
    """Writes one file and returns its size, counted as it is inflated: the entry may lie."""
    if info.flag_bits & 1:
        raise EncryptedFile(_LOCKED.format(info.filename))
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise zipfile.BadZipFile(info.filename)
    target.parent.mkdir(parents=True)
    written = 0
    with archive.open(info) as packed, target.open("wb") as out:
        while step := packed.read(_STEP):
            written += len(step)
            if written > room:
                raise ResourceLimit(_TOO_LARGE)
            out.write(step)
    return written
