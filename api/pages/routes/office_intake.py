"""Many files at once: looked through, confirmed by a person, then taken in for their organisations."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Form, Request, Response, UploadFile
from sqlalchemy import select
from sqlalchemy.orm import Session

from api.pages.frame import went
from api.pages.incoming import incoming
from api.pages.round_frame import round_page
from api.refusals import Invalid
from api.service import guard
from api.service.context import Context, Me, Reading, Service, Visiting, record
from api.service.needs import needs
from api.service.templates import redirect
from api.service.uploads import queue, sweep
from api.service.visit import Visit
from api.store import intakes, organisations, rounds, submissions
from api.store.contents import Kept
from api.store.submissions import KINDS
from api.store.tables import (
    Intake,
    IntakeFile,
    Organisation,
    Person,
    Revision,
    Round,
    StoredFile,
)
from models.errors import ZipingError

router = APIRouter(include_in_schema=False)
Text = Annotated[str, Form(max_length=200)]
Listed = Annotated[list[str], Form()]
Day = Annotated[date | None, Form()]
_ADD, _REPLACE = "add", "replace"


@router.get("/rounds/{round_id}/intake", dependencies=[needs("receive", "submission")])
def ask(request: Request, round_id: str, session: Reading, context: Service) -> Response:
    round_ = rounds.get_round(session, round_id)
    return round_page(
        request,
        round_,
        "intake.html",
        "/intake",
        waiting=intakes.waiting(session, round_.id),
        upload_mb=context.settings.upload_mb,
        kind="annual" if request.query_params.get("kind") == "annual" else "award",
    )


@router.post("/rounds/{round_id}/intake", dependencies=[needs("receive", "submission")])
def bring(
    request: Request, round_id: str, me: Me, context: Service, visit: Visiting,
    files: list[UploadFile], kind: Text = "award",
) -> Response:  # fmt: skip
    """Keeps the files and guesses whose they are; nothing is anyone's yet."""
    if kind not in KINDS:
        raise Invalid("请选择这一批材料的种类。")
    with context.database.reading() as session:
        rounds.get_round(session, round_id)
        known = list(session.scalars(select(Organisation)))
    found = incoming(context, files, kind, known)
    if not found:
        raise Invalid("没有文件。请选择文件、文件夹或 .zip。")
    try:
        with context.database.writing() as session:
            round_ = rounds.get_round(session, round_id)
            made = intakes.create(session, context.files, round_, me, found)
            record(session, visit, "intake", f"round:{round_.id}", files=len(found))
            address = f"/intakes/{made.id}"
    except Exception:
        sweep(context, [one.kept.sha256 for one in found if one.kept])
        raise
    return went(request, address)


@router.get("/intakes/{intake_id}", dependencies=[needs("receive", "submission")])
def show(request: Request, intake_id: str, me: Me, session: Reading) -> Response:
    intake = guard.visible_intake(session, me, intake_id)
    names = list(session.scalars(select(Organisation.name).order_by(Organisation.name)))
    return round_page(
        request,
        intake.round,
        "intake_files.html",
        "/intake",
        intake=intake,
        organisations=names,
        known=set(names),
        today=date.today(),
    )


@dataclass(frozen=True, slots=True)
class _Place:
    """Whose files, and as what."""

    organisation: str
    kind: str
    covers: str | None


@router.post("/intakes/{intake_id}", dependencies=[needs("receive", "submission")])
def confirm(
    intake_id: str, me: Me, context: Service, visit: Visiting,
    take: Listed = [], position: Listed = [], organisation: Listed = [],  # noqa: B006 - FastAPI copies them
    kind: Listed = [], covers: Listed = [],  # noqa: B006
    received_on: Day = None, existing: Text = _ADD, new: Text = "",
) -> Response:  # fmt: skip
    """Each organisation's files in a step of its own: what fails stays in the batch with its reason."""
    with context.database.writing() as session:
        intake = guard.visible_intake(session, me, intake_id)
        _remember(intake, position, organisation, kind, covers)
        round_id = intake.round_id
        places = _places(intake, {int(one) for one in take if one.isdecimal()})
    taken, failed = 0, 0
    for place, positions in places.items():
        try:
            with context.database.writing() as session:
                intake = guard.visible_intake(session, me, intake_id)
                files = [file for file in intake.files if file.position in positions]
                _take_in(context, session, visit, me, intake, place, files, received_on, existing, bool(new))
                intakes.settle(session, intake, positions)
            taken += len(positions)
        except ZipingError as error:
            failed += len(positions)
            _say(context, me, intake_id, positions, error.message)
    told = f"已收入 {taken} 个文件。" + (f"{failed} 个没有收入，原因见各行。" if failed else "")
    with context.database.reading() as session:
        left = session.get(Intake, intake_id)
    return redirect(f"/intakes/{intake_id}" if left else f"/rounds/{round_id}", told)


@router.post("/intakes/{intake_id}/drop", dependencies=[needs("receive", "submission")])
def drop(intake_id: str, me: Me, context: Service, visit: Visiting) -> Response:
    """Gives up what is left of a batch."""
    with context.database.writing() as session:
        intake = guard.visible_intake(session, me, intake_id)
        round_id = intake.round_id
        record(session, visit, "intake-drop", f"round:{round_id}", files=[f.filename for f in intake.files])
        hashes = intakes.drop(session, intake)
    sweep(context, hashes)
    return redirect(f"/rounds/{round_id}/intake", "这一批中剩下的文件已放弃。")


def _remember(
    intake: Intake, positions: list[str], names: list[str], kinds: list[str], years: list[str]
) -> None:
    """What the person set, so that it is still there if something fails."""
    files = {str(file.position): file for file in intake.files}
    for position, name, kind, year in zip(positions, names, kinds, years, strict=False):
        file = files.get(position)
        if file is None or kind not in KINDS:
            continue
        plain = year.strip()
        file.organisation, file.kind = " ".join(name.split())[:200], kind
        file.covers = plain if plain.isdecimal() and len(plain) == 4 else None


def _places(intake: Intake, chosen: set[int]) -> dict[_Place, set[int]]:
    places: dict[_Place, set[int]] = {}
    for file in intake.files:
        if file.position in chosen and file.sha256:
            covers = file.covers if file.kind == "annual" else None
            places.setdefault(_Place(file.organisation, file.kind, covers), set()).add(file.position)
    if not places:
        raise Invalid("没有勾选要收入的文件。")
    return places


def _take_in(
    context: Context, session: Session, visit: Visit, me: Person, intake: Intake, place: _Place,
    files: Iterable[IntakeFile], received_on: date | None, existing: str, new: bool,
) -> None:  # fmt: skip
    organisation = _organisation(session, visit, place.organisation, new)
    if place.kind == "annual" and place.covers is None:
        raise Invalid("请填写年度报告所报告的年份。")
    round_: Round = intake.round
    held = submissions.handed_in(session, organisation, round_, place.kind, place.covers)
    kept = [_kept(session, file.filename, file.sha256) for file in files]
    if held is not None and existing != _REPLACE:
        kept = _beside(session, submissions.last_frozen(session, held), kept)
    found = held or submissions.create(session, organisation, round_, place.kind, place.covers)
    day = received_on if _is_earlier(received_on, found.received_on) else None
    revision, receipt = submissions.take_in(session, context.files, found, kept, me, day)
    if place.covers and not revision.options:
        revision.options = {"covers": place.covers, "kind": "annual"}
    queue(context, session, revision.id)
    record(session, visit, "take-in", f"submission:{found.id}", receipt=receipt.number, files=len(kept))


def _is_earlier(day: date | None, known: date | None) -> bool:
    """A report that came in time is not late for what came after it: the first day stands."""
    return day is not None and (known is None or day < known)


def _organisation(session: Session, visit: Visit, name: str, new: bool) -> Organisation:
    if not name:
        raise Invalid("请填写组织名称。")
    found = organisations.named(session, name)
    if found is not None:
        return found
    if not new:
        raise Invalid(f"名录中没有“{name}”；请核对名称，或勾选“登记为新组织”。")
    made = organisations.create(session, name)
    record(session, visit, "create", f"organisation:{made.id}")
    return made


def _kept(session: Session, filename: str, sha256: str | None) -> Kept:
    row = session.get_one(StoredFile, sha256)
    return Kept(filename, row.sha256, row.size, row.type)


def _beside(session: Session, last: Revision | None, kept: list[Kept]) -> list[Kept]:
    """The files that were there, those of the same name replaced, and the new ones."""
    names = {one.filename for one in kept}
    held = last.files if last else []
    return [_kept(session, one.filename, one.sha256) for one in held if one.filename not in names] + kept


def _say(context: Context, me: Person, intake_id: str, positions: set[int], why: str) -> None:
    with context.database.writing() as session:
        for file in guard.visible_intake(session, me, intake_id).files:
            if file.position in positions:
                file.why = why
