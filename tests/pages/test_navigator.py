"""The reviewer's way: item by item by keys, corrections in two strokes, the sheet below."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from api.pages.routes import items
from api.pages.word_pages import office_is_here


@pytest.fixture
def item(visitor: Page, report: str) -> Page:
    visitor.goto(f"{report}/items/1.1")
    expect(visitor.locator(".card.current")).to_have_count(1)
    return visitor


def current(page: Page) -> str:
    return page.locator(".card.current").get_attribute("id") or ""


def test_keys_walk_through_passages_and_their_pages(item: Page) -> None:
    first = current(item)
    item.keyboard.press("j")
    second = current(item)
    assert second != first
    expect(item.locator(f"#box-{second}")).to_have_class(re.compile("current"))
    item.keyboard.press("k")
    assert current(item) == first


def test_brackets_digits_and_g_turn_items(item: Page) -> None:
    item.keyboard.press("]")
    item.wait_for_url(re.compile(r"/items/1\.2"))
    expect(item.locator(".card.current")).to_have_count(1)
    item.keyboard.press("[")
    item.wait_for_url(re.compile(r"/items/1\.1"))
    expect(item.locator(".card.current")).to_have_count(1)
    item.keyboard.press("3")
    item.wait_for_url(re.compile(r"/items/1\.1/1\.1\.3"))
    expect(item.locator(".card.current")).to_have_count(1)
    item.keyboard.press("g")
    item.keyboard.type("4.1.2")
    item.keyboard.press("Enter")
    item.wait_for_url(re.compile(r"/items/4\.1/4\.1\.2"))
    expect(item.locator("h1")).to_contain_text("员工绩效")


def test_indicator_is_set_right_in_two_strokes_and_undone(item: Page) -> None:
    passage = current(item)
    chip = item.locator(f"[id='{passage}'] .chip").first
    before = chip.inner_text()
    item.keyboard.press("i")
    item.keyboard.press("2")
    expect(item.locator(".toast")).to_contain_text("已改为")
    expect(item.locator(f"[id='{passage}'] .flag:has-text('已更正')")).to_have_count(1)
    assert item.locator(f"[id='{passage}'] .chip").first.inner_text() != before
    item.keyboard.press("u")
    expect(item.locator(".toast")).to_contain_text("已撤销")
    expect(item.locator(f"[id='{passage}'] .flag:has-text('已更正')")).to_have_count(0)
    assert item.locator(f"[id='{passage}'] .chip").first.inner_text() == before


def test_aspect_is_set_right_in_two_strokes(item: Page) -> None:
    passage = current(item)
    item.keyboard.press("a")
    item.keyboard.press("3")
    expect(item.locator(".toast")).to_contain_text("实施结果")
    group = item.locator("section.aspect", has=item.locator("h2:has-text('实施结果')"))
    expect(group.locator(f"[id='{passage}']")).to_have_count(1)
    item.keyboard.press("u")
    expect(item.locator(".toast")).to_contain_text("已撤销")


def test_passage_is_cited_and_the_point_saved_as_typed(item: Page, report: str) -> None:
    place = item.locator(".card.current").get_attribute("data-place") or ""
    item.keyboard.press("c")
    point = item.locator(".point").first
    expect(point.locator(".cites a").first).to_have_text(place)
    point.locator("textarea").fill("文化理念由董事长牵头提炼，三年复核一次。")
    expect(item.locator("#saved")).to_have_text("已保存")
    item.reload()
    expect(item.locator(".point textarea").first).to_have_value("文化理念由董事长牵头提炼，三年复核一次。")
    sheets = item.request.get(f"{report}/exports/sheets.docx")
    assert sheets.body().startswith(b"PK")
    item.locator(".point button:has-text('删去')").first.click()
    expect(item.locator(".point")).to_have_count(0)


def test_item_is_marked_as_done(item: Page) -> None:
    item.click("text=看完了")
    expect(item.locator(".tree .here b.done")).to_have_count(1)
    item.click("text=✓ 已看完")
    expect(item.locator(".tree .here b.done")).to_have_count(0)


def test_question_mark_shows_the_keys(item: Page) -> None:
    item.keyboard.press("?")
    expect(item.locator("#keys")).to_be_visible()
    item.keyboard.press("Escape")
    expect(item.locator("#keys")).not_to_be_visible()


def test_page_has_its_text_to_select(item: Page) -> None:
    words = item.locator("#leaf svg text").all_text_contents()
    assert len("".join(words)) > 100


def test_report_without_pages_is_shown_as_flowing_text(
    visitor: Page, report: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(items, "word_pages", lambda *_: None)  # as without LibreOffice
    visitor.goto(f"{report}/items/0.1?part=d1")
    expect(visitor.locator(".card").first).to_be_visible()
    expect(visitor.locator("#leaf .flow .here")).to_have_count(1)


@pytest.mark.skipif(not office_is_here(), reason="not here: LibreOffice")
def test_word_file_has_pages_where_libreoffice_is(visitor: Page, report: str) -> None:
    for _ in range(120):  # they are laid out when first asked for, beside the requests
        visitor.goto(f"{report}/items/0.1?part=d1")
        visitor.wait_for_load_state("networkidle")
        if visitor.locator("#leaf image").count():
            break
        visitor.wait_for_timeout(500)
    expect(visitor.locator("#leaf image")).to_have_count(1)
    expect(visitor.locator("#leaf figcaption")).to_contain_text("约")
    expect(visitor.locator("#leaf .box.current")).to_have_count(1)


def test_findings_are_folded_until_one_has_read_the_item(visitor: Page, report: str) -> None:
    visitor.goto(f"{report}/items/7.1")
    expect(visitor.locator("details.remarks")).to_have_attribute("open", "")
    visitor.click("text=自己看完之前先收起")
    expect(visitor.locator("details.remarks")).to_have_count(1)
    expect(visitor.locator("details.remarks[open]")).to_have_count(0)
    visitor.locator("details.remarks summary").click()
    visitor.click("text=总是展开程序的提示")
    expect(visitor.locator("details.remarks")).to_have_attribute("open", "")
