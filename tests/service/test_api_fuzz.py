"""The whole REST API under made-up requests: whatever is asked, never a fault of the server's.

``python -m tests.service.fuzz_api`` (``make fuzz-api``) asks far more.
"""

from __future__ import annotations

import pytest

from tests.service.conftest import World
from tests.service.fuzz_api import ask_everything

ROLES = ("office",)


@pytest.mark.parametrize("role", ROLES)
def test_no_request_is_too_odd(world: World, role: str) -> None:
    identity = world.submitted()
    asked = ask_everything(world.as_(role), world.app, known(world, identity), examples=2)
    assert asked > 100


def known(world: World, submission: str) -> dict[str, str]:
    """Ids that exist, so that requests get beyond the first look-up."""
    return {
        "submission_id": submission,
        "revision_id": world.revision(submission),
        "round_id": "round",
        "organisation_id": "own",
        "document": "d1",
    }
