"""What a route gets: the service's parts, a database session, the person who asks."""

from __future__ import annotations

import threading
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
from api.store.tables import Person

if TYPE_CHECKING:
    from api.bootstrap import Tools
    from api.work.queue import Queue


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
    _tools: Tools | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def tools(self) -> Tools:
        """Encoder, criteria and checks as shipped or set; loaded when first needed, which takes a second."""
        with self._lock:
            if self._tools is None:
                from api.bootstrap import build_tools

                settings = self.settings
                self._tools = build_tools(settings.criteria, settings.model, settings.checks)
            return self._tools


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
    """An entry of its own transaction, for routes that only read."""
    with context.database.writing() as session:
        record(session, visit, action, object_, **detail)
