"""KPI series, whole text, search, exports; every page is free of what axe finds."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

PAGES = (
    ("", "light"),
    ("", "dark"),
    ("/items/1.1", "dark"),
    ("/items/7.1/7.1.1", "light"),
    ("/items/0.1?part=d1", "light"),
    ("/kpis", "dark"),
    ("/text", "light"),
    ("/search?q=顾客", "dark"),
    ("/parts", "light"),
    ("/new", "dark"),
)


@pytest.mark.parametrize(("path", "scheme"), PAGES)
def test_axe_finds_nothing(visitor: Page, report: str, path: str, scheme: str) -> None:
    visitor.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    visitor.goto(f"{report}{path}")
    visitor.wait_for_load_state("networkidle")
    found = Axe().run(visitor).response["violations"]
    assert [(v["id"], v["nodes"][0]["html"][:160]) for v in found] == []


def test_first_page_and_axe(visitor: Page) -> None:
    assert Axe().run(visitor).response["violations"] == []


def test_narrow_screen_has_no_sideways_scrolling(visitor: Page, report: str) -> None:
    visitor.set_viewport_size({"width": 390, "height": 800})
    for path in ("", "/text", "/search?q=顾客"):
        visitor.goto(f"{report}{path}")
        assert visitor.evaluate("document.documentElement.scrollWidth") <= 390, path


def test_value_opens_its_cell_on_its_page(visitor: Page, report: str) -> None:
    visitor.goto(f"{report}/kpis?item=7.1")
    visitor.locator("a.v").first.click()
    expect(visitor.locator("#leaf .box.current")).to_have_count(1)
    expect(visitor.locator("#leaf image")).to_have_count(1)


def test_value_is_set_right_and_undone(visitor: Page, report: str) -> None:
    visitor.goto(f"{report}/kpis?item=7.1")
    visitor.locator("tr[data-kpi] th a").first.click()
    visitor.locator("input[name=v-2019]").fill("0.99")
    visitor.click("text=保存更正")
    expect(visitor.locator(".flash")).to_contain_text("已更正 1 处")
    expect(visitor.locator("tr[data-kpi]").first).to_contain_text("0.99")
    visitor.locator("tr[data-kpi] th a").first.click()
    visitor.click("text=撤销上一次更正")
    visitor.goto(f"{report}/kpis?item=7.1")
    expect(visitor.locator("tr[data-kpi]").first).not_to_contain_text("0.99")


def test_value_is_set_right_in_its_place(visitor: Page, report: str) -> None:
    visitor.goto(f"{report}/kpis?item=7.2")
    visitor.wait_for_load_state("networkidle")
    visitor.keyboard.press("j")
    row = visitor.locator("tr[data-kpi]").first
    expect(row).to_be_focused()
    visitor.keyboard.press("e")
    visitor.keyboard.press("Escape")
    expect(row.locator("td input:not([type])")).to_have_count(0)
    visitor.keyboard.press("e")
    row.locator("td input:not([type])").last.fill("77.7")
    visitor.keyboard.press("Enter")
    expect(row).to_contain_text("77.7")
    visitor.click(".toast button")
    expect(row).not_to_contain_text("77.7")


def test_number_that_is_none_is_refused(visitor: Page, report: str, site: object) -> None:
    visitor.goto(f"{report}/kpis?item=7.1")
    visitor.locator("tr[data-kpi] th a").first.click()
    visitor.locator("input[name=v-2019]").fill("很高")
    visitor.click("text=保存更正")
    expect(visitor.locator("main")).to_contain_text("不是数")
    site.faults.clear()  # type: ignore[attr-defined]


def test_chosen_series_are_drawn_together(visitor: Page, report: str) -> None:
    visitor.goto(f"{report}/kpis?item=7.1")
    for tick in visitor.locator("input[name=k]").all()[:3]:
        tick.check()
    visitor.click("text=对比所选")
    expect(visitor.locator("figure.chart polyline")).to_have_count(3)


def test_text_is_whole_and_marked(visitor: Page, report: str) -> None:
    visitor.goto(f"{report}/text")
    marked = visitor.locator(".margin-mark b").all_text_contents()
    assert {text.split(".")[0] for text in marked} == set("1234567")
    visitor.locator(".margin-mark a").first.click()
    visitor.wait_for_url(re.compile("/items/"))


def test_search_finds_words_and_what_means_the_same(visitor: Page, report: str) -> None:
    visitor.goto(report)
    visitor.keyboard.press("/")
    visitor.wait_for_url(re.compile("/search"))
    visitor.fill("input[type=search]", "安全 演练")
    visitor.keyboard.press("Enter")
    expect(visitor.locator(".hits mark").first).to_be_visible()
    visitor.locator(".hits a").first.click()
    expect(visitor.locator(":target")).to_have_count(1)


@pytest.mark.parametrize(
    ("format_", "start"),
    [("docx", b"PK"), ("xlsx", b"PK"), ("html", b"<!DOCTYPE"), ("csv", b"\xef\xbb\xbf"), ("json", b"{")],
)
def test_exports(visitor: Page, report: str, format_: str, start: bytes) -> None:
    answer = visitor.request.get(f"{report}/exports/{format_}")
    assert answer.status == 200
    assert answer.headers["content-disposition"].startswith("attachment")
    assert answer.body().startswith(start)
