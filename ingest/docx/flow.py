"""Text of cells, boxes and notes, and the blocks that hang on a paragraph."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ingest.characters import solid
from ingest.docx.charts import chart_text, diagram_text, read_chart
from ingest.docx.drafts import Draft
from ingest.docx.drawings import DrawnObject
from ingest.docx.notes import Notes
from ingest.docx.paragraph import Paragraph, read_paragraph
from ingest.docx.story import Story, raw_characters
from ingest.docx.xml import Element, W, content


def flat_text(
    container: Element, story: Story, notes: Notes, hanging: list[Draft], *, coloured: bool = False
) -> str:
    """Paragraphs of a cell, box or note, a line each; tables inside by row, cells separated by tabs.

    What hangs on the paragraphs is added to ``hanging``.
    """
    lines: list[str] = []
    for child in content(container):
        tag = child.tag
        if tag == W + "p":
            paragraph = read_paragraph(child, story, coloured=coloured)
            lines.append(paragraph.text)
            hanging.extend(hanging_drafts(paragraph, story, notes))
        elif tag == W + "sdt":
            inner = child.find(W + "sdtContent")
            if inner is not None:
                lines.append(flat_text(inner, story, notes, hanging, coloured=coloured))
        elif tag == W + "tbl":
            lines.extend(_rows(child, story, notes, hanging))
        elif tag == W + "altChunk":
            story.tally.note("alt-chunk", story.pages.current)
    return "\n".join(lines).strip("\n")


def table_rows(table: Element, story: Story) -> Iterator[Element]:
    """Rows of the final text, out of content controls too."""
    for child in content(table):
        if child.tag == W + "tr":
            revised = child.find(W + "trPr")
            if revised is not None and revised.find(W + "del") is not None:
                story.tally.dropped += raw_characters(child)
            else:
                yield child
        elif child.tag == W + "sdt" and child.find(W + "sdtContent") is not None:
            yield from table_rows(child.find(W + "sdtContent"), story)


def row_cells(row: Element, story: Story) -> Iterator[Element]:
    for child in content(row):
        if child.tag == W + "tc":
            if child.find(f"{W}tcPr/{W}cellDel") is not None:
                story.tally.dropped += raw_characters(child)
            else:
                yield child
        elif child.tag == W + "sdt" and child.find(W + "sdtContent") is not None:
            yield from row_cells(child.find(W + "sdtContent"), story)


def _rows(table: Element, story: Story, notes: Notes, hanging: list[Draft]) -> Iterator[str]:
    """A table in a cell or box. White text in it may stand on a ground, so it counts as seen."""
    for row in table_rows(table, story):
        yield "\t".join(
            flat_text(cell, story, notes, hanging, coloured=True) for cell in row_cells(row, story)
        )


def hanging_drafts(paragraph: Paragraph, story: Story, notes: Notes) -> Iterator[Draft]:
    """Hidden text, drawings and notes of a paragraph."""
    if paragraph.hidden.strip():
        yield Draft("invisible", paragraph.hidden, story.pages.current)
    for drawn in paragraph.objects:
        yield from _object_drafts(drawn, paragraph, story, notes)
    for kind, identity in paragraph.notes:
        element = notes.take(kind, identity)
        if element is not None:
            yield from _note_drafts(element, notes.story(kind), notes, paragraph.page)


def _note_drafts(element: Element, story: Story, notes: Notes, page: int | None) -> Iterator[Draft]:
    hanging: list[Draft] = []
    story.tally.found += raw_characters(element)
    text = flat_text(element, story, notes, hanging)
    if text.strip():
        yield Draft("footnote", text.strip(), page)
    yield from (replace(draft, page=page) for draft in hanging)


def _object_drafts(drawn: DrawnObject, paragraph: Paragraph, story: Story, notes: Notes) -> Iterator[Draft]:
    page = paragraph.page
    if drawn.kind == "box" and drawn.element is not None:
        yield from _box_drafts(drawn.element, story, notes, page)
    elif drawn.kind == "words":
        if drawn.text.strip():
            yield Draft("text_box", drawn.text, page)
    elif drawn.kind == "picture":
        story.pages.picture()
        yield Draft("picture", drawn.text, page)
    elif drawn.kind in ("chart", "diagram"):
        yield from _part_drafts(drawn, story, page)
    else:
        story.tally.note(drawn.kind, page)


def _box_drafts(element: Element, story: Story, notes: Notes, page: int | None) -> Iterator[Draft]:
    """A text box is one block. Its page is that of its paragraph; breaks inside do not count."""
    hanging: list[Draft] = []
    number = story.pages.number
    text = flat_text(element, story, notes, hanging, coloured=True)
    story.pages.back_to(number)
    if text.strip():
        yield Draft("text_box", text, page)
    yield from hanging


def _part_drafts(drawn: DrawnObject, story: Story, page: int | None) -> Iterator[Draft]:
    """A chart or diagram keeps its data in a part of its own; without it only its picture is there."""
    relation = story.relations.get(drawn.target)
    root = None if relation is None or relation.external else story.package.optional(relation.target)
    if root is None:
        story.tally.note("chart-without-data", page)
        yield Draft("picture", "", page)
        return
    chart = read_chart(root) if drawn.kind == "chart" else None
    text = diagram_text(root) if chart is None else chart_text(chart)
    story.tally.found += solid(text)
    if text or (chart is not None and chart.series):
        story.pages.text()
        yield Draft("chart", text, page, chart=chart)
