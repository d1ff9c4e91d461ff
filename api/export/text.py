"""The summary for a terminal: one to two screens, readable without colour and through a pipe."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from api.columns import fold, width
from api.export import wording
from api.export.answers import TITLE, answer_views
from api.export.digest import Line, digest, first_screen
from api.export.findings import part_of, quotable
from api.export.length import short_verdict
from api.export.lookup import SEVERITIES, Lookup
from api.export.parts import extent
from models.assessment import Assessment, Coverage, DocumentRecord, Where
from models.criteria import Chapter, Criteria

_NOTES = 4
_OF_A_KIND = 4
_ANSWERS = 8
_INDENT = " " * 5
_SAID = ("image-only", "unreadable", "recognised", "recognised-with-doubt", "converted")
"""Kinds of notes of the reader that bear on the whole reading; the others stand on the page."""


def to_text(assessment: Assessment, criteria: Criteria) -> str:
    """Parts found, findings with the most important first, coverage by chapter, what to open next."""
    lookup = Lookup(assessment)
    blocks = [
        _head(assessment, criteria),
        _parts(lookup),
        *_findings(lookup, criteria),
        *([] if assessment.findings else [["没有需要处理的事项。"]]),
        *([_answers(assessment)] if assessment.answers else []),
        *(_coverage(lookup, criteria, document) for document in lookup.judged),
        _closing(),
    ]
    return "\n\n".join("\n".join(block) for block in blocks) + "\n"


def _head(assessment: Assessment, criteria: Criteria) -> list[str]:
    years = assessment.years
    origin = "由内容推断，可用 --years 指定" if years.origin == "inferred" else "由使用者指定"
    named = f"{'、'.join(years.reporting)}（{origin}）" if years.reporting else "未能判断，可用 --years 指定"
    status = wording.CRITERIA_STATUS.get(criteria.status, criteria.status)
    return [fold(f"{criteria.title}（{status}）", ""), fold(f"报告期：{named}", " " * 8, "")]


def _parts(lookup: Lookup) -> list[str]:
    lines = ["读到的部分"]
    for document in lookup.documents:
        lines += _part(document)
    for file in lookup.assessment.unreadable:
        lines.append(fold(f"× {file.filename}：{file.message}", "    ", "  "))
    return lines


def _part(document: DocumentRecord) -> Iterator[str]:
    length = document.length
    kind = wording.PART_KINDS[document.kind] + ("" if document.kind_from == "given" else "（由内容判断）")
    bounds = [extent(document), f"段块 {document.blocks[0]}-{document.blocks[1]}"]
    yield fold(f"{kind}　{document.filename}　{'，'.join(filter(None, bounds))}", "    ", "  ")
    limit = f"，上限 {length.limit:,}" if length.limit is not None else ""
    yield fold(f"计入 {length.count:,} 字{limit}：{short_verdict(length)}", "    ", "    ")
    if document.ledger.unread_pages:
        yield fold(f"未读到文字的页：文件第{wording.page_list(document.ledger.unread_pages)}页", "    ")
    for note in document.notes:
        if note.kind in _SAID:
            yield fold(note.message, "    ", "    ")


def _findings(lookup: Lookup, criteria: Criteria) -> Iterator[list[str]]:
    """The groups that hold something, each with its first lines."""
    lines = digest(lookup.assessment, criteria)
    most = first_screen(lines, _NOTES)
    for severity in SEVERITIES:
        group = [line for line in lines if line.severity == severity]
        if group:
            yield _group(lookup, group, most[severity])


def _group(lookup: Lookup, group: Sequence[Line], most: int) -> list[str]:
    severity = group[0].severity
    lines = [f"{wording.SEVERITIES[severity]}（{len(group)} 条）"]
    said: set[str] = set()
    shown = group[:most] if severity == "error" else _choice(group, most)
    for number, line in enumerate(shown, 1):
        lines += _line(lookup, line, number, advise=severity != "note" and line.advice not in said)
        said.add(line.advice)
    rest = len(group) - len(shown)
    return [*lines, f"  …另有 {rest} 条，见 HTML"] if rest > 0 else lines


def _choice(lines: Sequence[Line], most: int) -> list[Line]:
    """The first ones, but few of one kind, so that a fault made often does not hide the others."""
    seen: Counter[str] = Counter()
    chosen = []
    for line in lines:
        seen[line.check] += 1
        if seen[line.check] <= _OF_A_KIND:
            chosen.append(line)
    return chosen[:most]


def _line(lookup: Lookup, line: Line, number: int, *, advise: bool) -> Iterator[str]:
    """A fault, what to do about it unless that was just said, and the first place to look at."""
    part = part_of(line.findings[0], lookup)
    document = lookup.document.get(line.document or "")
    told = document is None or document.kind == "report" or part in line.message
    yield fold(line.message if told else f"［{part}］{line.message}", _INDENT, f"{number:>3}. ")
    if advise:
        yield fold(line.advice, _INDENT)
    places = list(dict.fromkeys(text for where in line.places if (text := _place(lookup, where))))
    if places:
        more = f"　等 {len(places)} 处" if len(places) > 1 else ""
        yield fold(places[0] + more, _INDENT + "  ", _INDENT + "→ ")


def _place(lookup: Lookup, where: Where) -> str:
    """Page and start of the passage or name of the KPI that a finding points at."""
    if where.passage in lookup.passage:
        passage = lookup.passage[where.passage]
        return f"{wording.place(passage)}“{wording.opening(quotable(passage), 16)}”"
    if where.kpi in lookup.kpi:
        series = lookup.kpi[where.kpi]
        return f"{wording.page(series.source.page)}“{series.name}”"
    return f"文件第{where.page}页" if where.page is not None else ""


def _answers(assessment: Assessment) -> list[str]:
    views = answer_views(assessment)
    shown = (fold(f"［{view.kind}］{view.message}", _INDENT, "  ") for view in views[:_ANSWERS])
    rest = len(views) - _ANSWERS
    return [f"{TITLE}（{len(views)} 条）", *shown, *([f"  …另有 {rest} 条，见 HTML"] if rest > 0 else [])]


def _coverage(lookup: Lookup, criteria: Criteria, document: DocumentRecord) -> list[str]:
    chapters = [criteria.overview] if document.kind == "overview" else list(criteria.chapters)
    lines = [f"覆盖情况：{wording.PART_KINDS[document.kind]}（{document.filename}）"]
    if document.kind != "report":
        return [*lines, *_whole(lookup, document, chapters)]
    names = [f"{chapter.id} {chapter.title}" for chapter in chapters]
    column = max(map(width, names))
    for chapter, name in zip(chapters, names, strict=True):
        rows = lookup.rows(document.id, [i.id for item in chapter.items for i in item.indicators])
        lines.append(fold(f"{name}{' ' * (column - width(name))}  {_tally(rows)}", " " * (column + 4), "  "))
    count = len(criteria.indicators)
    lines += _by_item(document, criteria)
    return [*lines, fold(f"{count} 个指标的计法：ziping criteria 末尾有说明。", "  ")]


def _by_item(document: DocumentRecord, criteria: Criteria) -> Iterator[str]:
    """字 of each item, a line per chapter; for looking at, not for cutting."""
    words = document.length.by_item
    if not any(item.id in words for item in criteria.items):
        return
    yield "各条字数"
    for chapter in criteria.chapters:
        items = (f"{item.id} {words[item.id]:,}" for item in chapter.items if item.id in words)
        told = "　".join(items)
        if told:
            yield fold(f"{chapter.id} {chapter.title}：{told}", " " * 4, "  ")


def _whole(lookup: Lookup, document: DocumentRecord, chapters: list[Chapter]) -> Iterator[str]:
    """Overview by its points, a yearly report by items: neither is held against single indicators."""
    indicators = [i.id for chapter in chapters for item in chapter.items for i in item.indicators]
    rows = lookup.rows(document.id, indicators)
    if document.kind == "overview":
        points = [point for row in rows for point in row.requirements]
        found = sum(point.status == "covered" for point in points)
        yield f"  {len(points)} 个要点中 {found} 个有对应段落（组织概述不评分）。"
        return
    items = [item for chapter in chapters for item in chapter.items]
    empty = [item for item in items if not _answered(lookup, document, [i.id for i in item.indicators])]
    named = f"；未找到的条目：{'、'.join(item.id for item in empty)}" if empty else ""
    yield fold(f"{len(items)} 个条目中 {len(items) - len(empty)} 个已找到相关内容{named}。", "    ", "  ")


def _answered(lookup: Lookup, document: DocumentRecord, indicators: list[str]) -> bool:
    return any(row.passages for row in lookup.rows(document.id, indicators))


def _tally(rows: tuple[Coverage, ...]) -> str:
    """A mark per indicator, then the counts."""
    marks = "".join(wording.STATUS_MARKS[row.status] for row in rows)
    counts = Counter(row.status for row in rows)
    named = "，".join(f"{title}{counts[s]}" for s, title in wording.SHORT_STATUSES.items() if counts[s])
    return f"{marks}  {named}"


def _closing() -> list[str]:
    return [
        fold(
            "下一步：用 ziping open 加上同样的文件，在浏览器里按条目对照原文、页码和指标表；"
            "要存成一页，请用 --format html --output 结果.html。"
        )
    ]
