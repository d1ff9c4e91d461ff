"""Two drafts as a page and in the terminal."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import jsonschema
from lxml import etree

from api.columns import COLUMNS, width
from api.export.diff_html import to_html
from api.export.diff_text import to_text
from api.export.diff_view import diff_view, signed
from mapping.drafts import compare
from models.assessment import Assessment
from models.codec import from_json, schema, to_json
from models.diff import DraftDiff
from tests.api.assessments import CRITERIA, gold_assessment
from tests.conftest import ROOT


def second_draft() -> Assessment:
    """The gold report with a passage changed, one gone, one new, one moved, a figure and a length changed."""
    whole = gold_assessment()
    passages = list(whole.passages)
    report = [p for p in passages if p.document == "d2" and p.kind == "paragraph" and len(p.text) > 60]
    changed = replace(report[0], id="p-changed", text=report[0].text.replace("，", "，并", 1) + "每年复核。")
    passages[passages.index(report[0])] = changed
    passages.remove(report[4])
    moved = report[9]
    passages.remove(moved)
    passages.insert(passages.index(report[40]), moved)
    passages.insert(
        passages.index(report[20]), replace(report[20], id="p-fresh", text="新写的一段，讲新的制度。")
    )
    series = whole.kpis[0]
    year = max(series.values)
    kpis = (replace(series, values={**series.values, year: series.values[year] + 1}), *whole.kpis[2:])
    documents = tuple(
        replace(d, length=replace(d.length, count=d.length.count + 66, by_item={"1.1": 900}))
        for d in whole.documents
    )
    return replace(
        whole, passages=tuple(passages), kpis=kpis, documents=documents, findings=whole.findings[3:]
    )


@lru_cache(maxsize=1)
def drafts() -> DraftDiff:
    return compare(gold_assessment(), second_draft(), CRITERIA)


def parsed(diff: DraftDiff) -> etree._Element:
    return etree.fromstring(
        to_html(diff, CRITERIA).replace("<!DOCTYPE html>", "").encode(), etree.HTMLParser()
    )


def test_the_page_shows_every_kind_of_change() -> None:
    page = parsed(drafts())
    for kind in ("added", "removed", "changed", "moved"):
        assert len(page.xpath(f"//article[contains(@class, 'c-{kind}')]")) == 1
    assert "每年复核。" in "".join(page.xpath("//ins//text()"))
    text = "".join(page.itertext())
    assert "+66" in text and "已解决3" in text.replace("\n", "").replace(" ", "")


def test_links_lead_somewhere_and_nothing_comes_from_outside() -> None:
    page = parsed(drafts())
    identities = Counter(page.xpath("//@id"))
    assert [name for name, times in identities.items() if times > 1] == []
    assert [link for link in page.xpath("//@href") if link.removeprefix("#") not in identities] == []
    assert page.xpath("//script|//link|//img|//iframe|//@style|//@src") == []
    assert not re.search(r"https?://", to_html(drafts(), CRITERIA))


def test_text_of_the_report_stays_text() -> None:
    whole = gold_assessment()
    hostile = "<script>alert('&')</script>\x00"
    new = replace(whole, passages=(replace(whole.passages[0], id="p-x", text=hostile), *whole.passages[1:]))
    page = parsed(compare(whole, new, CRITERIA))
    assert page.xpath("//script") == []
    assert "<script>alert('&')</script>" in "".join(page.itertext())


def test_drafts_that_are_equal_say_so() -> None:
    same = compare(gold_assessment(), gold_assessment(), CRITERIA)
    assert "段落：没有变化" in to_text(same, CRITERIA)
    assert parsed(same).xpath("//article") == []


def test_the_terminal_fits_and_shows_the_words() -> None:
    text = to_text(drafts(), CRITERIA)
    assert max(map(width, text.splitlines())) <= COLUMNS
    for wanted in ("增加 1", "删去 1", "改写 1", "移动 1", "每年复核", "已解决 3 条", "指标数据", "1.1 +900"):
        assert wanted in text


def test_long_unchanged_stretches_are_left_out() -> None:
    (change,) = [c for row in diff_view(drafts(), CRITERIA).indicators for c in row.changes if c.edits]
    assert all(len(edit.text) < 90 for edit in change.edits)


def test_signs() -> None:
    assert [signed(n) for n in (1200, -1200, 0)] == ["+1,200", "−1,200", "不变"]


def test_json_reads_back_and_fits_its_schema(golden: Callable[[Path, str], None]) -> None:
    data = json.loads(json.dumps(to_json(drafts()), ensure_ascii=False))
    assert from_json(DraftDiff, data) == drafts()
    jsonschema.validate(data, schema(DraftDiff))
    golden(
        ROOT / "docs" / "diff.schema.json", json.dumps(schema(DraftDiff), ensure_ascii=False, indent=1) + "\n"
    )
