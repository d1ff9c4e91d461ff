"""Letters of the office to an organisation: receipt of a yearly report, or what is to be set right."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from api.export.wording import printable
from models.assessment import Finding

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

LetterKind = Literal["receipt", "correction"]
_Align = Literal["LEFT", "CENTER", "RIGHT", "JUSTIFY"]
_TITLES: dict[LetterKind, str] = {
    "receipt": "关于收到{year}年度《卓越绩效自我评价报告》的回执",
    "correction": "关于请补正{year}年度《卓越绩效自我评价报告》的函",
}
_SMALL_FOUR, _TITLE = 12.0, 18.0
_BODY_FONT, _TITLE_FONT, _LATIN = "仿宋", "黑体", "Times New Roman"


@dataclass(frozen=True, slots=True)
class Letter:
    """``findings`` are those that the officer ticked, in the order in which they are to be told."""

    kind: LetterKind
    organisation: str
    year: int
    office: str
    on: date
    received_on: date | None = None
    findings: tuple[Finding, ...] = ()
    until: date | None = None
    """Day by which the corrected report is asked for."""
    contact: str = ""


def letter_lines(letter: Letter) -> tuple[str, ...]:
    """The paragraphs between title and signature, for a preview; each finding is one of them."""
    came = f"于{_day(letter.received_on)}" if letter.received_on else ""
    report = f"你单位{came}提交的{letter.year}年度《卓越绩效自我评价报告》"
    lines = [f"{letter.organisation or '　　　　　　'}："]
    if letter.kind == "receipt":
        lines.append(f"{report}已收到，特此回执。")
        if letter.findings:
            lines.append("阅读中注意到以下事项，请核对，供今后完善时参考：")
    else:
        lines.append(f"{report}已收到。经核对，请就以下事项补正或说明：")
    lines += [
        f"{number}.{finding.message}{finding.advice}" for number, finding in enumerate(letter.findings, 1)
    ]
    if letter.kind == "correction":
        until = f"于{_day(letter.until)}前" if letter.until else "尽快"
        lines.append(f"请{until}将补正后的报告提交我办。如认为上述事项有误，请一并说明。")
    if letter.contact:
        lines.append(f"联系方式：{letter.contact}")
    return tuple(lines)


def letter_title(letter: Letter) -> str:
    return _TITLES[letter.kind].format(year=letter.year)


def write_letter(letter: Letter, path: Path) -> None:
    """Writes the letter as .docx. Raises OSError if the file cannot be written."""
    path.write_bytes(letter_bytes(letter))


def letter_bytes(letter: Letter) -> bytes:
    from docx import Document as New

    document = New()
    _page(document)
    _paragraph(document, letter_title(letter), _TITLE_FONT, _TITLE, align="CENTER", after=_TITLE)
    first, *others = letter_lines(letter)
    _paragraph(document, first, _BODY_FONT, _SMALL_FOUR)
    for line in others:
        _paragraph(document, line, _BODY_FONT, _SMALL_FOUR, indent=True, align="JUSTIFY")
    signed = _paragraph(document, letter.office, _BODY_FONT, _SMALL_FOUR, align="RIGHT")
    _points(signed.paragraph_format, "space_before", 2 * _SMALL_FOUR)
    _paragraph(document, _day(letter.on), _BODY_FONT, _SMALL_FOUR, align="RIGHT")
    content = BytesIO()
    document.save(content)
    return content.getvalue()


def _page(document: Document) -> None:
    """A4 with the margins of official letters (GB/T 9704: 37, 35, 28 and 26 mm)."""
    from docx.shared import Mm

    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    document.core_properties.author = "ziping"


def _paragraph(
    document: Document,
    text: str,
    font: str,
    size: float,
    *,
    indent: bool = False,
    align: _Align = "LEFT",
    after: float = 0.0,
) -> Paragraph:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml.ns import qn
    from docx.shared import Pt

    paragraph = document.add_paragraph()
    run = paragraph.add_run(printable(text))
    run.font.size, run.font.name = Pt(size), _LATIN
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
    layout = paragraph.paragraph_format
    layout.alignment = getattr(WD_ALIGN_PARAGRAPH, align)
    layout.line_spacing = 1.5
    _points(layout, "space_after", after)
    if indent:
        _points(layout, "first_line_indent", 2 * size)
    return paragraph


def _points(layout: Any, name: str, points: float) -> None:
    from docx.shared import Pt

    setattr(layout, name, Pt(points))


def _day(when: date | None) -> str:
    return f"{when.year}年{when.month}月{when.day}日" if when else ""
