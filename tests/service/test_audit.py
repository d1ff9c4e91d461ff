"""The audit: what is in it, that nothing changes it, and that a change shows."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from api.store import audit
from tests.service.conftest import World, by_form

API = "/api/v1"


def actions(world: World) -> list[str]:
    entries = world.as_("office").get(f"{API}/audit?limit=500").json()["items"]
    return [f"{entry['action']} {entry['object'].partition(':')[0]}" for entry in entries][::-1]


def test_views_exports_changes_and_logins_are_in_it(world: World) -> None:
    by_form(world.app, "office")
    identity = world.submitted()
    revision = world.revision(identity, "office")
    world.as_("office").get(f"{API}/assessments/{revision}")
    world.as_("office").get(f"{API}/assessments/{revision}/export/csv")
    world.as_("office").post(f"{API}/submissions/{identity}/reopen", json={"reason": "补交"})
    assert {
        "sign-in person",
        "create submission",
        "upload revision",
        "submit submission",
        "assess revision",
        "view revision",
        "export revision",
        "reopen submission",
    } <= set(actions(world))


def test_no_entry_holds_text_of_a_report(world: World) -> None:
    identity = world.submitted()
    revision = world.revision(identity, "office")
    world.as_("office").get(f"{API}/search", params={"q": "质量安全责任制"})
    world.as_("office").get(f"{API}/assessments/{revision}/passages", params={"text": "顾客满意度"})
    whole = world.as_("office").get(f"{API}/audit?limit=500").text
    assert "质量安全" not in whole
    assert "满意度" not in whole


def test_the_table_refuses_change_and_deletion(world: World) -> None:
    world.draft()
    for statement in ("UPDATE audit SET action = 'x'", "DELETE FROM audit"):
        with pytest.raises(DBAPIError, match="append-only"), world.context.database.writing() as session:
            session.execute(text(statement))


@pytest.mark.parametrize(
    ("statement", "number"),
    [
        ("UPDATE audit SET action = 'nothing' WHERE number = 2", 2),
        ("UPDATE audit SET detail = '{}' WHERE number = 1", 1),
        ("DELETE FROM audit WHERE number = 2", 2),
        ("UPDATE audit SET at = '2020-01-01 00:00:00' WHERE number = 3", 3),
    ],
)
def test_what_somebody_changes_in_the_file_shows(world: World, statement: str, number: int) -> None:
    world.submitted()
    with world.context.database.writing() as session:
        assert isinstance(audit.verify(session), int)
        session.execute(text("DROP TRIGGER audit_no_update"))
        session.execute(text("DROP TRIGGER audit_no_delete"))
        session.execute(text(statement))
    with world.context.database.reading() as session:
        result = audit.verify(session)
    assert isinstance(result, audit.Broken)
    assert result.number == number


def test_entries_written_at_once_are_one_chain(world: World) -> None:
    def write(number: int) -> None:
        with world.context.database.writing() as session:
            audit.record(session, None, "test", f"number:{number}")

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(write, range(60)))
    with world.context.database.reading() as session:
        assert audit.verify(session) == 60


def test_a_view_of_the_same_report_is_one_entry_for_a_while(world: World) -> None:
    identity = world.submitted()
    revision = world.revision(identity, "office")
    for _ in range(3):
        world.as_("office").get(f"{API}/assessments/{revision}/passages")
        world.as_("reviewer").get(f"{API}/assessments/{revision}/findings")
    assert actions(world).count("view revision") == 2
