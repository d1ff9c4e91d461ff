"""Where the program took a part for another: kinds and bounds set by hand, and read again."""

from __future__ import annotations

import re
from dataclasses import dataclass

from fastapi import APIRouter, Request, Response

from api.pages.frame import report_page
from api.pages.opening import Shown
from api.pages.report import Report
from api.refusals import Conflict, Invalid
from api.service.context import Me, Service, Visiting, Writing, record
from api.service.guard import visible_submission
from api.service.needs import needs
from api.service.templates import redirect
from api.store import submissions
from api.store.contents import Kept

router = APIRouter(include_in_schema=False)
_KINDS = ("overview", "report", "annual", "evidence")
_YEARS = re.compile(r"20\d\d")


@dataclass(frozen=True, slots=True)
class Place:
    """A heading that a part can begin with, and the block before the next one, with which it can end."""

    text: str
    first: int
    last: int


@router.get("/submissions/{submission_id}/parts", dependencies=[needs("change", "submission")])
def show(request: Request, shown: Shown) -> Response:
    report = shown.read
    return report_page(
        request,
        shown,
        "parts.html",
        "",
        several=len({d.sha256 for d in report.lookup.documents}) > 1,
        parts={d.kind: d for d in report.lookup.documents},
        places=_places(report),
        years="、".join(report.assessment.years.reporting)
        if report.assessment.years.origin == "given"
        else "",
    )


@router.post("/submissions/{submission_id}/parts", dependencies=[needs("change", "submission")])
async def change(
    request: Request, shown: Shown, me: Me, visit: Visiting, session: Writing, context: Service
) -> Response:
    """The same files as a new revision, with what the person set."""
    fields = {key: value for key, value in (await request.form()).items() if isinstance(value, str)}
    options = _options(fields)
    if shown.revision is None:
        raise Conflict("还没有文件。")
    submission = visible_submission(session, me, shown.submission.id)
    kept = [
        Kept(f.filename, f.sha256, context.files.path(f.sha256).stat().st_size, "")
        for f in shown.revision.files
    ]
    revision = submissions.add_revision(session, context.files, submission, kept, options, me)
    if context.queue is not None:
        context.queue.put(session, revision.id)
    record(session, visit, "parts", f"submission:{submission.id}")
    return redirect(shown.base)


def _options(fields: dict[str, str]) -> dict[str, object]:
    options: dict[str, object] = {}
    if years := sorted(set(_YEARS.findall(fields.get("years", "")))):
        options["years"] = years
    if fields.get("kind"):
        options["kind"] = fields["kind"]
    parts = {}
    for kind in _KINDS:
        first, last = fields.get(f"{kind}-0", ""), fields.get(f"{kind}-1", "")
        if first.isdecimal() and last.isdecimal():
            if int(last) < int(first):
                raise Invalid("一个部分的止处在起处之前，请核对。")
            parts[kind] = [int(first), int(last)]
    if parts:
        options["parts"] = parts
    return options


def _places(report: Report) -> tuple[Place, ...]:
    """Headings of the first two levels of the only file, in their order, with its start and end."""
    documents = report.lookup.documents
    end = max((d.blocks[1] for d in documents), default=0)
    heads = sorted(
        {(h.paragraph, h.text) for h in report.assessment.headings if h.level <= 2} | {(0, "文件开头")}
    )
    after = [first for first, _ in heads[1:]] + [end + 1]
    return tuple(Place(text, first, last - 1) for (first, text), last in zip(heads, after, strict=True))
