"""A service with accounts for a browser, and what people do at it again and again."""

from __future__ import annotations

import io
import time
import zipfile
from dataclasses import dataclass

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page
from sqlalchemy import select

from api.store import people
from api.store.tables import Job
from tests.pages.site import Site
from tests.service.reports import report

PASSWORD = "correct horse battery"  # noqa: S105 - of people who are made for a test
_CONTRAST = {"runOnly": ["color-contrast"]}


@dataclass
class Desk:
    """A running service and its first office account."""

    site: Site

    def open(self, browser: Browser, login: str, password: str = PASSWORD) -> tuple[BrowserContext, Page]:
        """A browser of somebody's own, signed in by the form."""
        context = browser.new_context(accept_downloads=True)
        page = self.site.watch(context.new_page())
        page.goto(self.site.address)
        page.fill("input[name=login]", login)
        page.fill("input[name=password]", password)
        page.click("main button")
        page.wait_for_url(lambda url: "/sign-in" not in url)
        return context, page

    def person(self, login: str, role: str, organisation_id: str | None = None) -> None:
        with self.site.context.database.writing() as session:
            people.add_person(session, login, login, role, PASSWORD, organisation_id, must_change=False)

    def wait(self) -> None:
        """Until all that was brought in is read."""
        while True:
            with self.site.context.database.reading() as session:
                states = set(session.scalars(select(Job.state)))
            assert "failed" not in states
            if states <= {"done", "cancelled"}:
                return
            time.sleep(0.1)

    def clean(self) -> None:
        """Nothing left the site, and nothing went wrong that was not asked for."""
        assert self.site.left == []
        assert self.site.faults == []


def flaws(page: Page) -> list[tuple[str, str]]:
    """What axe finds on the page in light, and of its contrast in dark."""
    page.emulate_media(color_scheme="light")
    found = list(Axe().run(page).response["violations"])
    page.emulate_media(color_scheme="dark")
    found += Axe().run(page, options=_CONTRAST).response["violations"]
    page.emulate_media(color_scheme="light")
    return [(one["id"], one["nodes"][0]["html"][:160]) for one in found]


def archive(*organisations: str) -> bytes:
    """A folder per organisation with a report, and a file that is none."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name in organisations:
            made.writestr(f"{name}/自评报告.docx", report(name))
        made.writestr("坏的.docx", b"PK\x03\x04broken")
    return out.getvalue()
