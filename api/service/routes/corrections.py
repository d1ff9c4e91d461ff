"""What people say of an assessment: corrections, answers (不适用 …), and the points of the item sheets."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request, Response
from pydantic import Field

from api.service import guard
from api.service.context import Me, Reading, Visiting, Writing, record
from api.service.needs import needs
from api.service.replies import Id, Page, Paged, Said, check_match, cut, list_reply, reply
from api.service.shapes import CorrectionOut, NoteOut, correction_out, note_out
from api.store import corrections, notes
from models.answers import Answer

router = APIRouter(prefix="/api/v1/submissions/{submission_id}", tags=["更正、答复与评语"])
_NODE = r"^[0-9A-Za-z.-]{1,24}$"


class NewCorrection(Said):
    """One thing that a person says; fields that do not concern ``about`` stay empty."""

    about: Literal["node", "finding", "passage", "kpi"]
    id: str = Field(min_length=1, max_length=64, examples=["1.1.2"])
    verdict: Literal["not_applicable", "elsewhere", "wrong", "done"]
    sentence: str = Field("", max_length=1000, examples=["本组织没有设计职能。"])
    indicators: list[Annotated[str, Field(pattern=_NODE)]] | None = Field(None, max_length=20)
    aspect: Literal["approach", "deployment", "result", "none"] | None = None
    year: str = Field("", pattern=r"^(\d{4})?$")
    target: bool = False
    value: float | None = Field(None, allow_inf_nan=False)


class Cite(Said):
    passage: str | None = Field(None, max_length=64)
    kpi: str | None = Field(None, max_length=64)
    place: str = Field("", max_length=200)


class NewNote(Said):
    item: str = Field(pattern=r"^\d\.\d{1,2}$", examples=["1.1"])
    section: Literal["strength", "improvement", "verify"]
    text: str = Field("", max_length=4000)
    cites: list[Cite] = Field(default_factory=list, max_length=100)


class ChangedNote(Said):
    text: str = Field(max_length=4000)
    cites: list[Cite] | None = Field(None, max_length=100)


@router.get("/corrections", response_model=Page[CorrectionOut], dependencies=[needs("view", "submission")])
def list_corrections(
    request: Request, submission_id: Id, me: Me, session: Reading, paging: Paged
) -> Response:
    """您可以看到的、仍然有效的更正和答复；评审员的只有本人能看到，组长公开后组员也能看到。"""
    found = corrections.of_submission(session, guard.visible_submission(session, me, submission_id), me)
    shown = [correction_out(row) for row in cut(found, paging)]
    return list_reply(request, shown, len(found), paging)


@router.post(
    "/corrections",
    response_model=CorrectionOut,
    status_code=201,
    dependencies=[needs("correct", "submission")],
)
def add_correction(
    request: Request, submission_id: Id, said: NewCorrection, me: Me, session: Writing, visit: Visiting
) -> Response:
    """更正或答复。程序的结果不变，另行记录；同一事项以后说的为准。"""
    submission = guard.visible_submission(session, me, submission_id)
    values = said.model_dump()
    indicators = values.pop("indicators")
    answer = Answer(**values, indicators=None if indicators is None else tuple(indicators))
    row = corrections.say(session, submission, session.merge(me), answer)
    record(session, visit, "correct", f"submission:{submission_id}", about=said.about, target=said.id)
    return reply(request, correction_out(row), 201)


@router.delete("/corrections/{correction_id}", status_code=204, dependencies=[needs("correct", "submission")])
def undo_correction(
    submission_id: Id, correction_id: Id, me: Me, session: Writing, visit: Visiting
) -> Response:
    """撤销自己的一条更正；记录保留。"""
    submission = guard.visible_submission(session, me, submission_id)
    corrections.undo(session, submission, me, correction_id)
    record(session, visit, "correct-undo", f"submission:{submission_id}", correction=correction_id)
    return Response(status_code=204)


@router.get("/notes", response_model=Page[NoteOut], dependencies=[needs("note", "submission")])
def list_notes(
    request: Request,
    submission_id: Id,
    me: Me,
    session: Reading,
    paging: Paged,
    item: Annotated[str | None, Query(max_length=8)] = None,
) -> Response:
    """条目评语：优势、改进空间、待现场核实。"""
    found = notes.notes_of(session, guard.visible_submission(session, me, submission_id), me, item)
    return list_reply(request, [note_out(row) for row in cut(found, paging)], len(found), paging)


@router.post("/notes", response_model=NoteOut, status_code=201, dependencies=[needs("note", "submission")])
def add_note(
    request: Request, submission_id: Id, said: NewNote, me: Me, session: Writing, visit: Visiting
) -> Response:
    """加一点评语。"""
    submission = guard.visible_submission(session, me, submission_id)
    cites = [cite.model_dump(exclude_none=True) for cite in said.cites]
    row = notes.add_note(session, submission, session.merge(me), said.item, said.section, cites)
    notes.write(row, said.text)
    session.flush()
    record(session, visit, "note", f"submission:{submission_id}", item=said.item)
    return reply(request, note_out(row), 201)


@router.patch("/notes/{note_id}", response_model=NoteOut, dependencies=[needs("note", "submission")])
def change_note(
    request: Request,
    submission_id: Id,
    note_id: Id,
    said: ChangedNote,
    me: Me,
    session: Writing,
    visit: Visiting,
) -> Response:
    """改写自己的一点评语。"""
    submission = guard.visible_submission(session, me, submission_id)
    row = notes.own_note(session, submission, me, note_id)
    check_match(request, note_out(row))
    notes.write(row, said.text)
    if said.cites is not None:
        row.cites = [cite.model_dump(exclude_none=True) for cite in said.cites]
    session.flush()
    record(session, visit, "note", f"submission:{submission_id}", item=row.item)
    return reply(request, note_out(row))


@router.delete("/notes/{note_id}", status_code=204, dependencies=[needs("note", "submission")])
def delete_note(
    request: Request, submission_id: Id, note_id: Id, me: Me, session: Writing, visit: Visiting
) -> Response:
    """删除自己的一点评语。"""
    submission = guard.visible_submission(session, me, submission_id)
    row = notes.own_note(session, submission, me, note_id)
    check_match(request, note_out(row))
    session.delete(row)
    record(session, visit, "note-delete", f"submission:{submission_id}", item=row.item)
    return Response(status_code=204)
