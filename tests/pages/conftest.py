"""Debian's Chromium for pytest-playwright, and a local site with one report in it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page
from sqlalchemy import select

from api.service.local_upload import upload
from api.store import job_views
from api.store.tables import Revision
from tests.pages.site import OVERVIEW, REPORT, Site, running

CHROMIUM = Path("/usr/bin/chromium")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if CHROMIUM.exists():
        return
    for item in items:
        if "tests/pages" in item.nodeid and "page" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.skip(reason="not here: Debian's package chromium"))


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    quiet = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run")
    still = ("--disable-background-networking", "--disable-component-update", "--disable-sync")
    return {"executable_path": str(CHROMIUM), "args": [*quiet, *still]}


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with running(tmp_path_factory.mktemp("site"), local=True) as site:
        yield site


@pytest.fixture
def visitor(site: Site, context: BrowserContext, page: Page) -> Iterator[Page]:
    """The local person's browser; nothing may leave the site, and no script may fail."""
    site.enter(context)
    site.watch(page)
    site.left.clear()
    site.faults.clear()
    page.goto(site.address)
    yield page
    assert site.left == []
    assert site.faults == []


@pytest.fixture(scope="session")
def report(site: Site) -> str:
    """Address of a submission of report and overview that has been read."""
    scratch = site.context.settings.data / "cache"
    scratch.mkdir(exist_ok=True)
    identity = upload(site.context, [REPORT, OVERVIEW], scratch)
    _wait(site, identity)
    return f"{site.address}/submissions/{identity}"


def _wait(site: Site, identity: str) -> None:
    """Until the report is read; a failed job fails the tests that need it at once."""
    while True:
        with site.context.database.reading() as session:
            revision = session.scalar(select(Revision).where(Revision.submission_id == identity))
            assert revision is not None
            view = job_views.progress(session, revision.id)
        if view is not None and view.over:
            assert view.status == "done", view.error
            return
        time.sleep(0.1)
