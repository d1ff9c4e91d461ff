"""The item sheets of a reviewer as a Word document, in the order of the criteria."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from api.export import wording
from api.export.docx_style import SETTLED, SOFT, WU_HAO, body, new_document, settled_bytes, write
from api.export.lookup import Lookup
from models.assessment import Assessment
from models.criteria import Criteria, Item

if TYPE_CHECKING:
    from docx.document import Document

SECTIONS: tuple[tuple[str, str], ...] = (
    ("strength", "优势"),
    ("improvement", "改进空间"),
    ("verify", "待现场核实"),
)


@dataclass(frozen=True, slots=True)
class SheetPoint:
    """One point on the sheet of an item. ``cites``: pages and names as printed."""

    item: str
    section: str
    text: str
    cites: tuple[str, ...]


def to_docx(title: str, assessment: Assessment, criteria: Criteria, points: Sequence[SheetPoint]) -> bytes:
    """All items, also those on whose sheet nothing stands; the same bytes for the same content."""
    document = new_document()
    _name(document, title)
    document.add_paragraph("条目评语", style="Title")
    _small(document, title, centred=True)
    years = "、".join(assessment.years.reporting) or "未能判断"
    _small(document, f"{criteria.title}　报告期 {years}", centred=True)
    lookup = Lookup(assessment)
    for chapter in criteria.chapters:
        document.add_heading(f"{chapter.id} {chapter.title}（{chapter.points} 分）", 1)
        for item in chapter.items:
            _item(document, item, lookup, [point for point in points if point.item == item.id])
    return settled_bytes(document)


def _item(document: Document, item: Item, lookup: Lookup, points: Sequence[SheetPoint]) -> None:
    document.add_heading(f"{item.id} {item.title}（{item.points} 分）", 2)
    _small(document, _found(item, lookup))
    for section, title in SECTIONS:
        own = [point for point in points if point.section == section and (point.text or point.cites)]
        if own:
            _small(document, title, keep=True)
        for number, point in enumerate(own, 1):
            where = f"（{'；'.join(point.cites)}）" if point.cites else ""
            body(document, f"{number}. {point.text.strip()}{where}")
    if not points:
        body(document, "（未写）")


def _found(item: Item, lookup: Lookup) -> str:
    """What the program found of the item, for the reader of the sheet; no judgement."""
    main = lookup.judged[0].id if lookup.judged else ""
    rows = lookup.rows(main, [indicator.id for indicator in item.indicators])
    found = "，".join(f"{row.indicator} {wording.SHORT_STATUSES[row.status]}" for row in rows)
    return f"程序找到的：{found}" if found else ""


def _name(document: Document, title: str) -> None:
    properties = document.core_properties
    properties.title, properties.subject = "条目评语", title[:200]
    properties.author = properties.last_modified_by = "ziping"
    properties.comments = properties.keywords = ""
    properties.created = properties.modified = SETTLED
    properties.language, properties.revision = "zh-CN", 1


def _small(document: Document, text: str, *, centred: bool = False, keep: bool = False) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    paragraph = document.add_paragraph()
    if centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    write(paragraph, text, WU_HAO, colour=SOFT)
    paragraph.paragraph_format.keep_with_next = keep
