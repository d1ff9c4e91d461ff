"""Every route with every role and with a stranger's object. The table of who may is written here anew."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.service.app import create_app
from api.service.local_upload import upload
from api.service.needs import Anyone, Need
from api.settings import Settings
from api.store import people
from api.store.data_folder import open_store
from api.store.tables import ApiToken, Assignment, Correction, Group, Member, Note
from api.work.queue import TableQueue
from tests.service.conftest import ROUND, World
from tests.service.every_route import Route, routes_of
from tests.service.test_backup import rows

ROLES = ("applicant", "reviewer", "office", "admin")
_EVERYBODY = "applicant reviewer office admin"
WHO: dict[str, str] = {
    "view start": _EVERYBODY,
    "view office": "office admin",
    "view board": "office",
    "change self": _EVERYBODY,
    "view submission": "applicant reviewer office",
    "create submission": "applicant",
    "change submission": "applicant",
    "submit submission": "applicant",
    "retry submission": "applicant office",
    "withdraw submission": "applicant office",
    "delete submission": "applicant",
    "reopen submission": "office",
    "receive submission": "office",
    "search passage": "applicant reviewer office",
    "correct submission": "applicant reviewer office",
    "note submission": "reviewer office",
    "recuse assignment": "reviewer",
    "read assignment": "reviewer",
    "view assignment": "reviewer office",
    "change assignment": "office",
    "view group": "reviewer office",
    "open group": "reviewer office",
    "change group": "office",
    "view round": _EVERYBODY,
    "change round": "office admin",
    "view organisation": _EVERYBODY,
    "change organisation": "office admin",
    "view person": "office admin",
    "change person": "office admin",
    "view audit": "office admin",
    "view duty": "office applicant",
    "change duty": "office",
    "view job": _EVERYBODY,
}
"""Roles that may do something at all, by what a route declares. A pair that is new must be added by hand."""

PUBLIC = {
    "GET /healthz",
    "GET /readyz",
    "GET /metrics",
    "GET /sign-in",
    "POST /sign-in",
    "GET /enter",
    "GET /api/v1/openapi.json",
    "GET /api/v1/docs",
}


@dataclass
class Objects:
    """For each role: what it sees by the path's names, and ids of the same kind that it must not see."""

    own: dict[str, dict[str, str]]
    strange: dict[str, dict[str, list[str]]]


@pytest.fixture
def objects(world: World) -> Objects:
    mine, theirs = world.submitted("applicant"), world.submitted("stranger")
    my_draft, their_draft = world.draft("applicant"), world.draft("stranger")
    seen_by_owner = {"mine": world.revision(mine), "theirs": world.revision(theirs, "stranger")}
    drafts = {"mine": world.revision(my_draft), "theirs": world.revision(their_draft, "stranger")}
    with world.context.database.writing() as session:
        who = {
            login: people.person_by_login(session, login)
            for login in ("applicant", "stranger", "reviewer", "colleague", "office", "admin")
        }
        ids = {login: person.id for login, person in who.items() if person}
        session.query(Assignment).delete()
        session.add_all(
            [
                Assignment(id="assigned", submission_id=mine, person_id=ids["reviewer"], place={}),
                Assignment(id="colleagues", submission_id=theirs, person_id=ids["colleague"], place={}),
                Assignment(id="same", submission_id=mine, person_id=ids["colleague"], place={}),
                Group(id="group", round_id=ROUND, title="一组"),
                Group(id="others", round_id=ROUND, title="二组"),
            ]
        )
        session.flush()
        session.add(Member(group_id="group", person_id=ids["reviewer"]))
        for login, person_id in ids.items():
            submission = theirs if login == "stranger" else mine
            session.add_all(
                [
                    ApiToken(id=f"token-{login}", token_hash=login, person_id=person_id, title="令牌"),
                    Correction(
                        id=f"said-{login}",
                        submission_id=submission,
                        person_id=person_id,
                        kind="node",
                        target="1.1.1",
                        value={"verdict": "not_applicable", "sentence": "没有。"},
                    ),
                    Note(
                        id=f"note-{login}",
                        submission_id=submission,
                        person_id=person_id,
                        item="1.1",
                        section="strength",
                    ),
                ]
            )
    fixed = {
        "round_id": ROUND,
        "position": "0",
        "document": "d1",
        "document_id": "d1",
        "page": "1",
        "format": "csv",
        "item_id": "1.1",
        "node": "1.1.1",
        "part": "d1",
        "indicator_id": "1.1.1",
    }
    own = {
        role: fixed
        | {
            "submission_id": mine,
            "revision_id": seen_by_owner["mine"],
            "organisation_id": "own",
            "person_id": ids["applicant"],
            "assignment_id": "assigned",
            "group_id": "group",
            "token_id": f"token-{role}",
            "correction_id": f"said-{role}",
            "note_id": f"note-{role}",
        }
        for role in ROLES
    }
    unread = {
        "submission_id": [theirs, their_draft],
        "revision_id": [seen_by_owner["theirs"], drafts["theirs"]],
    }
    personal = {
        role: {
            "token_id": ["token-stranger", "token-colleague"],
            "correction_id": ["said-stranger", "said-colleague"],
            "note_id": ["note-stranger", "note-colleague"],
        }
        for role in ROLES
    }
    strange = {
        "applicant": unread | {"organisation_id": ["other"]},
        "reviewer": {
            "submission_id": [*unread["submission_id"], my_draft],
            "revision_id": [*unread["revision_id"], drafts["mine"]],
            "organisation_id": ["other"],
            "assignment_id": ["colleagues", "same"],
            "group_id": ["others"],
        },
        "office": {
            "submission_id": [my_draft, their_draft],
            "revision_id": list(drafts.values()),
            "person_id": [ids["admin"]],
        },
        "admin": {},
    }
    return Objects(own, {role: strange[role] | personal[role] for role in ROLES})


def may(role: str, route: Route) -> bool:
    assert isinstance(route.need, Need)
    return role in WHO[f"{route.need.action} {route.need.kind}"].split()


def test_every_route_says_whom_it_is_for(world: World) -> None:
    routes = routes_of(world.app)
    assert len(routes) > 60
    assert [route.label for route in routes if route.need is None] == []
    assert {route.label for route in routes if isinstance(route.need, Anyone)} == PUBLIC


def test_nobody_gets_in_without_signing_in(world: World, objects: Objects) -> None:
    client = TestClient(world.app, follow_redirects=False)
    for route in routes_of(world.app):
        if isinstance(route.need, Need):
            answer = route.ask(client, objects.own["applicant"], world.report())
            expected = 401 if route.path.startswith("/api/") else 303
            assert answer.status_code == expected, route.label


def test_no_role_reaches_what_is_not_its_own(world: World, objects: Objects) -> None:
    """403 for what the role may not do at all, 404 for an object that it must not see; nothing is changed."""
    database = world.context.settings.database_file
    for role in ROLES:
        world.as_(role)
    before = unaudited(rows(database))
    tried = 0
    for route in routes_of(world.app):
        if not isinstance(route.need, Need):
            continue
        for role in ROLES:
            own = objects.own[role]
            if not may(role, route):
                answer = route.ask(world.as_(role), own, world.report())
                assert answer.status_code == 403, (role, route.label, answer.text)
                tried += 1
                continue
            for name in route.names:
                for identity in objects.strange[role].get(name, ()):
                    answer = route.ask(world.as_(role), own | {name: identity}, world.report())
                    assert answer.status_code == 404, (role, route.label, identity, answer.text)
                    tried += 1
    assert tried > 200
    assert unaudited(rows(database)) == before


def test_each_role_reaches_what_is_its_own(world: World, objects: Objects) -> None:
    """So that a guard that refuses everything does not pass the test above."""
    reached = 0
    for route in routes_of(world.app):
        if not isinstance(route.need, Need) or route.path.startswith("/sign-out"):
            continue
        if route.path.endswith(("/events", "/password")):
            continue
        for role in ROLES:
            if may(role, route):
                answer = route.ask(world.as_(role), objects.own[role], world.report())
                assert answer.status_code not in (401, 403), (role, route.label, answer.text)
                assert answer.status_code < 500, (role, route.label, answer.text)
                reached += answer.status_code < 400
    assert reached > 100


def unaudited(tables: dict[str, list[object]]) -> dict[str, list[object]]:
    """All but the audit, and when somebody was seen last."""
    return {name: kept for name, kept in tables.items() if name not in ("audit", "sign_ins")}


def test_the_person_of_the_own_machine_meets_no_fault(world: World, tmp_path: Path) -> None:
    """``ziping open`` on a store of its own: every route, once."""
    settings = Settings(data=tmp_path / "own", workers=0)
    database, files = open_store(settings)
    app = create_app(settings, database, files, TableQueue(database), local=True)
    app.state.context._toolbox = world.context.toolbox
    client = TestClient(app, base_url="http://127.0.0.1", follow_redirects=False)
    client.get(f"/enter?token={app.state.context.local_token}")
    client.headers["X-CSRF-Token"] = client.get("/account").text.partition('name="csrf_token" value="')[2][
        :43
    ]
    report = tmp_path / world.report()[0]
    report.write_bytes(world.report()[1])
    submission = upload(app.state.context, [report], tmp_path / "scratch")
    World(app, app.state.context, lambda login: client).work()
    shown = client.get(f"/api/v1/submissions/{submission}").json()
    assert shown["reading"] == "done"
    values = {
        "submission_id": submission,
        "revision_id": shown["revision"],
        "round_id": shown["round_id"],
        "organisation_id": shown["organisation_id"],
        "document": "d1",
        "document_id": "d1",
        "position": "0",
        "format": "csv",
        "item_id": "1.1",
    }
    for route in routes_of(app):
        if not route.path.endswith(("/events", "/sign-out", "/metrics")):
            answer = route.ask(client, values, world.report())
            assert answer.status_code < 500, (route.label, answer.text)
    database.close()
