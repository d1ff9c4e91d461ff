"""Item sheets: 优势, 改进空间 and 待现场核实, point by point, each able to cite passages and series."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from api.refusals import Invalid, NotFound
from api.store.corrections import seen_from
from api.store.tables import ItemMark, Note, Person, Submission, now

SECTIONS: dict[str, str] = {"strength": "优势", "improvement": "改进空间", "verify": "待现场核实"}
_LONGEST = 4000


def add_note(
    session: Session,
    submission: Submission,
    person: Person,
    item: str,
    section: str,
    cites: Sequence[dict[str, Any]] = (),
) -> Note:
    """A new point at the end of a section. Raises Invalid for a section that is none."""
    if section not in SECTIONS:
        raise Invalid(f"应是{'、'.join(SECTIONS.values())}之一。")
    last = session.scalar(
        select(Note.position)
        .where(*_own(submission, person), Note.item == item, Note.section == section)
        .order_by(Note.position.desc())
        .limit(1)
    )
    note = Note(
        submission_id=submission.id,
        person_id=person.id,
        item=item,
        section=section,
        position=0 if last is None else last + 1,
        cites=list(cites),
    )
    session.add(note)
    session.flush()
    return note


def own_note(session: Session, submission: Submission, person: Person, identity: str) -> Note:
    """Raises NotFound for another's point as for none."""
    note = session.scalar(select(Note).where(*_own(submission, person), Note.id == identity))
    if note is None:
        raise NotFound("没有这一点评语。")
    return note


def write(note: Note, text: str) -> None:
    """Raises Invalid for a text that is too long."""
    if len(text) > _LONGEST:
        raise Invalid(f"一点评语最多 {_LONGEST} 字，请分成几点。")
    note.text = text
    note.updated = now()


def cite(note: Note, what: dict[str, Any]) -> None:
    """Adds what a point rests on, once."""
    if what not in note.cites:
        note.cites = [*note.cites, what]
        note.updated = now()


def notes_of(
    session: Session, submission: Submission, person: Person, item: str | None = None
) -> tuple[Note, ...]:
    """Points that the person may see, own ones and those of an opened group, in order."""
    asked = select(Note).where(
        Note.submission_id == submission.id, seen_from(person, submission, Note.person_id)
    )
    if item is not None:
        asked = asked.where(Note.item == item)
    return tuple(session.scalars(asked.order_by(Note.item, Note.section, Note.position, Note.id)).all())


def marks_of(session: Session, submission: Submission, person: Person) -> dict[str, ItemMark]:
    """By item."""
    rows = session.scalars(
        select(ItemMark).where(ItemMark.submission_id == submission.id, ItemMark.person_id == person.id)
    )
    return {row.item: row for row in rows}


def mark(
    session: Session, submission: Submission, person: Person, item: str, *, done: bool | None = None
) -> ItemMark:
    """Notes that the person has read an item, and whether it is done (None: as before)."""
    row = session.get(ItemMark, (submission.id, person.id, item))
    if row is None:
        row = ItemMark(submission_id=submission.id, person_id=person.id, item=item)
        session.add(row)
    row.read = row.read or now()
    if done is not None:
        row.done = now() if done else None
    session.flush()
    return row


def _own(submission: Submission, person: Person) -> tuple[Any, ...]:
    return Note.submission_id == submission.id, Note.person_id == person.id
