"""Cases of the long fuzz (`make fuzz`): those that failed once, and a few of each kind."""

from __future__ import annotations

import pytest

from tests.fuzz import BASES, bent, judged, kept_cases


@pytest.mark.parametrize(
    "case", [*kept_cases(), *((name, seed) for name in BASES for seed in (1, 2, 3))], ids=str
)
def test_a_bent_file_is_read_or_refused(case: tuple[str, int]) -> None:
    assert not judged(*case).startswith("FAILED")


@pytest.mark.parametrize("name", BASES)
def test_a_case_is_always_the_same(name: str) -> None:
    assert bent(name, 5) == bent(name, 5)
    assert bent(name, 5) != bent(name, 6)
