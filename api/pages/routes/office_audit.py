"""The audit, for staff: who saw and did what, and whether the chain of entries holds."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from fastapi import APIRouter, Request, Response
from sqlalchemy import ColumnElement, func, select

from api.pages.listing import counted, listing
from api.pages.views.audit import ACTIONS, entry_views
from api.service.context import Me, Reading
from api.service.guard import may
from api.service.needs import needs
from api.service.templates import page
from api.store import audit
from api.store.tables import AuditEntry, Person

router = APIRouter(include_in_schema=False)


@router.get("/audit", dependencies=[needs("view", "audit")])
def index(request: Request, me: Me, session: Reading) -> Response:
    asked = listing(request, ("action", "who", "object", "since", "until"), ("number",), "-number")
    query = select(AuditEntry)
    if action := asked.asked.get("action"):
        query = query.where(AuditEntry.action == action)
    if about := asked.asked.get("object"):
        query = query.where(AuditEntry.object == about)
    if who := asked.asked.get("who"):
        query = query.where(_by(who))
    if since := _day(asked.asked.get("since")):
        query = query.where(AuditEntry.at >= _begin(since))
    if until := _day(asked.asked.get("until")):
        query = query.where(AuditEntry.at < _begin(until + timedelta(days=1)))
    asked = counted(asked, session.scalar(select(func.count()).select_from(query.subquery())) or 0)
    order = AuditEntry.number.desc() if asked.down else AuditEntry.number
    entries = session.scalars(query.order_by(order).limit(asked.size).offset(asked.offset))
    return page(
        request,
        "audit.html",
        listing=asked,
        entries=entry_views(session, entries),
        actions=ACTIONS,
        verified=audit.verify(session) if request.query_params.get("verify") else None,
        reports=may(me, "view", "submission"),
    )


def _by(who: str) -> ColumnElement[bool]:
    """Entries of a login or of a name as it is now."""
    named = select(Person.id).where(Person.name == who).scalar_subquery()
    login = AuditEntry.person.endswith(f" {who}", autoescape=True)
    return login | (func.substr(AuditEntry.person, 1, 16) == named)


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None


def _begin(day: date) -> datetime:
    return datetime.combine(day, time()).astimezone()
