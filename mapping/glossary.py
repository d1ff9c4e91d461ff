"""The KPI glossary from its file."""

from __future__ import annotations

import json
from pathlib import Path

from models.codec import from_json
from models.glossary import Glossary

_SHIPPED = Path(__file__).parent / "data" / "kpis.json"


def load_glossary(path: Path | None = None) -> Glossary:
    """The glossary in a file; None: the one shipped with the program.

    Raises OSError, ValueError, KeyError or TypeError for a file that is not a glossary.
    """
    return from_json(Glossary, json.loads((path or _SHIPPED).read_text(encoding="utf-8")))
