"""Search by words and meaning over what the visitor may see."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel

from api.service import searching
from api.service.context import Me, Reading, Service, Visiting, record_view
from api.service.needs import needs
from api.service.replies import Page, Paged, cut, list_reply
from api.service.searching import Hit

router = APIRouter(prefix="/api/v1", tags=["检索"])


class HitOut(BaseModel):
    submission: str
    organisation: str
    revision: str
    passage: str
    document: str
    page: int | None
    indicator: str | None
    aspect: str
    text: str
    score: float
    by: list[str]


@router.get("/search", response_model=Page[HitOut], dependencies=[needs("search", "passage")])
def search(
    request: Request,
    me: Me,
    session: Reading,
    context: Service,
    visit: Visiting,
    paging: Paged,
    q: Annotated[str, Query(min_length=1, max_length=200, description="要找的词句")],
    round_id: Annotated[str | None, Query(max_length=64)] = None,
    submission_id: Annotated[str | None, Query(max_length=64)] = None,
    indicator: Annotated[str | None, Query(max_length=16)] = None,
) -> Response:
    """在您能看到的材料中按词和按意思检索段落，最相近的在前。"""
    found = searching.search(
        context, session, me, q, round_id=round_id, submission_id=submission_id, indicator=indicator
    )
    record_view(context, visit, "search", "passages", hits=len(found))
    return list_reply(request, [_shape(hit) for hit in cut(found, paging)], len(found), paging)


def _shape(hit: Hit) -> HitOut:
    row = hit.passage
    return HitOut(
        submission=hit.submission,
        organisation=hit.organisation,
        revision=hit.revision,
        passage=row.passage,
        document=row.document,
        page=row.page,
        indicator=row.indicator,
        aspect=row.aspect,
        text=row.text,
        score=round(hit.score, 6),
        by=list(hit.by),
    )
