"""The points that people wrote on the sheet of an item, by section."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from api.export import wording
from api.pages.report import Report
from api.store.notes import SECTIONS
from api.store.tables import Note


@dataclass(frozen=True, slots=True)
class CiteView:
    place: str
    href: str


@dataclass(frozen=True, slots=True)
class PointView:
    id: str
    text: str
    cites: tuple[CiteView, ...]
    own: bool
    author: str


def item_sheet(report: Report, notes: Sequence[Note], me: str) -> dict[str, tuple[PointView, ...]]:
    """By section, in order; points of others only where their group was opened."""
    return {
        section: tuple(_point(report, note, me) for note in notes if note.section == section)
        for section in SECTIONS
    }


def _point(report: Report, note: Note, me: str) -> PointView:
    cites = tuple(view for cite in note.cites if (view := cite_view(report, cite)))
    return PointView(note.id, note.text, cites, note.person_id == me, note.person.name)


def cite_view(report: Report, cite: dict[str, str]) -> CiteView | None:
    """A citation with its address; of a passage that is no longer there the page that was printed."""
    passage = report.lookup.passage.get(cite.get("passage", ""))
    if passage is not None:
        return CiteView(wording.place(passage), report.links.passage(passage))
    series = report.lookup.kpi.get(cite.get("kpi", ""))
    if series is not None:
        return CiteView(series.name, report.links.series(series.id))
    return CiteView(f"{cite['place']}（上一稿）", report.base) if cite.get("place") else None
