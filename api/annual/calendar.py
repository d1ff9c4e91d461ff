"""Due dates as an iCalendar file (RFC 5545): a whole-day event per duty that is still owed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from models.duty import DutyStanding, DutyTerms, day

_OWED = ("not_due", "near", "late", "correction")
_LINE = 75
"""Octets of a line; a longer one goes on after a line break and a space (RFC 5545, 3.1)."""
_REMINDER = "-P7D"


def to_calendar(standings: Iterable[DutyStanding], terms: DutyTerms, on: date) -> str:
    """The file's text, lines ended by CR LF; the same duties and day give the same text."""
    owed = [one for one in standings if one.state in _OWED]
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//ziping//annual//ZH", "CALSCALE:GREGORIAN"]
    lines += [line for one in owed for line in _event(one, terms, on)]
    lines.append("END:VCALENDAR")
    return "".join(f"{folded}\r\n" for line in lines for folded in _folded(line))


def _event(one: DutyStanding, terms: DutyTerms, on: date) -> Iterator[str]:
    duty = one.duty
    identity = hashlib.sha256(f"{duty.organisation}\x1f{duty.year}".encode()).hexdigest()[:20]
    told = [f"状态：{terms.states[one.state]}（截至 {on.isoformat()}）", f"应交日期：{day(duty.due)}"]
    if duty.extension:
        told.append(f"已延期：{duty.extension.reason}")
    yield "BEGIN:VEVENT"
    yield f"UID:{identity}@ziping"
    yield f"DTSTAMP:{on:%Y%m%d}T000000Z"
    yield f"DTSTART;VALUE=DATE:{duty.due:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{duty.due + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{_escaped(f'{duty.organisation} {duty.year} 年度自我评价报告应交')}"
    yield f"DESCRIPTION:{_escaped(chr(10).join(told))}"
    yield "TRANSP:TRANSPARENT"
    yield from ("BEGIN:VALARM", "ACTION:DISPLAY", f"TRIGGER:{_REMINDER}", "DESCRIPTION:年度报告应交")
    yield from ("END:VALARM", "END:VEVENT")


def _escaped(text: str) -> str:
    for mark in ("\\", ";", ","):
        text = text.replace(mark, f"\\{mark}")
    return text.replace("\r", "").replace("\n", "\\n")


def _folded(line: str) -> Iterator[str]:
    """Pieces of at most 75 octets, no character parted."""
    piece, size = "", 0
    for character in line:
        octets = len(character.encode())
        if size + octets > _LINE:
            yield piece
            piece, size = " ", 1
        piece, size = piece + character, size + octets
    yield piece
