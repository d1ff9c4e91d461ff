"""A reviewer's whole day in the service: signs in, reads, corrects, cites, exports, hands back, signs out."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, expect

from api.store import contents, job_views, people, submissions
from api.store.tables import Assignment, Organisation, Round, now
from tests.pages.site import OVERVIEW, REPORT, Site, running

PASSWORD = "a quiet day of reading"  # noqa: S105 - of a person who is made for a test


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with running(tmp_path_factory.mktemp("service"), local=False) as site:
        yield site


@pytest.fixture(scope="module")
def assigned(service: Site) -> str:
    """Id of a submission that was handed in, read, and given to the reviewer."""
    context = service.context
    kept = [
        contents.keep(context.files, path.name, [path.read_bytes()], 1 << 30) for path in (REPORT, OVERVIEW)
    ]
    with context.database.writing() as session:
        organisation = Organisation(name="示例公司")
        round_ = Round(title="第三届", criteria="bjqa-2020")
        session.add_all([organisation, round_])
        session.flush()
        reviewer = people.add_person(session, "reviewer", "王评审", "reviewer", PASSWORD, must_change=False)
        submission = submissions.create(session, organisation, round_, "award")
        revision = submissions.add_revision(session, context.files, submission, kept, {}, reviewer)
        submission.status, submission.submitted, revision.frozen = "submitted", now(), now()
        session.add(Assignment(submission_id=submission.id, person_id=reviewer.id, place={}))
        assert context.queue is not None
        context.queue.put(session, revision.id)
        identity, made = submission.id, revision.id
    while True:
        with context.database.reading() as session:
            view = job_views.progress(session, made)
        if view is not None and view.over:
            assert view.status == "done", view.error
            return identity
        time.sleep(0.1)


def test_a_day(service: Site, assigned: str, context: BrowserContext, page: Page, tmp_path: Path) -> None:
    service.watch(page)
    page.goto(f"{service.address}/submissions/{assigned}")
    page.fill("input[name=login]", "reviewer")
    page.fill("input[name=password]", PASSWORD)
    page.click("button:has-text('登录')")
    page.wait_for_url(f"**/submissions/{assigned}")

    page.goto(service.address)
    expect(page.locator("tbody")).to_contain_text("示例公司")
    expect(page.locator("tbody")).to_contain_text("未看")
    assert Axe().run(page).response["violations"] == []
    page.click("text=开始")
    page.wait_for_url(re.compile("/items/1.1"))
    expect(page.locator(".card.current")).to_have_count(1)

    page.keyboard.press("j")
    passage = page.locator(".card.current").get_attribute("id")
    page.keyboard.press("i")
    page.keyboard.press("2")
    expect(page.locator(".toast")).to_contain_text("已改为")
    expect(page.locator(f"[id='{passage}'] .flag:has-text('已更正')")).to_have_count(1)

    page.keyboard.press("c")
    point = page.locator(".point").first
    point.locator("textarea").fill("方法有责任部门和周期，值得肯定。")
    expect(page.locator("#saved")).to_have_text("已保存")
    page.click("text=看完了")
    expect(page.locator(".tree .here b.done")).to_have_count(1)
    expect(page.locator(".card.current")).to_have_count(1)

    page.keyboard.press("]")
    page.wait_for_url(re.compile("/items/1.2"))
    expect(page.locator(".card.current")).to_have_count(1)
    with page.expect_download() as waiting:
        page.click("text=全部 23 张 .docx")
    sheets = tmp_path / "sheets.docx"
    waiting.value.save_as(sheets)
    from docx import Document

    text = "\n".join(paragraph.text for paragraph in Document(str(sheets)).paragraphs)
    assert "方法有责任部门和周期，值得肯定。" in text

    page.goto(service.address)
    expect(page.locator("tbody")).to_contain_text("1 / 23")
    page.keyboard.press("r")
    page.wait_for_url(re.compile("/items/1.2"))

    page.goto(service.address)
    page.click("summary:has-text('回避')")
    page.fill("input[name=reason]", "曾任该单位顾问")
    page.click("button:has-text('回避这份材料')")
    expect(page.locator(".flash")).to_contain_text("已回避")
    expect(page.locator("main")).not_to_contain_text("示例公司")
    page.click("text=退出")
    page.wait_for_url("**/sign-in*")
    assert service.left == []
    assert service.faults == []
