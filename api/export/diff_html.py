"""Two drafts side by side as one self-contained page: no network, no scripts."""

from __future__ import annotations

from api.export import wording
from api.export.diff_view import diff_view
from api.export.html import environment, policy, stylesheet
from models.criteria import Criteria
from models.diff import DraftDiff


def to_html(diff: DraftDiff, criteria: Criteria) -> str:
    style = stylesheet("diff.css")
    view = diff_view(diff, criteria)
    template = environment().get_template("diff.html")
    return template.render(view=view, criteria=criteria, words=wording, style=style, policy=policy(style))
