"""What the gap list says: what was checked, what to do, 23 items, what was said, what was not seen.

Plain data in the order in which it is printed, so that a page can show the same. The list is cut to what
ten pages hold: what breaks a rule first, then by the order of the digest; what is left out is counted.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from api.columns import width
from api.export import wording
from api.export.answers import AnswerView, answer_views
from api.export.coverage import item_status
from api.export.digest import Line, digest
from api.export.findings import item_title, part_of, quotable
from api.export.length import short_verdict
from api.export.lookup import SEVERITIES, Lookup
from api.export.parts import extent, part_view
from models.assessment import Assessment, DocumentRecord, Severity, Where
from models.criteria import Criteria, Item

T = TypeVar("T")
_ROOM = 245
"""Lines of table text that to-do list, answers and what was not seen may take together: some 34 fit on a
page, for rows stay whole, and the other sections take two of the ten pages."""
_LINE = 42
"""Half-width columns of the broad cell of the to-do list."""
_ANSWERS, _UNSEEN = 50, 24
"""Of these, the most that answers and what was not seen may take."""
_WIDE, _TEXT = 76, 76
"""Half-width columns of the cell of an answer, and of a line of running text."""
_PAGES = 3


@dataclass(frozen=True, slots=True)
class PartRow:
    kind: str
    file: str
    extent: str
    words: str
    limit: str
    verdict: str


@dataclass(frozen=True, slots=True)
class TaskRow:
    item: str
    message: str
    advice: str
    place: str

    @property
    def height(self) -> int:
        """Lines that it takes in the table, about."""
        broad = _lines(self.message, _LINE) + _lines(self.advice, _LINE * 7 / 6)
        return max(broad, _lines(self.item, 14) + 1, _lines(self.place, 16)) + 1


@dataclass(frozen=True, slots=True)
class TaskGroup:
    title: str
    meaning: str
    count: int
    """All of the group; ``rows`` may hold fewer."""
    rows: tuple[TaskRow, ...]


@dataclass(frozen=True, slots=True)
class ItemRow:
    item: str
    points: int
    words: str
    """字 under the item's heading; empty where no heading names it."""
    status: str
    open: str
    """Indicators that are not wholly found, with how each stands."""


@dataclass(frozen=True, slots=True)
class ItemTable:
    """The items of a report; of a yearly report where no other was handed in."""

    title: str
    rows: tuple[ItemRow, ...]


@dataclass(frozen=True, slots=True)
class GapList:
    files: str
    facts: tuple[str, ...]
    parts: tuple[PartRow, ...]
    counting: tuple[str, ...]
    """How 字数 was counted and where it cannot be."""
    groups: tuple[TaskGroup, ...]
    coverage: tuple[str, ...]
    """A sentence per part that was held against the criteria."""
    tables: tuple[ItemTable, ...]
    answers: tuple[AnswerView, ...]
    answers_left: int
    unseen: tuple[str, ...]
    notes: tuple[str, ...]


def gap_list(assessment: Assessment, criteria: Criteria) -> GapList:
    lookup = Lookup(assessment)
    every = answer_views(assessment)
    answers, left = _within(every, _ANSWERS, lambda view: _lines(view.message, _WIDE))
    unseen, unsaid = _within(_unseen(lookup, criteria), _UNSEEN, lambda line: _lines(line, _TEXT))
    room = _ROOM - (_ANSWERS - left) - (_UNSEEN - unsaid)
    return GapList(
        files="、".join(dict.fromkeys(document.filename for document in lookup.documents)),
        facts=tuple(_facts(assessment, criteria)),
        parts=tuple(_part(document) for document in lookup.documents),
        counting=tuple(_counting(lookup)),
        groups=_groups(lookup, criteria, room),
        coverage=tuple(_found(document, lookup, criteria) for document in lookup.judged),
        tables=tuple(_table(document, lookup, criteria) for document in _by_items(lookup)),
        answers=answers,
        answers_left=len(every) - len(answers),
        unseen=tuple(_seen_by_none(unseen, len(_unseen(lookup, criteria)) - len(unseen))),
        notes=tuple(_notes(criteria)),
    )


def _facts(assessment: Assessment, criteria: Criteria) -> Iterator[str]:
    status = wording.CRITERIA_STATUS.get(criteria.status, criteria.status)
    yield f"评价准则：{criteria.title}（{status}）"
    years = assessment.years
    origin = "由使用者指定" if years.origin == "given" else "由内容推断"
    yield f"报告期：{'、'.join(years.reporting)}（{origin}）" if years.reporting else "报告期：未能判断"


def _part(document: DocumentRecord) -> PartRow:
    length = document.length
    return PartRow(
        wording.PART_KINDS[document.kind],
        document.filename,
        extent(document) or "文件没有分页",
        f"{length.count:,}",
        f"{length.limit:,}" if length.limit is not None else "未设",
        short_verdict(length),
    )


def _counting(lookup: Lookup) -> Iterator[str]:
    yield (
        "字数按 Word 状态栏的规则计：正文、表格、文本框、脚注和可读出文字的图表计入，"
        "目录、页眉页脚和不可见文字不计入；图片中的文字无法计数。"
    )
    pictures = sum(document.length.uncounted_pictures for document in lookup.documents)
    if pictures:
        yield f"共有 {pictures} 张图片的文字没有计入，请自行确认余量。"


def _groups(lookup: Lookup, criteria: Criteria, room: int) -> tuple[TaskGroup, ...]:
    """The three groups, filled in the order of their weight until the room is used."""
    lines = digest(lookup.assessment, criteria)
    groups = []
    for severity in SEVERITIES:
        own = [line for line in lines if line.severity == severity]
        tasks = [_task(line, lookup, criteria) for line in own]
        rows, room = _within(tasks, room, lambda task: task.height)
        groups.append(_group(severity, len(own), rows))
    return tuple(groups)


def _group(severity: Severity, count: int, rows: tuple[TaskRow, ...]) -> TaskGroup:
    return TaskGroup(wording.SEVERITIES[severity], wording.SEVERITY_MEANINGS[severity], count, rows)


def _within(entries: Sequence[T], room: int, height: Callable[[T], int]) -> tuple[tuple[T, ...], int]:
    """As many entries from the first on as there is room for, and the room left."""
    kept: list[T] = []
    for entry in entries:
        if height(entry) > room:
            return tuple(kept), 0
        kept.append(entry)
        room -= height(entry)
    return tuple(kept), room


def _lines(text: str, columns: float) -> int:
    return math.ceil(width(text) / columns)


def _task(line: Line, lookup: Lookup, criteria: Criteria) -> TaskRow:
    finding = line.findings[0]
    document = lookup.document.get(line.document or "")
    part = part_of(finding, lookup) if document is not None and document.kind != "report" else ""
    about = item_title(criteria, line.indicator).replace("，", "\n", 1)
    return TaskRow(about or part or "全部材料", _told(line.message, part), line.advice, _places(line, lookup))


def _told(message: str, part: str) -> str:
    return message if not part or part in message else f"［{part}］{message}"


def _places(line: Line, lookup: Lookup) -> str:
    """The first place in words, and the pages of the next ones."""
    named = list(dict.fromkeys(place for where in line.places if (place := _place(where, lookup))))
    if not named:
        return ""
    pages = list(dict.fromkeys(page for page, _ in named if page != named[0][0]))
    first = "".join(named[0])
    also = f"\n另见{'、'.join(pages[:_PAGES])}{'等' if len(pages) > _PAGES else ''}" if pages else ""
    return first + also


def _place(where: Where, lookup: Lookup) -> tuple[str, str] | None:
    """Page, and the start of the passage or the name of the series."""
    if where.passage in lookup.passage:
        passage = lookup.passage[where.passage]
        # the printed number alone: it is what a reader turns to
        page = wording.place(passage).split("（", maxsplit=1)[0]
        return page, f"“{wording.opening(quotable(passage), 10)}”"
    if where.kpi in lookup.kpi:
        series = lookup.kpi[where.kpi]
        return wording.page(series.source.page), f"“{wording.opening(series.name, 10)}”"
    return (f"文件第{where.page}页", "") if where.page is not None else None


def _by_items(lookup: Lookup) -> list[DocumentRecord]:
    """Reports; a yearly report is shown by items where it stands alone."""
    reports = [document for document in lookup.judged if document.kind == "report"]
    return reports or [document for document in lookup.judged if document.kind == "annual"]


def _found(document: DocumentRecord, lookup: Lookup, criteria: Criteria) -> str:
    rows = [row for row in lookup.assessment.coverage if row.document == document.id]
    name = f"{wording.PART_KINDS[document.kind]}（{document.filename}）"
    if document.kind == "overview":
        points = [point.status for row in rows for point in row.requirements]
        return f"{name}：{len(points)} 个要点中 {points.count('covered')} 个有对应段落；概述不评分。"
    if document.kind == "annual":
        of_items = (lookup.rows(document.id, [i.id for i in item.indicators]) for item in criteria.items)
        statuses = list(map(item_status, of_items))
        gone = [item.id for item, one in zip(criteria.items, statuses, strict=True) if one == "missing"]
        named = f"；未找到的条目：{'、'.join(gone)}" if gone else ""
        return f"{name}：{len(statuses)} 个条目中 {statuses.count('covered')} 个已找到相关内容{named}。"
    found = sum(bool(row.passages) for row in rows)
    return f"{name}：{len(rows)} 个三级指标中 {found} 个已找到相关内容。"


def _table(document: DocumentRecord, lookup: Lookup, criteria: Criteria) -> ItemTable:
    rows = tuple(_item(item, document, lookup) for item in criteria.items)
    return ItemTable(f"{wording.PART_KINDS[document.kind]}（{document.filename}）", rows)


def _item(item: Item, document: DocumentRecord, lookup: Lookup) -> ItemRow:
    rows = lookup.rows(document.id, [indicator.id for indicator in item.indicators])
    words = document.length.by_item.get(item.id)
    status, still = f"{sum(bool(row.passages) for row in rows)} / {len(rows)}", ""
    if document.kind == "annual":
        status = wording.SHORT_STATUSES[item_status(rows)]
    else:
        open_rows = (row for row in rows if row.status != "covered")
        still = "；".join(f"{row.indicator} {wording.SHORT_STATUSES[row.status]}" for row in open_rows)
    written = f"{words:,}" if words is not None else ""
    return ItemRow(f"{item.id} {item.title}", item.points, written, status, still)


def _unseen(lookup: Lookup, criteria: Criteria) -> list[str]:
    said = [f"{file.filename}：{file.message}" for file in lookup.assessment.unreadable]
    for document in lookup.documents:
        said += [f"{document.filename}：{line}" for line in part_view(document, criteria).reading]
    return said


def _seen_by_none(said: Sequence[str], left: int) -> Iterator[str]:
    yield from said
    if left:
        yield f"另有 {left} 条，见 HTML 页。"
    yield "图片里的文字和图形、附件中的证书和合同，以及事实是否属实，程序看不到，也不作判断。"


def _notes(criteria: Criteria) -> Sequence[str]:
    return (
        "“未找到”只说明程序没有读到，内容可能写在别处、图片或未读的页里，请以原文为准；“已找到”也不评判写得好不好。",
        "要点是指引性的，没有逐条对应并不等于不满足；确不涉及的条目，可用答复文件注明“不适用”或“以其他方式说明”。",
        "各条字数供了解分布，不是增删的建议。本清单不评分，也不预测得分。",
        f"指标的计法：{criteria.counting_note}",
    )
