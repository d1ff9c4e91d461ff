"""Packages bent at random: each is read or refused with a sentence, and nothing is read twice."""

from __future__ import annotations

import os
import random
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from lxml import etree

from ingest.characters import solid
from ingest.docx.reader import read_docx
from models.document import Document
from models.errors import UnreadableFile
from tests.ingest.docx_builder import (
    PROSE,
    box,
    cell,
    control,
    field,
    numbered,
    para,
    picture,
    row,
    run,
    styled,
    table,
    write_docx,
    xml,
)

NUMBERING = (
    '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
    '<w:lvlText w:val="%1."/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
)
NOTES = xml("w:footnotes", f'<w:footnote w:id="1">{para("脚注")}</w:footnote>')
BODY = (
    para(runs=field('TOC \\o "1-3"', run("1 领导\t1")))
    + styled("1 领导", "1")
    + para(runs=run("正文") + '<w:r><w:footnoteReference w:id="1"/></w:r>' + box(para("框")))
    + numbered("条目", 1)
    + control(para(PROSE))
    + para("表1 指标")
    + table(
        row(cell("指标", '<w:vMerge w:val="restart"/>'), cell("年度", '<w:gridSpan w:val="2"/>')),
        row(cell("", "<w:vMerge/>"), "2018", cell(table(row("内")) + para("外"))),
    )
    + para(runs="<w:ins>" + run("新增") + "</w:ins><w:del><w:r><w:delText>删</w:delText></w:r></w:del>")
    + para(runs=run("隐", "<w:vanish/>") + picture())
    + para(
        runs='<w:r><w:lastRenderedPageBreak/><w:br w:type="page"/></w:r>' + run("末"),
        properties="<w:sectPr/>",
    )
)
FUZZ = settings(
    max_examples=int(os.environ.get("ZIPING_FUZZ", "60")),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@pytest.fixture(scope="module")
def rich(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A document with some of everything."""
    parts = {"footnotes.xml": ("footnotes", NOTES)}
    return write_docx(tmp_path_factory.mktemp("fuzz") / "a.docx", BODY, numbering=NUMBERING, parts=parts)


def read_or_refuse(path: Path) -> Document | None:
    try:
        return read_docx(path)
    except UnreadableFile as error:
        assert error.message
        return None


def test_the_unbent_document_closes(rich: Path) -> None:
    document = read_docx(rich)
    assert document.ledger.found == _in_blocks(document)
    assert {block.kind for block in document.blocks} >= {
        "contents",
        "heading",
        "table",
        "text_box",
        "footnote",
    }


@FUZZ
@given(seed=st.integers(0, 2**32), part=st.sampled_from(["document", "styles", "numbering", "footnotes"]))
@example(seed=0, part="document")
def test_bent_xml(rich: Path, tmp_path: Path, seed: int, part: str) -> None:
    path = tmp_path / "bent.docx"
    with zipfile.ZipFile(rich) as old, zipfile.ZipFile(path, "w") as new:
        for info in old.infolist():
            data = old.read(info)
            new.writestr(info.filename, _bent(data, seed) if info.filename == f"word/{part}.xml" else data)
    document = read_or_refuse(path)
    if document is not None:
        assert _in_blocks(document) <= document.ledger.found
        assert [block.index for block in document.blocks] == list(range(len(document.blocks)))


def _in_blocks(document: Document) -> int:
    return sum(solid(block.text) for block in document.blocks if block.kind != "picture")


def _bent(data: bytes, seed: int) -> bytes:
    """Some elements removed, doubled, moved or stripped, some values replaced."""
    choose = random.Random(seed)
    root = etree.fromstring(data)
    for _ in range(choose.randint(1, 6)):
        elements = [element for element in root.iter() if element is not root]
        if not elements:
            break
        _bend(choose.choice(elements), choose.choice(elements), choose)
    return etree.tostring(root)


def _bend(element: etree._Element, other: etree._Element, choose: random.Random) -> None:
    parent = element.getparent()
    assert parent is not None
    action = choose.randrange(5)
    if action == 0:
        parent.remove(element)
    elif action == 1:
        parent.append(etree.fromstring(etree.tostring(element)))
    elif action == 2 and other not in set(element.iter()) and element not in set(other.iterancestors()):
        other.append(element)
    elif action == 3 and element.attrib:
        name = choose.choice(sorted(str(key) for key in element.attrib))
        element.set(
            name, choose.choice(["", "-1", "99999999999", "x", "1.5", "NaN", "1e400", "begin", "end"])
        )
    else:
        element.text = choose.choice([None, "质量", " "])


@FUZZ
@given(seed=st.integers(0, 2**32), changes=st.integers(1, 20))
def test_bent_bytes(rich: Path, tmp_path: Path, seed: int, changes: int) -> None:
    choose = random.Random(seed)
    data = bytearray(rich.read_bytes())
    for _ in range(changes):
        data[choose.randrange(len(data))] = choose.randrange(256)
    path = tmp_path / "bent.docx"
    path.write_bytes(bytes(data))
    read_or_refuse(path)
