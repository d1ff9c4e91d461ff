"""Groups of reviewers of a round, and who reads what."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from sqlalchemy import select
from sqlalchemy.orm import Session

from api.pages.round_frame import round_page
from api.pages.views.board import board_rows
from api.refusals import Conflict, Invalid
from api.service import guard
from api.service.context import Me, Reading, Visiting, Writing, record
from api.service.needs import needs
from api.service.templates import redirect
from api.store import assignments, boards, people, rounds
from api.store.tables import Assignment, Person, Submission

router = APIRouter(include_in_schema=False)
Text = Annotated[str, Form(max_length=200)]
Ticked = Annotated[list[str], Form()]
Day = Annotated[date | None, Form()]


@router.get("/rounds/{round_id}/groups", dependencies=[needs("change", "group")])
def groups(request: Request, round_id: str, session: Reading) -> Response:
    round_ = rounds.get_round(session, round_id)
    found = [(one, assignments.members(session, one)) for one in rounds.groups(session, round_.id)]
    return round_page(request, round_, "groups.html", "/groups", groups=found, reviewers=_reviewers(session))


@router.post("/rounds/{round_id}/groups", dependencies=[needs("change", "group")])
def create_group(
    round_id: str, session: Writing, visit: Visiting,
    title: Text = "", leader: Text = "", member: Ticked = [],  # noqa: B006 - FastAPI copies it
) -> Response:  # fmt: skip
    made = assignments.create_group(session, rounds.get_round(session, round_id), title)
    assignments.set_group(session, made, title, leader or None, member)
    record(session, visit, "create", f"group:{made.id}")
    return redirect(f"/rounds/{round_id}/groups", f"已建立“{made.title}”。")


@router.post("/groups/{group_id}", dependencies=[needs("change", "group")])
def change_group(
    group_id: str, me: Me, session: Writing, visit: Visiting,
    title: Text = "", leader: Text = "", member: Ticked = [],  # noqa: B006
) -> Response:  # fmt: skip
    found = guard.visible_group(session, me, group_id)
    assignments.set_group(session, found, title, leader or None, member)
    record(session, visit, "change", f"group:{found.id}", leader=found.leader_id, members=member)
    return redirect(f"/rounds/{found.round_id}/groups", "已保存。")


@router.get("/rounds/{round_id}/assigning", dependencies=[needs("change", "assignment")])
def assigning(request: Request, round_id: str, me: Me, session: Reading) -> Response:
    round_ = rounds.get_round(session, round_id)
    lines = boards.lines(session, round_.id, guard.seen_submissions(me))
    rows = [row for row in board_rows(lines, round_.deadline) if row.line.status == "submitted"]
    loads = {one.id: 0 for one in _reviewers(session)}
    for row in rows:
        for reader in row.readers:
            loads[reader.person] = loads.get(reader.person, 0) + 1
    return round_page(
        request,
        round_,
        "assigning.html",
        "/assigning",
        rows=rows,
        reviewers=_reviewers(session),
        groups=rounds.groups(session, round_.id),
        loads=loads,
        chosen=set(request.query_params.getlist("s")),
    )


@router.post("/rounds/{round_id}/assigning", dependencies=[needs("change", "assignment")])
def assign(
    round_id: str, me: Me, session: Writing, visit: Visiting,
    submission: Ticked = [], person: Ticked = [], group: Text = "", due: Day = None,  # noqa: B006
) -> Response:  # fmt: skip
    """Every submission ticked to every person; those who have it or handed it back are passed over."""
    round_ = rounds.get_round(session, round_id)
    chosen = guard.visible_group(session, me, group) if group else None
    members = assignments.members(session, chosen) if chosen else []
    wanted = {one.id: one for one in members} | {one: people.get_person(session, one) for one in person}
    if not submission or not wanted:
        raise Invalid("请勾选材料，再选择小组或评审员。")
    given, passed = 0, 0
    for identity in submission:
        found = guard.visible_submission(session, me, identity)
        if found.round_id != round_.id:
            raise Invalid("有材料不属于这一届。")
        for reviewer in wanted.values():
            try:
                assignments.assign(session, found, reviewer, due, chosen)
            except Conflict:
                passed += 1
                continue
            given += 1
            record(session, visit, "assign", f"submission:{found.id}", reviewer=reviewer.id)
    told = f"已分配 {given} 份次。" + (f"另有 {passed} 份次已分配过或已回避，没有改动。" if passed else "")
    return redirect(f"/rounds/{round_.id}/assigning", told)


@router.post("/assignments/{assignment_id}/take-back", dependencies=[needs("change", "assignment")])
def take_back(assignment_id: str, me: Me, session: Writing, visit: Visiting) -> Response:
    found = guard.visible_assignment(session, me, assignment_id)
    submission, reviewer = _whose(session, found)
    assignments.take_back(session, found)
    record(session, visit, "assign-undo", f"submission:{submission.id}", reviewer=reviewer.id)
    return redirect(f"/submissions/{submission.id}/life", f"已取消分配给{reviewer.name}。")


def _whose(session: Session, held: Assignment) -> tuple[Submission, Person]:
    return held.submission, people.get_person(session, held.person_id)


def _reviewers(session: Session) -> list[Person]:
    asked = select(Person).where(Person.role == "reviewer", Person.active)
    return list(session.scalars(asked.order_by(Person.name, Person.id)))
