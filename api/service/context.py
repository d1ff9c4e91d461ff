"""What a route gets: the service's parts, a database session, the person who asks."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import Depends, Request
from sqlalchemy.orm import Session

from api.refusals import SignInNeeded
from api.service.visit import Visit, visit_of
from api.settings import Settings
from api.store import audit
from api.store.engine import Database
from api.store.files import FileStore
from api.store.tables import Person, Round

if TYPE_CHECKING:
    from api.bootstrap import Tools
    from api.service.search_index import Searcher
    from api.work.queue import Queue
    from api.work.round_tools import Toolbox

_VIEW_SECONDS = 600.0
_VIEWS = 10_000


@dataclass(slots=True)
class Context:
    """The parts of one running service; the same for all requests."""

    settings: Settings
    database: Database
    files: FileStore
    queue: Queue | None = None
    local: bool = False
    """Whether this is ``ziping open``: one person on the own machine."""
    local_token: str | None = None
    """The one-time token that becomes the cookie of the local person."""
    cookie: str = "ziping"
    form_cookie: str = "ziping-form"
    viewed: dict[tuple[str, str], float] = field(default_factory=dict)
    """When who viewed what last, for ``record_view``."""
    _lock: threading.RLock = field(default_factory=threading.RLock)
    _toolbox: Toolbox | None = None
    _searcher: Searcher | None = None
    _of_rounds: dict[str, Tools] = field(default_factory=dict)

    @property
    def tools(self) -> Tools:
        """Encoder, criteria and checks as shipped or set; loaded when first needed, which takes a second."""
        with self._lock:
            return self.toolbox.usual()

    def tools_of(self, round_: Round) -> Tools:
        """The tools as a round has them. Raises UsageError for a round that lays down what there is not."""
        from api.work.round_tools import RoundSettings

        settings = RoundSettings(
            round_.criteria, tuple(round_.reporting_years), round_.limits, round_.counting, round_.checks
        )
        key = repr(settings)
        with self._lock:
            if key not in self._of_rounds:
                self._of_rounds[key] = self.toolbox.tools(settings)
            return self._of_rounds[key]

    @property
    def searcher(self) -> Searcher:
        """The indexes for search, in memory."""
        with self._lock:
            if self._searcher is None:
                from api.service.search_index import Searcher

                self._searcher = Searcher(self)
            return self._searcher

    @property
    def toolbox(self) -> Toolbox:
        if self._toolbox is None:
            from api.work.round_tools import Toolbox

            settings = self.settings
            self._toolbox = Toolbox(
                settings.criteria, settings.model, settings.checks, settings.criteria_folder
            )
        return self._toolbox


def context_of(request: Request) -> Context:
    context: Context = request.app.state.context
    return context


def _reading(request: Request) -> Iterator[Session]:
    with context_of(request).database.reading() as session:
        yield session


def _writing(request: Request) -> Iterator[Session]:
    with context_of(request).database.writing() as session:
        yield session


def signed_in(request: Request) -> Person:
    """Raises SignInNeeded."""
    person = visit_of(request).person
    if person is None:
        raise SignInNeeded()
    return person


Service = Annotated[Context, Depends(context_of)]
Reading = Annotated[Session, Depends(_reading, scope="function")]
"""A session on one state of the database; what it changes is lost."""
Writing = Annotated[Session, Depends(_writing, scope="function")]
"""A session that holds the write lock until the route returns, and is committed before the answer is sent."""
Me = Annotated[Person, Depends(signed_in)]
Visiting = Annotated[Visit, Depends(visit_of)]


def record(session: Session, visit: Visit, action: str, object_: str, **detail: Any) -> None:
    """An entry in the audit for what this request does; needs a writing session."""
    audit.record(session, visit.person, action, object_, detail, visit.request_id)


def record_view(context: Context, visit: Visit, action: str, object_: str, **detail: Any) -> None:
    """An entry of its own transaction, for routes that only read.

    A report is read by many requests: what somebody views again within ten minutes is the same view.
    """
    key = (visit.person.id if visit.person else "", object_)
    if action == "view":
        if time.monotonic() - context.viewed.get(key, -_VIEW_SECONDS) < _VIEW_SECONDS:
            return
        if len(context.viewed) > _VIEWS:
            context.viewed.clear()
    with context.database.writing() as session:
        record(session, visit, action, object_, **detail)
    if action == "view":
        context.viewed[key] = time.monotonic()
