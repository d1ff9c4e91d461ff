"""An assessment as a request asks for it: the machine's, or with the corrections that the visitor sees."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from fastapi import Depends, Query
from sqlalchemy.orm import Session

from api.pages import shelf
from api.refusals import Conflict
from api.service import guard
from api.service.context import Context, Me, Reading, Service, Visiting, record_view
from api.service.replies import Id
from api.store import corrections, job_views
from api.store.tables import Person, Revision
from models.assessment import Assessment
from models.criteria import Criteria

State = Annotated[
    Literal["machine", "corrected"],
    Query(description="machine：程序的结果；corrected：加上您能看到的更正和答复"),
]
_NOT_READ = "这一稿还没有检查完，请稍候再试。"
_FAILED = "这一稿没有检查成功：{}"


@dataclass(frozen=True, slots=True)
class Read:
    """A revision that was read, its assessment in the state that was asked for, and a tag of that state."""

    revision: Revision
    assessment: Assessment
    criteria: Criteria
    state: str
    tag: str


def read_revision(
    context: Context, session: Session, person: Person, revision_id: str, state: str = "machine"
) -> Read:
    """Raises NotFound for what may not be seen, Conflict while there is no assessment."""
    revision = guard.visible_revision(session, person, revision_id)
    if revision.assessment is None:
        job = job_views.progress(session, revision.id)
        failed = job is not None and job.status == "failed" and job.error
        raise Conflict(_FAILED.format(failed) if failed else _NOT_READ)
    tools = context.tools_of(revision.submission.round)
    criteria = tools.criteria
    if state == "machine":
        made = shelf.assessment(context, revision.assessment)
        return Read(revision, made, criteria, state, revision.assessment)
    rows = corrections.of_submission(session, revision.submission, person)
    said = tuple(corrections.to_answer(row) for row in rows)
    made = shelf.corrected(context, tools, revision.assessment, said)
    tag = "-".join((revision.assessment, *(row.id for row in rows)))
    return Read(revision, made, criteria, state, tag)


def _read(
    revision_id: Id, me: Me, session: Reading, context: Service, visit: Visiting, state: State = "machine"
) -> Read:
    read = read_revision(context, session, me, revision_id, state)
    record_view(context, visit, "view", f"revision:{revision_id}")
    return read


Asked = Annotated[Read, Depends(_read)]
"""The assessment of ``revision_id`` in the ``state`` asked for; its view is in the audit."""
