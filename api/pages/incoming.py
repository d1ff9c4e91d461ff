"""A batch of files as it comes, from archives, folders or alone: whose each is, as far as it tells."""

from __future__ import annotations

import re
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from fastapi import UploadFile

from api.service.context import Context
from api.service.uploads import sweep
from api.store import contents
from api.store.contents import Kept, safe_name
from api.store.intakes import Found
from api.store.tables import Organisation
from models.duty import name_key
from models.errors import UnreadableFile, ZipingError

if TYPE_CHECKING:
    from models.document import Part

_CHUNK = 1 << 20
_SECONDS = 120.0
"""How long contents are read to learn whose they are; the rest is left to the person."""
_ANNUAL = re.compile(r"年度自我评价|年度.{0,8}自评|年报|自我评价报告")
_AWARD = re.compile(r"组织概述|证实性材料|申报")
_SAME = "与《{}》内容完全相同，只收一次。"
_UNKNOWN = "没有认出是哪个组织的，请填写"


@dataclass(frozen=True, slots=True)
class Names:
    """Organisations by their present and former names, the longest names first."""

    by_name: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, organisations: Sequence[Organisation]) -> Names:
        pairs = [
            (name_key(name), one.name) for one in organisations for name in (one.name, *one.former_names)
        ]
        return cls(tuple(sorted(pairs, key=lambda pair: (-len(pair[0]), pair))))

    def within(self, text: str) -> str:
        """The organisation that a text names; empty if it names none."""
        plain = name_key(text)
        return next((name for key, name in self.by_name if key and key in plain), "")


def incoming(
    context: Context, uploads: Sequence[UploadFile], kind: str, organisations: Sequence[Organisation]
) -> list[Found]:
    """Each file with a guess, in the order of folders. Contents are in the file store, without rows."""
    names = Names.of(organisations)
    found: list[Found] = []
    for upload in uploads:
        if upload.filename:
            found += _taken(context, upload, kind)
    found.sort(key=lambda one: (one.folder, one.filename))
    guessed = [_by_name(one, names) for one in found]
    return _by_folder(_by_content(context, _once(guessed), names))


def _taken(context: Context, upload: UploadFile, kind: str) -> Iterator[Found]:
    path = PurePosixPath((upload.filename or "").replace("\\", "/"))
    folder = "" if str(path.parent) == "." else str(path.parent)
    if path.name.startswith((".", "~$")):
        return
    try:
        kept = contents.keep(context.files, path.name, _chunks(upload.file), context.settings.upload_bytes)
    except UnreadableFile as error:
        yield _refused(folder, path.name, kind, error)
        return
    if kept.type != "zip":
        yield Found(folder, kept.filename, kept, kind=kind)
        return
    yield from list(_unpacked(context, kept, folder, kind))
    sweep(context, [kept.sha256])


def _refused(folder: str, name: str, kind: str, error: UnreadableFile) -> Found:
    plain = safe_name(name)
    return Found(folder, plain, None, kind=kind, why=error.message.removeprefix(f"《{plain}》："))


def _unpacked(context: Context, archive: Kept, folder: str, kind: str) -> Iterator[Found]:
    """The files of an archive, which itself is not kept."""
    from api.files import READABLE
    from ingest.archive import unpack

    stem = PurePosixPath(archive.filename).stem
    with tempfile.TemporaryDirectory(prefix="ziping-", ignore_cleanup_errors=True) as scratch:
        target = Path(scratch, "files")
        try:
            inside = unpack(context.files.path(archive.sha256), target, READABLE)
        except ZipingError as error:
            why = error.message.replace(archive.sha256, archive.filename)
            yield Found(folder, archive.filename, None, kind=kind, why=why)
            return
        for sentence in inside.left_out:
            why = sentence.replace(archive.sha256, archive.filename)
            yield Found(folder, archive.filename, None, kind=kind, why=why)
        for path, below in zip(inside.files, inside.folders, strict=True):
            within = "/".join(part for part in (folder, stem, below) if part)
            try:
                with path.open("rb") as file:
                    kept = contents.keep(
                        context.files, path.name, _chunks(file), context.settings.upload_bytes
                    )
            except UnreadableFile as error:
                yield _refused(within, path.name, kind, error)
            else:
                yield Found(within, kept.filename, kept, kind=kind)


def _chunks(file: object) -> Iterator[bytes]:
    while chunk := file.read(_CHUNK):  # type: ignore[attr-defined]  # a binary file
        yield chunk


def _by_name(found: Found, names: Names) -> Found:
    """What folder and file name say."""
    if found.kept is None:
        return found
    text = f"{found.folder}/{found.filename}"
    kind = "annual" if _ANNUAL.search(text) and not _AWARD.search(text) else found.kind
    kind = "award" if _AWARD.search(text) and not _ANNUAL.search(text) else kind
    for place, told in ((found.folder, "文件夹名"), (found.filename, "文件名")):
        if name := names.within(place):
            return replace(found, organisation=name, kind=kind, why=f"按{told}")
    return replace(found, kind=kind)


def _once(found: Sequence[Found]) -> Iterator[Found]:
    """A yearly report that comes twice is taken once; other files may well be everyone's."""
    first: dict[str, str] = {}
    for one in found:
        if one.kept is None or one.kind != "annual":
            yield one
        elif one.kept.sha256 in first:
            yield replace(one, kept=None, why=_SAME.format(first[one.kept.sha256]))
        else:
            first[one.kept.sha256] = one.filename
            yield one


def _by_content(context: Context, found: Iterable[Found], names: Names) -> Iterator[Found]:
    """What the covers say where names said nothing, and of a yearly report which year it is about: file
    names speak of the year of handing in as often."""
    until = time.monotonic() + _SECONDS
    for one in found:
        open_ = not one.organisation or one.kind == "annual"
        if one.kept is None or not open_ or time.monotonic() > until:
            yield one
            continue
        yield _read(context, one, one.kept, names)


def _read(context: Context, found: Found, kept: Kept, names: Names) -> Found:
    from nlp.covered_year import find_covered_year
    from nlp.organisation import find_organisation

    try:
        part = _whole(context, kept)
    except ZipingError as error:
        message = error.message.removeprefix(f"《{kept.sha256}》：")
        return replace(found, why=f"没有读成：{message}")
    whose = find_organisation(part)
    year = find_covered_year(part) if found.kind == "annual" else None
    name = found.organisation
    why = found.why
    if not name and whose.name:
        name = next(
            (known for one in (whose.name, *whose.others) if (known := names.within(one))), whose.name
        )
        why = f"按内容：“{whose.name}”" + ("" if whose.sure else "，没有把握，请核对")
    if year is not None and not year.sure:
        why += "；年度没有把握，请核对" if year.year else "；没有读出年度，请填写"
    return replace(found, organisation=name, covers=year.year if year else None, why=why.lstrip("；"))


def _whole(context: Context, kept: Kept) -> Part:
    from ingest.read import read_document
    from models.document import Part

    document = read_document(context.files.path(kept.sha256), limits=context.tools.limits)
    document = replace(document, filename=kept.filename)
    return Part("", "annual", document, 0, len(document.blocks) - 1)


def _by_folder(found: Iterator[Found]) -> list[Found]:
    """Files of one folder are of one organisation where only one of them tells."""
    held = list(found)
    told: dict[str, set[str]] = {}
    for one in held:
        if one.folder and one.organisation:
            told.setdefault(one.folder, set()).add(one.organisation)
    made = []
    for one in held:
        names = told.get(one.folder, set())
        if one.kept is not None and not one.organisation:
            sole = next(iter(names)) if len(names) == 1 else ""
            why = "按同一文件夹的其他文件" if sole else one.why or _UNKNOWN
            made.append(replace(one, organisation=sole, why=why))
        else:
            made.append(one)
    return made
