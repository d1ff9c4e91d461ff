"""Who reads what: assignments, 回避, groups of a round and what their leader opens."""

from __future__ import annotations

from datetime import date

from fastapi import APIRouter, Request, Response
from pydantic import Field
from sqlalchemy import select
from sqlalchemy.orm import Session

from api.service import guard
from api.service.context import Me, Reading, Visiting, Writing, record
from api.service.needs import needs
from api.service.replies import Id, Line, Page, Paged, Reason, Said, check_match, cut, list_reply, reply
from api.service.shapes import AssignmentOut, GroupOut, assignment_out, group_out
from api.store import assignments, people, rounds
from api.store.tables import Assignment, Group, Submission

router = APIRouter(prefix="/api/v1", tags=["分配与小组"])


class NewAssignment(Said):
    person_id: str = Field(max_length=64, description="评审员")
    due: date | None = Field(None, description="完成日期")
    group_id: str | None = Field(None, max_length=64)


class Recusal(Said):
    reason: Reason


class Place(Said):
    node: str | None = Field(None, max_length=16)
    passage: str | None = Field(None, max_length=64)
    revision: int | None = Field(None, ge=1, le=1_000_000)


class GroupIn(Said):
    title: Line
    leader_id: str | None = Field(None, max_length=64)
    members: list[str] = Field(default_factory=list, max_length=200)


class Opening(Said):
    opened: bool = Field(description="组员是否能看到彼此的更正和评语")


@router.get("/assignments", response_model=Page[AssignmentOut], dependencies=[needs("view", "assignment")])
def list_assignments(
    request: Request, me: Me, session: Reading, paging: Paged, round_id: str | None = None
) -> Response:
    """评审员：分配给自己的，按完成日期；评审办公室：全部分配。"""
    if me.role == "reviewer":
        found = assignments.of_person(session, me)
    else:
        asked = (
            select(Assignment)
            .join(Submission, Submission.id == Assignment.submission_id)
            .where(guard.seen_submissions(me))
        )
        found = list(session.scalars(asked.order_by(Assignment.created, Assignment.id)))
    found = [one for one in found if round_id in (None, one.submission.round_id)]
    return list_reply(request, [assignment_out(one) for one in cut(found, paging)], len(found), paging)


@router.post(
    "/submissions/{submission_id}/assignments",
    response_model=AssignmentOut,
    status_code=201,
    dependencies=[needs("change", "assignment")],
)
def assign(
    request: Request,
    submission_id: Id,
    said: NewAssignment,
    me: Me,
    session: Writing,
    visit: Visiting,
) -> Response:
    """把已提交的材料分配给一位评审员。"""
    submission = guard.visible_submission(session, me, submission_id)
    reviewer = people.get_person(session, said.person_id)
    group = assignments.get_group(session, said.group_id) if said.group_id else None
    made = assignments.assign(session, submission, reviewer, said.due, group)
    record(session, visit, "assign", f"submission:{submission_id}", reviewer=reviewer.id)
    return reply(request, assignment_out(made), 201)


@router.delete("/assignments/{assignment_id}", status_code=204, dependencies=[needs("change", "assignment")])
def take_back(assignment_id: Id, me: Me, session: Writing, visit: Visiting) -> Response:
    """取消分配。"""
    found = guard.visible_assignment(session, me, assignment_id)
    assignments.take_back(session, found)
    record(session, visit, "assign-undo", f"submission:{found.submission_id}", reviewer=found.person_id)
    return Response(status_code=204)


@router.post(
    "/assignments/{assignment_id}/recuse",
    response_model=AssignmentOut,
    dependencies=[needs("recuse", "assignment")],
)
def recuse(
    request: Request, assignment_id: Id, said: Recusal, me: Me, session: Writing, visit: Visiting
) -> Response:
    """回避：写明原因，此后不再看到这份材料。"""
    found = guard.visible_assignment(session, me, assignment_id)
    assignments.recuse(found, said.reason)
    record(session, visit, "recuse", f"submission:{found.submission_id}", reason=said.reason)
    return reply(request, assignment_out(found))


@router.put(
    "/assignments/{assignment_id}/place",
    response_model=AssignmentOut,
    dependencies=[needs("read", "assignment")],
)
def set_place(request: Request, assignment_id: Id, said: Place, me: Me, session: Writing) -> Response:
    """记住读到哪里。"""
    found = guard.visible_assignment(session, me, assignment_id)
    assignments.remember_place(found, said.model_dump())
    return reply(request, assignment_out(found))


@router.get("/rounds/{round_id}/groups", response_model=Page[GroupOut], dependencies=[needs("view", "group")])
def list_groups(request: Request, round_id: Id, me: Me, session: Reading, paging: Paged) -> Response:
    """一届的评审小组；评审员只看到自己所在的。"""
    round_ = rounds.get_round(session, round_id)
    asked = select(Group).where(Group.round_id == round_.id, guard.seen_groups(me)).order_by(Group.title)
    found = list(session.scalars(asked))
    return list_reply(request, [_shape(session, one) for one in cut(found, paging)], len(found), paging)


@router.post(
    "/rounds/{round_id}/groups",
    response_model=GroupOut,
    status_code=201,
    dependencies=[needs("change", "group")],
)
def create_group(
    request: Request, round_id: Id, said: GroupIn, session: Writing, visit: Visiting
) -> Response:
    """建立评审小组。"""
    made = assignments.create_group(session, rounds.get_round(session, round_id), said.title)
    assignments.set_group(session, made, said.title, said.leader_id, said.members)
    record(session, visit, "create", f"group:{made.id}")
    return reply(request, _shape(session, made), 201)


@router.put("/groups/{group_id}", response_model=GroupOut, dependencies=[needs("change", "group")])
def change_group(
    request: Request, group_id: Id, said: GroupIn, me: Me, session: Writing, visit: Visiting
) -> Response:
    """设定小组的名称、组长和组员。"""
    found = guard.visible_group(session, me, group_id)
    check_match(request, _shape(session, found))
    assignments.set_group(session, found, said.title, said.leader_id, said.members)
    record(session, visit, "change", f"group:{found.id}", leader=found.leader_id, members=said.members)
    return reply(request, _shape(session, found))


@router.put("/groups/{group_id}/opened", response_model=GroupOut, dependencies=[needs("open", "group")])
def open_group(
    request: Request, group_id: Id, said: Opening, me: Me, session: Writing, visit: Visiting
) -> Response:
    """组长向组员公开（或不再公开）彼此的更正和评语。"""
    found = guard.visible_group(session, me, group_id)
    assignments.open_group(found, me, said.opened)
    record(session, visit, "group-open", f"group:{found.id}", opened=said.opened)
    return reply(request, _shape(session, found))


def _shape(session: Session, group: Group) -> GroupOut:
    return group_out(group, assignments.members(session, group))
