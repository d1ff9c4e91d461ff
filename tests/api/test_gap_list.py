"""The gap list as a Word document: what it says, its typography, its length, its bytes."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import pypdfium2
import pytest
from docx import Document
from docx.oxml.ns import qn

from api.export import wording
from api.export.docx import to_docx
from api.export.gap_list import gap_list
from models.answers import Answer, Reply
from models.assessment import Assessment, UnreadableFile
from tests.api.assessments import CRITERIA, empty_assessment, gold_assessment, only


@lru_cache(maxsize=1)
def written() -> bytes:
    return to_docx(gold_assessment(), CRITERIA)


def opened(content: bytes):  # type: ignore[no-untyped-def]
    return Document(io.BytesIO(content))


def text_of(content: bytes) -> str:
    document = opened(content)
    cells = (c.text for table in document.tables for row in table.rows for c in row.cells)
    return "\n".join([*(p.text for p in document.paragraphs), *cells])


def crowded() -> Assessment:
    """Far more of everything than ten pages hold, each thing different."""
    whole = gold_assessment()
    longer = tuple(
        replace(f, check=f"{f.check}-{n}", advice=f.advice + f"（{n}）", message=f.message * 3, id=f"f-{n}")
        for n in range(8)
        for f in whole.findings
    )
    answer = Answer("node", "4.5", "elsewhere", "见附件三中的说明。" * 8)
    replies = (Reply(answer, True, "4.5 基础设施 以其他方式说明：" + "见附件三中的说明。" * 8),) * 60
    files = tuple(
        UnreadableFile(f"附件{n}.pdf", "文件已损坏，不能读取，请重新导出后再检查。") for n in range(40)
    )
    return replace(whole, findings=longer, answers=replies, unreadable=files)


def test_it_says_what_was_checked_what_to_do_and_what_was_not_seen() -> None:
    text = text_of(written())
    whole = gold_assessment()
    for document in whole.documents:
        assert document.filename in text and f"{document.length.count:,}" in text
    for wanted in (*wording.SEVERITIES.values(), "怎样计字数", "没有看到的", "文件第31-32页", "57"):
        assert wanted in text
    for item in CRITERIA.items:
        assert f"{item.id} {item.title}" in text
    assert "缺失" not in text and "扣分" not in text


def test_groups_stand_in_the_order_of_the_digest() -> None:
    groups = gap_list(gold_assessment(), CRITERIA).groups
    assert [group.title for group in groups] == ["违反规定", "建议补充", "请核对"]
    assert all(group.count == len(group.rows) for group in groups), "all of it fits"


def test_a_yearly_report_alone_is_shown_by_items() -> None:
    told = gap_list(only("annual"), CRITERIA)
    assert len(told.tables[0].rows) == len(CRITERIA.items)
    assert not any(row.open for row in told.tables[0].rows)
    assert gap_list(empty_assessment(), CRITERIA).tables == ()


def test_words_of_each_item_stand_beside_its_coverage() -> None:
    whole = gold_assessment()
    report = next(d for d in whole.documents if d.kind == "report")
    told = replace(report, length=replace(report.length, by_item={"1.1": 4321}))
    documents = tuple(told if d is report else d for d in whole.documents)
    rows = gap_list(replace(whole, documents=documents), CRITERIA).tables[0].rows
    assert [row.words for row in rows if row.words] == ["4,321"]


def test_answers_are_printed() -> None:
    reply = Reply(Answer("node", "4.6", "not_applicable", "没有供应商。"), True, "4.6 不适用：没有供应商。")
    assert "4.6 不适用：没有供应商。" in text_of(
        to_docx(replace(gold_assessment(), answers=(reply,)), CRITERIA)
    )


def test_same_assessment_gives_the_same_bytes() -> None:
    content = written()
    assert content == to_docx(gold_assessment(), CRITERIA)
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"1980-01-01" in package.read("docProps/core.xml")
        assert b"python-docx" not in package.read("docProps/core.xml")


def test_chinese_typography() -> None:
    document = opened(written())
    fonts = {
        name: (
            document.styles[name].element.rPr.rFonts.get(qn("w:eastAsia")),
            document.styles[name].font.size.pt,
        )
        for name in ("Normal", "Title", "Heading 1", "Heading 2")
    }
    assert fonts["Normal"] == ("宋体", 12)
    assert {fonts[name][0] for name in ("Title", "Heading 1", "Heading 2")} == {"黑体"}
    assert not list(document.styles.element.iter(qn("w:asciiTheme")))
    section = document.sections[0]
    assert (round(section.page_width.cm, 1), round(section.page_height.cm, 1)) == (21.0, 29.7)
    footer = section.footer._element.xml
    assert "PAGE" in footer and "NUMPAGES" in footer
    for table in document.tables:
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None


def test_characters_that_word_cannot_hold_are_left_out() -> None:
    whole = gold_assessment()
    odd = replace(whole.findings[0], message="含有\x0b控制\ud800字符")
    assert "含有控制字符" in text_of(to_docx(replace(whole, findings=(odd,)), CRITERIA))


def test_what_is_left_out_is_counted() -> None:
    told = gap_list(crowded(), CRITERIA)
    errors, warnings, notes = told.groups
    assert len(errors.rows) == errors.count, "what breaks a rule is all there"
    assert len(notes.rows) < notes.count and told.answers_left
    text = text_of(to_docx(crowded(), CRITERIA))
    for group in (warnings, notes):
        left = group.count - len(group.rows)
        assert not left or f"{left} 条未列在这里" in text


@pytest.mark.skipif(shutil.which("soffice") is None, reason="not here: LibreOffice")
def test_it_has_at_most_ten_pages_however_much_is_found(tmp_path: Path) -> None:
    file = tmp_path / "缺口清单.docx"
    file.write_bytes(to_docx(crowded(), CRITERIA))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(file)]
    subprocess.run(command, check=True, capture_output=True)
    pages = pypdfium2.PdfDocument(file.with_suffix(".pdf"))
    assert 8 <= len(pages) <= 10
