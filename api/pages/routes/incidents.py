"""Serious accidents that a winner reported: kept beside the procedure; nothing follows from them here."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Form, Request, Response

from api.refusals import Invalid
from api.service import guard
from api.service.context import Me, Reading, Visiting, Writing, record
from api.service.needs import needs
from api.service.templates import page, redirect
from api.store import duties
from api.store.tables import Incident

router = APIRouter(include_in_schema=False)
Text = Annotated[str, Form(max_length=5000)]
Day = Annotated[date | None, Form()]


@router.get("/organisations/{organisation_id}/incidents", dependencies=[needs("change", "duty")])
def show(request: Request, organisation_id: str, me: Me, session: Reading) -> Response:
    found = guard.visible_organisation(session, me, organisation_id)
    return page(
        request,
        "incidents.html",
        one=found,
        incidents=duties.incidents(session, found),
        kinds=duties.INCIDENT_KINDS,
        today=date.today(),
    )


@router.post("/organisations/{organisation_id}/incidents", dependencies=[needs("change", "duty")])
def add(
    organisation_id: str, me: Me, session: Writing, visit: Visiting,
    happened: Day = None, reported: Day = None, kind: Text = "", told: Text = "", measures: Text = "",
) -> Response:  # fmt: skip
    found = guard.visible_organisation(session, me, organisation_id)
    if happened is None:
        raise Invalid("请写明事故发生的日期。")
    row = Incident(
        organisation_id=found.id,
        happened=happened,
        reported=reported,
        kind=kind,
        told=told,
        measures=measures,
        created_by=me.id,
    )
    made = duties.add_incident(session, row)
    record(session, visit, "incident", f"organisation:{found.id}", incident=made.id, kind=made.kind)
    return redirect(f"/organisations/{found.id}/incidents", "已登记。")
