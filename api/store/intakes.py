"""Files that the office brought in together: kept at once, confirmed by a person, none dropped in silence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from api.store import contents
from api.store.contents import Kept
from api.store.files import FileStore
from api.store.tables import Intake, IntakeFile, Person, Round


@dataclass(frozen=True, slots=True)
class Found:
    """A file of a batch; ``kept`` is None where it cannot be taken, and ``why`` then says so."""

    folder: str
    filename: str
    kept: Kept | None
    organisation: str = ""
    kind: str = "award"
    covers: str | None = None
    why: str = ""


def create(session: Session, files: FileStore, round_: Round, by: Person, found: Sequence[Found]) -> Intake:
    intake = Intake(round_id=round_.id, created_by=by.id)
    session.add(intake)
    session.flush()
    for position, one in enumerate(found):
        if one.kept is not None:
            contents.file_row(session, files, one.kept)
        session.add(
            IntakeFile(
                intake_id=intake.id,
                position=position,
                folder=one.folder,
                filename=one.filename,
                sha256=one.kept.sha256 if one.kept else None,
                organisation=one.organisation,
                kind=one.kind,
                covers=one.covers,
                why=one.why,
            )
        )
    session.flush()
    return intake


def waiting(session: Session, round_id: str) -> list[Intake]:
    """Batches of which something is still to be confirmed, the newest first."""
    asked = select(Intake).where(Intake.round_id == round_id)
    return list(session.scalars(asked.order_by(Intake.created.desc())))


def settle(session: Session, intake: Intake, positions: Iterable[int]) -> bool:
    """Takes files off a batch that found their place; whether the batch ended with it.

    What is left that cannot be taken in any case ends with the last file that could."""
    gone = set(positions)
    _remove(session, intake, gone)
    left = [file for file in intake.files if file.position not in gone]
    if any(file.sha256 for file in left):
        session.expire(intake, ["files"])
        return False
    drop(session, intake)
    return True


def drop(session: Session, intake: Intake) -> list[str]:
    """Ends a batch; gives the hashes of contents that nothing uses any more, for ``sweep``."""
    hashes = [file.sha256 for file in intake.files if file.sha256]
    session.execute(delete(IntakeFile).where(IntakeFile.intake_id == intake.id))
    session.execute(delete(Intake).where(Intake.id == intake.id))
    session.flush()
    return contents.drop_unused(session, hashes)


def _remove(session: Session, intake: Intake, positions: set[int]) -> None:
    session.execute(
        delete(IntakeFile).where(IntakeFile.intake_id == intake.id, IntakeFile.position.in_(positions))
    )
    session.flush()
