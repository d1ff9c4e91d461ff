"""Files named on the command line of ``ziping open`` as a submission of the local person."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from api.files import submission_files
from api.service.context import Context
from api.store import contents, local, submissions
from api.store.contents import Kept
from models.errors import MissingPath

_CHUNK = 1 << 20


def upload(context: Context, paths: Sequence[Path], scratch: Path) -> str:
    """Keeps the files, queues their check, and gives the id of the new submission.

    Raises MissingPath where there is nothing to read, and an UnreadableFile for a file that is no report.
    """
    found = submission_files(paths, scratch)
    if not found.files:
        said = (*found.missing, *found.unreadable, *found.left_out)
        raise MissingPath(said[0] if said else "没有可检查的文件。请给出 .docx 或 .pdf 文件。")
    kept = [_keep(context, path) for path in found.files]
    criteria = context.tools.criteria.id
    with context.database.writing() as session:
        person = local.local_person(session)
        assert person.organisation is not None  # noqa: S101 - made together
        round_ = local.local_round(session, criteria)
        submission = submissions.create(session, person.organisation, round_, "award")
        revision = submissions.add_revision(session, context.files, submission, kept, {}, person)
        if context.queue is not None:
            context.queue.put(session, revision.id)
        return submission.id


def _keep(context: Context, path: Path) -> Kept:
    return contents.keep(context.files, path.name, _chunks(path), context.settings.upload_bytes)


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            yield chunk
