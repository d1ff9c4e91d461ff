"""The application: parts put together, routes, and what stands before every route."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import logging
import secrets
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from fastapi import FastAPI
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from api import pages
from api.service.body_limit import LimitsMiddleware
from api.service.context import Context
from api.service.documentation import PROBLEMS, describe
from api.service.headers import HeadersMiddleware
from api.service.logs import LogMiddleware
from api.service.problems import FaultMiddleware, add_problem_handlers
from api.service.routes import (
    assessments,
    assignments,
    corrections,
    documentation,
    duties,
    health,
    office,
    page_images,
    people,
    revisions,
    rounds,
    search,
    sign_in,
    submissions,
)
from api.service.templates import STATIC
from api.service.visit import VisitMiddleware
from api.settings import Settings
from api.store.engine import Database
from api.store.files import FileStore
from models.errors import ZipingError

if TYPE_CHECKING:
    from starlette.responses import Response

    from api.work.pool import Pool
    from api.work.queue import Queue

_LOG = logging.getLogger("ziping.service")
_LOOK_SECONDS, _AGAIN_SECONDS = 2.0, 60.0
_NOUNS = (
    rounds, submissions, revisions, assessments, page_images, search, corrections, assignments, people,
    duties, office, documentation,
)  # fmt: skip
_COLLECT = (50_000, 20, 200)
_LOOPBACK = ["127.0.0.1", "localhost", "[::1]"]


def create_app(
    settings: Settings,
    database: Database,
    files: FileStore,
    queue: Queue | None = None,
    *,
    local: bool = False,
    pool: Pool | None = None,
) -> FastAPI:
    """The service on an opened store (``api.store.data_folder.open_store``).

    ``local``: for one person on the own machine; ``app.state.context.local_token`` is then the token that
    ``/enter?token=…`` takes once. ``pool``: workers that start and end with the application.
    """
    context = Context(settings, database, files, queue, local=local)
    if local:
        context.local_token = secrets.token_urlsafe(32)
        context.cookie = (
            f"ziping-{secrets.token_hex(4)}"  # cookies know no ports: another start, another name
        )
    app = FastAPI(
        title="Ziping 自评",
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        middleware=_middleware(settings, context),
        lifespan=_lifespan,
    )
    app.state.context = context
    app.state.pool = pool
    add_problem_handlers(app)
    for module in (health, sign_in):
        app.include_router(module.router)
    for noun in _NOUNS:
        app.include_router(noun.router, responses=PROBLEMS)
    describe(app)
    for router in pages.routers():
        app.include_router(router)
    app.mount("/static", _Static(), name="static")
    return app


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    """Beside the requests: keeps the workers, loads the tools, makes what search needs of assessments."""
    pool: Pool | None = app.state.pool
    if pool is not None:
        pool.start()
    ending = threading.Event()
    thread = threading.Thread(target=_catch_up, args=(app.state.context, ending), daemon=True)
    thread.start()
    yield
    ending.set()
    await asyncio.to_thread(thread.join)
    if pool is not None:
        await asyncio.to_thread(pool.stop)


def _catch_up(context: Context, ending: threading.Event) -> None:
    _settle(context)
    while not ending.is_set():
        try:
            context.searcher.catch_up()
        except Exception:  # a full disk, a file gone: the next look may do; search goes on without
            _LOG.exception("index not made")
            ending.wait(_AGAIN_SECONDS)
        ending.wait(_LOOK_SECONDS)


def _settle(context: Context) -> None:
    """Loads the tools and takes them out of the collector's rounds, which would hold up a page by a quarter
    of a second again and again: reports are trees of frozen records and go without it."""
    with contextlib.suppress(ZipingError):  # told to whoever first needs the tools
        _ = context.tools
    gc.collect()
    gc.freeze()
    gc.set_threshold(*_COLLECT)


def _middleware(settings: Settings, context: Context) -> list[Middleware]:
    """Outermost first."""
    tls = settings.secure_cookies or settings.certificate is not None
    hosts = _LOOPBACK if context.local else settings.hosts
    return [
        Middleware(LogMiddleware),
        Middleware(HeadersMiddleware, tls=tls),
        *([Middleware(TrustedHostMiddleware, allowed_hosts=hosts, www_redirect=False)] if hosts else []),
        Middleware(VisitMiddleware, context=context),
        Middleware(LimitsMiddleware, settings=settings),
        Middleware(FaultMiddleware),
    ]


class _Static(StaticFiles):
    """Static files, to be kept for ever when asked for by their content's hash."""

    def __init__(self) -> None:
        super().__init__(directory=STATIC[0])
        self.all_directories = list(STATIC)

    async def get_response(self, path: str, scope: Scope) -> Response:
        answer = await super().get_response(path, scope)
        if b"v=" in scope["query_string"]:
            answer.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        return answer
