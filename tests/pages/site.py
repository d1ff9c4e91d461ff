"""A running service on loopback for a browser: real server, real workers, real files."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import uvicorn
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Response

from api.service.app import create_app
from api.service.context import Context
from api.settings import Settings
from api.store.data_folder import open_store
from api.work.bench import Bench
from api.work.pool import Pool
from api.work.queue import TableQueue

EXAMPLES = Path(__file__).parents[2] / "examples"
REPORT, OVERVIEW = EXAMPLES / "自评报告.pdf", EXAMPLES / "组织概述.docx"


@dataclass
class Site:
    address: str
    context: Context
    left: list[str] = field(default_factory=list)
    """Addresses outside the site that a page asked for."""
    faults: list[str] = field(default_factory=list)
    """Errors of scripts, and answers that a page did not expect."""

    def watch(self, page: Page) -> Page:
        """Notes whatever a page asks of the world, and what went wrong in it."""
        page.on("request", lambda r: None if r.url.startswith(self.address) else self.left.append(r.url))
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("console", self._said)
        page.on("response", self._answered)
        return page

    def _said(self, message: ConsoleMessage) -> None:
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.faults.append(message.text)

    def _answered(self, answer: Response) -> None:
        if answer.status >= 400:
            self.faults.append(f"{answer.status} {answer.request.method} {answer.url}")

    def enter(self, browser: BrowserContext) -> None:
        """Gives a browser the cookie of the local person; the token of the address works once."""
        if not hasattr(self, "_cookies"):
            with httpx.Client() as client:
                client.get(f"{self.address}/enter?token={self.context.local_token}")
                self._cookies = dict(client.cookies)
        browser.add_cookies(
            [{"name": name, "value": value, "url": self.address} for name, value in self._cookies.items()]
        )


@contextmanager
def running(data: Path, *, local: bool) -> Iterator[Site]:
    settings = Settings(data=data, workers=1)
    database, files = open_store(settings)
    queue = TableQueue(database)
    app = create_app(settings, database, files, queue, local=local)
    pool = Pool(Bench.of(settings, local=local), queue, 1)
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, log_config=None))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    pool.start()
    try:
        while not server.started:
            time.sleep(0.02)
        yield Site(f"http://127.0.0.1:{listener.getsockname()[1]}", app.state.context)
    finally:
        server.should_exit = True
        thread.join()
        pool.stop()
        database.close()
