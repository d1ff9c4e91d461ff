"""Checks one file as a yearly report."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from api.bootstrap import Tools
from api.options import Options, silent
from api.pipeline import assess_parts, number_parts, read_all
from ingest.parts import find_parts
from mapping.yearly.hints import find_hints
from models.annual_round import CheckedFile
from models.document import Document, Part
from models.errors import ZipingError
from nlp.organisation import find_organisation

_FAR_LONGER = 2
"""Times the limit from which a file is rather the report that won the award."""
_UNEXPECTED = "检查这个文件时程序出错，其他文件照常检查；请单独用 ziping check 检查它，或另存后再试。"


def check_file(path: Path, sha256: str, name: str, tools: Tools, covers: str | None) -> CheckedFile:
    """The check of one file; never raises for what a file holds.

    ``covers``: the year that the report was to be about. None: an earlier report, which may be the one
    that won the award and then keeps its own kind."""
    try:
        documents, _ = read_all([path], tools, Options(), silent)
        return _check(replace(documents[0], filename=Path(name).name), sha256, name, tools, covers)
    except ZipingError as error:
        return CheckedFile(name, sha256, error=error.message.removeprefix(f"《{path.name}》："))
    except Exception:  # one file must never stop a batch; its text must not reach a log
        return CheckedFile(name, sha256, error=_UNEXPECTED)


def _check(document: Document, sha256: str, name: str, tools: Tools, covers: str | None) -> CheckedFile:
    limit = tools.criteria.limit("annual")
    size = sum(len(block.text) for block in document.blocks)
    long = limit is not None and size > _FAR_LONGER * limit.words
    parts = find_parts(document, tools.criteria)
    if not any(part.kind == "annual" for part in parts) and not (long and covers is None):
        parts = (Part("", "annual", document, 0, len(document.blocks) - 1),)
    assessment = assess_parts(number_parts(parts), tools, Options(covers=covers))
    whole = Part("", "annual", document, 0, len(document.blocks) - 1)
    return CheckedFile(name, sha256, assessment, find_organisation(whole), find_hints(assessment), long)
