"""What a person said is printed, and what is off the list is not asked for any more."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import openpyxl
from lxml import etree

from api.export.answers import answer_views, node_sentences
from api.export.coverage import cells
from api.export.html import to_html
from api.export.text import to_text
from api.export.xlsx import write_xlsx
from models.answers import Answer, Reply
from models.assessment import Assessment, NodeAnswer
from tests.api.assessments import CRITERIA, gold_assessment

SENTENCE = "本组织没有供应商<b>。"


def answered() -> Assessment:
    """A row and a point off the list, an answer that no longer applies, a passage and a figure set right."""
    whole = gold_assessment()
    node = Answer("node", "4.5.1", "not_applicable", SENTENCE)
    stale = Answer("passage", "p-gone", "wrong", "已改写。", indicators=())
    coverage = tuple(
        replace(
            r,
            status="not_applicable",
            passages=(),
            answers=(NodeAnswer("4.5.1", "not_applicable", SENTENCE),),
        )
        if r.indicator == "4.5.1"
        else replace(r, answers=(NodeAnswer("1.1.1-2", "elsewhere", "见附件。"),))
        if r.indicator == "1.1.1"
        else r
        for r in whole.coverage
    )
    kpi = replace(whole.kpis[0], corrected=("2019",))
    return replace(
        whole,
        coverage=coverage,
        kpis=(kpi, *whole.kpis[1:]),
        passages=(replace(whole.passages[0], corrected=("indicators",)), *whole.passages[1:]),
        answers=(Reply(stale, False, "段落 p-gone 不再适用。"), Reply(node, True, f"4.5.1 设施：{SENTENCE}")),
    )


def test_what_no_longer_applies_stands_last_and_says_so() -> None:
    views = answer_views(answered())
    assert [(view.kind, view.message) for view in views] == [
        ("不适用", f"4.5.1 设施：{SENTENCE}"),
        ("未采用", "段落 p-gone 不再适用。说明：已改写。"),
    ]


def test_a_sentence_of_a_point_names_the_point() -> None:
    row = next(r for r in answered().coverage if r.indicator == "1.1.1")
    assert node_sentences(row) == ("要点 1.1.1-2 以其他方式说明：见附件。",)


def test_nothing_is_asked_for_where_it_does_not_apply() -> None:
    row = next(r for r in answered().coverage if r.indicator == "4.5.1")
    assert not any(cell.expected for cell in cells(row))
    page = etree.fromstring(
        to_html(answered(), CRITERIA).replace("<!DOCTYPE html>", "").encode(), etree.HTMLParser()
    )
    section = "".join(page.xpath("//section[@id='i-4.5.1']")[0].itertext())
    assert f"不适用：{SENTENCE}" in section and "未找到回答" not in section


def test_the_page_says_what_a_person_set_right() -> None:
    page = to_html(answered(), CRITERIA)
    assert "由使用者更正" in page and "2019年由使用者更正" in page
    assert SENTENCE not in page, "a person's text stays text"
    assert 'href="#answers"' in page and 'id="answers"' in page
    assert 'id="answers"' not in to_html(gold_assessment(), CRITERIA)


def test_terminal_and_workbook_print_the_answers(tmp_path: Path) -> None:
    assert f"［不适用］4.5.1 设施：{SENTENCE}" in to_text(answered(), CRITERIA)
    write_xlsx(answered(), CRITERIA, tmp_path / "a.xlsx")
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    sheet = book["已作的说明与更正"]
    assert [cell.value for cell in sheet["A"]][1:] == ["不适用", "未采用"]
    title = [cell.value for cell in book["覆盖"][1]].index("使用者的说明")
    said = [row[title].value for row in book["覆盖"].iter_rows(min_row=2)]
    assert f"不适用：{SENTENCE}" in said


def test_many_answers_are_counted() -> None:
    many = replace(answered(), answers=answered().answers * 6)
    assert "…另有 4 条，见 HTML" in to_text(many, CRITERIA)
