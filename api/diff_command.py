"""``ziping diff``: two drafts of one submission, as files, folders or stored results."""

from __future__ import annotations

import argparse
import json
import sys
from functools import lru_cache, partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from api.output import write_file
from api.stored import stored_assessment
from mapping.criteria import load_criteria
from mapping.drafts import compare_answered
from models import codec
from models.answers_file import load_answers, write_answers
from models.assessment import Assessment
from models.criteria import Criteria
from models.diff import DraftDiff
from models.errors import MissingPath

if TYPE_CHECKING:
    from api.bootstrap import Tools


def diff(asked: argparse.Namespace) -> int:
    """Compares, writes, and tells what of the old answers no longer applies. 0 unless something cannot be
    read."""
    given = load_answers(Path(asked.answers)) if asked.answers else ()
    old, new = _draft(asked.old, asked), _draft(asked.new, asked)
    criteria = load_criteria(Path(asked.criteria) if asked.criteria else None)
    found = compare_answered(old, new, given, criteria)
    if asked.output:
        write_file(Path(asked.output), partial(_write, _shown(asked.format, found, criteria)))
        _say(f"已写出 {asked.output}")
    else:
        sys.stdout.write(_shown(asked.format, found, criteria))
    if asked.carry:
        write_file(Path(asked.carry), partial(_write, write_answers(found.carried)))
        _say(f"已写出 {asked.carry}（{len(found.carried)} 条答复）")
    unreadable = (*old.unreadable, *new.unreadable)
    for file in unreadable:
        _say(file.message)
    return 3 if unreadable else 0


def _draft(place: str, asked: argparse.Namespace) -> Assessment:
    path = Path(place)
    stored = stored_assessment(path)
    return stored if stored is not None else _read(path, _tools(asked.criteria, asked.model))


@lru_cache(maxsize=1)
def _tools(criteria: str | None, model: str | None) -> Tools:
    """The tools of one run, built where at least one draft is to be read."""
    from api.bootstrap import build_tools

    return build_tools(Path(criteria) if criteria else None, model)


def _read(path: Path, tools: Tools) -> Assessment:
    from api.files import submission_files
    from api.pipeline import assess
    from api.progress import watched

    with TemporaryDirectory(prefix="ziping-", ignore_cleanup_errors=True) as scratch, watched() as progress:
        found = submission_files([path], Path(scratch))
        for message in (*found.missing, *found.left_out, *found.unreadable):
            _say(message)
        if not found.files:
            raise MissingPath(f"“{path}”中没有可检查的文件，请给出 .docx 或 .pdf 文件，或它们所在的文件夹。")
        return assess(found.files, tools, None, progress)


def _shown(form: str, found: DraftDiff, criteria: Criteria) -> str:
    if form == "json":
        return json.dumps(codec.to_json(found), ensure_ascii=False, indent=1, allow_nan=False) + "\n"
    if form == "html":
        from api.export.diff_html import to_html

        return to_html(found, criteria)
    from api.export.diff_text import to_text

    return to_text(found, criteria)


def _write(text: str, path: Path) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")


def _say(message: str) -> None:
    print(message, file=sys.stderr)
