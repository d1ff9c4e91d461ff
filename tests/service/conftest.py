"""A service on an empty data folder, with one person of each role."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from api.service.app import create_app
from api.service.context import Context
from api.settings import Settings
from api.store import people
from api.store.data_folder import open_store
from api.store.tables import Organisation
from api.work.queue import TableQueue

PASSWORD = "correct horse battery"  # noqa: S105 - of people who are made for a test


@dataclass
class World:
    """The application and who is in it. ``as_(login)`` gives a client that is signed in."""

    app: FastAPI
    context: Context
    as_: Callable[[str], TestClient]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data=tmp_path / "data", workers=0)


@pytest.fixture
def world(settings: Settings) -> Iterator[World]:
    database, files = open_store(settings)
    app = create_app(settings, database, files, TableQueue(database))
    with database.writing() as session:
        session.add_all([Organisation(id="own", name="甲公司"), Organisation(id="other", name="乙公司")])
        session.flush()
        for login, role, organisation in (
            ("applicant", "applicant", "own"),
            ("stranger", "applicant", "other"),
            ("reviewer", "reviewer", None),
            ("office", "office", None),
            ("admin", "admin", None),
        ):
            people.add_person(session, login, login, role, PASSWORD, organisation, must_change=False)
    yield World(app, app.state.context, lambda login: signed_in(app, login))
    database.close()


def signed_in(app: FastAPI, login: str, password: str = PASSWORD) -> TestClient:
    """A client with the cookie of a person, sending the CSRF token of its forms as a header."""
    client = TestClient(app, follow_redirects=False)
    client.get("/sign-in")
    token = client.cookies["ziping-form"]
    answer = client.post("/sign-in", data={"login": login, "password": password, "csrf_token": token})
    assert answer.status_code == 303, answer.text
    client.headers["X-CSRF-Token"] = csrf_of(app, client)
    return client


def csrf_of(app: FastAPI, client: TestClient) -> str:
    from api.store import sign_ins

    with app.state.context.database.reading() as session:
        found = sign_ins.find_sign_in(session, client.cookies["ziping"])
    assert found is not None
    return found.csrf
