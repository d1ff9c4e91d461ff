"""Limits set by the environment."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from ingest.limits import _SETTINGS, ReadLimits, limits_from
from models.errors import UsageError
from tests.conftest import ROOT


def test_what_is_not_set_stays_as_it_is() -> None:
    assert limits_from({}) == limits_from({"ZIPING_CPU_SECONDS": " "}) == ReadLimits()


def test_settings_are_taken_in_their_units() -> None:
    limits = limits_from({"ZIPING_MEMORY_MB": "512", "ZIPING_WALL_SECONDS": "30", "OTHER": "x"})
    assert limits == replace(ReadLimits(), memory_bytes=512 * 1024 * 1024, wall_seconds=30)


@pytest.mark.parametrize("text", ["0", "-1", "1.5", "many", "9999999", "²"])
def test_nonsense_is_said(text: str) -> None:
    with pytest.raises(UsageError, match="ZIPING_OCR_PAGES"):
        limits_from({"ZIPING_OCR_PAGES": text})


def test_each_setting_is_documented() -> None:
    text = (ROOT / "docs" / "reading.md").read_text(encoding="utf-8")
    assert set(re.findall(r"`(ZIPING_\w+)`", text)) == set(_SETTINGS)
