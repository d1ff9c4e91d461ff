"""What text a .docx holds: the final text, each piece once, and every character accounted for."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.length import ledger
from models.document import Document, Part
from tests.ingest.docx_builder import (
    PROSE,
    control,
    embedded,
    field,
    para,
    read,
    row,
    run,
    shown,
    styled,
    table,
    xml,
)

BEGIN = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
MIDDLE = '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
END = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
NESTED = (
    f"{BEGIN}<w:r><w:instrText> IF </w:instrText></w:r>{field('DOCPROPERTY a', run('内层'))}"
    f"<w:r><w:instrText> = 1 </w:instrText></w:r>{MIDDLE}{run('结果')}{END}"
)


def only_text(document: Document) -> str:
    (block,) = document.blocks
    return block.text


def closes(document: Document) -> bool:
    return ledger(Part("d1", "report", document, 0, len(document.blocks) - 1)).complete


@pytest.mark.parametrize(
    ("runs", "text"),
    [
        (run("质量") + run("管理", "<w:b/>"), "质量管理"),
        ("<w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:br/><w:t>丙</w:t></w:r>", "甲\t乙\n丙"),
        ("<w:r><w:t>甲</w:t><w:cr/><w:t>乙</w:t><w:ptab/><w:t>丙</w:t></w:r>", "甲\n乙\t丙"),
        ('<w:hyperlink w:anchor="x">' + run("见附录") + "</w:hyperlink>", "见附录"),
        (field("REF _Ref1 \\h", run("表1-1")), "表1-1"),
        (NESTED, "结果"),
        ('<w:fldSimple w:instr="AUTHOR">' + run("某某公司") + "</w:fldSimple>", "某某公司"),
        (run("保留") + "<w:ins>" + run("新增") + "</w:ins>", "保留新增"),
        (run("保留") + "<w:del><w:r><w:delText>删去</w:delText></w:r></w:del>", "保留"),
        ("<w:moveFrom>" + run("移走") + "</w:moveFrom><w:moveTo>" + run("移来") + "</w:moveTo>", "移来"),
        (control(run("控件里的字")), "控件里的字"),
        (
            "<w:smartTag>" + run("北京") + "</w:smartTag><w:customXml>" + run("市") + "</w:customXml>",
            "北京市",
        ),
        ("<w:r><w:t>A</w:t><w:noBreakHyphen/><w:t>B</w:t><w:softHyphen/><w:t>C</w:t></w:r>", "A-BC"),
        ('<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>', "√"),
        ('<w:r><w:sym w:font="Other" w:char="F041"/></w:r>', "\uf041"),
        ("<m:oMath><m:r><m:t>E=mc</m:t></m:r><m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:oMath>", "E=mc2"),
        (
            "<w:r><w:ruby><w:rt>"
            + run("zhì")
            + "</w:rt><w:rubyBase>"
            + run("质")
            + "</w:rubyBase></w:ruby></w:r>",
            "质",
        ),
        (run("页码", "<w:webHidden/>"), "页码"),
    ],
)
def test_the_final_text(tmp_path: Path, runs: str, text: str) -> None:
    document = read(tmp_path, para(runs=runs))
    assert only_text(document) == text
    assert closes(document)


def test_body_order_with_tables_and_controls(tmp_path: Path) -> None:
    body = para("前") + table(row("甲", "乙")) + control(para("中") + table(row("丙"))) + para("后")
    document = read(tmp_path, body)
    assert [block.text for block in document.blocks] == ["前", "甲\t乙", "中", "丙", "后"]
    assert [block.index for block in document.blocks] == [0, 1, 2, 3, 4]
    assert closes(document)


@pytest.mark.parametrize(
    "look", ["<w:vanish/>", '<w:sz w:val="1"/>', '<w:color w:val="FFFFFF"/>', '<w:color w:val="ffffff"/>']
)
def test_what_cannot_be_seen_is_apart(tmp_path: Path, look: str) -> None:
    document = read(tmp_path, para(runs=run("看得见") + run("看不见", look)))
    assert shown(document.blocks) == [("paragraph", "看得见"), ("invisible", "看不见")]
    assert document.blocks[1].anchor == 0
    assert [note.kind for note in document.notes] == ["invisible-text"]
    assert closes(document)


def test_a_style_can_hide_text(tmp_path: Path) -> None:
    assert shown(read(tmp_path, styled("看不见", "tiny")).blocks) == [("invisible", "看不见")]


@pytest.mark.parametrize(
    "body",
    [
        para("白字", "", look='<w:color w:val="FFFFFF"/><w:shd w:val="clear" w:fill="1F4E79"/>'),
        para("白字", '<w:shd w:val="clear" w:fill="1F4E79"/>', look='<w:color w:val="FFFFFF"/>'),
        para("白字", look='<w:color w:val="FFFFFF"/><w:highlight w:val="blue"/>'),
    ],
)
def test_white_text_on_a_ground_is_seen(tmp_path: Path, body: str) -> None:
    assert shown(read(tmp_path, body).blocks) == [("paragraph", "白字")]


def test_white_headers_of_coloured_cells_are_seen(tmp_path: Path) -> None:
    white = para("指标", look='<w:color w:val="FFFFFF"/>')
    ground = '<w:shd w:val="clear" w:fill="1F4E79"/>'
    coloured = f"<w:tc><w:tcPr>{ground}</w:tcPr>{white}</w:tc>"
    plain = f"<w:tc><w:tcPr/>{white}</w:tc>"
    assert shown(read(tmp_path, table(row(coloured))).blocks) == [("table", "指标")]
    assert shown(read(tmp_path, table(row(plain))).blocks) == [("invisible", "指标")]


def test_white_text_over_a_drawing_is_seen(tmp_path: Path) -> None:
    behind = '<w:r><w:drawing><wp:anchor behindDoc="1"><wp:docPr id="1"/></wp:anchor></w:drawing></w:r>'
    body = para(runs=behind + run("封面标题", '<w:color w:val="FFFFFF"/>'))
    assert shown(read(tmp_path, body).blocks) == [("paragraph", "封面标题")]


def test_fields_over_paragraphs_and_fields_without_end(tmp_path: Path) -> None:
    begin = BEGIN + '<w:r><w:instrText>HYPERLINK "x"</w:instrText></w:r>'
    whole = para(runs=begin + MIDDLE + run("甲")) + para(runs=run("乙") + END) + para("丙")
    broken = para(runs=begin + run("甲")) + para("乙")
    assert [b.text for b in read(tmp_path, whole).blocks] == ["甲", "乙", "丙"]
    assert [b.text for b in read(tmp_path, broken).blocks] == ["甲", "乙"]


def test_heads_and_feet_once_each(tmp_path: Path) -> None:
    head = xml("w:hdr", para("某公司自评报告"))
    foot = xml("w:ftr", para(runs=run("第 ") + field("PAGE", run("1")) + run(" 页")))
    parts = {
        "header1.xml": ("header", head),
        "header2.xml": ("header", head),
        "footer1.xml": ("footer", foot),
    }
    document = read(tmp_path, para("正文"), parts=parts)
    assert shown(document.blocks) == [
        ("paragraph", "正文"),
        ("margin", "某公司自评报告"),
        ("margin", "第 1 页"),
    ]
    assert closes(document)


def test_what_is_not_read_is_noted(tmp_path: Path) -> None:
    comments = xml("w:comments", f"<w:comment w:id='0'>{para('请补充数据')}</w:comment>")
    objects = para(runs=embedded("Excel.Sheet.12")) + para(runs=embedded("Equation.DSMT4"))
    body = para("正文") + '<w:altChunk r:id="x"/>' + objects
    document = read(tmp_path, body, parts={"comments.xml": ("comments", comments)})
    assert [note.kind for note in document.notes] == ["alt-chunk", "workbook", "formula", "comment"]
    assert [block.kind for block in document.blocks] == ["paragraph", "picture"]
    assert document.pictures == 1


def test_deleted_rows_and_cells_are_not_final(tmp_path: Path) -> None:
    gone = row("删行", "删行", properties="<w:del w:id='1'/>")
    cell_gone = "<w:tc><w:tcPr><w:cellDel w:id='2'/></w:tcPr>" + para("删格") + "</w:tc>"
    document = read(tmp_path, table(row("甲", "乙"), gone, row("丙", cell_gone)))
    assert document.blocks[0].text == "甲\t乙\n丙\t"
    assert closes(document)


def test_a_deleted_frame_is_gone_once(tmp_path: Path) -> None:
    gone = table(row(PROSE, properties="<w:del w:id='1'/>"))
    document = read(tmp_path, para("正文") + gone)
    assert shown(document.blocks) == [("paragraph", "正文")]
    assert closes(document)


def test_strict_and_utf16_packages_read_alike(tmp_path: Path) -> None:
    usual = read(tmp_path, para(PROSE))
    source = tmp_path / "自评报告.docx"
    for change in (_strict, _utf16):
        changed = tmp_path / "other.docx"
        _rewrite(source, changed, change)
        from ingest.docx.reader import read_docx

        assert [b.text for b in read_docx(changed).blocks] == [b.text for b in usual.blocks]


def _strict(data: bytes) -> bytes:
    return data.replace(
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
    )


def _utf16(data: bytes) -> bytes:
    return data.decode().replace('encoding="UTF-8"', 'encoding="UTF-16"').encode("utf-16")


def _rewrite(source: Path, target: Path, change: object) -> None:
    import zipfile

    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for info in old.infolist():
            data = old.read(info)
            main = info.filename == "word/document.xml"
            new.writestr(info.filename, change(data) if main else data)  # type: ignore[operator]
