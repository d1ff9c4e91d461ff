"""Who reads what: assignments, handing back (回避), and the groups of a round."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from api.refusals import Conflict, Invalid, NotFound
from api.store.tables import Assignment, Group, Member, Person, Round, Submission


def assign(
    session: Session, submission: Submission, person: Person, due: date | None, group: Group | None
) -> Assignment:
    """Gives a submission to a reviewer. Raises Conflict for one who has it, or handed it back."""
    if person.role != "reviewer" or not person.active:
        raise Invalid("只能分配给在用的评审员账号。")
    if submission.status != "submitted":
        raise Conflict("只有已提交的材料可以分配。")
    held = session.scalar(
        select(Assignment).where(Assignment.submission_id == submission.id, Assignment.person_id == person.id)
    )
    if held is not None:
        raise Conflict("这位评审员已经回避这份材料。" if held.recused else "这份材料已经分配给这位评审员。")
    if group is not None and group.round_id != submission.round_id:
        raise Invalid("这个小组不属于这一届。")
    assignment = Assignment(
        submission_id=submission.id,
        person_id=person.id,
        due=due,
        group_id=group.id if group else None,
        place={},
    )
    session.add(assignment)
    session.flush()
    session.refresh(assignment)
    return assignment


def get_assignment(session: Session, assignment_id: str) -> Assignment:
    """Raises NotFound."""
    found = session.get(Assignment, assignment_id)
    if found is None:
        raise NotFound()
    return found


def of_person(session: Session, person: Person) -> list[Assignment]:
    """What a reviewer is to read, by due date; handed back ones are not among it."""
    asked = (
        select(Assignment)
        .join(Submission, Submission.id == Assignment.submission_id)
        .where(
            Assignment.person_id == person.id,
            Assignment.recused.is_(None),
            Submission.status == "submitted",
        )
        .order_by(Assignment.due.is_(None), Assignment.due, Assignment.created)
    )
    return list(session.scalars(asked))


def of_submission(session: Session, submission: Submission) -> list[Assignment]:
    asked = select(Assignment).where(Assignment.submission_id == submission.id)
    return list(session.scalars(asked.order_by(Assignment.created)))


def recuse(assignment: Assignment, reason: str) -> None:
    """回避: the reviewer no longer sees the submission. Raises Invalid without a reason."""
    reason = reason.strip()
    if not reason or len(reason) > 500:
        raise Invalid("请写明回避的原因（500 字以内）。")
    if assignment.recused is not None:
        raise Conflict("已经回避过了。")
    assignment.recused = reason


def remember_place(assignment: Assignment, place: dict[str, Any]) -> None:
    """Where the reviewer stopped reading: node, passage, revision."""
    known = {key: place[key] for key in ("node", "passage", "revision") if place.get(key) is not None}
    assignment.place = known


def take_back(session: Session, assignment: Assignment) -> None:
    session.delete(assignment)
    session.flush()


def get_group(session: Session, group_id: str) -> Group:
    """Raises NotFound."""
    found = session.get(Group, group_id)
    if found is None:
        raise NotFound()
    return found


def members(session: Session, group: Group) -> list[Person]:
    asked = select(Person).join(Member, Member.person_id == Person.id).where(Member.group_id == group.id)
    return list(session.scalars(asked.order_by(Person.name, Person.id)))


def create_group(session: Session, round_: Round, title: str) -> Group:
    """Raises Invalid or Conflict."""
    group = Group(round_id=round_.id, title=_free_title(session, round_.id, title, None))
    session.add(group)
    session.flush()
    return group


def set_group(
    session: Session, group: Group, title: str, leader_id: str | None, member_ids: Sequence[str]
) -> None:
    """Sets title, leader and members; the leader is a member. Raises Invalid or Conflict."""
    wanted = dict.fromkeys([*member_ids, *([] if leader_id is None else [leader_id])])
    for person_id in wanted:
        person = session.get(Person, person_id)
        if person is None or person.role not in ("reviewer", "local"):
            raise Invalid("小组成员应是评审员账号。")
    group.title = _free_title(session, group.round_id, title, group.id)
    if leader_id != group.leader_id:
        group.opened = False  # what one leader opened is not opened for the next
    group.leader_id = leader_id
    session.execute(delete(Member).where(Member.group_id == group.id))
    session.add_all(Member(group_id=group.id, person_id=person_id) for person_id in wanted)
    session.flush()


def open_group(group: Group, person: Person, opened: bool) -> None:
    """Shows the members each other's corrections and notes, or no longer; for the leader alone."""
    if group.leader_id != person.id:
        raise Conflict("只有组长可以向组员公开。")
    group.opened = opened


def groups_of(session: Session, person: Person) -> list[Group]:
    asked = select(Group).join(Member, Member.group_id == Group.id).where(Member.person_id == person.id)
    return list(session.scalars(asked.order_by(Group.title)))


def _free_title(session: Session, round_id: str, title: str, own: str | None) -> str:
    title = " ".join(title.split())
    if not title or len(title) > 100:
        raise Invalid("请写明小组名称（100 字以内）。")
    taken = session.scalar(select(Group.id).where(Group.round_id == round_id, Group.title == title))
    if taken not in (None, own):
        raise Conflict("这一届已有同名的小组。")
    return title
