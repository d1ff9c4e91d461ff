"""What stands around every page of a report: its tabs, and what its visitor may do."""

from __future__ import annotations

import json
from typing import Any

from fastapi import Request, Response

from api.export import wording
from api.pages.opening import Opened
from api.service.guard import may
from api.service.templates import page, redirect
from api.service.visit import visit_of

_TABS = (
    ("", "概览"),
    ("/items", "逐条"),
    ("/kpis", "指标数据"),
    ("/text", "全文"),
    ("/search", "搜索"),
)


def report_page(request: Request, opened: Opened, template: str, tab: str, **values: Any) -> Response:
    """A page of one report. ``tab``: the path of the way of looking at it."""
    person = visit_of(request).person
    assert person is not None  # noqa: S101 - the route needs somebody
    title = next(title for path, title in _TABS if path == tab)
    return page(
        request,
        template,
        report=opened.read,
        submission=opened.submission,
        revision=opened.revision,
        words=wording,
        state=request.query_params.get("state", "corrected"),
        corrected=sum(reply.applied for reply in opened.read.assessment.answers),
        tab_title=title,
        tabs=[{"path": path, "title": name, "here": path == tab} for path, name in _TABS],
        may_correct=may(person, "correct", "submission"),
        may_answer=may(person, "correct", "submission"),
        may_note=may(person, "note", "submission"),
        may_adjust=may(person, "change", "submission") and opened.submission.status == "draft",
        **values,
    )


def wants_json(request: Request) -> bool:
    """Whether a script asked, which wants to know what was done instead of a page."""
    return request.headers.get("accept", "").startswith("application/json")


def went(request: Request, address: str) -> Response:
    """After an upload: a script that watched it is told where to go, a browser is sent there."""
    if wants_json(request):
        return Response(json.dumps({"href": address}), 201, media_type="application/json")
    return redirect(address)
