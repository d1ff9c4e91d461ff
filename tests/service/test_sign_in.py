"""Signing in and out, forms and their tokens, pauses, passwords, the local address."""

from __future__ import annotations

from fastapi.testclient import TestClient

from api.service.app import create_app
from api.settings import Settings
from tests.service.conftest import PASSWORD, World, by_form, signed_in


def test_who_is_not_signed_in_is_led_to_the_form_and_back(world: World) -> None:
    client = TestClient(world.app, follow_redirects=False)
    answer = client.get("/")
    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in?next=/")
    assert world.as_("office").get("/password").status_code == 200


def test_every_answer_has_the_strict_headers(world: World) -> None:
    for path in ("/healthz", "/sign-in", "/nowhere", "/static/tokens.css"):
        headers = TestClient(world.app).get(path).headers
        assert headers["content-security-policy"].startswith("default-src 'self'")
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-frame-options"] == "DENY"
        assert headers["x-request-id"]


def test_a_form_without_its_token_is_refused(world: World) -> None:
    client = TestClient(world.app, follow_redirects=False)
    client.get("/sign-in")
    assert client.post("/sign-in", data={"login": "office", "password": PASSWORD}).status_code == 403
    signed = world.as_("office")
    del signed.headers["X-CSRF-Token"]
    assert signed.post("/sign-out").status_code == 403
    assert signed.get("/password").status_code == 200


def test_signing_out_ends_the_session_on_the_server(world: World) -> None:
    client = world.as_("office")
    cookie = client.cookies["ziping"]
    assert client.post("/sign-out").status_code == 303
    client.cookies.set("ziping", cookie)
    assert client.get("/").status_code == 303


def test_failed_tries_lead_to_a_pause_also_with_the_right_password(world: World) -> None:
    client = TestClient(world.app, follow_redirects=False)
    client.get("/sign-in")
    form = {"login": "office", "csrf_token": client.cookies["ziping-form"]}
    codes = [client.post("/sign-in", data=form | {"password": "wrong"}).status_code for _ in range(6)]
    assert codes == [401] * 5 + [429]
    assert client.post("/sign-in", data=form | {"password": PASSWORD}).status_code == 429


def test_an_unknown_login_fails_as_a_wrong_password_does(world: World) -> None:
    client = TestClient(world.app, follow_redirects=False)
    client.get("/sign-in")
    form = {"password": "wrong", "csrf_token": client.cookies["ziping-form"]}
    known, unknown = (client.post("/sign-in", data=form | {"login": login}) for login in ("office", "nobody"))
    assert known.status_code == unknown.status_code == 401
    assert known.text.replace("office", "nobody") == unknown.text


def test_a_new_password_ends_the_other_sessions(world: World) -> None:
    here, there = world.as_("office"), signed_in(world.app, "office")
    form = {"old": PASSWORD, "new": "another good sentence"}
    assert here.post("/password", data=form).status_code == 303
    assert here.get("/password").status_code == 200
    assert there.get("/password").status_code == 303
    assert by_form(world.app, "office", "another good sentence").get("/password").status_code == 200


def test_the_local_address_works_once(settings: Settings, world: World) -> None:
    app = create_app(settings, world.context.database, world.context.files, local=True)
    token = app.state.context.local_token
    first, second = (
        TestClient(app, base_url="http://127.0.0.1:8765", follow_redirects=False) for _ in range(2)
    )
    assert first.get("/").status_code == 303
    assert first.get("/enter?token=wrong").status_code == 403
    assert first.get(f"/enter?token={token}").status_code == 303
    assert first.get("/password").status_code == 200
    assert second.get(f"/enter?token={token}").status_code == 403


def test_the_local_service_answers_to_loopback_names_only(settings: Settings, world: World) -> None:
    app = create_app(settings, world.context.database, world.context.files, local=True)
    assert TestClient(app, base_url="http://evil.example").get("/healthz").status_code == 400
