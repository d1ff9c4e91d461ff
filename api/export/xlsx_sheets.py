"""Sheets of the workbook that list: overview, length, findings, passages."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from api.export import wording
from api.export.answers import TITLE, answer_views
from api.export.digest import Line, digest
from api.export.findings import item_title, part_of, quotable
from api.export.length import verdict
from api.export.lookup import SEVERITIES, Lookup
from api.export.parts import extent
from api.export.xlsx_cells import Column, Value, colour_words, facts, table
from models.assessment import DocumentRecord, Length, PassageRecord, Where
from models.criteria import Criteria, Indicator

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

PASSAGES = "段落"
_SEVERITY_COLOURS = {"违反规定": "A3262A", "建议补充": "855300", "请核对": "1F5673"}
_FINDING_COLUMNS = (
    Column("分组", 11),
    Column("部分", 16, wrap=True),
    Column("条目", 24, wrap=True),
    Column("指标", 12, wrap=True),
    Column("对象", 20, wrap=True),
    Column("处数", 6, number="0"),
    Column("发现", 52, wrap=True),
    Column("建议", 46, wrap=True),
    Column("位置", 40, wrap=True),
    Column("检查项", 24, printed=False),
    Column("编号", 20, printed=False),
)
_PASSAGE_COLUMNS = (
    Column("部分", 16),
    Column("位置", 22),
    Column("文件页", 8, number="0"),
    Column("段块", 8, number="0"),
    Column("标题", 34, wrap=True),
    Column("种类", 8),
    Column("指标", 9),
    Column("指标名称", 18, wrap=True),
    Column("也涉及", 14, wrap=True),
    Column("方面", 10),
    Column("把握", 9),
    Column("原文", 90, wrap=True),
    Column("概率", 8, number="0.00", printed=False),
    Column("编号", 18, printed=False),
)


def add_overview(book: Workbook, lookup: Lookup, criteria: Criteria) -> None:
    facts(book, "总览", _overview(lookup, criteria))


def _overview(lookup: Lookup, criteria: Criteria) -> Iterator[tuple[str, Value]]:
    assessment, years = lookup.assessment, lookup.assessment.years
    yield "自评核对", None
    status = wording.CRITERIA_STATUS.get(criteria.status, criteria.status)
    yield "评价准则", f"{criteria.title} {criteria.edition}（{status}）"
    origin = "由使用者指定" if years.origin == "given" else "由内容推断"
    yield "报告期", f"{'、'.join(years.reporting)}（{origin}）" if years.reporting else "未能判断"
    yield (
        "编码器",
        f"{assessment.encoder.name}，{assessment.encoder.dimensions} 维，{assessment.encoder.sha256}",
    )
    yield "读到的部分", None
    for document in lookup.documents:
        yield wording.PART_KINDS[document.kind], _part(document)
    for file in assessment.unreadable:
        yield file.filename, file.message
    yield "要做的事", None
    lines = digest(assessment, criteria)
    for severity in SEVERITIES:
        yield wording.SEVERITIES[severity], sum(line.severity == severity for line in lines)
    yield "怎样读", None
    yield "找到与未找到", "“已找到相关内容”不评判写得好不好；“未找到”只说明程序没有读到，请以原文为准。"
    yield "指标的计法", criteria.counting_note


def _part(document: DocumentRecord) -> str:
    place = extent(document) or "文件没有分页"
    bounds = f"段块 {document.blocks[0]}–{document.blocks[1]}"
    unread = document.ledger.unread_pages
    doubt = f"；文件第{wording.page_list(unread)}页没有可读的文字" if unread else ""
    return f"{document.filename}，{place}，{bounds}{doubt}"


def add_length(book: Workbook, lookup: Lookup, criteria: Criteria) -> None:
    """Line by line, a column per part."""
    documents = lookup.documents
    parts = [Column(f"{wording.PART_KINDS[d.kind]}\n{d.filename}", 30, True, "#,##0") for d in documents]
    lines = [(group, title, [take(d.length) for d in documents]) for group, title, take in _lines(criteria)]
    rows = [[group, title, *values] for group, title, values in lines if any(v is not None for v in values)]
    table(book, "字数", [Column("", 22), Column("项目", 28, wrap=True), *parts], rows)


def _lines(criteria: Criteria) -> Iterator[tuple[str, str, Callable[[Length], Value]]]:
    """Group, title, and how to take the value from a length; None where a part has no such line."""
    yield "结论", "上限", lambda length: length.limit
    yield "结论", "计入", lambda length: length.count
    yield "结论", "最小口径", lambda length: length.range[0]
    yield "结论", "最大口径", lambda length: length.range[1]
    yield "结论", "说明", verdict
    for key, title in wording.LENGTH_PARTS.items():
        yield "计入限额", title, lambda length, key=key: length.by_part.get(key)  # type: ignore[misc]
    for key, title in wording.LENGTH_EXCLUDED.items():
        yield "不计入", title, lambda length, key=key: length.excluded.get(key)  # type: ignore[misc]
    yield "不计入", "无法计数的图片（张）", lambda length: length.uncounted_pictures
    yield "与 Word 字数统计核对", "字数", lambda length: length.statistics.word
    yield "与 Word 字数统计核对", "字符数（不计空格）", lambda length: length.statistics.characters
    yield "与 Word 字数统计核对", "字符数（计空格）", lambda length: length.statistics.characters_with_spaces
    yield "与 Word 字数统计核对", "其中汉字", lambda length: length.statistics.han
    for chapter in criteria.chapters:
        title = f"{chapter.id} {chapter.title}"
        yield "各章", title, lambda length, key=chapter.id: length.by_chapter.get(key)  # type: ignore[misc]
    for item in criteria.items:
        title = f"{item.id} {item.title}"
        yield "各条", title, lambda length, key=item.id: length.by_item.get(key)  # type: ignore[misc]


def add_findings(book: Workbook, lookup: Lookup, criteria: Criteria) -> None:
    lines = digest(lookup.assessment, criteria)
    sheet = table(book, "发现", _FINDING_COLUMNS, (_line(line, lookup, criteria) for line in lines))
    colour_words(sheet, "A", len(lines), _SEVERITY_COLOURS)


def _line(line: Line, lookup: Lookup, criteria: Criteria) -> list[Value]:
    places = (place_text(where, lookup) for where in line.places)
    return [
        line.group,
        part_of(line.findings[0], lookup),
        item_title(criteria, line.indicator),
        "、".join(dict.fromkeys(one.indicator for one in line.findings if one.indicator)),
        "、".join(dict.fromkeys(one.subject for one in line.findings)),
        line.count,
        line.message,
        line.advice,
        "\n".join(place for place in places if place),
        line.check,
        "\n".join(finding.id for finding in line.findings),
    ]


def place_text(where: Where, lookup: Lookup) -> str:
    """Page and opening of the passage, or page and name of the series, that a finding points at."""
    if where.passage in lookup.passage:
        passage = lookup.passage[where.passage]
        return f"{wording.place(passage)} {wording.opening(quotable(passage), 24)}"
    if where.kpi in lookup.kpi:
        series = lookup.kpi[where.kpi]
        return f"{wording.page(series.source.page)} {series.name}".strip()
    return f"文件第{where.page}页" if where.page is not None else ""


def add_answers(book: Workbook, lookup: Lookup) -> None:
    """A sheet of what a person said, where somebody said something."""
    views = answer_views(lookup.assessment)
    if views:
        columns = (Column("答复", 18), Column("内容", 100, wrap=True))
        table(book, TITLE, columns, ([view.kind, view.message] for view in views))


def add_passages(book: Workbook, lookup: Lookup, criteria: Criteria) -> None:
    rows = (_passage(one, lookup.document[one.document], criteria) for one in listed_passages(lookup))
    table(book, PASSAGES, _PASSAGE_COLUMNS, rows)


def listed_passages(lookup: Lookup) -> list[PassageRecord]:
    """Passages in the order of the sheet's rows."""
    every = lookup.assessment.passages
    return [passage for document in lookup.documents for passage in every if passage.document == document.id]


def _passage(passage: PassageRecord, document: DocumentRecord, criteria: Criteria) -> list[Value]:
    first, *others = passage.indicators or (None,)
    node = criteria.by_id.get(first.id) if first else None
    text = f"{passage.context}\n{passage.text}" if passage.context else passage.text
    return [
        wording.PART_KINDS[document.kind],
        wording.place(passage),
        passage.page,
        passage.paragraph,
        " › ".join(passage.heading_path),
        wording.PASSAGE_KINDS[passage.kind],
        first.id if first else "未归入",
        node.title if isinstance(node, Indicator) else "",
        "、".join(score.id for score in others if score),
        wording.ASPECT_LABELS[passage.aspect],
        wording.certainty(first.score) if first else "",
        text,
        first.score if first else None,
        passage.id,
    ]
