"""The gap list for the applicant as a Word document of at most ten pages."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from api.export.answers import NOTICE, TITLE
from api.export.docx_style import SETTLED, SOFT, WU_HAO, body, new_document, settled_bytes, write
from api.export.docx_table import Column, add_table
from api.export.gap_list import GapList, TaskGroup, gap_list
from models.assessment import Assessment
from models.criteria import Criteria

if TYPE_CHECKING:
    from docx.document import Document

_NAME = "缺口清单"
_NUMBERS = "一二三四五六"
_PARTS = (
    Column("部分", 2.4),
    Column("文件", 4.2),
    Column("范围", 2.9),
    Column("计入字数", 2.0, "right"),
    Column("上限", 2.0, "right"),
    Column("字数结论", 3.2),
)
_TASKS = (
    Column("序号", 1.3, "centre"),
    Column("条目", 2.8),
    Column("发现与建议", 8.0),
    Column("位置", 3.4),
    Column("办结", 1.3, "centre"),
)
_ITEMS = (
    Column("条目", 4.6),
    Column("分值", 1.5, "right"),
    Column("字数", 1.8, "right"),
    Column("指标覆盖", 2.6, "centre"),
    Column("尚未完全找到的指标", 6.3),
)


def write_docx(assessment: Assessment, criteria: Criteria, path: Path) -> None:
    """Writes the document. Raises OSError if the file cannot be written."""
    path.write_bytes(to_docx(assessment, criteria))


def to_docx(assessment: Assessment, criteria: Criteria) -> bytes:
    """The file, the same bytes for the same assessment."""
    told = gap_list(assessment, criteria)
    document = new_document()
    _name(document, told)
    _head(document, told)
    titles = iter(f"{number}、" for number in _NUMBERS)
    _checked(document, told, next(titles))
    _tasks(document, told, next(titles))
    if told.coverage:
        _coverage(document, told, next(titles))
    if told.answers:
        _answers(document, told, next(titles))
    _listed(document, next(titles) + "没有看到的", told.unseen)
    _listed(document, next(titles) + "怎样读这份清单", told.notes)
    return settled_bytes(document)


def _name(document: Document, told: GapList) -> None:
    properties = document.core_properties
    properties.title, properties.subject = _NAME, told.files[:200]
    properties.author = properties.last_modified_by = "ziping"
    properties.comments = properties.keywords = ""
    properties.created = properties.modified = SETTLED
    properties.language, properties.revision = "zh-CN", 1


def _head(document: Document, told: GapList) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    document.add_paragraph(_NAME, style="Title")
    for line in (told.files, *told.facts):
        paragraph = document.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        write(paragraph, line, WU_HAO, colour=SOFT)


def _checked(document: Document, told: GapList, number: str) -> None:
    document.add_heading(number + "检查了什么，怎样计字数", 1)
    rows = [(p.kind, p.file, p.extent, p.words, p.limit, p.verdict) for p in told.parts]
    add_table(document, _PARTS, rows)
    for sentence in told.counting:
        _small(document, sentence)


def _tasks(document: Document, told: GapList, number: str) -> None:
    document.add_heading(number + "要做的事", 1)
    counted = "，".join(f"{group.title} {group.count} 条" for group in told.groups)
    body(document, f"{counted}。每组之内，分值高的条目在前。")
    for group in told.groups:
        _group(document, group)


def _group(document: Document, group: TaskGroup) -> None:
    document.add_heading(f"{group.title}（{group.count} 条）", 2)
    if not group.count:
        body(document, "没有。")
        return
    _small(document, group.meaning, keep=True)
    rows = [
        (str(number), row.item, (row.message, row.advice), row.place, "□")
        for number, row in enumerate(group.rows, 1)
    ]
    if rows:
        add_table(document, _TASKS, rows)
    left = group.count - len(group.rows)
    if left:
        _small(document, f"{'另有' if rows else '共'} {left} 条未列在这里，见 HTML 页或 xlsx。")


def _coverage(document: Document, told: GapList, number: str) -> None:
    from docx.shared import Pt

    document.add_heading(number + "各条目的字数与覆盖", 1)
    for sentence in told.coverage:
        body(document, sentence).paragraph_format.space_after = Pt(4)
    for table in told.tables:
        if len(told.tables) > 1:
            document.add_heading(table.title, 2)
        rows = [(row.item, str(row.points), row.words or "—", row.status, row.open) for row in table.rows]
        add_table(document, _ITEMS, rows)


def _answers(document: Document, told: GapList, number: str) -> None:
    document.add_heading(number + TITLE, 1)
    _small(document, NOTICE, keep=True)
    columns = (Column("答复", 3.3), Column("内容", 13.5))
    add_table(document, columns, [(view.kind, view.message) for view in told.answers])
    if told.answers_left:
        _small(document, f"另有 {told.answers_left} 条，见 HTML 页。")


def _listed(document: Document, title: str, sentences: tuple[str, ...]) -> None:
    document.add_heading(title, 1)
    for sentence in sentences:
        body(document, sentence)


def _small(document: Document, text: str, *, keep: bool = False) -> None:
    from docx.shared import Pt

    paragraph = document.add_paragraph()
    write(paragraph, text, WU_HAO, colour=SOFT)
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(3)
    paragraph.paragraph_format.keep_with_next = keep
