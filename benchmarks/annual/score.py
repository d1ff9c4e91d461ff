"""Scores a round against the truth of the made batch."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from api.annual.intake import file_hash
from benchmarks.annual.bad_files import UNREADABLE
from benchmarks.annual.batch import Made
from mapping.yearly.same_text import SHORTEST, plain
from models.annual import YearComparison
from models.annual_round import AnnualReport, AnnualRound
from models.duty import name_key


@dataclass(frozen=True, slots=True)
class Share:
    """How many of how many."""

    part: int
    of: int

    def __str__(self) -> str:
        return f"{self.part} of {self.of} ({self.part / self.of:.3f})" if self.of else "none"

    def __add__(self, other: Share) -> Share:
        return Share(self.part + other.part, self.of + other.of)


@dataclass(frozen=True, slots=True)
class Pair:
    """A report that was read, what is known of it, and of the one of the year before if it was good."""

    made: Made
    report: AnnualReport
    last: Made | None


def pairs(made: Sequence[Made], annual: AnnualRound) -> list[Pair]:
    """The reports that were read, by content, with those of the year before where these are good."""
    read = {report.document.sha256: report for report in (*annual.reports, *annual.earlier)}
    whole = {(one.organisation.number, one.year): one for one in made if not one.bad}
    return [
        Pair(one, report, whole.get((one.organisation.number, one.year - 1)))
        for one in made
        if one.bad != "重复" and (report := read.get(file_hash(one.path)))
    ]


def year_right(found: Iterable[Pair]) -> Share:
    """Of the reports that say it: the year, and sure of it."""
    good = [pair for pair in found if not pair.made.bad]
    return _share(_covers(pair) == str(pair.made.year) and _sure(pair) for pair in good)


def organisation_right(found: Iterable[Pair]) -> Share:
    good = [pair for pair in found if not pair.made.bad]
    return _share(name_key(p.report.organisation) == name_key(p.made.organisation.name) for p in good)


def asked_for_nothing(found: Iterable[Pair]) -> Share:
    """Good reports for which a person was asked."""
    return _share(bool(pair.report.asks) for pair in found if not pair.made.bad)


def same_found(found: Iterable[Pair]) -> tuple[Share, Share]:
    """Planted passages found, and passages that were found and are no planted ones."""
    recall, false = Share(0, 0), Share(0, 0)
    for pair, beside in _compared(found):
        planted = {plain(text) for text in pair.made.text.same} | _repeated(pair)
        told = {plain(_text(pair.report, one.passage)) for one in beside.same}
        recall += Share(len(planted & told), len(planted))
        false += Share(len(told - planted), len(told))
    return recall, false


def _repeated(pair: Pair) -> set[str]:
    """Openings, and sentences on incidents and announcements, that both reports hold, if long enough."""
    assert pair.last is not None
    now, before = (
        {plain(t) for _, paragraphs in o.text.leaves for t in paragraphs}
        | {plain(o.opening)}
        | set(map(plain, o.text.promises))
        for o in (pair.made, pair.last)
    )
    return {text for text in now & before if len(text) >= SHORTEST}


def updated_taken_for_same(found: Iterable[Pair]) -> Share:
    """Paragraphs with last year's words and this year's figures that were called the same."""
    total = Share(0, 0)
    for pair, beside in _compared(found):
        updated = {plain(text) for text in pair.made.text.updated}
        told = {plain(_text(pair.report, one.passage)) for one in beside.same}
        total += Share(len(updated & told), len(updated))
    return total


def restated_found(found: Iterable[Pair]) -> tuple[Share, Share]:
    recall, false = Share(0, 0), Share(0, 0)
    for pair, beside in _compared(found):
        planted = set(pair.made.text.restated)
        told = {(change.name, change.year) for change in beside.changes}
        recall += Share(len(planted & told), len(planted))
        false += Share(len(told - planted), len(told))
    return recall, false


def lost_found(found: Iterable[Pair]) -> tuple[Share, Share]:
    recall, false = Share(0, 0), Share(0, 0)
    for pair, beside in _compared(found):
        assert pair.last is not None
        planted = set(pair.made.text.lost) - set(pair.last.text.lost)
        told = {one.name for one in beside.lost}
        recall += Share(len(planted & told), len(planted))
        false += Share(len(told - planted), len(told))
    return recall, false


def promises_found(found: Iterable[Pair]) -> tuple[Share, Share, Share]:
    """Announcements found; those that come back told so; those that do not told as open."""
    seen, back, open_ = Share(0, 0), Share(0, 0), Share(0, 0)
    for pair, beside in _compared(found):
        assert pair.last is not None
        told = {plain(one.sentence): bool(one.answers) for one in beside.promises}
        for announced in pair.last.text.promises:
            key = plain(announced)
            again = announced in pair.made.text.answered
            seen += Share(int(key in told), 1)
            if again:
                back += Share(int(told.get(key, False)), 1)
            elif announced not in pair.made.text.promises:
                open_ += Share(int(told.get(key) is False), 1)
    return seen, back, open_


def hints_found(found: Iterable[Pair]) -> tuple[Share, Share]:
    """Planted incidents found, and hints that are right, of the reports of all years."""
    recall, precision = Share(0, 0), Share(0, 0)
    for pair in found:
        if pair.made.bad:
            continue
        planted = {plain(sentence) for _, _, sentence in pair.made.text.happened}
        told = {plain(hint.sentence) for hint in pair.report.hints}
        recall += Share(len(planted & told), len(planted))
        precision += Share(len(planted & told), len(told))
    return recall, precision


def unread_told(made: Sequence[Made], annual: AnnualRound) -> Share:
    """Bad files that were told as not read, the others having been read."""
    told = {one.name.rpartition("/")[2] for one in annual.not_read if one.failed}
    duplicates = sum(not one.failed for one in annual.not_read)
    bad = _share(one.path.name in told for one in made if one.bad in UNREADABLE)
    return bad + Share(min(duplicates, 1), 1)


def _compared(found: Iterable[Pair]) -> Iterator[tuple[Pair, YearComparison]]:
    for pair in found:
        if pair.made.bad or pair.last is None or pair.report.record is None:
            continue
        beside = next((one for one in pair.report.record.comparisons if one.kind == "annual"), None)
        if beside is not None:
            yield pair, beside


def _text(report: AnnualReport, passage: str) -> str:
    return next(one.text for one in report.assessment.passages if one.id == passage)


def _covers(pair: Pair) -> str | None:
    return pair.report.record.covers.year if pair.report.record else None


def _sure(pair: Pair) -> bool:
    return bool(pair.report.record and pair.report.record.covers.sure)


def _share(flags: Iterable[bool]) -> Share:
    told = list(flags)
    return Share(sum(told), len(told))
