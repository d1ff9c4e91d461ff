"""What a person said to the assessment, as it is printed in every output."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from models.answers_file import WORDS
from models.assessment import Assessment, Coverage

TITLE = "已作的说明与更正"
NOTICE = "以下出自填写者，程序未作核实；标“未采用”的已不再适用。"
_APART = "未采用"


@dataclass(frozen=True, slots=True)
class AnswerView:
    kind: str
    """不适用, 以其他方式说明, 识别有误, 已处理 or 未采用."""
    message: str


def answer_views(assessment: Assessment) -> tuple[AnswerView, ...]:
    """One line per answer, those that no longer apply last."""
    return tuple(sorted(_views(assessment), key=lambda view: view.kind == _APART))


def _views(assessment: Assessment) -> Iterator[AnswerView]:
    for reply in assessment.answers:
        answer = reply.answer
        own = answer.sentence if answer.about != "node" or not reply.applied else ""
        message = f"{reply.message}说明：{own}" if own else reply.message
        yield AnswerView(WORDS[answer.verdict] if reply.applied else _APART, message)


def node_sentences(row: Coverage) -> tuple[str, ...]:
    """``不适用：……``, for an indicator or one of its points."""
    return tuple(
        f"{'' if answer.node == row.indicator else f'要点 {answer.node} '}"
        f"{WORDS[answer.verdict]}：{answer.sentence}"
        for answer in row.answers
    )
