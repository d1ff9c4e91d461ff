"""The sentences that reconcile the count with Word's and a PDF's with its .docx."""

from __future__ import annotations

from dataclasses import replace

from api.export.length import reconciling
from models.assessment import DocumentRecord
from tests.api.assessments import only


def document() -> DocumentRecord:
    return only("report").documents[0]


def test_what_word_counts_otherwise_is_named() -> None:
    record = document()
    length = replace(
        record.length,
        by_part={"body": 100, "tables": 20, "text_boxes": 5, "footnotes": 0, "charts": 3},
        excluded={"contents": 640, "headers_footers": 0, "invisible": 0},
    )
    (sentence,) = reconciling(replace(record, length=length))
    assert "默认不含文本框、图表" in sentence
    assert "不含目录（640 字）" in sentence


def test_a_pdf_says_why_it_differs_from_its_docx() -> None:
    sentences = reconciling(replace(document(), format="pdf"))
    assert "自动编号" in sentences[-1] and "0.5%" in sentences[-1]
