"""Requests made by schemathesis from the API's own description; a 5xx or a wrong shape is a fault.

``python -m tests.service.fuzz_api --examples 300``: a service on a folder of its own, every role.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import schemathesis
from fastapi import FastAPI
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode

_SKIPPED = ("/events",)
"""Streams that go on as long as their job."""


def ask_everything(client: TestClient, app: FastAPI, known: Mapping[str, str], examples: int) -> int:
    """Asks each operation; gives the number of requests. Half of them name objects that exist."""
    schema = schemathesis.openapi.from_dict(app.openapi())
    asked = 0
    for found in schema.get_all_operations():
        operation = found.ok()
        if operation.path.endswith(_SKIPPED):
            continue
        strategy = operation.as_strategy(generation_mode=GenerationMode.POSITIVE) | operation.as_strategy(
            generation_mode=GenerationMode.NEGATIVE
        )

        @settings(
            max_examples=examples,
            deadline=None,
            database=None,
            derandomize=True,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(case=strategy)
        def ask(case: Any) -> None:
            nonlocal asked
            for named in (False, True):
                if named:
                    case.path_parameters |= {k: v for k, v in known.items() if k in case.path_parameters}
                answer = client.request(case.method, **_request(case))
                asked += 1
                assert answer.status_code < 500, (case.method, case.formatted_path, answer.text)
                if answer.status_code >= 400:
                    assert answer.headers["content-type"] == "application/problem+json", answer.text
                    assert {"title", "status", "code", "detail", "request_id"} <= set(answer.json())

        ask()
    return asked


def _request(case: Any) -> dict[str, Any]:
    """The request as the test client takes it."""
    made = case.as_transport_kwargs(base_url="http://testserver")
    made.pop("method", None)
    made.pop("cookies", None)
    headers = {k: v for k, v in dict(made.pop("headers", None) or {}).items() if k.lower() != "authorization"}
    return {**made, "headers": headers}


def main() -> None:
    from tests.service.conftest import make_world

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--examples", type=int, default=300)
    asked = parser.parse_args()
    for role in ("office", "applicant", "reviewer", "admin"):
        with tempfile.TemporaryDirectory() as folder, make_world(Path(folder)) as world:
            submission = world.submitted()
            known = {
                "submission_id": submission,
                "revision_id": world.revision(submission),
                "round_id": "round",
            }
            count = ask_everything(world.as_(role), world.app, known, asked.examples)
            print(f"{role}: {count} requests, none a fault of the server's")


if __name__ == "__main__":
    main()
