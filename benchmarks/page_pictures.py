"""Pictures of the pages for README and docs: ``python -m benchmarks.page_pictures`` (needs Chromium)."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from api.service.local_upload import upload
from api.store import job_views
from api.store.tables import Submission
from benchmarks.samples import ROOT
from tests.pages.site import OVERVIEW, REPORT, Site, running

DOCS = ROOT / "docs"
CHROMIUM = "/usr/bin/chromium"
PICTURES = (
    ("precheck.png", "", (1280, 900), ()),
    ("navigator.png", "/items/3.2", (1440, 900), ("j", "j")),
    ("kpis.png", "/kpis?item=7.1", (1440, 800), ()),
    ("text.png", "/text", (1280, 800), ()),
)
"""File, address below the report's, size, and keys that are pressed."""


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, running(Path(folder) / "data", local=True) as site:
        report = read(site)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
            context = browser.new_context()
            site.enter(context)
            page = context.new_page()
            for name, path, (width, height), keys in PICTURES:
                page.set_viewport_size({"width": width, "height": height})
                picture(page, f"{report}{path}", keys, DOCS / name)
            browser.close()


def read(site: Site) -> str:
    """Address of the example submission, once it is read."""
    scratch = site.context.settings.cache_folder
    scratch.mkdir(parents=True, exist_ok=True)
    identity = upload(site.context, [REPORT, OVERVIEW], scratch)
    with site.context.database.reading() as session:
        submission = session.get(Submission, identity)
        assert submission is not None
        revision = submission.revisions[-1].id
    while True:
        with site.context.database.reading() as session:
            view = job_views.progress(session, revision)
        if view is not None and view.over:
            return f"{site.address}/submissions/{identity}"
        time.sleep(0.1)


def picture(page: Page, address: str, keys: tuple[str, ...], path: Path) -> None:
    page.goto(address)
    page.wait_for_load_state("networkidle")
    for key in keys:
        page.keyboard.press(key)
        page.wait_for_load_state("networkidle")
    if "/kpis" in address:
        page.locator("a.v").first.click()
        page.locator("#leaf .box.current").wait_for()
    page.screenshot(path=path)


if __name__ == "__main__":
    main()
