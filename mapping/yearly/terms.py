"""The duty's terms from ``mapping/data/annual.toml``."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import get_args

from models.duty import DutyState, DutyTerms

_FILE = Path(__file__).parents[1] / "data" / "annual.toml"


@cache
def load_terms() -> DutyTerms:
    """The terms shipped with the program. Raises KeyError if a state has no name."""
    data = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return DutyTerms(
        years=data["years"],
        due_month=data["due_month"],
        due_day=data["due_day"],
        near_days=data["near_days"],
        states={state: data["states"][state] for state in get_args(DutyState)},
    )
