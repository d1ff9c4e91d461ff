"""Item sheets: points written, changed, cited, deleted."""

from __future__ import annotations

import json
from typing import Annotated

from fastapi import APIRouter, Form, Request, Response

from api.export import wording
from api.pages.frame import wants_json
from api.pages.opening import Opened, open_submission
from api.refusals import NotFound
from api.service.context import Me, Service, Visiting, Writing, record
from api.service.guard import visible_submission
from api.service.needs import needs
from api.service.templates import redirect
from api.store import notes
from api.store.tables import Note

router = APIRouter(include_in_schema=False)


@router.post("/submissions/{submission_id}/items/{item_id}/notes", dependencies=[needs("note", "submission")])
def add(
    request: Request, submission_id: str, item_id: str, me: Me, visit: Visiting, session: Writing,
    context: Service, section: Annotated[str, Form()] = "strength", passage: Annotated[str, Form()] = "",
    kpi: Annotated[str, Form()] = "", note: Annotated[str, Form()] = "", part: Annotated[str, Form()] = "",
) -> Response:  # fmt: skip
    """A new point, or a citation under the point ``note``."""
    opened = open_submission(context, session, me, submission_id)
    if opened.read.item(item_id) is None:
        raise NotFound("准则里没有这个条目。请核对地址。")
    cites = [_cite(opened, passage, kpi)] if passage or kpi else []
    row = _open_point(opened, note, item_id, session, me) if note else None
    if row is None:
        row = notes.add_note(session, opened.submission, me, item_id, section, cites)
    else:
        for cite in cites:
            notes.cite(row, cite)
    record(session, visit, "note", f"submission:{submission_id}", item=item_id)
    document = opened.read.document(part)
    address = opened.read.links.node(document.id, item_id) if document else opened.base
    return _answered(request, f"{address}#n-{row.id}", row)


@router.post("/submissions/{submission_id}/notes/{note_id}", dependencies=[needs("note", "submission")])
def change(
    request: Request, submission_id: str, note_id: str, me: Me, visit: Visiting, session: Writing,
    text: Annotated[str, Form()] = "", delete: Annotated[str, Form()] = "",
) -> Response:  # fmt: skip
    submission = visible_submission(session, me, submission_id)
    row = notes.own_note(session, submission, me, note_id)
    if delete:
        session.delete(row)
        record(session, visit, "note-delete", f"submission:{submission_id}", item=row.item)
    else:
        notes.write(row, text)
    return _answered(request, f"/submissions/{submission_id}/items/{row.item}#sheet", row)


def _open_point(opened: Opened, note: str, item: str, session: Writing, me: Me) -> Note | None:
    """The point that a citation goes to; None if it is gone or belongs to another item."""
    try:
        row = notes.own_note(session, opened.submission, me, note)
    except NotFound:
        return None
    return row if row.item == item else None


def _cite(opened: Opened, passage: str, kpi: str) -> dict[str, str]:
    """What a point rests on, with the page as printed, which outlives the passage."""
    lookup = opened.read.lookup
    if passage in lookup.passage:
        return {"passage": passage, "place": wording.place(lookup.passage[passage])}
    if kpi in lookup.kpi:
        return {"kpi": kpi, "place": lookup.kpi[kpi].name}
    raise NotFound("这一段在这一稿中已经没有了，请刷新页面。")


def _answered(request: Request, address: str, row: Note) -> Response:
    if wants_json(request):
        return Response(json.dumps({"id": row.id}), media_type="application/json")
    return redirect(address)
