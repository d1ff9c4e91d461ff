"""Faults of coverage: what is not told, told in part, told in the wrong place, or may be in a picture."""

from __future__ import annotations

from dataclasses import replace

from models.document import Block
from tests.faults.gold import Record, gold_blocks, load_gold
from tests.faults.plant import Planted, Submission, heading, paragraph, planter, tools

_ITEMS = (
    "1.1 高层领导的作用", "1.3 社会责任", "2.2 战略部署", "3.2 顾客关系和顾客满意", "4.2 财务资源",
    "4.4 技术资源", "5.2 过程的实施与改进", "6.2 改进与创新", "7.3 财务结果", "7.5 过程有效性结果",
)  # fmt: skip
_INDICATORS = ("1.1.2", "1.2.1", "1.3.2", "2.2.2", "3.1.1", "4.1.2", "4.3.1", "4.5.2", "6.1.2", "7.4.4")
_ASPECTS = (
    ("1.1.3", "approach"), ("1.2.3", "deployment"), ("1.3.3", "approach"), ("2.1.2", "deployment"),
    ("3.2.2", "approach"), ("4.1.3", "deployment"), ("4.4.2", "approach"), ("5.1.1", "deployment"),
    ("5.2.1", "approach"), ("6.2.1", "deployment"),
)  # fmt: skip
_MOVED = (
    ("1.1.3", "approach", "3.2 顾客关系和顾客满意"), ("1.2.3", "approach", "4.1 人力资源"),
    ("1.3.1", "approach", "2.2 战略部署"), ("3.2.2", "approach", "5.1 过程的识别与设计"),
    ("4.1.3", "approach", "6.1 测量、分析和评价"), ("4.2.2", "approach", "1.3 社会责任"),
    ("4.3.2", "approach", "4.5 基础设施"), ("4.4.2", "deployment", "3.1 顾客和市场的了解"),
    ("5.1.2", "approach", "1.2 组织治理"), ("6.2.2", "deployment", "4.2 财务资源"),
)  # fmt: skip
_PROMISES = (
    "相关内容另行整理。", "有关情况从略。", "此处待补充。", "以后续提交的版本为准。", "本节文字尚在核对。",
)  # fmt: skip


@planter("item-missing")
def item_missing(clean: Submission, variant: int) -> Planted:
    title = _ITEMS[variant]
    return Planted(clean.with_section("report", title, ()).remove("report", title), title[:3])


@planter("indicator-missing")
def indicator_missing(clean: Submission, variant: int) -> Planted:
    indicator = _INDICATORS[variant]
    return Planted(_without(clean, indicator), indicator)


@planter("indicator-unsure")
def indicator_unsure(clean: Submission, variant: int) -> Planted:
    """A heading that names the indicator, and under it a sentence that says nothing."""
    indicator = _INDICATORS[variant]
    named = heading(_title(indicator), 3)
    empty = paragraph(_PROMISES[variant % len(_PROMISES)])
    return Planted(_without(clean, indicator, named, empty), indicator)


@planter("aspect-missing")
def aspect_missing(clean: Submission, variant: int) -> Planted:
    indicator, aspect = _ASPECTS[variant]
    return Planted(clean.remove("report", *_texts(indicator, aspect)), indicator)


@planter("unread-section")
def unread_section(clean: Submission, variant: int) -> Planted:
    """A picture stands where the text of an indicator stood."""
    indicator = _INDICATORS[variant]
    return Planted(_without(clean, indicator, Block(0, "picture", "")), indicator)


@planter("passage-misplaced")
def passage_misplaced(clean: Submission, variant: int) -> Planted:
    indicator, aspect, under = _MOVED[variant]
    (text, *_) = _texts(indicator, aspect)
    last = clean.section("report", under)[-1].text
    return Planted(clean.remove("report", text).insert("report", last, text), text)


def _without(clean: Submission, indicator: str, *instead: Block) -> Submission:
    """Without all that is told of an indicator, and without headings of which nothing is left."""
    records = _records()
    of_it = [indicator in (record.get("indicator"), *record.get("also", ())) for record in records]
    first = of_it.index(True)
    before = [record for record, gone in zip(records[:first], of_it[:first], strict=True) if not gone]
    after = [record for record, gone in zip(records[first:], of_it[first:], strict=True) if not gone]
    blocks = _filled((*gold_blocks(before), *instead, *gold_blocks(after)))
    return clean.with_draft(replace(clean.draft("report"), blocks=blocks))


def _filled(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Without the headings of the third level that nothing stands under."""
    following = (*blocks[1:], heading("", 1))
    return tuple(
        block
        for block, after in zip(blocks, following, strict=True)
        if not (block.kind == "heading" and block.level == 3 and after.kind == "heading")
    )


def _records() -> list[Record]:
    records: list[Record] = load_gold("report_c_complete")["report"]
    return records


def _texts(indicator: str, aspect: str) -> tuple[str, ...]:
    told = (r for r in _records() if r["type"] == "para" and r["indicator"] == indicator)
    return tuple(record["text"] for record in told if record["aspect"] == aspect)


def _title(indicator: str) -> str:
    return tools().criteria.indicator(indicator).title
