"""What a person says of the reading: a passage set right, a finding done or wrong, a node answered."""

from __future__ import annotations

import json
from typing import Annotated

from fastapi import APIRouter, Form, Request, Response

from api.export import wording
from api.pages.frame import wants_json
from api.pages.opening import open_submission
from api.refusals import Invalid, NotFound
from api.service.context import Me, Service, Visiting, Writing, record
from api.service.guard import visible_submission
from api.service.needs import needs
from api.service.templates import redirect
from api.store import corrections
from api.store.tables import Correction
from models.answers import Answer

router = APIRouter(include_in_schema=False)
_SAID = {"handled": "已标为已处理。", "wrong": "已标为识别有误。", "open": "已恢复。"}


@router.post("/submissions/{submission_id}/corrections", dependencies=[needs("correct", "submission")])
def correct(
    request: Request, submission_id: str, me: Me, visit: Visiting, session: Writing, context: Service,
    passage: Annotated[str, Form()], indicator: Annotated[str, Form()] = "",
    aspect: Annotated[str, Form()] = "",
) -> Response:  # fmt: skip
    """Sets the indicator or the aspect of a passage right."""
    opened = open_submission(context, session, me, submission_id)
    found = opened.read.lookup.passage.get(passage)
    if found is None:
        raise NotFound("这一段在这一稿中已经没有了，请刷新页面。")
    earlier = _earlier(session_answers=corrections.answers(session, opened.submission, me), passage=passage)
    if indicator:
        known = opened.read.criteria.by_id
        if indicator != "none" and indicator not in known:
            raise Invalid("准则里没有这个指标。")
        right: tuple[str, ...] = () if indicator == "none" else (indicator,)
        answer = Answer("passage", passage, "wrong", indicators=right, aspect=earlier.aspect)
        said = f"已改为{'不回答任何指标' if not right else f' {indicator}'}。"
    elif aspect in wording.ASPECT_LABELS:
        answer = Answer("passage", passage, "wrong", indicators=earlier.indicators, aspect=aspect)
        said = f"已改为{wording.ASPECT_LABELS[aspect]}。"
    else:
        raise Invalid("请选择要改成的指标或方面。")
    row = corrections.say(session, opened.submission, me, answer)
    record(session, visit, "correct", f"submission:{submission_id}", target=passage)
    return _answered(request, opened.base, said, row)


@router.post("/submissions/{submission_id}/corrections/undo", dependencies=[needs("correct", "submission")])
def undo(
    request: Request, submission_id: str, me: Me, visit: Visiting, session: Writing,
    correction: Annotated[str, Form()] = "",
) -> Response:  # fmt: skip
    submission = visible_submission(session, me, submission_id)
    row = corrections.undo(session, submission, me, correction or None)
    record(session, visit, "undo", f"submission:{submission_id}", target=row.target)
    return _answered(request, f"/submissions/{submission_id}", "已撤销。", row)


@router.post("/submissions/{submission_id}/answers", dependencies=[needs("correct", "submission")])
def answer(
    request: Request, submission_id: str, me: Me, visit: Visiting, session: Writing,
    say: Annotated[str, Form()], findings: Annotated[str, Form()] = "", node: Annotated[str, Form()] = "",
    sentence: Annotated[str, Form(max_length=400)] = "",
) -> Response:  # fmt: skip
    """已处理, 识别有误 or 恢复 of findings; 不适用 or 以其他方式说明 of a node of the criteria."""
    submission = visible_submission(session, me, submission_id)
    row: Correction | None = None
    if node:
        if say not in ("not_applicable", "elsewhere"):
            raise Invalid("不能这样标记。")
        row = corrections.say(session, submission, me, Answer("node", node, say, sentence))  # type: ignore[arg-type]
    for finding in findings.split():
        if say == "open":
            corrections.withdraw(session, submission, me, "finding", finding)
        else:
            verdict = {"handled": "done"}.get(say, say)
            row = corrections.say(session, submission, me, Answer("finding", finding, verdict))  # type: ignore[arg-type]
    record(session, visit, "answer", f"submission:{submission_id}", say=say)
    return _answered(
        request, f"/submissions/{submission_id}#todo", _SAID.get(say, "已记下，会印在结果里。"), row
    )


def _earlier(session_answers: tuple[Answer, ...], passage: str) -> Answer:
    """What was said of a passage before, which a new correction of another side of it keeps."""
    found = [a for a in session_answers if a.about == "passage" and a.id == passage]
    return found[-1] if found else Answer("passage", passage, "wrong")


def _answered(request: Request, address: str, said: str, row: Correction | None) -> Response:
    if wants_json(request):
        body = {"id": row.id if row else None, "said": said}
        return Response(json.dumps(body, ensure_ascii=False), media_type="application/json")
    return redirect(address, said)
