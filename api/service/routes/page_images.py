"""Pages of the files as images, with the boxes of the passages on them."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Request, Response
from pydantic import BaseModel

from api.pages.sheets_of_files import sheet
from api.refusals import NotFound
from api.service.context import Service
from api.service.needs import needs
from api.service.reading import Asked, Read
from api.service.replies import content_reply, content_tag, reply
from models.assessment import DocumentRecord
from models.document import BBox
from models.errors import MissingPath
from models.sheet import Sheet

router = APIRouter(prefix="/api/v1/assessments/{revision_id}/documents/{document}/pages", tags=["页面图像"])
DocumentId = Annotated[str, Path(pattern=r"^d\d{1,4}$", description="部分的编号，如 d1")]
Number = Annotated[int, Path(ge=1, le=100_000, description="文件页码，从 1 起")]


class BoxOut(BaseModel):
    passage: str
    kind: str
    bbox: BBox


class PageOut(BaseModel):
    """Measures in PDF points from the top left corner."""

    page: int
    pages: int
    width: float
    height: float
    image: str
    boxes: list[BoxOut]


@router.get("/{page}", response_model=PageOut, dependencies=[needs("view", "submission")])
def get_page(request: Request, read: Asked, document: DocumentId, page: Number, context: Service) -> Response:
    """一页的大小、图像地址，和页上各段落的位置。"""
    shown = _sheet(context, read, document, page)
    boxes = [
        BoxOut(passage=passage.id, kind=passage.kind, bbox=passage.bbox)
        for passage in read.assessment.passages
        if passage.document == document and passage.page == page and passage.bbox is not None
    ]
    image = f"/api/v1/assessments/{read.revision.id}/documents/{document}/pages/{page}/image"
    body = PageOut(
        page=shown.page,
        pages=shown.pages,
        width=shown.width,
        height=shown.height,
        image=image,
        boxes=boxes,
    )
    return reply(request, body)


@router.get(
    "/{page}/image",
    dependencies=[needs("view", "submission")],
    responses={200: {"content": {"image/jpeg": {}}, "description": "页面图像"}},
)
def get_page_image(
    request: Request, read: Asked, document: DocumentId, page: Number, context: Service
) -> Response:
    """页面图像（JPEG）；同一文件的同一页不变，浏览器可以保留。"""
    shown = _sheet(context, read, document, page)
    answer = content_reply(request, shown.image, "image/jpeg", content_tag(shown.image))
    answer.headers["Cache-Control"] = "private, max-age=86400"
    return answer


def _sheet(context: Service, read: Read, document: str, page: int) -> Sheet:
    found: DocumentRecord | None = next((d for d in read.assessment.documents if d.id == document), None)
    if found is None or (found.pages is not None and page > found.pages):
        raise NotFound("没有这一页。")
    try:
        return sheet(context, read.revision, found, page)
    except MissingPath as error:
        raise NotFound(error.message) from None
