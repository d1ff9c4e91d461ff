"""The status board of a round: each submission a line, and what can be asked of the lines."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from api.export import wording
from api.export.figures import FOUND
from api.store.boards import Line, Reader

KINDS = {"award": "申报材料", "annual": "年度报告"}
STATUSES = {"submitted": "已提交", "withdrawn": "已撤回"}
READINGS = {
    "queued": "排队中",
    "running": "正在检查",
    "done": "已检查",
    "failed": "没有读成",
    "cancelled": "已停止",
}
FILTERS = ("q", "kind", "status", "reading", "readers", "length", "late")
SORTS = ("organisation", "received", "reading", "words", "found", "todo", "readers")


@dataclass(frozen=True, slots=True)
class BoardRow:
    line: Line
    figures: Mapping[str, Any]
    """Empty while nothing is known of the content."""
    deadline: datetime | None

    @property
    def kind(self) -> str:
        name = KINDS[self.line.kind]
        return f"{name} {self.line.covers}" if self.line.covers else name

    @property
    def status(self) -> str:
        return STATUSES[self.line.status]

    @property
    def reading(self) -> str:
        return READINGS[self.line.job] if self.line.job else "没有检查"

    @property
    def late(self) -> bool:
        """Received after the deadline's day; a yearly report has a due date of its own."""
        if self.line.kind != "award" or not self.deadline or not self.line.received_on:
            return False
        return self.line.received_on > self.deadline.astimezone().date()

    @property
    def document(self) -> Mapping[str, Any] | None:
        """The part whose length is limited: the main one."""
        documents = self.figures.get("documents", ())
        return next((d for d in documents if d["kind"] == self.figures.get("main")), None)

    @property
    def words(self) -> int | None:
        return self.document["count"] if self.document else None

    @property
    def length(self) -> str:
        """Status of the worst part: over before depends before near before within."""
        order = ("over", "depends", "near", "within")
        held = {d["status"] for d in self.figures.get("documents", ())}
        return next((one for one in order if one in held), "none")

    @property
    def length_name(self) -> str:
        return wording.LENGTH_STATUSES[self.length]  # type: ignore[index]  # one of its keys

    @property
    def found(self) -> int:
        return sum(bool(statuses & FOUND) for statuses in self._asked)

    @property
    def indicators(self) -> int:
        return len(self._asked)

    @property
    def _asked(self) -> Sequence[set[str]]:
        """Statuses of each indicator; of each item for a yearly report, which is read by items."""
        grouped: dict[str, set[str]] = {}
        for indicator, status in self.figures.get("coverage", {}).items():
            whole = self.figures.get("main") == "annual"
            grouped.setdefault(indicator.rpartition(".")[0] if whole else indicator, set()).add(status)
        return tuple(grouped.values())

    @property
    def lines(self) -> Mapping[str, int]:
        lines: Mapping[str, int] = self.figures.get("lines", {})
        return lines

    @property
    def unread(self) -> int:
        return sum(int(self.figures.get(name, 0)) for name in ("unread", "unreadable"))

    @property
    def readers(self) -> tuple[Reader, ...]:
        return tuple(one for one in self.line.readers if one.recused is None)

    @property
    def recused(self) -> tuple[Reader, ...]:
        return tuple(one for one in self.line.readers if one.recused is not None)


_KEYS: dict[str, Callable[[BoardRow], Any]] = {
    "organisation": lambda row: row.line.organisation,
    "received": lambda row: row.line.received_on or date.min,
    "reading": lambda row: row.line.job or "",
    "words": lambda row: row.words or 0,
    "found": lambda row: row.found,
    "todo": lambda row: (row.lines.get("error", 0), row.lines.get("warning", 0)),
    "readers": lambda row: len(row.readers),
}
_TESTS: dict[str, Callable[[BoardRow, str], bool]] = {
    "q": lambda row, text: text.lower() in row.line.organisation.lower(),
    "kind": lambda row, kind: row.line.kind == kind,
    "status": lambda row, status: row.line.status == status,
    "reading": lambda row, state: (
        row.line.job in ("queued", "running") if state == "going" else row.line.job == state
    ),
    "readers": lambda row, held: bool(row.readers) == (held == "some"),
    "length": lambda row, status: row.length == status,
    "late": lambda row, _: row.late,
}


def board_rows(lines: Sequence[Line], deadline: datetime | None) -> list[BoardRow]:
    return [BoardRow(line, line.figures or {}, deadline) for line in lines]


def chosen(rows: Sequence[BoardRow], asked: Mapping[str, str], sort: str) -> list[BoardRow]:
    """The rows that pass all filters, in order; those alike keep theirs."""
    kept = [row for row in rows if all(_TESTS[name](row, value) for name, value in asked.items())]
    return sorted(kept, key=_KEYS[sort.removeprefix("-")], reverse=sort.startswith("-"))


@dataclass(frozen=True, slots=True)
class Tally:
    """A number at the head of the board, and the filter that shows what it counts."""

    title: str
    number: int
    asks: Mapping[str, str]
    tone: str = ""


def tallies(rows: Sequence[BoardRow]) -> tuple[Tally, ...]:
    asked: tuple[tuple[str, dict[str, str], str], ...] = (
        ("已提交", {"status": "submitted"}, ""),
        ("正在检查", {"reading": "going"}, ""),
        ("没有读成", {"reading": "failed"}, "l-over"),
        ("超过字数上限", {"length": "over"}, "l-over"),
        ("未分配评审员", {"status": "submitted", "readers": "none"}, "l-near"),
        ("截止后收到", {"late": "1"}, "l-near"),
        ("已撤回", {"status": "withdrawn"}, ""),
    )
    counted = ((title, len(chosen(rows, asks, "organisation")), asks, tone) for title, asks, tone in asked)
    return tuple(Tally(title, number, asks, tone if number else "") for title, number, asks, tone in counted)
