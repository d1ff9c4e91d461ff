"""The commands as processes: two servers on one folder, the first account, the own machine."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx2
import pytest

from api.cli import main
from api.serve_command import add_first_account
from api.settings import Settings, load_settings, settings_text
from api.store import people
from api.store.data_folder import open_store
from models.errors import UsageError
from tests.conftest import ROOT
from tests.service.reports import report

PASSWORD = "a very good sentence"  # noqa: S105 - of an account that is made for a test


@contextmanager
def running(*arguments: str, **environment: str) -> Iterator[str]:
    """A server as a process, and the address that it prints; it is stopped at the end."""
    process = subprocess.Popen(
        [sys.executable, "-m", "api", *arguments],
        cwd=ROOT,
        env={**os.environ, **environment},
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stderr is not None
    try:
        told = ""
        for line in process.stderr:
            told += line
            if found := re.search(r"https?://[^\s（]+", line):
                yield found[0]
                return
        pytest.fail(f"not started: {told}")
    finally:
        process.terminate()
        process.communicate()


def test_two_servers_share_a_folder(tmp_path: Path) -> None:
    account = {"ZIPING_FIRST_LOGIN": "first", "ZIPING_FIRST_PASSWORD": PASSWORD}
    words = ("serve", "--data", str(tmp_path / "data"), "--port", "0", "--workers", "0")
    with running(*words, **account) as one, running(*words, **account) as two:
        cookies = []
        for address in (one, two):
            with httpx2.Client(base_url=address) as client:
                assert client.get("/readyz").json() == {"status": "ready"}
                client.get("/sign-in")
                form = {
                    "login": "first",
                    "password": PASSWORD,
                    "csrf_token": client.cookies["ziping-form"],
                }
                assert client.post("/sign-in", data=form).status_code == 303
                cookies.append(client.cookies["ziping"])
        for address, cookie in zip((one, two), reversed(cookies), strict=True):
            answer = httpx2.get(f"{address}api/v1/me", headers={"Cookie": f"ziping={cookie}"})
            assert answer.json()["login"] == "first"


def test_the_own_machine_needs_the_printed_address(tmp_path: Path) -> None:
    path = tmp_path / "自评报告.docx"
    path.write_bytes(report())
    words = ("open", str(path), "--data", str(tmp_path / "data"), "--port", "0", "--no-browser")
    with running(*words) as address:
        base = address.partition("/enter")[0]
        assert httpx2.get(f"{base}/api/v1/submissions").status_code == 401
        with httpx2.Client() as client:
            entered = client.get(address)
            assert entered.status_code == 303
            assert entered.headers["location"].startswith("/submissions/")
            assert client.get(f"{base}/api/v1/submissions").json()["total"] == 1
        assert httpx2.get(address).status_code == 403


def test_without_anybody_to_ask_there_is_no_account(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = Settings(data=tmp_path / "data")
    database, _ = open_store(settings)
    monkeypatch.setattr("sys.stdin", Path(os.devnull).open())  # noqa: SIM115 - closed with the test
    with pytest.raises(UsageError, match="还没有任何账号"):
        add_first_account(database, settings)
    with database.reading() as session:
        assert not people.has_accounts(session)
    database.close()


def test_the_first_account_is_made_once_and_only_when_there_is_none(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path / "data", first_login="first", first_password=PASSWORD)
    database, _ = open_store(settings)
    add_first_account(database, settings)
    add_first_account(database, settings.model_copy(update={"first_login": "second"}))
    with database.reading() as session:
        assert people.check_password(session, "first", PASSWORD).role == "office"
        assert people.person_by_login(session, "second") is None
    database.close()


def test_settings_tell_where_they_come_from(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "ziping.toml").write_text('port = 9000\nsession_hours = 8\nhost = "0.0.0.0"\n')
    monkeypatch.setenv("ZIPING_PORT", "9001")
    monkeypatch.setenv("ZIPING_FIRST_PASSWORD", PASSWORD)
    loaded = load_settings(data=str(tmp_path), host="127.0.0.2", workers=None)
    settings, origins = loaded.settings, loaded.origins
    assert (settings.host, settings.port, settings.session_hours) == ("127.0.0.2", 9001, 8)
    assert origins["host"] == "命令行"
    assert origins["port"] == "环境变量 ZIPING_PORT"
    assert origins["session_hours"] == str(tmp_path / "ziping.toml")
    assert origins["upload_mb"] == "默认值"
    text = settings_text(loaded)
    assert PASSWORD not in text
    assert "port = 9001" in text


@pytest.mark.parametrize(
    ("file", "said"), [("port = 'x'", "port"), ("prot = 1", "prot"), ("port = ", "ziping.toml")]
)
def test_a_wrong_setting_is_named(tmp_path: Path, file: str, said: str) -> None:
    (tmp_path / "ziping.toml").write_text(file)
    with pytest.raises(UsageError, match=said):
        load_settings(data=str(tmp_path))


def test_open_forgets_on_request_but_never_an_offices_data(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own, office, other = tmp_path / "own", tmp_path / "office", tmp_path / "other"
    open_store(Settings(data=own))[0].close()
    assert main(["open", "--forget", "--data", str(own)]) == 0
    assert not own.exists()
    settings = Settings(data=office, first_login="first", first_password=PASSWORD)
    database, _ = open_store(settings)
    add_first_account(database, settings)
    database.close()
    other.mkdir()
    (other / "毕业论文.docx").write_text("mine")
    for folder in (office, other):
        assert main(["open", "--forget", "--data", str(folder)]) == 2
        assert folder.exists()
    assert "没有删除任何内容" in capsys.readouterr().err


def test_audit_verify_and_backup_are_commands(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = tmp_path / "data"
    settings = Settings(data=data, first_login="first", first_password=PASSWORD)
    database, _ = open_store(settings)
    add_first_account(database, settings)
    database.close()
    assert main(["audit", "verify", "--data", str(data)]) == 0
    assert "完整，共 1 条" in capsys.readouterr().out
    assert main(["backup", str(tmp_path / "b.zip"), "--data", str(data)]) == 0
    assert main(["restore", str(tmp_path / "b.zip"), "--data", str(tmp_path / "again")]) == 0
    assert main(["audit", "verify", "--data", str(tmp_path / "again")]) == 0
