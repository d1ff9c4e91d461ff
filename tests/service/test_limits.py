"""What the service withstands: large and slow requests, a full disk, strange names; and what it logs."""

from __future__ import annotations

import errno
import json
import logging
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.service.app import create_app
from api.service.logs import JsonLines
from api.settings import Settings
from api.store import files as stored_files
from api.store.contents import safe_name
from api.store.tables import Organisation, StoredFile
from tests.service.conftest import World, signed_in

API = "/api/v1"


def with_settings(world: World, **changed: object) -> TestClient:
    """The applicant at the same store under other settings."""
    settings = world.context.settings.model_copy(update=changed)
    app = create_app(settings, world.context.database, world.context.files, world.context.queue)
    app.state.context._toolbox = world.context.toolbox
    return signed_in(app, "applicant")


def test_a_file_over_the_limit_is_refused_while_it_streams_and_leaves_nothing(world: World) -> None:
    identity = world.draft()
    before = list(world.context.files.names())
    client = with_settings(world, upload_mb=1)
    large = ("大.pdf", b"%PDF-1.7\n" + bytes(3 << 20))
    answer = client.post(f"{API}/submissions/{identity}/files", files={"files": large})
    assert answer.status_code == 413
    assert "《大.pdf》" in answer.json()["detail"]
    assert list(world.context.files.names()) == before
    assert list((world.context.settings.files_folder / "incoming").iterdir()) == []


def test_a_body_over_the_limit_is_refused_with_and_without_its_length(world: World) -> None:
    identity = world.draft()
    client = with_settings(world, submission_mb=1)
    answer = client.post(
        f"{API}/submissions/{identity}/files", files={"files": ("大.pdf", b"%PDF-" + bytes(2 << 20))}
    )
    assert (answer.status_code, answer.json()["status"]) == (413, 413)

    def stream() -> Iterator[bytes]:
        yield b'--x\r\nContent-Disposition: form-data; name="files"; filename="a.pdf"\r\n\r\n'
        for _ in range(40):
            yield bytes(1 << 16)

    headers = {"Content-Type": "multipart/form-data; boundary=x"}
    answer = client.post(f"{API}/submissions/{identity}/files", content=stream(), headers=headers)
    assert answer.status_code == 413


def test_who_is_not_signed_in_cannot_send_much(world: World) -> None:
    client = TestClient(world.app)
    large = {"files": ("大.pdf", bytes(2 << 20))}
    assert client.post(f"{API}/submissions/x/files", files=large).status_code == 413
    assert client.post("/sign-in", data={"login": "x" * (2 << 20)}).status_code == 413


def test_a_request_that_takes_too_long_is_answered(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    client = with_settings(world, request_seconds=0.2)
    monkeypatch.setattr("api.service.routes.people.person_out", lambda row: time.sleep(1))
    answer = client.get(f"{API}/me")
    assert (answer.status_code, answer.json()["code"]) == (504, "too-slow")


def test_a_full_disk_while_uploading_loses_nothing(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    identity = world.draft()
    before = list(world.context.files.names())

    def no_room(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as full:
        full.setattr(stored_files.os, "fsync", no_room)
        files = {"files": world.report(extra="新。")}
        answer = world.as_("applicant").post(f"{API}/submissions/{identity}/files", files=files)
        assert (answer.status_code, answer.json()["code"]) == (507, "storage")
        assert TestClient(world.app).get("/healthz").status_code == 200
    assert list(world.context.files.names()) == before
    assert list((world.context.settings.files_folder / "incoming").iterdir()) == []
    again = world.as_("applicant").post(
        f"{API}/submissions/{identity}/files", files={"files": world.report(extra="新。")}
    )
    assert again.status_code == 201


def test_a_full_database_refuses_the_whole_change(world: World) -> None:
    """SQLite is given no page more than it has: the same as a disk that is full."""
    identity = world.draft()
    database = world.context.database

    def limit(connection: object, record: object, proxy: object) -> None:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]  # type: ignore[attr-defined]
        connection.execute(f"PRAGMA max_page_count={pages}")  # type: ignore[attr-defined]

    from sqlalchemy import event

    note = {"item": "1.1", "section": "strength", "text": "长" * 4000}
    world.as_("applicant").post(f"{API}/submissions/{identity}/submit")
    path = f"{API}/submissions/{identity}/notes"
    event.listen(database.engine, "checkout", limit)
    try:
        codes = [world.as_("office").post(path, json=note).status_code for _ in range(5)]
    finally:
        event.remove(database.engine, "checkout", limit)
        database.engine.dispose()
    assert 507 in codes
    kept = world.as_("office").get(path).json()["total"]
    assert kept == codes.count(201)
    assert world.as_("office").get(f"{API}/audit/verified").json()["holds"] is True


def test_readiness_needs_a_folder_that_can_be_written(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    client = TestClient(world.app)
    assert client.get("/readyz").json() == {"status": "ready"}

    def no_room(self: Path, data: bytes) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", no_room)
    assert client.get("/readyz").status_code == 507


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("自评报告.docx", "自评报告.docx"),
        ("..\\..\\windows\\evil.pdf", "evil.pdf"),
        ("../../etc/passwd", "passwd"),
        ('a"b\r\nX-Evil: 1.pdf', "a_bX-Evil_ 1.pdf"),
        ("\x00", "文件"),
        ("长" * 500 + ".docx", "长" * 120 + ".docx"),
        ("\u202egnp.docx", "gnp.docx"),
    ],
)
def test_file_names_are_made_safe(given: str, kept: str) -> None:
    assert safe_name(given) == kept


def test_logs_are_json_with_a_request_id_and_no_text_of_a_report(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    identity = world.submitted()
    revision = world.revision(identity)
    answer = world.as_("office").get(f"{API}/assessments/{revision}/passages", params={"text": "以身作则"})
    lines = [json.loads(JsonLines().format(record)) for record in caplog.records]
    requests = [line for line in lines if line["message"] == "request"]
    last = requests[-1]
    assert last["request_id"] == answer.headers["x-request-id"]
    assert (last["method"], last["status"]) == ("GET", 200)
    assert last["route"] == "/api/v1/assessments/{revision_id}/passages"
    whole = "\n".join(JsonLines().format(record) for record in caplog.records)
    assert "以身作则" not in whole
    assert "自评报告" not in whole


def test_an_unexpected_fault_is_a_calm_answer_and_its_words_are_not_logged(
    world: World, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(row: object) -> None:
        raise RuntimeError("报告里的一句话")

    monkeypatch.setattr("api.service.routes.people.person_out", fail)
    answer = world.as_("office").get(f"{API}/me")
    assert (answer.status_code, answer.json()["code"]) == (500, "internal")
    assert answer.headers["content-security-policy"]
    whole = "\n".join(JsonLines().format(record) for record in caplog.records)
    assert "RuntimeError" in whole
    assert "一句话" not in whole


def test_metrics_count_by_route(world: World) -> None:
    world.as_("office").get(f"{API}/organisations/own")
    told = TestClient(world.app).get("/metrics").text
    assert 'route="/api/v1/organisations/{organisation_id}"' in told
    assert "/organisations/own" not in told


def test_the_documentation_needs_no_other_server(world: World) -> None:
    client = TestClient(world.app)
    page = client.get("/api/v1/docs").text
    assert "/submissions/{submission_id}/submit" in page
    assert "http://" not in page.replace("http://testserver", "")
    assert "https://" not in page
    told = client.get("/api/v1/openapi.json").json()
    assert "Assessment" in told["components"]["schemas"]


def test_cookies_are_for_this_site_and_not_for_scripts(world: World) -> None:
    settings = Settings(data=world.context.settings.data, secure_cookies=True)
    app = create_app(settings, world.context.database, world.context.files)
    answer = TestClient(app, base_url="https://testserver").get("/sign-in")
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "secure" in cookie
    assert "samesite=strict" in cookie
    assert answer.headers["strict-transport-security"]


def test_contents_are_kept_once_for_all(world: World) -> None:
    world.draft("applicant")
    world.draft("stranger")
    with world.context.database.reading() as session:
        assert session.query(StoredFile).count() == 1
        assert session.query(Organisation).count() == 2
