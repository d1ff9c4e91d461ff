"""Award rounds. What a round lays down is fixed once its first assessment is made."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from api.refusals import Conflict, Invalid, NotFound
from api.store.tables import Group, Round, Submission

FIXED = ("criteria", "reporting_years", "limits", "counting", "checks")
"""What may not change once a round runs."""
CHANGEABLE = ("title", "deadline", "closed")
_KINDS = ("overview", "report", "annual")


def all_rounds(session: Session) -> list[Round]:
    return list(session.scalars(select(Round).order_by(Round.created.desc(), Round.id)))


def get_round(session: Session, round_id: str) -> Round:
    """Raises NotFound."""
    found = session.get(Round, round_id)
    if found is None:
        raise NotFound()
    return found


def is_running(round_: Round) -> bool:
    """Whether an assessment of the round was made: from then on engine, encoder and checks are fixed."""
    return bool(round_.engine)


def create(session: Session, values: Mapping[str, Any]) -> Round:
    """Raises Invalid or Conflict with what does not fit."""
    round_ = Round(title="", criteria="")
    _set(session, round_, values)
    session.add(round_)
    session.flush()
    return round_


def change(session: Session, round_: Round, values: Mapping[str, Any]) -> dict[str, list[Any]]:
    """Sets what differs; gives what changed, old and new, for the audit. Raises Invalid or Conflict."""
    before = {name: getattr(round_, name) for name in values}
    touched = [name for name in values if before[name] != values[name]]
    if is_running(round_) and (fixed := [name for name in touched if name in FIXED]):
        raise Conflict(f"这一届已经开始检查材料，不能再改 {'、'.join(fixed)}；需要不同的设置时请另建一届。")
    _set(session, round_, {name: values[name] for name in touched})
    session.flush()
    return {name: [_plain(before[name]), _plain(values[name])] for name in touched}


def _set(session: Session, round_: Round, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        if name not in (*FIXED, *CHANGEABLE):
            raise Invalid(f"届次没有 {name} 这一项。")
        setattr(round_, name, value)
    round_.title = round_.title.strip()
    if not round_.title or len(round_.title) > 200:
        raise Invalid("请写明届次名称（200 字以内）。")
    with session.no_autoflush:
        same = session.scalar(select(Round.id).where(Round.title == round_.title, Round.id != round_.id))
    if same is not None:
        raise Conflict("已有同名的届次，请换一个名称。")
    _check_limits(round_.limits or {})
    _check_counting(round_.counting or {})
    if not all(re.fullmatch(r"\d{4}", str(year)) for year in round_.reporting_years or []):
        raise Invalid("报告期应是四位数的年份。")


def _check_limits(limits: Mapping[str, Any]) -> None:
    for kind, limit in limits.items():
        if kind not in _KINDS:
            raise Invalid(f"字数上限的材料种类应是 {'、'.join(_KINDS)} 之一。")
        words = limit.get("limit") if isinstance(limit, Mapping) else None
        if not isinstance(words, int) or isinstance(words, bool) or not 0 < words < 10_000_000:
            raise Invalid("字数上限应是正整数。")
        _check_source(limit)


def _check_counting(counting: Mapping[str, Any]) -> None:
    if not counting:
        return
    if not isinstance(counting.get("charts"), bool):
        raise Invalid("计数规则要写明图表是否计入（charts：true 或 false）。")
    _check_source(counting)


def _check_source(rule: Mapping[str, Any]) -> None:
    source = rule.get("source")
    if not isinstance(source, str) or not source.strip():
        raise Invalid("每条规则都要写明出处（source），如通知的名称和条款。")


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value


def counts(session: Session, round_id: str) -> dict[str, int]:
    """Number of submissions by status, drafts too."""
    asked = (
        select(Submission.status, func.count())
        .where(Submission.round_id == round_id)
        .group_by(Submission.status)
    )
    return {row[0]: row[1] for row in session.execute(asked)}


def groups(session: Session, round_id: str) -> list[Group]:
    return list(session.scalars(select(Group).where(Group.round_id == round_id).order_by(Group.title)))
