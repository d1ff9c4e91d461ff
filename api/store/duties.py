"""Winners of a round and what the office did with their yearly reports. States are worked out, never kept."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from api.refusals import Conflict, Invalid, NotFound
from api.store.boards import Line
from api.store.tables import (
    DutyMark,
    ExtensionRow,
    Incident,
    Organisation,
    Round,
    Submission,
    WinnerRow,
    now,
)
from models.duty import Extension, Receipt, Winner

INCIDENT_KINDS = {
    "quality": "质量",
    "safety": "安全",
    "environment": "环保",
    "health": "卫生",
    "other": "其他",
}
_LONGEST = 5000


def winners(session: Session, round_id: str) -> list[WinnerRow]:
    """By organisation."""
    asked = select(WinnerRow).join(Organisation).where(WinnerRow.round_id == round_id)
    return list(session.scalars(asked.order_by(Organisation.name)))


def get_winner(session: Session, winner_id: str) -> WinnerRow:
    """Raises NotFound."""
    found = session.get(WinnerRow, winner_id)
    if found is None:
        raise NotFound()
    return found


def winner_of(row: WinnerRow) -> Winner:
    """The award as ``models.duty`` knows it."""
    return Winner(
        name=row.organisation.name,
        award_year=row.award_year,
        former=tuple(row.organisation.former_names),
        round=row.round.title,
        award=row.award,
        obliged=row.obliged,
        first_due=row.round.first_due,
        extensions=tuple(Extension(one.year, one.until, one.reason) for one in row.extensions),
        withdrawn=row.withdrawn,
    )


def add_winner(
    session: Session, round_: Round, organisation: Organisation, award_year: int, award: str, obliged: bool
) -> WinnerRow:
    """Raises Conflict for an organisation that is among the winners already."""
    asked = select(WinnerRow.id).where(
        WinnerRow.round_id == round_.id, WinnerRow.organisation_id == organisation.id
    )
    if session.scalar(asked) is not None:
        raise Conflict(f"“{organisation.name}”已在这一届的获奖组织中。")
    row = WinnerRow(
        round_id=round_.id,
        round=round_,
        organisation_id=organisation.id,
        organisation=organisation,
        award=award.strip(),
        award_year=award_year,
        obliged=obliged,
    )
    session.add(row)
    session.flush()
    return row


def extend(session: Session, winner: WinnerRow, year: int, until: date, reason: str) -> None:
    """A later due date for the report on a year. Raises Invalid without a reason."""
    reason = reason.strip()
    if not reason or len(reason) > 500:
        raise Invalid("请写明延期的原因（500 字以内）。")
    row = session.get(ExtensionRow, (winner.id, year))
    if row is None:
        session.add(ExtensionRow(winner_id=winner.id, year=year, until=until, reason=reason))
    else:
        row.until, row.reason = until, reason
    session.flush()
    session.expire(winner, ["extensions"])


def rounds_with_winners(session: Session) -> list[Round]:
    """The newest first."""
    asked = select(Round).where(Round.id.in_(select(WinnerRow.round_id)))
    return list(session.scalars(asked.order_by(Round.created.desc(), Round.id)))


def marks(session: Session, round_id: str) -> dict[str, DutyMark]:
    """By submission of a round."""
    asked = select(DutyMark).join(Submission, Submission.id == DutyMark.submission_id)
    return {row.submission_id: row for row in session.scalars(asked.where(Submission.round_id == round_id))}


def mark(session: Session, submission: Submission) -> DutyMark:
    """What the office did with a report, to be changed; made if there is none."""
    row = session.get(DutyMark, submission.id)
    if row is None:
        row = DutyMark(submission_id=submission.id, ticked=[])
        session.add(row)
        session.flush()
    return row


def ask(row: DutyMark, until: date | None) -> None:
    """请补正: holds until a new file comes."""
    row.asked, row.until, row.checked = now(), until, None


def check(row: DutyMark, done: bool) -> None:
    """已核对, or no longer."""
    row.checked = now() if done else None
    row.asked = None if done else row.asked


def receipt_of(line: Line | Submission, row: DutyMark | None) -> Receipt:
    """That a report came. What was done with it before its last file came holds no more."""
    came = line.submitted
    asked = row is not None and row.asked is not None and (came is None or row.asked >= came)
    checked = row is not None and row.checked is not None and (came is None or row.checked >= came)
    return Receipt(line.received_on, asked, checked)


def incidents(session: Session, organisation: Organisation) -> list[Incident]:
    """The latest first."""
    asked = select(Incident).where(Incident.organisation_id == organisation.id)
    return list(session.scalars(asked.order_by(Incident.happened.desc(), Incident.id)))


def add_incident(session: Session, row: Incident) -> Incident:
    """Raises Invalid."""
    row.told, row.measures = row.told.strip(), row.measures.strip()
    if row.kind not in INCIDENT_KINDS:
        raise Invalid("请选择事故的种类。")
    if row.happened > date.today() or (row.reported is not None and row.reported > date.today()):
        raise Invalid("日期不能在今天以后。")
    if not row.told or len(row.told) > _LONGEST or len(row.measures) > _LONGEST:
        raise Invalid(f"请写明事故情况（{_LONGEST} 字以内）。")
    session.add(row)
    session.flush()
    return row


def incident_counts(session: Session, organisations: Sequence[str]) -> dict[str, int]:
    asked = select(Incident.organisation_id, func.count()).where(Incident.organisation_id.in_(organisations))
    return {row[0]: row[1] for row in session.execute(asked.group_by(Incident.organisation_id))}
