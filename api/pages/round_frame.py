"""What stands around every page of a round: its name and the office's ways into it."""

from __future__ import annotations

from typing import Any

from fastapi import Request, Response
from sqlalchemy import select
from sqlalchemy.orm import Session

from api.service.guard import may
from api.service.templates import page
from api.service.visit import visit_of
from api.store.tables import Round

_TABS = (
    ("", "状态板", ("view", "board")),
    ("/intake", "收入材料", ("receive", "submission")),
    ("/assigning", "分配", ("change", "assignment")),
    ("/groups", "小组", ("change", "group")),
    ("/duties", "年度报告", ("change", "duty")),
    ("/settings", "设置", ("change", "round")),
)


def round_page(request: Request, round_: Round, template: str, tab: str, **values: Any) -> Response:
    """A page of one round. ``tab``: the path of the way into it."""
    person = visit_of(request).person
    assert person is not None  # noqa: S101 - the route needs somebody
    base = f"/rounds/{round_.id}"
    tabs = [
        {"href": base + path, "title": title, "here": path == tab}
        for path, title, need in _TABS
        if may(person, *need)
    ]
    title = next(title for path, title, _ in _TABS if path == tab)
    return page(request, template, round=round_, base=base, tabs=tabs, tab_title=title, **values)


def current_round(session: Session) -> Round | None:
    """The round that runs: the newest that is not closed, else the newest."""
    return session.scalar(select(Round).order_by(Round.closed, Round.created.desc(), Round.id).limit(1))
