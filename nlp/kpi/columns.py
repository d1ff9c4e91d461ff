"""What the columns of a table of figures hold, by their words and by their head."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from nlp.kpi.labels import ColumnKind, Label, ends_as_kpi, head_kind, read_header, read_stub
from nlp.numbers import read_number
from nlp.units import clean_unit, is_unit
from nlp.years import read_year

_SAYS_NOTHING = re.compile(
    r"指标|项目|年度|年份|历年|近[三五]年|时间|数据|情况|年|内容|名称|统计数据|绩效|KPI|备注"
)
# 1年以内 at the left is a name, though it begins with a number
_HAN = re.compile("[\u4e00-\u9fff]")
_MEASURED = re.compile(r"量化|测量项|细项|具体|明细|名称|参数")
_BEST_NAME = re.compile(r"指标|KPI", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Column:
    kind: ColumnKind
    label: Label


@dataclass(frozen=True, slots=True)
class ColumnText:
    """The head of a column from top to bottom, each text once, and the cells below it."""

    path: tuple[str, ...]
    body: tuple[str, ...]


def read_column(texts: ColumnText, number: int, years: Sequence[str]) -> Column:
    """Kind and label of a column; ``number`` counts from the left."""
    path = texts.path
    label = _joined([read_header(text, years) for text in path])
    told = [text for text in texts.body if read_number(text).kind != "blank"]
    figures = sum(is_figure(text, years) or read_number(text).kind in ("range", "ratio") for text in told)
    mostly_text = bool(told) and figures * 2 < len(told)
    stands = next((kind for text in reversed(path) if (kind := head_kind(text))), None)
    if stands == "unit" and number == 0 and not all(map(is_unit, told)):
        stands = "name"  # 单位 at the left are offices, not units
    if label.role in ("growth", "skip") and not label.year:
        return Column("skip", label)
    if label.year and not _all_years(told, years):
        return Column("skip" if label.role in ("growth", "skip") else "value", label)
    if stands in ("index", "unit") and not _all_years(told, years):
        return Column(stands, label)
    if mostly_text or (number == 0 and not label.year and told and all(map(_HAN.search, told))):
        return Column(_text_kind(told, stands, years), label)
    if stands == "year" or (_all_years(told, years) and number == 0):
        return Column("year", label)
    if number == 0 and not path and _counts_up(told):
        return Column("index", label)
    return Column("skip" if not told and not label.role else "value", label)


def _text_kind(told: Sequence[str], stands: ColumnKind | None, years: Sequence[str]) -> ColumnKind:
    """Kind of a column of words, by its words before its head."""
    if all(is_unit(text) or not text for text in told) and stands != "name":
        return "unit"
    labels = [read_stub(text, years) for text in told]
    if sum(bool(label.year) and not label.name for label in labels) * 2 > len(labels) and stands in (
        "year",
        "name",
        "unit",
        None,
    ):
        return "year"
    roles = sum(label.role in ("own", "target", "comparison", "growth") for label in labels)
    if roles * 5 >= len(labels) * 3:
        return "role"
    return "name" if stands in (None, "year") else stands


def _all_years(told: Sequence[str], years: Sequence[str]) -> bool:
    labels = [read_year(text, years) for text in told]
    return bool(labels) and all(label is not None and not label.rest for label in labels)


def _counts_up(told: Sequence[str]) -> bool:
    return [read_number(text).value for text in told] == [float(n) for n in range(1, len(told) + 1)]


def _joined(labels: Sequence[Label]) -> Label:
    """One label of a column from the head's rows, top to bottom: the lower says it more exactly."""
    year = next((label.year for label in reversed(labels) if label.year), None)
    roles = [label.role for label in labels if label.role]
    role = next(
        (r for want in ("growth", "target", "comparison", "skip", "own") for r in roles if r == want), None
    )
    party = next((label.party for label in reversed(labels) if label.party), "")
    names = [label.name for label in labels if label.name and not _SAYS_NOTHING.fullmatch(label.name)]
    if role == "comparison" and names and not (party and ends_as_kpi(names[-1])):
        party, names = names[-1], names[:-1]
    unit = next((label.unit for label in reversed(labels) if label.unit is not None), None)
    if unit is None and (told := [clean_unit(name) for name in names if is_unit(name)]):
        unit, names = told[-1], [name for name in names if not is_unit(name)]
    return Label(year, role, party, "".join(dict.fromkeys(names)), unit)


def is_figure(text: str, years: Sequence[str]) -> bool:
    reading = read_number(text)
    return reading.value is not None and not (reading.unit == "" and read_year(text, years))


def _with_names(columns: Sequence[Column]) -> Sequence[Column]:
    """Parties among the names of one column make it no column of parties, unless there is one of names."""
    if any(column.kind in ("name", "group") for column in columns):
        return columns
    return [Column("name", c.label) if c.kind == "role" else c for c in columns]


def choose_names(
    texts: Sequence[ColumnText], columns: Sequence[Column], *, years_down: bool
) -> Iterator[Column]:
    """One name column; word columns before it are groups, those after it only if their head says so."""
    columns = _with_names(_named_by_first(texts, columns))
    first = next((n for n, column in enumerate(columns) if column.kind == "value"), len(columns))
    words = [n for n, column in enumerate(columns[:first]) if column.kind in ("name", "group")]
    chosen = _name_column(texts, columns, words)
    for number, column in enumerate(columns):
        if column.kind not in ("name", "group"):
            yield column
        elif number == chosen:
            yield Column("group" if years_down and column.kind == "group" else "name", column.label)
        else:
            before = chosen is not None and number < chosen
            yield Column(
                "group" if before or (column.kind == "group" and number < first) else "skip", column.label
            )


def _named_by_first(texts: Sequence[ColumnText], columns: Sequence[Column]) -> Sequence[Column]:
    """Where nothing else names the rows, the words of the first column do, whatever its head (账龄)."""
    if columns[0].kind != "skip" or any(
        column.kind in ("name", "group", "role", "year") for column in columns
    ):
        return columns
    words = [text for text in texts[0].body if text and read_number(text).value is None]
    if len(words) * 2 <= len(texts[0].body):
        return columns
    return [Column("name", Label()), *columns[1:]]


def _name_column(texts: Sequence[ColumnText], columns: Sequence[Column], words: Sequence[int]) -> int | None:
    named = [n for n in words if columns[n].kind == "name"] or list(words)
    best = [n for n in named if _BEST_NAME.search("".join(texts[n].path))] or named
    if not best:
        return None
    finer = [n for n in named if n > best[-1] and _is_finer(texts[n], texts[best[-1]])]
    return finer[-1] if finer else best[-1]


def _is_finer(inner: ColumnText, topic: ColumnText) -> bool:
    """Whether a column names what is measured, and the one before it only the topic, row after row."""
    names = {text for text in inner.body if text}
    if not len(topic.body) > len(set(topic.body)) <= len(names):
        return False
    says = bool(_MEASURED.search("".join(inner.path)))
    return says or sum(map(ends_as_kpi, names)) * 2 >= len(names)
