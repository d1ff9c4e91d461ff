"""The assessment as JSON: the contract's shape, the same bytes for the same assessment."""

from __future__ import annotations

import json

from models import codec
from models.assessment import Assessment


def to_json(assessment: Assessment) -> str:
    """Keys and lists in the order in which the assessment holds them; ends with a line break."""
    return json.dumps(codec.to_json(assessment), ensure_ascii=False, indent=1, allow_nan=False) + "\n"
