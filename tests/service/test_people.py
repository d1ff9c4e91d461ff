"""Accounts, tokens and rounds over REST."""

from __future__ import annotations

from fastapi.testclient import TestClient

from api.store.tables import Person, Round
from tests.service.conftest import PASSWORD, ROUND, World, by_form, signed_in

API = "/api/v1"


def test_a_new_account_must_change_its_password_first(world: World) -> None:
    said = {"login": "Li.Ming", "name": "李明", "role": "reviewer"}
    made = world.as_("office").post(f"{API}/people", json=said).json()
    assert made["person"]["login"] == "li.ming"
    client = by_form(world.app, "li.ming", made["password"])
    client.headers["X-CSRF-Token"] = csrf(client)
    assert client.get(f"{API}/rounds").json()["code"] == "password-change-needed"
    assert client.get("/").headers["location"] == "/password"
    changed = {"old": made["password"], "new": "my own long sentence"}
    assert client.post(f"{API}/me/password", json=changed).status_code == 204
    assert by_form(world.app, "li.ming", "my own long sentence").get(f"{API}/rounds").status_code == 200


def csrf(client: TestClient) -> str:
    return client.get("/password").text.partition('name="csrf_token" value="')[2].partition('"')[0]


def test_no_password_or_hash_is_ever_told(world: World) -> None:
    people = world.as_("admin").get(f"{API}/people").text
    assert "argon2" not in people
    assert "password" not in people


def test_who_is_deactivated_is_out_at_once_also_by_token(world: World) -> None:
    client = world.as_("reviewer")
    secret = client.post(f"{API}/me/tokens", json={"title": "脚本"}).json()["secret"]
    by_token = TestClient(world.app, headers={"Authorization": f"Bearer {secret}"})
    assert by_token.get(f"{API}/me").json()["login"] == "reviewer"
    identity = client.get(f"{API}/me").json()["id"]
    off = world.as_("office").patch(f"{API}/people/{identity}", json={"active": False})
    assert off.json()["active"] is False
    assert client.get(f"{API}/me").status_code == 401
    assert by_token.get(f"{API}/me").status_code == 401
    world.as_("office").patch(f"{API}/people/{identity}", json={"active": True})
    assert by_token.get(f"{API}/me").status_code == 200
    assert client.get(f"{API}/me").status_code == 401


def test_a_token_needs_no_form_and_a_deleted_one_is_nothing(world: World) -> None:
    client = world.as_("office")
    made = client.post(f"{API}/me/tokens", json={"title": "脚本", "days": 1}).json()
    by_token = TestClient(world.app, headers={"Authorization": f"Bearer {made['secret']}"})
    assert by_token.post(f"{API}/organisations", json={"name": "丙公司"}).status_code == 201
    client.delete(f"{API}/me/tokens/{made['token']['id']}")
    assert by_token.get(f"{API}/me").status_code == 401
    with world.context.database.reading() as session:
        stored = "".join(str(row) for row in session.connection().exec_driver_sql("SELECT * FROM api_tokens"))
    assert made["secret"] not in stored


def test_the_office_cannot_make_or_touch_administrators(world: World) -> None:
    office = world.as_("office")
    said = {"login": "boss", "name": "管理员", "role": "admin"}
    assert office.post(f"{API}/people", json=said).status_code == 403
    assert world.as_("admin").post(f"{API}/people", json=said).status_code == 201
    admin = world.as_("admin").get(f"{API}/me").json()["id"]
    assert office.post(f"{API}/people/{admin}/password").status_code == 404
    assert "admin" not in {one["role"] for one in office.get(f"{API}/people").json()["items"]}


def test_a_reset_password_ends_all_sessions(world: World) -> None:
    client = world.as_("reviewer")
    identity = client.get(f"{API}/me").json()["id"]
    made = world.as_("office").post(f"{API}/people/{identity}/password").json()
    assert client.get(f"{API}/me").status_code == 401
    assert by_form(world.app, "reviewer", made["password"]).get("/password").status_code == 200


def test_easy_passwords_are_refused(world: World) -> None:
    for new in ("short", "aaaaaaaaaaaaaaa", "office-office-1"):
        answer = world.as_("office").post(f"{API}/me/password", json={"old": PASSWORD, "new": new})
        assert answer.status_code == 422, new


def test_a_running_round_keeps_what_it_laid_down(world: World) -> None:
    office, path = world.as_("office"), f"{API}/rounds/{ROUND}"
    limits = {"report": {"limit": 50000, "source": "申报通知 第三条"}}
    assert office.patch(path, json={"limits": limits}).json()["limits"] == limits
    assert office.patch(path, json={"limits": {"report": {"limit": 5}}}).status_code == 422
    assert office.patch(path, json={"criteria": "no-such-edition"}).status_code == 422
    identity = world.submitted()
    assert office.get(path).json()["running"] is True
    for fixed in (
        {"limits": {"report": {"limit": 60000, "source": "另一条"}}},
        {"counting": {"charts": False, "source": "申报通知"}},
        {"reporting_years": ["2020"]},
        {"checks": {"length-over": {"severity": "note"}}},
    ):
        assert office.patch(path, json=fixed).status_code == 409, fixed
    assert office.patch(path, json={"deadline": "2030-01-01T00:00:00+08:00"}).status_code == 200
    whole = office.get(f"{API}/assessments/{world.revision(identity)}").json()
    assert [document["length"]["limit"] for document in whole["documents"]] == [50000]


def test_nothing_that_is_corrected_changes_a_rounds_engine(world: World) -> None:
    identity = world.submitted()
    with world.context.database.reading() as session:
        before = dict(session.get_one(Round, ROUND).engine)
    revision = world.revision(identity)
    passage = world.as_("applicant").get(f"{API}/assessments/{revision}/passages").json()["items"][0]["id"]
    said = {"about": "passage", "id": passage, "verdict": "wrong", "indicators": ["6.1.1"]}
    world.as_("applicant").post(f"{API}/submissions/{identity}/corrections", json=said)
    other = world.submitted("stranger")
    first = world.as_("office").get(f"{API}/assessments/{world.revision(identity)}").json()
    second = world.as_("office").get(f"{API}/assessments/{world.revision(other, 'stranger')}").json()
    assert first["passages"] == second["passages"]
    with world.context.database.reading() as session:
        assert session.get_one(Round, ROUND).engine == before


def test_a_renamed_organisation_keeps_its_former_name(world: World) -> None:
    answer = world.as_("office").put(f"{API}/organisations/own", json={"name": "甲集团"})
    assert answer.json()["former_names"] == ["甲公司"]
    assert world.as_("office").post(f"{API}/organisations", json={"name": "甲集团"}).status_code == 409
    assert world.as_("applicant").get(f"{API}/organisations").json()["total"] == 1


def test_a_session_that_is_over_is_over(world: World) -> None:
    from datetime import timedelta

    from api.store.tables import SignIn, now

    client = signed_in(world.app, "office")
    with world.context.database.writing() as session:
        for row in session.query(SignIn):
            row.expires = now() - timedelta(seconds=1)
    assert client.get(f"{API}/me").status_code == 401
    with world.context.database.reading() as session:
        assert session.query(Person).count() == 6


def test_a_group_needs_people_that_are_there(world: World) -> None:
    path = f"{API}/rounds/{ROUND}/groups"
    for leader in ("", "nobody"):
        said = {"title": "甲组", "leader_id": leader}
        assert world.as_("office").post(path, json=said).status_code == 422
