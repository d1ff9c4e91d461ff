"""The self-contained HTML page: no network, no scripts, one style sheet inside it."""

from __future__ import annotations

import base64
import hashlib
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from api.export import wording
from api.export.anchors import Anchors
from api.export.answers import NOTICE, TITLE, answer_views
from api.export.coverage import coverage_map
from api.export.findings import by_section, finding_groups
from api.export.lookup import Lookup
from api.export.parts import part_view
from api.export.sections import SectionMaker
from models.assessment import Assessment
from models.criteria import Criteria

if TYPE_CHECKING:
    from jinja2 import Environment

_API = Path(__file__).parents[1]


def to_html(assessment: Assessment, criteria: Criteria) -> str:
    """One page that can be mailed, printed and read with scripts off."""
    lookup = Lookup(assessment)
    anchors = Anchors(lookup, criteria)
    groups = finding_groups(lookup, criteria, anchors)
    beside = by_section(groups, anchors)
    style = stylesheet()
    return (
        environment()
        .get_template("page.html")
        .render(
            assessment=assessment,
            criteria=criteria,
            words=wording,
            lookup=lookup,
            groups=groups,
            parts=[part_view(document, criteria) for document in lookup.documents],
            answers=answer_views(assessment),
            answers_title=TITLE,
            answers_notice=NOTICE,
            maps=[coverage_map(document, lookup, criteria, anchors) for document in lookup.judged],
            sections=[
                SectionMaker(document, lookup, criteria, anchors, beside).make()
                for document in lookup.documents
            ],
            style=style,
            policy=policy(style),
        )
    )


def policy(style: str) -> str:
    """Content security policy: nothing but this very style sheet."""
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


@lru_cache(maxsize=2)
def stylesheet(*more: str) -> str:
    """Tokens and report first: the pages of the service share them. ``more`` come last."""
    names = ("tokens.css", "report.css", "page.css", *more)
    return "\n".join((_API / "static" / name).read_text(encoding="utf-8") for name in names)


@lru_cache(maxsize=1)
def environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(_API / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_printable,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["number"] = lambda value: f"{value:,}"
    return environment


def _printable(value: object) -> object:
    """Texts without the control characters that a page must not hold."""
    finished = hasattr(value, "__html__")
    return wording.printable(value) if isinstance(value, str) and not finished else value
