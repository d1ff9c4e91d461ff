"""Shared by all tests: no network, golden files, and where the material beside the project is."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

settings.register_profile("untimed", deadline=None)  # a machine may be slow: no test has a time limit
settings.load_profile("untimed")
os.environ["HF_HUB_OFFLINE"] = "1"  # before anything imports a library that asks a hub

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--renew", action="store_true", help="write the golden files instead of comparing")


@pytest.fixture(autouse=True, scope="session")
def no_network() -> Iterator[None]:
    """Nothing that is tested may reach another machine, nor ask for its address."""
    connect, connect_ex, resolve = socket.socket.connect, socket.socket.connect_ex, socket.getaddrinfo

    def checked_connect(self: socket.socket, address: Any) -> None:
        _refuse_far(address)
        connect(self, address)

    def checked_connect_ex(self: socket.socket, address: Any) -> int:
        _refuse_far(address)
        return connect_ex(self, address)

    def checked_resolve(host: Any, *more: Any, **named: Any) -> Any:
        _refuse_far((host,))
        return resolve(host, *more, **named)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", checked_connect)
        patch.setattr(socket.socket, "connect_ex", checked_connect_ex)
        patch.setattr(socket, "getaddrinfo", checked_resolve)
        yield


def _refuse_far(address: Any) -> None:
    """Passes on this machine's own addresses and the names of sockets in the file system."""
    host = address[0] if isinstance(address, tuple) else None
    name = host.decode() if isinstance(host, bytes) else host
    if name not in (None, "", "localhost", "::1", "0.0.0.0") and not name.startswith("127."):  # noqa: S104
        pytest.fail(f"a test asked for another machine: {name}")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[Path, str], None]:
    """Compares a text with a golden file, or writes the file under ``--renew``."""

    def compare(path: Path, text: str) -> None:
        if request.config.getoption("--renew"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
        assert path.read_text(encoding="utf-8") == text, f"{path.name} differs: look, then pytest --renew"

    return compare


@pytest.fixture(scope="session")
def examples() -> Path:
    return ROOT / "examples"
