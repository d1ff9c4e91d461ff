"""Which parts a file holds: overview, report, annual report, evidence; from titles, then from wording.

One volume often holds cover, contents, overview, report and evidence. It is cut where a heading
opens a part; a file with a single scored part is that part as a whole, cover and contents included.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from models.criteria import Criteria
from models.document import Block, Document, Part, PartKind
from models.errors import UsageError

_NUMBER = re.compile(
    r"^\s*(?:第[一二三四五六七八九十\d]+(?:部分|编|篇|章|节)|[一二三四五六七八九十]+、|[（(][一二三四五六七八九十\d]+[）)]"
    r"|\d+(?:\.\d+)*[.、．]?|[PＰ](?=[\s.]))\s*[:：、.]?\s*"
)
_OVERVIEW = re.compile(r"^(?:组织|企业|公司|单位|机构)(?:的)?(?:概述|简介|概况)(?:[（(].*[）)])?$")
_REPORT = re.compile(r"^(?:卓越绩效)?(?:自评报告|自我评价报告|自我评估报告|自评报告正文)$")
_ANNUAL = re.compile(
    r"^(?=.*(?:年度|上一年|\d{4}年))(?!.*申报).*卓越绩效.*(?:自我评价|自评)报告(?:[（(].*[）)])?$"
)
_NAME_IN_THE_RULES = "卓越绩效自我评价报告"
"""What 实施细则 四（二） calls the yearly report. Applicants use it for the long report too."""
_EVIDENCE = re.compile(
    r"^(?:证实性材料|证明材料|证明性材料|佐证材料|支撑材料|附件|附录)(?:[（(:：].*|清单|目录|汇编)?$"
)
_FORM = re.compile(r"^.{0,30}申报表$")

_ANNUAL_CUES = re.compile(r"获奖(?:后|组织)|获得(?:北京)?市政府质量管理奖|现将.{0,12}自我评价")
_OVERVIEW_CUES = re.compile(
    r"成立于|注册成立|使命|愿景|核心价值观|员工.{0,8}人|股东|竞争对手|战略挑战|关键供方"
)
_EVIDENCE_CUES = re.compile(r"证书编号|发证机关|证实性材料|扫描件|复印件")
_NAME_CUES: tuple[tuple[PartKind, re.Pattern[str]], ...] = (
    ("annual", re.compile(r"年度.*自我?评价?报告|年度报告|annual", re.IGNORECASE)),
    ("overview", re.compile(r"概述|简介|概况|overview", re.IGNORECASE)),
    ("evidence", re.compile(r"证实|证明|佐证|附件|evidence", re.IGNORECASE)),
    ("report", re.compile(r"自评|自我评价|report", re.IGNORECASE)),
)
_SCORED: frozenset[PartKind] = frozenset({"overview", "report", "annual"})


@dataclass(frozen=True, slots=True)
class _Opening:
    block: int
    kind: PartKind
    explicit: bool
    """True for a title of the part itself, False for the first chapter's heading."""


def find_parts(document: Document, criteria: Criteria, *, kind: PartKind | None = None) -> tuple[Part, ...]:
    """The parts of a file in its order; together they hold every block once.

    ``kind`` says what the whole file is; else titles decide, and wording where no title does.
    """
    last = len(document.blocks) - 1
    if kind is not None:
        return (Part("", kind, document, 0, last),)
    openings = _name_in_the_rules(document, criteria, list(_openings(document, criteria)))
    openings = _cut_long_overview(document, criteria, openings)
    scored = {opening.kind for opening in openings} & _SCORED
    if not scored:
        return (Part("", _kind_by_wording(document, criteria), document, 0, last),)
    starts = _starts(openings)
    return tuple(
        Part("", kind_, document, first, next_first - 1)
        for (first, kind_), (next_first, _) in zip(starts, [*starts[1:], (last + 1, "other")], strict=True)
    )


def given_parts(document: Document, bounds: Mapping[PartKind, tuple[int, int]]) -> tuple[Part, ...]:
    """Parts with bounds a person gave (first and last block); the rest of the file is ``other``.

    Raises UsageError if bounds overlap or lie outside the file.
    """
    last = len(document.blocks) - 1
    parts: list[Part] = []
    position = 0
    for kind, (first, end) in sorted(bounds.items(), key=lambda entry: entry[1]):
        if not position <= first <= end <= last:
            raise UsageError(
                f"《{document.filename}》的段块编号为 0-{last}，{kind}={first}-{end} 超出范围或有重叠。"
                "请核对 --parts 的起止编号。"
            )
        if first > position:
            parts.append(Part("", "other", document, position, first - 1))
        parts.append(Part("", kind, document, first, end))
        position = end + 1
    if position <= last:
        parts.append(Part("", "other", document, position, last))
    return tuple(parts)


def _starts(openings: Sequence[_Opening]) -> list[tuple[int, PartKind]]:
    """First block and kind of each part. The front matter goes to a file's only scored part: openings that
    open nothing, as the first chapter of a yearly report, do not count."""
    starts: list[tuple[int, PartKind]] = []
    for opening in openings:
        current = starts[-1][1] if starts else None
        if opening.kind == current or not _may_follow(opening, current):
            continue
        starts.append((opening.block, opening.kind))
    if starts[0][0] > 0:
        scored = {kind for _, kind in starts} & _SCORED
        if len(scored) == 1 and starts[0][1] in _SCORED:
            starts[0] = (0, starts[0][1])
        else:
            starts.insert(0, (0, "other"))
    return starts


def _may_follow(opening: _Opening, current: PartKind | None) -> bool:
    """A chapter heading opens the report only where no part that has such headings is open."""
    if opening.kind == "report" and not opening.explicit:
        return current in (None, "overview", "other")
    return not (opening.kind == "overview" and current in ("report", "annual", "evidence"))


def _openings(document: Document, criteria: Criteria) -> Iterator[_Opening]:
    chapters = [chapter.title for chapter in criteria.chapters]
    front = True
    for block in document.blocks:
        if block.kind not in ("heading", "paragraph") or len(block.text) > 60:
            continue
        title = bare_title(block)
        if block.kind == "heading":
            opening = _opening(block, title, chapters, criteria.overview.title)
            front = front and opening is None
            if opening is not None:
                yield opening
        elif front and _ANNUAL.match(title):  # the title on a cover
            yield _Opening(block.index, "annual", True)


def _opening(block: Block, title: str, chapters: Sequence[str], overview: str) -> _Opening | None:
    if _ANNUAL.match(title):
        return _Opening(block.index, "annual", True)
    if title == overview or _OVERVIEW.match(title):
        return _Opening(block.index, "overview", True)
    if _REPORT.match(title):
        return _Opening(block.index, "report", True)
    if (block.level or 1) <= 2:
        if _EVIDENCE.match(title):
            return _Opening(block.index, "evidence", True)
        if _FORM.match(title):
            return _Opening(block.index, "other", True)
        if title == chapters[0]:
            return _Opening(block.index, "report", False)
    return None


def _name_in_the_rules(document: Document, criteria: Criteria, openings: list[_Opening]) -> list[_Opening]:
    """Takes the yearly report's own name for one where the file is no longer than one may be."""
    limit = criteria.limit("annual")
    size = sum(len(block.text) for block in document.blocks)
    if limit is None or size > 2 * limit.words:
        return openings
    return [
        replace(opening, kind="annual")
        if bare_title(document.blocks[opening.block]) == _NAME_IN_THE_RULES
        else opening
        for opening in openings
    ]


def _cut_long_overview(document: Document, criteria: Criteria, openings: list[_Opening]) -> list[_Opening]:
    """Ends an overview at the next heading of its level when far more text follows than it may hold,
    so that a report whose chapters have titles of their own is not taken for overview."""
    limit = criteria.limit("overview")
    kinds = {opening.kind for opening in openings}
    if limit is None or "overview" not in kinds or "report" in kinds:
        return openings
    start = next(opening for opening in openings if opening.kind == "overview")
    text = sum(len(block.text) for block in document.blocks[start.block :])
    if text <= 3 * limit.words:
        return openings
    level = document.blocks[start.block].level or 1
    items = criteria.overview.items
    inside = {item.title for item in items} | {i.title for item in items for i in item.indicators}
    for block in document.blocks[start.block + 1 :]:
        if block.kind == "heading" and (block.level or 1) <= level and bare_title(block) not in inside:
            return sorted([*openings, _Opening(block.index, "report", True)], key=lambda o: o.block)
    return openings


def _kind_by_wording(document: Document, criteria: Criteria) -> PartKind:
    """The kind of a file without telling titles: by its wording, its length, at last its name."""
    text = "".join(b.text for b in document.blocks if b.kind not in ("contents", "margin", "invisible"))
    if _ANNUAL_CUES.search(text[:600]) and len(text) < 30_000:
        return "annual"
    limit = criteria.limit("overview")
    short = limit is not None and len(text) <= 2 * limit.words
    named = next((kind for kind, cue in _NAME_CUES if cue.search(document.filename)), None)
    if short and len(set(_OVERVIEW_CUES.findall(text))) >= 4 and named in (None, "overview"):
        return "overview"
    if len(_EVIDENCE_CUES.findall(text)) >= 3 and named in (None, "evidence"):
        return "evidence"
    return named or "report"


def bare_title(block: Block) -> str:
    """A heading's title without its number and white space."""
    title = block.text.strip()
    for _ in range(2):  # 第二部分 一、自评报告
        title = _NUMBER.sub("", title, count=1)
    return re.sub(r"\s+|[《》]", "", title)
