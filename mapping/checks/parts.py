"""Parts of the submission, and what of them could not be read (C02, C46)."""

from __future__ import annotations

from collections.abc import Iterator

from mapping.checks.registry import check
from mapping.checks.rule import Rule
from models.assessment import Assessment, Finding, Where
from models.criteria import Criteria
from models.document import PartKind

_ASKED: tuple[tuple[PartKind, str], ...] = (
    ("overview", "组织概述"),
    ("report", "自评报告"),
    ("evidence", "证实性材料"),
)
_PAGES_NAMED = 12


@check("part-missing")
def part_missing(draft: Assessment, criteria: Criteria, rule: Rule) -> Iterator[Finding]:
    """What was not handed in was not checked, which is no fault. Yearly reports stand alone."""
    kinds = {document.kind for document in draft.documents}
    if not kinds & {"overview", "report"}:
        return
    for kind, title in _ASKED:
        if kind not in kinds:
            yield rule.finding(None, title, title=title, kind=kind)


@check("pages-unread")
def pages_unread(draft: Assessment, criteria: Criteria, rule: Rule) -> Iterator[Finding]:
    for document in draft.documents:
        pages = document.ledger.unread_pages
        if pages and document.kind != "evidence":
            yield rule.finding(
                document.id,
                document.filename,
                where=(Where(page=page) for page in pages[:_PAGES_NAMED]),
                file=document.filename,
                count=len(pages),
                pages=_list(pages),
            )


@check("reading-note")
def reading_note(draft: Assessment, criteria: Criteria, rule: Rule) -> Iterator[Finding]:
    """One line per kind of doubt and document, with its pages."""
    for document in draft.documents:
        kinds = dict.fromkeys(note.kind for note in document.notes)
        for kind in kinds:
            notes = [note for note in document.notes if note.kind == kind]
            where = tuple(Where(page=note.page) for note in notes if note.page is not None)
            yield rule.finding(
                document.id,
                document.filename,
                where=where[:_PAGES_NAMED],
                saying="many" if len(notes) > 1 else "usual",
                file=document.filename,
                note=notes[0].message,
                count=len(notes),
            )


@check("file-unreadable")
def file_unreadable(draft: Assessment, criteria: Criteria, rule: Rule) -> Iterator[Finding]:
    for file in draft.unreadable:
        yield rule.finding(None, file.filename, problem=file.message)


def _list(pages: tuple[int, ...]) -> str:
    """Page numbers with runs drawn together: 3-5、9."""
    runs: list[list[int]] = []
    for page in pages:
        if runs and page == runs[-1][-1] + 1:
            runs[-1].append(page)
        else:
            runs.append([page])
    shown = [f"{run[0]}-{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs]
    more = "等" if len(shown) > _PAGES_NAMED else ""
    return "、".join(shown[:_PAGES_NAMED]) + more
