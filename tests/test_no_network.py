"""The guard of tests/conftest.py: other machines are out of reach, this one is not."""

from __future__ import annotations

import socket

import pytest


@pytest.mark.parametrize("host", ["192.0.2.1", "example.invalid"])
def test_other_machines_are_out_of_reach(host: str) -> None:
    with pytest.raises(pytest.fail.Exception, match="another machine"):
        socket.create_connection((host, 80), timeout=0.1)
    with socket.socket() as one, pytest.raises(pytest.fail.Exception, match="another machine"):
        one.connect(("192.0.2.1", 80))


def test_this_machine_is_within_reach() -> None:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        with socket.create_connection(listener.getsockname(), timeout=5):
            pass
