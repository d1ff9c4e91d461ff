"""Makes small .docx packages from snippets of WordprocessingML, as Word and WPS write them."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

from ingest.docx.reader import read_docx
from models.document import Block, Document

REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMES = " ".join(
    f'xmlns:{prefix}="{uri}"'
    for prefix, uri in {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "r": REL,
        "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "wpg": "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
        "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
        "cx": "http://schemas.microsoft.com/office/drawing/2014/chartex",
        "dgm": "http://schemas.openxmlformats.org/drawingml/2006/diagram",
        "v": "urn:schemas-microsoft-com:vml",
        "o": "urn:schemas-microsoft-com:office:office",
    }.items()
)
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
PROSE = (
    "公司建立了覆盖全员的质量责任体系，每季度由质量管理部组织评审，并据此改进流程与指标，"
    "形成了持续改进的机制，效果稳定提升，员工参与面逐年扩大。"
)
"""A paragraph long enough to be taken for prose (made up)."""


def run(text: str, properties: str = "") -> str:
    marks = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{marks}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def para(content: str = "", properties: str = "", *, runs: str = "", look: str = "") -> str:
    """A paragraph of one text, or of ready-made ``runs``."""
    inner = runs or (run(content, look) if content else "")
    marks = f"<w:pPr>{properties}</w:pPr>" if properties else ""
    return f"<w:p>{marks}{inner}</w:p>"


def styled(text: str, style: str) -> str:
    return para(text, f'<w:pStyle w:val="{style}"/>')


def numbered(text: str, number: int, level: int = 0) -> str:
    return para(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def cell(content: str, properties: str = "") -> str:
    inner = content if content.startswith("<") else para(content)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>"


def row(*cells: str, properties: str = "") -> str:
    marks = f"<w:trPr>{properties}</w:trPr>" if properties else ""
    inner = (c if c.startswith("<w:tc>") or c.startswith("<w:sdt>") else cell(c) for c in cells)
    return f"<w:tr>{marks}{''.join(inner)}</w:tr>"


def table(*rows: str, properties: str = "") -> str:
    return f"<w:tbl><w:tblPr>{properties}</w:tblPr><w:tblGrid/>{''.join(rows)}</w:tbl>"


def control(content: str, gallery: str = "") -> str:
    part = f'<w:docPartObj><w:docPartGallery w:val="{gallery}"/></w:docPartObj>' if gallery else ""
    return f"<w:sdt><w:sdtPr>{part}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"


def field(code: str, result: str) -> str:
    """A complex field; ``result`` is ready-made runs."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {code} </w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{result}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def box(content: str) -> str:
    """A run with a text box as Word writes it: the shape, and the same text again for old programs."""
    held = f"<w:txbxContent>{content}</w:txbxContent>"
    return (
        "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wp:anchor><wp:docPr id='1'/>"
        f"<a:graphic><a:graphicData><wps:wsp><wps:txbx>{held}</wps:txbx></wps:wsp></a:graphicData></a:graphic>"
        "</wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>"
        f"{held}</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )


def picture(width: int = 3_600_000, height: int = 1_800_000, description: str = "") -> str:
    """A run with an inline picture; sizes in EMU (360,000 a centimetre)."""
    return (
        f'<w:r><w:drawing><wp:inline><wp:extent cx="{width}" cy="{height}"/>'
        f'<wp:docPr id="1" name="图片 1" descr="{description}"/><a:graphic><a:graphicData><pic:pic/>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def embedded(program: str) -> str:
    """A run with an embedded object of a program, and the picture that stands for it."""
    shape = '<v:shape style="width:200pt;height:100pt"><v:imagedata/></v:shape>'
    return f'<w:r><w:object>{shape}<o:OLEObject ProgID="{program}"/></w:object></w:r>'


def drawing(content: str) -> str:
    """A run with an inline drawing of something."""
    graphic = f"<a:graphic><a:graphicData>{content}</a:graphicData></a:graphic>"
    return f"<w:r><w:drawing><wp:inline>{graphic}</wp:inline></w:drawing></w:r>"


def chart_run(relation: str = "rIdChart") -> str:
    return drawing(f'<c:chart r:id="{relation}"/>')


def xml(name: str, content: str) -> str:
    """A part with one root element in all namespaces."""
    return f"{HEAD}<{name} {NAMES}>{content}</{name}>"


def style(identity: str, name: str, inner: str = "", based_on: str = "", *, default: bool = False) -> str:
    base = f'<w:basedOn w:val="{based_on}"/>' if based_on else ""
    mark = ' w:default="1"' if default else ""
    head = f'<w:style w:type="paragraph"{mark} w:styleId="{identity}"><w:name w:val="{name}"/>'
    return f"{head}{base}{inner}</w:style>"


STYLES = "".join(
    (
        style("a", "Normal", '<w:rPr><w:sz w:val="24"/></w:rPr>', default=True),
        style("1", "heading 1", '<w:pPr><w:outlineLvl w:val="0"/></w:pPr>', "a"),
        style("2", "heading 2", '<w:pPr><w:outlineLvl w:val="1"/></w:pPr>', "a"),
        style("3", "heading 3", '<w:pPr><w:outlineLvl w:val="2"/></w:pPr>', "a"),
        style("mine", "我的章", "", "1"),
        style("named", "一级标题", "", "a"),
        style("cap", "caption", "", "a"),
        style("title", "Title", "", "a"),
        style("toc1", "toc 1", "", "a"),
        style("tiny", "Tiny", '<w:rPr><w:sz w:val="1"/></w:rPr>', "a"),
    )
)


def write_docx(
    path: Path,
    body: str,
    *,
    numbering: str = "",
    styles: str = STYLES,
    parts: Mapping[str, tuple[str, str | bytes]] | None = None,
    background: str = "",
    extra: Sequence[tuple[str, bytes]] = (),
) -> Path:
    """``parts``: relationship type and content by path within ``word/``; ``extra``: other zip entries.

    A part's relationship id is rId with its file's stem (``rIdchart1``).
    """
    found = dict(parts or {})
    if styles:
        found["styles.xml"] = ("styles", xml("w:styles", styles))
    if numbering:
        found["numbering.xml"] = ("numbering", xml("w:numbering", numbering))
    links = "".join(
        f'<Relationship Id="rId{Path(name).stem}" Type="{REL}/{kind}" Target="{name}"/>'
        for name, (kind, _) in found.items()
    )
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", f"{HEAD}<Types/>")
        archive.writestr(
            "_rels/.rels",
            f'{HEAD}<Relationships xmlns="{package}"><Relationship Id="rId1" Type="{REL}/officeDocument" '
            'Target="word/document.xml"/></Relationships>',
        )
        archive.writestr("word/document.xml", xml("w:document", f"{background}<w:body>{body}</w:body>"))
        archive.writestr(
            "word/_rels/document.xml.rels", f'{HEAD}<Relationships xmlns="{package}">{links}</Relationships>'
        )
        for name, (_, content) in found.items():
            archive.writestr(f"word/{name}", content)
        for name, data in extra:
            archive.writestr(name, data)
    return path


def read(folder: Path, body: str, **more: object) -> Document:
    """Writes and reads a .docx."""
    return read_docx(write_docx(folder / "自评报告.docx", body, **more))  # type: ignore[arg-type]


def shown(blocks: Sequence[Block]) -> list[tuple[str, str]]:
    return [(block.kind, block.label) for block in blocks]
