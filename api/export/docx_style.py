"""The look of the gap list: A4, 标题黑体, 正文宋体小四, page numbers. Points and centimetres."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from typing import TYPE_CHECKING

from api.export.wording import printable

if TYPE_CHECKING:
    from docx.document import Document
    from docx.styles.style import ParagraphStyle
    from docx.text.paragraph import Paragraph
    from docx.text.run import Run

SONG, HEI, LATIN = "宋体", "黑体", "Times New Roman"
ER_HAO, SI_HAO, XIAO_SI, WU_HAO, XIAO_WU = 22, 14, 12, 10.5, 9
"""二号, 四号, 小四, 五号, 小五."""
INK, SOFT = "1A1A1A", "595959"
PAGE = (21.0, 29.7)
MARGINS = (2.4, 2.4, 2.2, 2.5)
"""Left, right, top, bottom."""
TEXT_WIDTH = PAGE[0] - MARGINS[0] - MARGINS[1]
SETTLED = datetime(1980, 1, 1)
"""The same content gives the same bytes: every time in a file is this one, the earliest a zip can hold."""
_THEMED = ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme")


def new_document() -> Document:
    """An empty document with our page and styles and nothing of the maker's template."""
    from docx import Document as New

    document: Document = New()
    _page(document)
    _defaults(document)
    _style(document, "Normal", SONG, XIAO_SI, (0, 20, 0))
    _style(document, "Title", HEI, ER_HAO, (0, 32, 6))
    _style(document, "Heading 1", HEI, SI_HAO, (14, 22, 6))
    _style(document, "Heading 2", HEI, XIAO_SI, (10, 20, 4))
    _numbered(document)
    return document


def _page(document: Document) -> None:
    from docx.shared import Cm

    section = document.sections[0]
    section.page_width, section.page_height = Cm(PAGE[0]), Cm(PAGE[1])
    section.left_margin, section.right_margin = Cm(MARGINS[0]), Cm(MARGINS[1])
    section.top_margin, section.bottom_margin = Cm(MARGINS[2]), Cm(MARGINS[3])
    section.footer_distance = Cm(1.4)


def _defaults(document: Document) -> None:
    """Our fonts in place of the theme's, and Chinese as the language, for line breaks and spelling."""
    from docx.oxml.ns import qn

    for element in document.styles.element.iter(qn("w:rFonts")):
        for name in _THEMED:
            element.attrib.pop(qn(f"w:{name}"), None)
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:eastAsia"), "zh-CN")


def _style(
    document: Document, name: str, font: str, size: float, heights: tuple[float, float, float]
) -> None:
    """``heights``: the space before, the line, and the space after."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt, RGBColor

    style: ParagraphStyle = document.styles[name]
    style.font.size, style.font.bold, style.font.italic = Pt(size), False, False
    style.font.color.rgb = RGBColor.from_string(INK)
    _fonts(style.element.get_or_add_rPr(), font)
    shape, (before, line, after) = style.paragraph_format, heights
    shape.space_before, shape.space_after, shape.line_spacing = Pt(before), Pt(after), Pt(line)
    shape.keep_with_next = name != "Normal"
    shape.widow_control = True
    if name == "Title":
        shape.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _plain(style)


def _plain(style: ParagraphStyle) -> None:
    """Without the rule under the title that the template draws."""
    from docx.oxml.ns import qn

    properties = style.element.get_or_add_pPr()
    for border in properties.findall(qn("w:pBdr")):
        properties.remove(border)


def _fonts(properties: object, font: str) -> None:
    """Latin and Chinese font of run properties; Word takes the Chinese one from its own attribute."""
    from docx.oxml.ns import qn

    fonts = properties.get_or_add_rFonts()  # type: ignore[attr-defined]
    for name in _THEMED:
        fonts.attrib.pop(qn(f"w:{name}"), None)
    for name, value in (("ascii", LATIN), ("hAnsi", LATIN), ("cs", LATIN), ("eastAsia", font)):
        fonts.set(qn(f"w:{name}"), value)


def write(
    paragraph: Paragraph, text: str, size: float | None = None, *, font: str = "", colour: str = ""
) -> Run:
    """A run of text in one of our fonts; without control characters, which a .docx cannot hold."""
    from docx.shared import Pt, RGBColor

    run = paragraph.add_run(printable(text))
    if size is not None:
        run.font.size = Pt(size)
    if font:
        _fonts(run._element.get_or_add_rPr(), font)
    if colour:
        run.font.color.rgb = RGBColor.from_string(colour)
    return run


def body(document: Document, text: str, *, indent: bool = True) -> Paragraph:
    """A paragraph of running text, its first line two characters in, as is usual."""
    from docx.shared import Pt

    paragraph = document.add_paragraph()
    write(paragraph, text)
    if indent:
        paragraph.paragraph_format.first_line_indent = Pt(2 * XIAO_SI)
    return paragraph


def _numbered(document: Document) -> None:
    """``第 1 页 共 6 页`` in the middle of the foot of each page."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    paragraph = document.sections[0].footer.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for before, field in (("第 ", "PAGE"), (" 页　共 ", "NUMPAGES")):
        write(paragraph, before, XIAO_WU, font=SONG, colour=SOFT)
        _field(paragraph, field)
    write(paragraph, " 页", XIAO_WU, font=SONG, colour=SOFT)


def _field(paragraph: Paragraph, instruction: str) -> None:
    """A field that Word fills in; a run for each of its parts, so that each keeps its look."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    def part(name: str, text: str = "", **attributes: str) -> None:
        element = OxmlElement(f"w:{name}")
        for key, value in attributes.items():
            element.set(qn(f"w:{key}"), value)
        element.text = text or None
        write(paragraph, "", XIAO_WU, font=SONG, colour=SOFT)._element.append(element)

    part("fldChar", fldCharType="begin")
    part("instrText", instruction)
    part("fldChar", fldCharType="separate")
    part("t", "1")
    part("fldChar", fldCharType="end")


def settled_bytes(document: Document) -> bytes:
    """The file without the moment of its making."""
    raw, settled = io.BytesIO(), io.BytesIO()
    document.save(raw)
    with zipfile.ZipFile(raw) as source, zipfile.ZipFile(settled, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, SETTLED.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, source.read(name))
    return settled.getvalue()
