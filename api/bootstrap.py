"""Builds the tools that a check needs. Nothing is loaded on import."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from models.criteria import Criteria
from models.encoder import Encoder

if TYPE_CHECKING:
    from ingest.limits import ReadLimits
    from mapping.checks import Rulebook
    from mapping.index import IndicatorIndex
    from models.glossary import Glossary


@dataclass(frozen=True, slots=True)
class Tools:
    """Everything that is the same for all reports of a round."""

    criteria: Criteria
    encoder: Encoder
    index: IndicatorIndex
    glossary: Glossary
    limits: ReadLimits
    rules: Rulebook
    """What the checks are called, how severe they are, what they say and from where on."""


def build_tools(
    criteria: Path | None = None,
    model: str | None = None,
    checks: Path | None = None,
    *,
    offline: bool = True,
) -> Tools:
    """Tools for a criteria file, an encoder and an office's settings of the checks; None means those
    shipped with the program.

    Raises UsageError if one of them cannot be loaded.
    """
    import os

    from ingest.limits import limits_from
    from mapping.cache import user_cache
    from mapping.checks import load_rules
    from mapping.criteria import load_criteria
    from mapping.glossary import load_glossary
    from mapping.index import build_index
    from nlp.encoder import load_encoder
    from nlp.words import words

    loaded = load_criteria(criteria)
    rules = load_rules(checks)
    encoder = load_encoder(model, offline=offline)
    return Tools(
        criteria=loaded,
        encoder=encoder,
        index=build_index(loaded, encoder, words, user_cache()),
        glossary=load_glossary(),
        limits=limits_from(os.environ),
        rules=rules,
    )
