"""Series while their figures are gathered: own values, targets and comparisons by year, and their cells."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from nlp.kpi.captions import Caption
from nlp.kpi.labels import BARE_NAME, Label
from nlp.numbers import Reading
from nlp.units import pick_unit, scaled, split_unit

TARGET = "\x00target"


@dataclass(frozen=True, slots=True)
class Spot:
    """A cell: row and column of the table, and its number among the table's cells (negative: none)."""

    row: int
    column: int
    cell: int = -1


@dataclass
class Draft:
    """A series while its figures are gathered. ``parties`` are comparisons by label, values by year.

    A year that is not known yet is ``""``: it becomes the last year of the own figures."""

    name: str
    group: str
    unit: str | None
    row: int | None
    values: dict[str, float] = field(default_factory=dict)
    raw: dict[str, str] = field(default_factory=dict)
    target: dict[str, float] = field(default_factory=dict)
    parties: dict[str, dict[str, float]] = field(default_factory=dict)
    cell_unit: str = ""
    spots: dict[tuple[str, str], Spot] = field(default_factory=dict)
    """Cells by party and year; the party is ``""`` for own figures, ``TARGET`` for targets."""


@dataclass(frozen=True, slots=True)
class Figure:
    spot: Spot
    year: str
    label: Label
    group: str
    unit: str | None
    reading: Reading


def gather(figures: Sequence[Figure]) -> list[Draft]:
    drafts: dict[tuple[str, str, int], Draft] = {}
    turn: Counter[tuple[str, str]] = Counter()
    for figure in figures:
        key = (figure.group, figure.label.name)
        draft = drafts.get((*key, turn[key]))
        own = figure.label.role in (None, "own")
        if draft and own and figure.year in draft.raw and draft.row != figure.spot.row:
            turn[key] += 1
            draft = None
        if draft is None:
            name, unit = split_unit(figure.label.name)
            unit = figure.unit if figure.unit is not None else unit
            draft = Draft(name, figure.group, unit, figure.spot.row)
            drafts[(*key, turn[key])] = draft
        _put(draft, figure)
    return list(drafts.values())


def _put(draft: Draft, figure: Figure) -> None:
    label, reading = figure.label, figure.reading
    if label.role in (None, "own"):
        if reading.value is None and figure.year in draft.values:
            return  # a head over two columns, one of them empty
        draft.raw[figure.year] = reading.text
        draft.spots["", figure.year] = figure.spot
        if not draft.values:
            draft.row = figure.spot.row
        draft.cell_unit = draft.cell_unit or reading.unit
    value = _in_unit(reading, draft.unit or draft.cell_unit)
    if value is None:
        return
    if label.role == "target":
        draft.target[figure.year] = value
        draft.spots[TARGET, figure.year] = figure.spot
    elif label.role == "comparison":
        party = label.party or "对比值"
        draft.parties.setdefault(party, {})[figure.year] = value
        draft.spots[party, figure.year] = figure.spot
    else:
        draft.values[figure.year] = value


def _in_unit(reading: Reading, unit: str) -> float | None:
    """The value in the unit of the series: ``0.5亿元`` in a row of 万元 is 5000."""
    if reading.value is None or not reading.unit or not unit or reading.unit == unit:
        return reading.value
    value, base = scaled(reading.value, reading.unit)
    factor, own = scaled(1.0, unit)
    bare = reading.unit in ("万", "亿")
    return round(value / factor, 9) if bare or base == own else reading.value


def unique(drafts: Sequence[Draft]) -> Iterator[Draft]:
    """The group goes before the name where the bare name is not unique."""
    times = Counter(draft.name for draft in drafts)
    for draft in drafts:
        says_little = times[draft.name] > 1 or BARE_NAME.fullmatch(draft.name)
        if says_little and draft.group and draft.group not in draft.name:
            draft.name = draft.group + draft.name
        yield draft


def finished(draft: Draft, caption: Caption, last: str) -> Draft:
    if draft.unit is None:
        draft.unit = draft.cell_unit or pick_unit(caption.unit or "", draft.name)
    elif not draft.unit:
        draft.unit = draft.cell_unit
    for party, values in ((TARGET, draft.target), *draft.parties.items()):
        if "" in values:
            undated, spot = values.pop(""), draft.spots.pop((party, ""))
            if last not in values:
                values[last], draft.spots[party, last] = undated, spot
    return draft


def told_draft(name: str, readings: dict[str, Reading]) -> Draft:
    """A series in the unit that its values name most often; a value without a unit has that of the others."""
    units = [reading.unit for reading in readings.values() if reading.unit]
    unit = max(units, key=units.count) if units else ""
    values = {year: _converted(reading, unit) for year, reading in sorted(readings.items())}
    raw = {year: reading.text for year, reading in sorted(readings.items())}
    return Draft(name, "", unit, None, values, raw)


def _converted(reading: Reading, unit: str) -> float:
    value = reading.value or 0.0
    if not reading.unit or reading.unit == unit:
        return value
    amount, base = scaled(value, reading.unit)
    factor, own = scaled(1.0, unit)
    return round(amount / factor, 9) if base == own else value
