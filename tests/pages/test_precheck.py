"""The applicant's way: files dropped in, the result on one screen, each line answered."""

from __future__ import annotations

import json
import re
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.pages.site import OVERVIEW, Site


def test_files_brought_in_end_in_the_result(visitor: Page, site: Site) -> None:
    visitor.set_input_files("input[type=file]", [str(OVERVIEW)])
    expect(visitor.locator(".files li")).to_contain_text("组织概述.docx")
    visitor.click("text=开始检查")
    visitor.wait_for_url(re.compile("/submissions/"))
    expect(visitor.locator("h2#todo-h")).to_be_visible(timeout=60_000)
    expect(visitor.locator("table.parts")).to_contain_text("组织概述")


def test_bad_file_is_told_in_one_sentence(visitor: Page, site: Site, tmp_path: Path) -> None:
    bad = tmp_path / "说明.txt"
    bad.write_text("只是文字", encoding="utf-8")
    visitor.set_input_files("input[type=file]", [str(bad)])
    expect(visitor.locator(".files li")).to_contain_text("说明.txt")
    visitor.click("text=开始检查")
    expect(visitor.locator(".error")).to_contain_text("说明.txt")
    expect(visitor.locator(".error")).to_contain_text("docx")
    assert [fault[:8] for fault in site.faults] == ["415 POST"]
    site.faults.clear()


def test_what_is_on_the_screen_is_what_the_assessment_says(visitor: Page, report: str) -> None:
    told = json.loads(visitor.request.get(f"{report}/exports/json").body())
    visitor.goto(report)
    found = sum(row["document"] == "d2" and bool(row["passages"]) for row in told["coverage"])
    expect(visitor.locator(".glance")).to_contain_text(f"{found} / 57")
    counts = {d["kind"]: d["length"]["count"] for d in told["documents"]}
    expect(visitor.locator(".glance")).to_contain_text(f"{counts['report']:,}")
    expect(visitor.locator(".glance")).to_contain_text(f"{counts['overview']:,}")


def test_line_is_handled_and_comes_back(visitor: Page, report: str) -> None:
    visitor.goto(report)
    group = visitor.locator("#todo-warning")
    before = int(group.locator("h3 b").inner_text())
    message = group.locator(".message").first.inner_text()
    group.locator("button:has-text('已处理')").first.click()
    expect(visitor.locator(".flash")).to_contain_text("已处理")
    assert int(visitor.locator("#todo-warning h3 b").inner_text()) == before - 1
    visitor.locator("summary:has-text('已处理')").click()
    expect(visitor.locator("#todo-warning")).to_contain_text(message)
    visitor.locator("#todo-warning button:has-text('恢复')").first.click()
    assert int(visitor.locator("#todo-warning h3 b").inner_text()) == before


def test_indicator_that_does_not_apply_is_off_the_list_with_its_sentence(visitor: Page, report: str) -> None:
    visitor.goto(report)
    line = visitor.locator("li.finding:has-text('未找到回答')").first
    node = re.search(r"“(\d\.\d\.\d)", line.locator(".message").inner_text())
    assert node is not None
    line.locator("summary:has-text('不适用')").click()
    line.locator("input[name=sentence]").fill("本组织没有这项业务")
    line.locator("button:has-text('不适用')").click()
    expect(visitor.locator(".flash")).to_contain_text("已记下")
    expect(visitor.locator("#todo")).not_to_contain_text(f"未找到回答“{node[1]}")
    html = visitor.request.get(f"{report}/exports/html").text()
    assert "本组织没有这项业务" in html
    visitor.request.post(
        f"{report}/corrections/undo",
        headers={"X-CSRF-Token": visitor.get_attribute("meta[name=csrf]", "content") or ""},
    )


def test_every_line_leads_to_its_passages(visitor: Page, report: str) -> None:
    visitor.goto(report)
    addresses = visitor.eval_on_selector_all("#todo a[href]", "links => links.map(a => a.href)")
    assert addresses
    for address in dict.fromkeys(a.split("#")[0] for a in addresses):
        assert visitor.request.get(address).status == 200, address


def test_result_is_read_with_scripts_off(site: Site, report: str, browser: object) -> None:
    context = browser.new_context(java_script_enabled=False)  # type: ignore[attr-defined]
    site.enter(context)
    page = context.new_page()
    page.goto(report)
    expect(page.locator("#todo .message").first).to_be_visible()
    page.locator("summary:has-text('准则原文')").first.click()
    expect(page.locator(".asked li").first).to_be_visible()
    page.goto(f"{report}/items/1.1")
    expect(page.locator(".card").first).to_be_visible()
    expect(page.locator("#leaf image")).to_have_count(1)
    context.close()
