"""Winners of a round: listed by hand or from the office's list, with extensions and what ended a duty."""

from __future__ import annotations

import json
import tempfile
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, Form, Request, Response, UploadFile
from sqlalchemy import select
from sqlalchemy.orm import Session

from api.pages.round_frame import round_page
from api.refusals import Conflict, Invalid
from api.service.context import Reading, Service, Visiting, Writing, record
from api.service.needs import needs
from api.service.templates import redirect
from api.service.visit import Visit
from api.store import duties, organisations, rounds
from api.store.contents import safe_name
from api.store.tables import Organisation, Round
from models.duty import Winner

router = APIRouter(include_in_schema=False)
Text = Annotated[str, Form(max_length=500)]
Day = Annotated[date | None, Form()]
_MOST = 2 << 20
_ROWS = 2000


@router.get("/rounds/{round_id}/winners", dependencies=[needs("change", "duty")])
def index(request: Request, round_id: str, session: Reading) -> Response:
    round_ = rounds.get_round(session, round_id)
    return round_page(
        request,
        round_,
        "duties_winners.html",
        "/duties",
        winners=duties.winners(session, round_.id),
        organisations=list(session.scalars(select(Organisation.name).order_by(Organisation.name))),
        today=date.today(),
    )


@router.post("/rounds/{round_id}/winners", dependencies=[needs("change", "duty")])
def add(
    round_id: str, session: Writing, visit: Visiting,
    organisation: Text = "", award: Text = "", award_year: Text = "", obliged: Text = "",
) -> Response:  # fmt: skip
    round_ = rounds.get_round(session, round_id)
    found = organisations.named(session, organisation)
    if found is None:
        raise Invalid("没有这个组织，请先在“组织”中登记。")
    made = duties.add_winner(session, round_, found, _year(award_year), award, bool(obliged))
    record(session, visit, "create", f"round:{round_.id}", winner=found.id, award_year=made.award_year)
    return redirect(f"/rounds/{round_.id}/winners", f"已加入“{found.name}”。")


@router.post("/rounds/{round_id}/winners/preview", dependencies=[needs("change", "duty")])
def preview(request: Request, round_id: str, session: Reading, file: UploadFile) -> Response:
    """The rows of a list with what is wrong about them; nothing is kept yet."""
    from api.annual.winners import read_winners

    round_ = rounds.get_round(session, round_id)
    content = file.file.read(_MOST + 1)
    if len(content) > _MOST:
        raise Invalid("名单太大，请只保留名单所在的工作表（2 MB 以内）。")
    with tempfile.TemporaryDirectory(prefix="ziping-") as folder:
        path = Path(folder, safe_name(file.filename or "名单.xlsx"))
        path.write_bytes(content)
        made = read_winners(path)
    held = {one.organisation.name for one in duties.winners(session, round_.id)}
    rows = [(one, organisations.named(session, one.name), one.name in held) for one in made.roll.winners]
    plain = json.dumps([asdict(one) for one in made.roll.winners], ensure_ascii=False, default=str)
    return round_page(
        request, round_, "duties_preview.html", "/duties", rows=rows, faults=made.faults, plain=plain
    )


@router.post("/rounds/{round_id}/winners/import", dependencies=[needs("change", "duty")])
def bring(
    round_id: str, context: Service, visit: Visiting, rows: Annotated[str, Form(max_length=_MOST)] = ""
) -> Response:
    """The rows that were looked through: new organisations are registered, winners that are there stay."""
    listed = _listed(rows)
    with context.database.writing() as session:
        round_ = rounds.get_round(session, round_id)
        added = sum(_bring_one(session, visit, round_, one) for one in listed)
        record(session, visit, "import", f"round:{round_.id}", winners=added)
    told = f"已导入 {added} 个获奖组织。" + (
        f"{len(listed) - added} 个已经在名单中。" if added < len(listed) else ""
    )
    return redirect(f"/rounds/{round_id}/winners", told)


@router.post("/winners/{winner_id}", dependencies=[needs("change", "duty")])
def change(
    winner_id: str, session: Writing, visit: Visiting,
    award: Text = "", award_year: Text = "", obliged: Text = "", withdrawn: Day = None,
) -> Response:  # fmt: skip
    """What the office was told: the program itself never withdraws an award."""
    found = duties.get_winner(session, winner_id)
    before = found.withdrawn
    found.award, found.award_year = award.strip(), _year(award_year)
    found.obliged, found.withdrawn = bool(obliged), withdrawn
    action = "award-withdraw" if withdrawn != before else "change"
    detail = {"winner": found.id, "obliged": found.obliged, "withdrawn": withdrawn and withdrawn.isoformat()}
    record(session, visit, action, f"organisation:{found.organisation_id}", **detail)
    return redirect(f"/rounds/{found.round_id}/winners", "已保存。")


@router.post("/winners/{winner_id}/extension", dependencies=[needs("change", "duty")])
def extend(
    winner_id: str, session: Writing, visit: Visiting, year: Text = "", until: Day = None, reason: Text = ""
) -> Response:
    found = duties.get_winner(session, winner_id)
    if until is None:
        raise Invalid("请写明延期到哪一天。")
    duties.extend(session, found, _year(year), until, reason)
    detail = {"year": year, "until": until.isoformat(), "reason": reason.strip()}
    record(session, visit, "duty-extend", f"organisation:{found.organisation_id}", **detail)
    return redirect(f"/rounds/{found.round_id}/winners", "已延期。")


def _year(text: str) -> int:
    plain = text.strip()
    if not (plain.isdecimal() and len(plain) == 4):
        raise Invalid("年份应是四位数，如 2020。")
    return int(plain)


def _listed(rows: str) -> list[Winner]:
    """The rows of the preview's form. Raises Invalid for others."""
    from models.codec import from_json

    try:
        plain: list[Any] = json.loads(rows)
        listed = [from_json(Winner, one) for one in plain[:_ROWS]]
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise Invalid("名单没有读成，请重新选择文件。") from error
    if not listed:
        raise Invalid("名单中没有可以导入的组织。")
    return listed


def _bring_one(session: Session, visit: Visit, round_: Round, one: Winner) -> bool:
    """Whether the winner was new."""
    found = organisations.named(session, one.name)
    if found is None:
        found = organisations.create(session, one.name, one.former)
        record(session, visit, "create", f"organisation:{found.id}")
    try:
        made = duties.add_winner(session, round_, found, one.award_year, one.award, one.obliged)
    except Conflict:
        return False
    made.withdrawn = one.withdrawn
    for extension in one.extensions:
        duties.extend(session, made, extension.year, extension.until, extension.reason)
    return True
