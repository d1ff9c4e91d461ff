"""Files that come with a request: kept, or all refused with a sentence for each that cannot be taken."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from fastapi import UploadFile
from sqlalchemy.orm import Session

from api.refusals import Invalid
from api.service.context import Context
from api.store import contents
from api.store.contents import Kept
from models.errors import UnreadableFile

_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Keeper:
    """Keeps uploads in the file store, within the limits of the settings."""

    context: Context

    def keep(self, uploads: Sequence[UploadFile]) -> list[Kept]:
        """Raises the error of a file that cannot be taken; with several, one that names them all."""
        most = self.context.settings.submission_files
        uploads = [upload for upload in uploads if upload.filename]
        if not uploads:
            raise Invalid("没有文件。请至少选择一个 .docx 或 .pdf 文件。")
        if len(uploads) > most:
            raise Invalid(f"一次提交最多 {most} 个文件，这里有 {len(uploads)} 个。")
        kept: list[Kept] = []
        errors: list[UnreadableFile] = []
        for upload in uploads:
            try:
                kept.append(self._keep_one(upload))
            except UnreadableFile as error:
                errors.append(error)
        if errors:
            self.forget(kept)
            raise type(errors[0])("".join(error.message for error in errors) + "没有保存任何文件。")
        return list({(one.filename, one.sha256): one for one in kept}.values())

    def forget(self, kept: Sequence[Kept]) -> None:
        """Deletes contents that came to nothing; those that something else uses stay."""
        sweep(self.context, [one.sha256 for one in kept])

    def _keep_one(self, upload: UploadFile) -> Kept:
        limit = self.context.settings.upload_bytes
        return contents.keep(self.context.files, upload.filename or "", _chunks(upload), limit)


def _chunks(upload: UploadFile) -> Iterator[bytes]:
    while chunk := upload.file.read(_CHUNK):
        yield chunk


def sweep(context: Context, hashes: Iterable[str]) -> None:
    """Deletes contents that nothing uses any more, and what was made of them in the cache."""
    from api.work.bench import Bench

    with context.database.writing() as session:
        gone = contents.sweep(session, context.files, hashes)
    stages = Bench.of(context.settings).stages
    for sha256 in gone:
        stages.forget(sha256)
        shutil.rmtree(context.settings.cache_folder / "pages" / sha256[:2] / sha256, ignore_errors=True)


def queue(context: Context, session: Session, revision_id: str) -> None:
    """Puts a revision in the queue, in the transaction in which it is made."""
    if context.queue is not None:
        context.queue.put(session, revision_id)
