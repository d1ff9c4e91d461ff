"""Faults of the files themselves: length, parts that were not handed in, what could not be read."""

from __future__ import annotations

from dataclasses import replace

from ingest.length import measure
from models.assessment import UnreadableFile
from models.document import Block, Note, PageState, PartKind, Place
from tests.faults.plant import Draft, Planted, Submission, paragraph, planter, reading_part, tools

_PADDING = "各单位按年度计划分工推进，由牵头部门汇总进展，逐项核对资料来源，经审核后归档，便于以后查阅和比较"
_LIMITED: tuple[tuple[PartKind, str], ...] = (("overview", "组织概述"), ("annual", "年度自我评价报告"))
_PARTS: tuple[tuple[PartKind, str], ...] = (
    ("report", "自评报告"),
    ("overview", "组织概述"),
    ("evidence", "证实性材料"),
)
_JUDGED: tuple[PartKind, ...] = ("report", "overview", "annual")
_UNREAD: tuple[PageState, ...] = ("image_only", "unreadable")


@planter("length-over")
def length_over(clean: Submission, variant: int) -> Planted:
    kind, title = _LIMITED[variant % 2]
    return Planted(_padded(clean, kind, 1.02 + variant / 10), title)


@planter("length-near")
def length_near(clean: Submission, variant: int) -> Planted:
    kind, title = _LIMITED[variant % 2]
    return Planted(_padded(clean, kind, 0.955 + variant * 0.004), title)


@planter("length-depends")
def length_depends(clean: Submission, variant: int) -> Planted:
    kind, title = _LIMITED[variant % 2]
    return Planted(_padded(clean, kind, 1 + (variant - 4.5) / 5000), title)


@planter("length-pictures")
def length_pictures(clean: Submission, variant: int) -> Planted:
    kind = _JUDGED[variant % 3]
    draft = clean.draft(kind)
    pictures = (Block(0, "picture", ""),) * (1 + variant**2)
    blocks = (*draft.blocks[:9], *pictures, *draft.blocks[9:])
    return Planted(clean.with_draft(replace(draft, blocks=blocks)), f"{len(pictures)} 张图片")


@planter("part-missing")
def part_missing(clean: Submission, variant: int) -> Planted:
    kind, title = _PARTS[variant % 3]
    made = clean.without_draft(kind)
    annual = replace(clean.draft("annual"), filename=f"年度报告（第{variant + 1}稿）.docx")
    return Planted(made.with_draft(annual), title)


@planter("pages-unread")
def pages_unread(clean: Submission, variant: int) -> Planted:
    kind = _JUDGED[variant % 3]
    page = 2 + variant % 2
    draft = _paged(clean.draft(kind), without=page)
    states: tuple[PageState, ...] = tuple(
        _UNREAD[variant // 2 % 2] if n == page else "text" for n in range(1, 1 + _last(draft))
    )
    return Planted(clean.with_draft(replace(draft, states=states)), f"第 {page} 页")


@planter("reading-note")
def reading_note(clean: Submission, variant: int) -> Planted:
    kind = _JUDGED[variant % 3]
    said = (
        "一处公式未能读取。",
        "表格跨页，合并时没有把握。",
        "文件中有修订痕迹，按接受修订后的文字读取。",
        "有文字与背景同色，未计入。",
        "图表没有缓存数据，数值未能读取。",
    )[variant % 5]
    notes = (Note(f"doubt-{variant}", said, page=None),) * (1 + variant % 3)
    return Planted(clean.with_draft(replace(clean.draft(kind), notes=notes)), said)


@planter("file-unreadable")
def file_unreadable(clean: Submission, variant: int) -> Planted:
    name = f"附件{variant + 1}.{('docx', 'pdf', 'doc')[variant % 3]}"
    reason = ("文件不完整，请重新导出。", "文件有口令，请用 --password 给出。", "不是 Word 或 PDF 文件。")
    file = UnreadableFile(name, f"“{name}”无法打开：{reason[variant % 3]}")
    return Planted(replace(clean, unreadable=(file,)), name)


def _padded(clean: Submission, kind: PartKind, share: float) -> Submission:
    """With a last section that brings the file to a share of its limit."""
    draft = clean.draft(kind)
    limit = tools().criteria.limit(draft.kind)
    assert limit is not None
    lacking = round(limit.words * share) - measure(reading_part(draft), limit, ()).count
    whole, rest = divmod(lacking, len(_PADDING))
    texts = [*[_PADDING] * whole, _PADDING[:rest]]
    added = tuple(paragraph(text) for text in texts if text)
    return clean.with_draft(replace(draft, blocks=(*draft.blocks, *added)))


def _paged(draft: Draft, without: int) -> Draft:
    """With eight blocks to a page, none of them on one page."""
    blocks = []
    for number, block in enumerate(draft.blocks):
        page = 1 + number // 8
        blocks.append(replace(block, place=Place(page=page if page < without else page + 1)))
    return replace(draft, blocks=tuple(blocks))


def _last(draft: Draft) -> int:
    return max(block.place.page or 0 for block in draft.blocks)
