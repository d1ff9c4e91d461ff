"""A draft beside an earlier one of the same submission."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from sqlalchemy import select

from api.export.diff_view import diff_view
from api.pages import carried, shelf
from api.pages.frame import report_page
from api.pages.opening import Shown
from api.refusals import NotFound
from api.service.context import Me, Reading, Service
from api.service.guard import seen_revisions
from api.service.needs import needs
from api.store.tables import Revision, Submission

router = APIRouter(include_in_schema=False)


@router.get("/submissions/{submission_id}/drafts", dependencies=[needs("view", "submission")])
def compare(
    request: Request, shown: Shown, me: Me, session: Reading, context: Service, old: int | None = None
) -> Response:
    """The shown draft beside the one of that number, or the one before."""
    report, now = shown.read, shown.revision
    assert now is not None  # noqa: S101 - a report has one
    earlier = session.scalars(
        select(Revision)
        .join(Submission, Revision.submission_id == Submission.id)
        .where(
            Revision.submission_id == shown.submission.id,
            Revision.number < now.number,
            Revision.assessment.is_not(None),
            seen_revisions(me),
        )
        .order_by(Revision.number.desc())
    ).all()
    chosen = next((one for one in earlier if old in (None, one.number)), None)
    if chosen is None:
        raise NotFound("没有可以对照的前一稿。")
    said = carried.answers(context, shown.tools, session, chosen, me)
    diff = shelf.compared(context, shown.tools, chosen.assessment or "", now.assessment or "", said)
    return report_page(
        request,
        shown,
        "drafts.html",
        "",
        view=diff_view(diff, report.criteria),
        numbers=[one.number for one in earlier],
        old=chosen.number,
    )
