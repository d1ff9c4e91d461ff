"""What a reviewer needs around the reading: the place to go on at, 回避, and findings kept out of sight."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from sqlalchemy import select

from api.refusals import NotFound
from api.service.context import Me, Visiting, Writing, record
from api.service.guard import visible_submission
from api.service.needs import needs
from api.service.templates import redirect
from api.store import assignments
from api.store.tables import Assignment

router = APIRouter(include_in_schema=False)
HIDE = "ziping-own-reading-first"
_YEAR = 365 * 24 * 3600


@router.post("/submissions/{submission_id}/place", dependencies=[needs("view", "submission")])
def keep_place(
    submission_id: str, me: Me, session: Writing, node: Annotated[str, Form(max_length=16)],
    passage: Annotated[str, Form(max_length=40)] = "", revision: Annotated[int, Form()] = 0,
) -> Response:  # fmt: skip
    """Where the reader stopped. Only assignments keep it; for others nothing is kept."""
    submission = visible_submission(session, me, submission_id)
    held = session.scalar(
        select(Assignment).where(Assignment.submission_id == submission.id, Assignment.person_id == me.id)
    )
    if held is not None:
        place = {"node": node, "passage": passage or None, "revision": revision or None}
        assignments.remember_place(held, place)
    return Response(status_code=204)


@router.post("/assignments/{assignment_id}/recuse", dependencies=[needs("recuse", "assignment")])
def recuse(
    assignment_id: str, me: Me, visit: Visiting, session: Writing,
    reason: Annotated[str, Form(max_length=1000)] = "",
) -> Response:  # fmt: skip
    """回避: the reviewer hands the report back and sees it no longer."""
    held = assignments.get_assignment(session, assignment_id)
    if held.person_id != me.id:
        raise NotFound()
    assignments.recuse(held, reason)
    record(session, visit, "recuse", f"submission:{held.submission_id}")
    return redirect("/", "已回避，这份材料不再显示，评审办公室会看到原因。")


@router.post("/groups/{group_id}/open", dependencies=[needs("open", "group")])
def open_group(
    group_id: str, me: Me, visit: Visiting, session: Writing, opened: Annotated[str, Form()] = ""
) -> Response:
    """The leader of a group shows its members each other's corrections and notes, or no longer."""
    group = assignments.get_group(session, group_id)
    if group.leader_id != me.id:
        raise NotFound()
    assignments.open_group(group, me, bool(opened))
    record(session, visit, "group-open", f"group:{group_id}", opened=bool(opened))
    return redirect("/", "组员现在能看到彼此的更正和评语。" if opened else "组员不再看到彼此的更正和评语。")


@router.post("/own-reading-first", dependencies=[needs("change", "self")])
def own_reading_first(
    request: Request, hide: Annotated[str, Form()] = "", back: Annotated[str, Form()] = "/"
) -> Response:
    """Whether the program's findings stay folded until one has read an item oneself."""
    from api.service.routes.sign_in import own_address

    answer = redirect(own_address(back))
    secure = request.url.scheme == "https"
    if hide:
        answer.set_cookie(HIDE, "1", max_age=_YEAR, httponly=True, samesite="lax", secure=secure)
    else:
        answer.delete_cookie(HIDE)
    return answer
