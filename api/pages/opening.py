"""From an address to what a page shows: the submission that the visitor may see, and its report."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Literal

from fastapi import Depends
from sqlalchemy.orm import Session

from api.pages import carried, shelf
from api.pages.report import Report
from api.refusals import NotFound
from api.service.context import Context, Me, Reading, Service, Visiting, record_view
from api.service.guard import shown_revision, visible_submission
from api.store.tables import Person, Revision, Submission
from models.answers import Answer
from models.assessment import Assessment

if TYPE_CHECKING:
    from api.bootstrap import Tools


@dataclass(frozen=True)
class Opened:
    """A submission, the revision shown, and its report; None while it is not read."""

    submission: Submission
    revision: Revision | None
    report: Report | None
    tools: Tools
    """Those of its round."""

    @property
    def base(self) -> str:
        return f"/submissions/{self.submission.id}"

    @property
    def read(self) -> Report:
        """The report. Raises NotFound while there is none."""
        if self.report is None:
            raise NotFound("这份材料还没有检查完，请稍候再看。")
        return self.report


def open_submission(
    context: Context, session: Session, person: Person, identity: str, *, machine: bool = False
) -> Opened:
    """Raises NotFound. ``machine``: as the program read it, without what people set right."""
    submission = visible_submission(session, person, identity)
    revision = shown_revision(session, person, submission)
    tools, report = context.tools_of(submission.round), None
    if revision is not None and revision.assessment is not None:
        said = () if machine else carried.answers(context, tools, session, revision, person)
        report = open_report(context, tools, revision, said)
    return Opened(submission, revision, report, tools)


def _shown(
    submission_id: str,
    me: Me,
    session: Reading,
    context: Service,
    visit: Visiting,
    state: Literal["machine", "corrected"] = "corrected",
) -> Opened:
    """``state``: as the program read it, or with what people set right."""
    opened = open_submission(context, session, me, submission_id, machine=state == "machine")
    if opened.report is not None:
        record_view(context, visit, "view", f"submission:{submission_id}")
    return opened


Shown = Annotated[Opened, Depends(_shown)]
"""The submission of the address as its visitor may see it; that it was seen is in the audit."""


def open_report(context: Context, tools: Tools, revision: Revision, said: tuple[Answer, ...] = ()) -> Report:
    """The report of a revision that was read, with answers laid on it."""
    assert revision.assessment is not None  # noqa: S101
    assessment = (
        shelf.corrected(context, tools, revision.assessment, said)
        if said
        else shelf.assessment(context, revision.assessment)
    )
    return Report(
        base=f"/submissions/{revision.submission_id}",
        title=title_of(revision.submission, revision),
        number=revision.number,
        assessment=assessment,
        criteria=tools.criteria,
    )


def title_of(submission: Submission, revision: Revision | None) -> str:
    """The organisation, but on one's own machine the files."""
    if submission.organisation.name != "本机" or revision is None:
        return submission.organisation.name
    names = [file.filename for file in revision.files]
    return names[0] if len(names) == 1 else f"{names[0]} 等 {len(names)} 个文件" if names else "没有文件"


def machine(context: Context, shown: Opened) -> Assessment | None:
    """The assessment of the shown revision as the program made it."""
    made = shown.revision.assessment if shown.revision else None
    return shelf.assessment(context, made) if made else None
