"""Word lists by which figures are understood, from ``data/kpi_words.toml``."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

_FILE = Path(__file__).parents[1] / "data" / "kpi_words.toml"


@cache
def _lists() -> dict[str, dict[str, str]]:
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))


def words(group: str, name: str) -> list[str]:
    """The entries of one list, longest first."""
    return sorted(_lists()[group][name].split(), key=lambda word: (-len(word), word))


def any_of(group: str, *names: str) -> str:
    """A pattern (without group) that matches any entry of the lists; the longest entries come first."""
    entries = [word for name in names for word in words(group, name)]
    return "|".join(sorted(dict.fromkeys(entries), key=lambda word: (-len(word), word)))
