"""KPI series from one table, whatever its layout.

Every figure takes what its row and its column say of it: year, role (own, target, whose), name, group, unit.
Figures with the same name and group are one series. So years may stand across or down, parties in columns
or rows, and a name in the head, at the left or in the caption.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from models.glossary import Glossary
from nlp.kpi.captions import Caption
from nlp.kpi.columns import Column
from nlp.kpi.drafts import Draft, Figure, Spot, finished, gather, unique
from nlp.kpi.labels import Label, clean_name, is_part, is_sentence, is_total, looks_like_kpi, read_stub
from nlp.kpi.sheet import Layout, Sheet
from nlp.numbers import read_number
from nlp.units import clean_unit, split_unit

_COMPANY = re.compile(r"(?:公司|集团|企业|厂|股份)(?:（[^（）]*）)?$")
_BRANCH = re.compile(r"分公司|子公司|事业部|分厂")


_KPI_HEAD = re.compile(r"指标|KPI", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Row:
    number: int
    label: Label
    group: str
    unit: str | None


def read_series(
    sheet: Sheet, layout: Layout, caption: Caption, years: Sequence[str], glossary: Glossary
) -> tuple[Draft, ...]:
    """The series of a table in the order of its names; none where no own figure has a year."""
    layout = _with_parties(layout, glossary)
    rows = _with_roles(list(_rows(sheet, layout, years, glossary)), years)
    if not _headed_as_kpis(sheet, layout):
        rows = _named(rows, layout, caption, glossary)
    rows = [row for row in rows if not is_total(row.label.name)]
    figures = [f for row in rows for f in _figures(sheet, layout, row, caption, glossary)]
    drafts = gather(figures)
    kept = [draft for draft in drafts if draft.values]
    last = max((year for draft in kept for year in draft.values), default="")
    return tuple(finished(draft, caption, last) for draft in unique(kept))


def _headed_as_kpis(sheet: Sheet, layout: Layout) -> bool:
    """Beside a column of groups, one headed 指标 holds whole names, whatever the caption says."""
    if not layout.of_kind("group") or layout.years_down:
        return False
    heads = (sheet.rows[row][column] for row in range(layout.head) for column in layout.of_kind("name"))
    return any(_KPI_HEAD.search(head) for head in heads)


def _with_parties(layout: Layout, glossary: Glossary) -> Layout:
    """Beside columns of years that say no more, those with a name that is no quantity are somebody's figures
    (2019年 | 2019年华测仪表)."""
    years = [c.label for c in layout.columns if c.kind == "value" and c.label.year]
    plain = any(not label.name and label.role in (None, "own") for label in years)
    if layout.years_down or not plain or not layout.of_kind("name"):
        return layout
    return replace(layout, columns=tuple(_as_party(column, glossary) for column in layout.columns))


def _as_party(column: Column, glossary: Glossary) -> Column:
    label = column.label
    if column.kind != "value" or not (label.year and label.name) or label.role not in (None, "own"):
        return column
    if looks_like_kpi(label.name, glossary):
        return column
    return replace(column, label=replace(label, role="comparison", party=label.name, name=""))


def _rows(sheet: Sheet, layout: Layout, years: Sequence[str], glossary: Glossary) -> Iterator[_Row]:
    """Rows of the body. A band above them is their section, or their KPI where it names one."""
    head = set(sheet.rows[: layout.head])
    section = name = group = ""
    unit: str | None = None
    of_band: str | None = None
    for number in range(layout.head, len(sheet.rows)):
        cells = sheet.rows[number]
        if cells in head:
            continue
        if sheet.is_band(number):
            section, of_band = split_unit(clean_name(cells[0]))
            name = section if looks_like_kpi(section, glossary) else ""
            continue
        row = _row(number, cells, layout, years)
        name = row.label.name or name
        group = row.group or group
        label = replace(row.label, name=row.label.name or _inherited(row.label, layout, name))
        if row.unit is None and label.name == section:
            row = replace(row, unit=of_band)
        part = row.unit is None and any(is_part(cells[column]) for column in layout.of_kind("name"))
        unit = unit if part else row.unit
        yield _Row(number, label, (group if layout.of_kind("group") else "") or section, unit)


def _with_roles(rows: Sequence[_Row], years: Sequence[str]) -> list[_Row]:
    """行业平均满意度 and 满意度目标值 beside a row 满意度 are its comparison and its target."""
    names = {row.label.name for row in rows if row.label.role is None and len(row.label.name) > 2}
    return [_of_another(row, names, years) for row in rows]


def _of_another(row: _Row, names: set[str], years: Sequence[str]) -> _Row:
    own = row.label.name
    for name in (name for name in names if name in own and name != own and row.label.role is None):
        before, _, after = own.partition(name)
        said = read_stub(before or after.strip("（()）"), years)
        if not (before and after) and said.role in ("comparison", "target"):
            return replace(row, label=replace(row.label, name=name, role=said.role, party=said.party))
    return row


def _inherited(label: Label, layout: Layout, name: str) -> str:
    """A row that only says whose or which figures it has belongs to the name above it."""
    return name if label.role or label.year or layout.of_kind("role") or layout.of_kind("year") else ""


def _row(number: int, cells: Sequence[str], layout: Layout, years: Sequence[str]) -> _Row:
    label = Label()
    for column in layout.of_kind("name")[:1]:
        label = read_stub(cells[column], years)
    for column in layout.of_kind("role")[:1]:
        said = read_stub(cells[column], years)
        party = said.party or ("" if said.role else clean_name(cells[column]))
        role = said.role or ("comparison" if party else None)
        label = replace(label, role=role, party=party, year=said.year or label.year)
    for column in layout.of_kind("year")[:1]:
        label = _year_row(label, cells[column], years)
    group = "".join(dict.fromkeys(clean_name(cells[c]) for c in layout.of_kind("group") if cells[c]))
    units = [clean_unit(cells[column]) for column in layout.of_kind("unit")]
    return _Row(number, label, group, next(iter(units), label.unit) if units else label.unit)


def _year_row(label: Label, text: str, years: Sequence[str]) -> Label:
    """In a column of years, what is no year is whose figures the row has."""
    said = read_stub(text, years)
    if said.role:
        return replace(label, year=said.year or label.year, role=said.role, party=said.party)
    if said.year and said.name:  # 2019年三校平均
        return replace(label, year=said.year, role="comparison", party=said.name)
    if said.year:
        return replace(label, year=said.year)
    party = clean_name(text)
    return replace(label, role="comparison", party=party) if party else label


def _named(rows: list[_Row], layout: Layout, caption: Caption, glossary: Glossary) -> list[_Row]:
    """Rows that are named by the caption: parties of one KPI, or groups (products, regions) of one KPI."""
    if layout.years_down and not any(c.label.name for c in layout.columns if c.kind == "value"):
        return [row if row.label.name else _under(row, caption.name) for row in rows]
    if layout.years_down or any(looks_like_kpi(row.label.name, glossary) for row in rows if row.label.name):
        return rows
    if any(c.kind == "value" and looks_like_kpi(c.label.name, glossary) for c in layout.columns):
        return rows
    subject = caption.name if len(caption.name) > 2 and looks_like_kpi(caption.name, glossary) else ""
    parties = any(row.label.role in ("own", "comparison") for row in rows) or _are_companies(rows)
    if not subject:
        return [_under(row, caption.name) if not row.label.name and row.label.role else row for row in rows]
    own = any(row.label.role == "own" for row in rows)
    return [_by_caption(row, subject, parties, own or position > 0) for position, row in enumerate(rows)]


def _are_companies(rows: Sequence[_Row]) -> bool:
    """Companies by name under the KPI of the caption are compared, the applicant first; branches are not."""
    names = [row.label.name for row in rows if row.label.name]
    return len(names) > 1 and all(_COMPANY.search(name) and not _BRANCH.search(name) for name in names)


def _by_caption(row: _Row, subject: str, parties: bool, own_known: bool) -> _Row:
    label = row.label
    if label.role or not label.name:
        return _under(row, subject)
    if not parties:
        return _under(row, subject if is_total(label.name) else label.name + subject)
    if not own_known:
        return replace(row, label=replace(label, name=subject, role="own"))
    return replace(row, label=replace(label, name=subject, role="comparison", party=label.name))


def _under(row: _Row, subject: str) -> _Row:
    return replace(row, label=replace(row.label, name=subject))


def _figures(
    sheet: Sheet, layout: Layout, row: _Row, caption: Caption, glossary: Glossary
) -> Iterator[Figure]:
    last_year = max(
        (n for n, c in enumerate(layout.columns) if c.kind == "value" and c.label.year), default=-1
    )
    for number in layout.of_kind("value"):
        column = _spoken(layout, number, last_year, glossary)
        if column is None:
            continue
        label = _crossed(row.label, column.label, glossary)
        year = label.year or (caption.year if label.role == "own" else None) or ""
        if (
            label.role in ("growth", "skip")
            or not label.name
            or is_sentence(label.name)
            or not (year or label.role in ("target", "comparison"))
        ):
            continue
        unit = row.unit if row.unit is not None else column.label.unit
        yield Figure(
            Spot(row.number + sheet.first, number + sheet.left, sheet.origins[row.number][number]),
            year,
            label,
            row.group,
            unit,
            read_number(sheet.rows[row.number][number]),
        )


def _spoken(layout: Layout, number: int, last_year: int, glossary: Glossary) -> Column | None:
    """A column of figures that has neither year nor role: right of the years it is somebody's figures, unless
    it names a quantity of its own (计入损益的金额)."""
    column = layout.columns[number]
    if layout.years_down or column.label.year or column.label.role:
        return column
    if last_year < 0:
        return column
    if not column.label.name or number < last_year or looks_like_kpi(column.label.name, glossary):
        return None
    return Column("value", Label(None, "comparison", column.label.name, "", column.label.unit))


def _crossed(row: Label, column: Label, glossary: Glossary) -> Label:
    """What row and column say together. With a name each, the one that is no quantity is a group."""
    names = [name for name in (column.name, row.name) if name]
    if len(names) == 2 and looks_like_kpi(column.name, glossary) and not looks_like_kpi(row.name, glossary):
        names.reverse()
    roles = [role for role in (row.role, column.role) if role]
    role = next((r for want in ("growth", "skip", "target", "comparison") for r in roles if r == want), None)
    party = column.party or row.party
    return Label(column.year or row.year, role or (roles[0] if roles else None), party, "".join(names))
