"""A service on an empty data folder, with one person of each role."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from api.options import silent
from api.service.app import create_app
from api.service.context import Context
from api.settings import Settings
from api.store import passwords, people, sign_ins
from api.store.data_folder import open_store
from api.store.tables import Assignment, Organisation, Round
from api.work.assess import Assessor
from api.work.bench import Bench
from api.work.queue import TableQueue
from api.work.round_tools import Toolbox
from models.errors import ZipingError
from tests.service.reports import report

PASSWORD = "correct horse battery"  # noqa: S105 - of people who are made for a test
ROUND = "round"


@dataclass
class World:
    """The application and who is in it. ``as_(login)`` gives a client that is signed in."""

    app: FastAPI
    context: Context
    as_: Callable[[str], TestClient]

    def report(self, name: str = "自评报告.docx", extra: str = "") -> tuple[str, bytes]:
        """Name and content of a small report, as a file of a request."""
        return name, report(extra)

    def draft(self, login: str = "applicant") -> str:
        """A draft with one file; its id."""
        client = self.as_(login)
        made = client.post("/api/v1/submissions", json={"round_id": ROUND}).json()
        answer = client.post(f"/api/v1/submissions/{made['id']}/files", files={"files": self.report()})
        assert answer.status_code == 201, answer.text
        return str(made["id"])

    def submitted(self, login: str = "applicant") -> str:
        """A submission that was handed in, read, and given to the reviewer; its id."""
        identity = self.draft(login)
        assert self.as_(login).post(f"/api/v1/submissions/{identity}/submit").status_code == 201
        self.work()
        with self.context.database.writing() as session:
            person = people.person_by_login(session, "reviewer")
            assert person is not None
            session.add(Assignment(submission_id=identity, person_id=person.id, place={}))
        return identity

    def revision(self, submission: str, login: str = "applicant") -> str:
        """Id of the revision that a person is shown."""
        return str(self.as_(login).get(f"/api/v1/submissions/{submission}").json()["revision"])

    def work(self) -> None:
        """Does all jobs here and now, and makes what search needs."""
        context = self.context
        queue = context.queue
        assert queue is not None
        data = context.settings.data
        assessor = Assessor(
            context.database, context.files, Bench.of(context.settings).stages, toolbox(data), context.local
        )
        while work := queue.claim("test"):
            try:
                assessor(queue, work, data / "scratch", silent)
            except ZipingError as error:
                queue.fail(work, error.message)
        context.searcher.catch_up()


@cache
def _toolbox() -> Toolbox:
    return Toolbox(None, None, None, Path("criteria"))


def toolbox(data: Path) -> Toolbox:
    """Tools are loaded once for all tests; criteria of rounds come from each data folder."""
    return Toolbox(None, None, None, data / "criteria", _toolbox()._built)


@pytest.fixture(autouse=True, scope="session")
def quick_passwords() -> Iterator[None]:
    """Argon2 is slow on purpose; here it need not be."""
    from pwdlib import PasswordHash
    from pwdlib.hashers.argon2 import Argon2Hasher

    quick = PasswordHash((Argon2Hasher(time_cost=1, memory_cost=8, parallelism=1),))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "_hasher", lambda: quick)
        yield


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data=tmp_path / "data", workers=0)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with make_world(tmp_path) as made:
        yield made


@contextmanager
def make_world(folder: Path) -> Iterator[World]:
    settings = Settings(data=folder / "data", workers=0)
    database, files = open_store(settings)
    app = create_app(settings, database, files, TableQueue(database))
    context = app.state.context
    context._toolbox = toolbox(settings.data)
    with database.writing() as session:
        session.add_all([Organisation(id="own", name="甲公司"), Organisation(id="other", name="乙公司")])
        session.add(Round(id=ROUND, title="第一届", criteria="bjqa-2020"))
        session.flush()
        for login, role, organisation in (
            ("applicant", "applicant", "own"),
            ("stranger", "applicant", "other"),
            ("reviewer", "reviewer", None),
            ("colleague", "reviewer", None),
            ("office", "office", None),
            ("admin", "admin", None),
        ):
            people.add_person(session, login, login, role, PASSWORD, organisation, must_change=False)
    clients: dict[str, TestClient] = {}

    def as_(login: str) -> TestClient:
        if login not in clients:
            clients[login] = signed_in(app, login)
        return clients[login]

    yield World(app, context, as_)
    database.close()


def signed_in(app: FastAPI, login: str) -> TestClient:
    """A client with the cookie of a person, sending the CSRF token of its forms as a header."""
    client = TestClient(app, follow_redirects=False)
    with app.state.context.database.writing() as session:
        person = people.person_by_login(session, login)
        assert person is not None
        opened = sign_ins.sign_in(session, person, 1)
    client.cookies.set("ziping", opened.token)
    client.headers["X-CSRF-Token"] = opened.csrf
    return client


def by_form(app: FastAPI, login: str, password: str = PASSWORD) -> TestClient:
    """A client that has signed in by the form."""
    client = TestClient(app, follow_redirects=False)
    client.get("/sign-in")
    token = client.cookies["ziping-form"]
    answer = client.post("/sign-in", data={"login": login, "password": password, "csrf_token": token})
    assert answer.status_code == 303, answer.text
    return client
