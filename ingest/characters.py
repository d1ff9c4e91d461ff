"""Characters as the ledger counts them."""

from __future__ import annotations


def solid(text: str) -> int:
    """Characters that are not white space."""
    return sum(map(len, text.split()))
