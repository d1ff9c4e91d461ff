"""One yearly report for the office: all that is known of it, what is ticked for the letter, the letter."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from sqlalchemy.orm import Session

from api.annual.letter import Letter, LetterKind, letter_bytes, letter_lines, letter_title
from api.export import wording
from api.pages.opening import open_report
from api.pages.report import Report
from api.pages.views.annual import EVENTS, FIELDS, annual_view, ticked_findings
from api.pages.views.duties import SIGNS, asks_of, year_of
from api.pages.yearly import Yearly, beside, hints, open_yearly
from api.refusals import Conflict, Invalid, NotFound
from api.service import guard
from api.service.context import Context, Me, Reading, Service, Visiting, Writing, record, record_view
from api.service.needs import needs
from api.service.replies import attachment
from api.service.templates import page, redirect
from api.store import duties, submissions
from api.store.boards import Line
from api.store.tables import DutyMark, Person, Submission
from mapping.yearly.terms import load_terms

router = APIRouter(include_in_schema=False)
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_OFFICE = "质量管理奖评审办公室"
Text = Annotated[str, Form(max_length=200)]


@dataclass(frozen=True)
class Found:
    submission: Submission
    yearly: Yearly
    line: Line
    mark: DutyMark | None


@router.get("/submissions/{submission_id}/duty", dependencies=[needs("change", "duty")])
def show(
    request: Request, submission_id: str, me: Me, session: Reading, context: Service, visit: Visiting
) -> Response:
    found = _found(session, me, submission_id)
    record_view(context, visit, "view", f"submission:{submission_id}")
    cell = next(
        (
            cell
            for row in found.yearly.board.rows
            for cell in row.cells.values()
            if cell.line is not None and cell.line.submission == submission_id
        ),
        None,
    )
    report = _report(context, session, found)
    ticked = found.mark.ticked if found.mark else []
    whose = found.submission.organisation
    year = year_of(found.line)
    return page(
        request,
        "duty.html",
        base=f"/submissions/{submission_id}",
        submission=found.submission,
        line=found.line,
        mark=found.mark,
        year=year,
        cell=cell,
        asks=asks_of(found.line, year, (whose.name, *whose.former_names)) if year else [],
        report=report,
        view=annual_view(report, hints(context, found.line), ticked) if report else None,
        terms=load_terms(),
        signs=SIGNS,
        words=wording,
        events=EVENTS,
        fields=FIELDS,
        incidents=len(duties.incidents(session, whose)),
    )


@router.post("/submissions/{submission_id}/duty", dependencies=[needs("change", "duty")])
def change(
    submission_id: str, me: Me, session: Writing, visit: Visiting,
    finding: Annotated[list[str], Form()] = [],  # noqa: B006 - FastAPI copies it
    act: Text = "tick", until: Annotated[date | None, Form()] = None, covers: Text = "",
) -> Response:  # fmt: skip
    """Keeps the ticks, and what the officer did with the report."""
    found = _annual(guard.visible_submission(session, me, submission_id))
    row = duties.mark(session, found)
    row.ticked = list(dict.fromkeys(finding))[:500]
    if act == "ask":
        duties.ask(row, until)
    elif act in ("check", "uncheck"):
        duties.check(row, act == "check")
    elif act == "place":
        found.covers = _year(covers)
    name = {"ask": "duty-ask", "check": "duty-check", "uncheck": "duty-check"}.get(act, "duty-tick")
    detail = {"act": act, "ticked": len(row.ticked), "until": until.isoformat() if until else None}
    record(session, visit, name, f"submission:{submission_id}", **detail)
    if act in ("receipt", "correction"):
        return redirect(f"/submissions/{submission_id}/letter?kind={act}")
    return redirect(f"/submissions/{submission_id}/duty", "已保存。")


@router.get("/submissions/{submission_id}/letter", dependencies=[needs("change", "duty")])
def preview(
    request: Request, submission_id: str, me: Me, session: Reading, context: Service,
    kind: LetterKind = "receipt", office: str = _OFFICE, contact: str = "", until: str = "",
) -> Response:  # fmt: skip
    """The letter as it will be, with exactly what was ticked."""
    letter = _letter(context, session, me, submission_id, kind)
    letter = _signed(letter, office, contact, until)
    return page(
        request,
        "duty_letter.html",
        base=f"/submissions/{submission_id}",
        letter=letter,
        title_text=letter_title(letter),
        lines=letter_lines(letter),
        query=request.url.query,
    )


@router.get("/submissions/{submission_id}/letter/docx", dependencies=[needs("change", "duty")])
def download(
    submission_id: str, me: Me, session: Reading, context: Service, visit: Visiting,
    kind: LetterKind = "receipt", office: str = _OFFICE, contact: str = "", until: str = "",
) -> Response:  # fmt: skip
    letter = _signed(_letter(context, session, me, submission_id, kind), office, contact, until)
    record_view(
        context, visit, "letter", f"submission:{submission_id}", kind=kind, findings=len(letter.findings)
    )
    name = "回执" if kind == "receipt" else "请补正函"
    return attachment(letter_bytes(letter), _DOCX, f"{letter.organisation} {letter.year} 年度报告{name}.docx")


def _found(session: Session, me: Person, submission_id: str) -> Found:
    submission = _annual(guard.visible_submission(session, me, submission_id))
    yearly = open_yearly(session, me, submission.round, date.today())
    line = next((one for one in yearly.lines if one.submission == submission_id), None)
    if line is None:
        raise NotFound()
    return Found(submission, yearly, line, yearly.marks.get(submission_id))


def _annual(submission: Submission) -> Submission:
    if submission.kind != "annual":
        raise NotFound("这不是年度报告。")
    return submission


def _report(context: Context, session: Session, found: Found) -> Report | None:
    revision = submissions.last_frozen(session, found.submission)
    if revision is None or revision.assessment is None:
        return None
    report = open_report(context, context.tools_of(found.submission.round), revision)
    return replace(report, assessment=beside(context, found.yearly, found.line))


def _letter(context: Context, session: Session, me: Person, submission_id: str, kind: LetterKind) -> Letter:
    found = _found(session, me, submission_id)
    report = _report(context, session, found)
    year = year_of(found.line)
    if year is None:
        raise Conflict("还不知道这份报告所报告的年份，请先填写。")
    ticked = found.mark.ticked if found.mark else []
    findings = ticked_findings(report.assessment, report.criteria, ticked) if report else ()
    if kind == "correction" and not findings:
        raise Conflict("请先勾选要补正的事项。")
    return Letter(
        kind=kind,
        organisation=found.submission.organisation.name,
        year=year,
        office=_OFFICE,
        on=date.today(),
        received_on=found.submission.received_on,
        findings=findings,
        until=found.mark.until if found.mark else None,
    )


def _signed(letter: Letter, office: str, contact: str, until: str) -> Letter:
    """As the officer signs it."""
    try:
        day = date.fromisoformat(until) if until else letter.until
    except ValueError as error:
        raise Invalid("补正的日期应写成 2026-04-30 的样子。") from error
    return replace(letter, office=office.strip()[:200] or _OFFICE, contact=contact.strip()[:200], until=day)


def _year(text: str) -> str:
    plain = text.strip()
    if not (plain.isdecimal() and len(plain) == 4):
        raise Invalid("年份应是四位数，如 2020。")
    return plain
