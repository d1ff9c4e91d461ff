"""What the .docx reader saw and could not turn into text, in sentences for the user."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ingest.characters import solid
from ingest.docx.drafts import Draft
from ingest.docx.story import Story
from ingest.docx.xml import W
from models.document import Note

_SENTENCES = {
    "alt-chunk": "有 {n} 处嵌入的外部文档（altChunk），其中的文字没有读取；请在 Word 中打开后另存再检查。",
    "subdocument": "这是主控文档，有 {n} 个子文档没有读取；请在 Word 中展开子文档并另存为一个文件。",
    "workbook": "有 {n} 个嵌入的 Excel 工作表，其中的数字没有读取；请核对它们是否也写在正文或表格里。",
    "embedded": "有 {n} 个嵌入的文件（如 Word、PPT 或附件包），其中的内容没有读取。",
    "formula": "有 {n} 个公式以对象（MathType 等）嵌入，其中的文字没有计入字数。",
    "chart-without-data": "有 {n} 个图表没有可读的数据，按图片处理。",
    "comment": "有 {n} 条批注，没有计入字数，也没有作为正文。",
}


def notes_of(story: Story, drafts: Sequence[Draft]) -> tuple[Note, ...]:
    return tuple(_notes(story, drafts))


def _notes(story: Story, drafts: Sequence[Draft]) -> Iterator[Note]:
    comments = _comments(story)
    if comments:
        story.tally.seen["comment"] = comments
    for kind, sentence in _SENTENCES.items():
        if count := story.tally.seen[kind]:
            yield Note(kind, sentence.format(n=count), story.tally.pages.get(kind))
    hidden = [draft for draft in drafts if draft.kind == "invisible"]
    if hidden:
        size = sum(solid(draft.text) for draft in hidden)
        message = f"有 {len(hidden)} 处共 {size} 个看不见的字符（隐藏、白色或极小的文字），未计入字数。"
        yield Note("invisible-text", message, hidden[0].page)


def _comments(story: Story) -> int:
    name = next((r.target for r in story.relations.values() if r.kind == "comments"), None)
    root = story.package.optional(name)
    return 0 if root is None else len(root.findall(W + "comment"))
