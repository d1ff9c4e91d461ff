"""Contents lists and captions, told by their wording and by what stands beside them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from ingest.docx.drafts import Draft
from ingest.docx.wording import CAPTION, CONTENTS_LINE, CONTENTS_TITLE, ends_like_sentence, number_form
from models.document import BlockKind

_LONGEST_CAPTION = 80
_NEAR = 3
_FEWEST_LINES = 3
_PROSE = 60
_THINGS: frozenset[BlockKind] = frozenset({"table", "chart", "picture"})
_TABLE_ENDS = ("表", "情况", "一览", "统计", "清单", "对比", "明细", "汇总", "数据", "比较", "结果")
_PLAIN: frozenset[BlockKind] = frozenset({"paragraph", "list", "heading"})


def mark_contents(drafts: Sequence[Draft]) -> None:
    """Lines of a typed contents list, and the title above any contents list."""
    for start, end in _typed_lists(drafts):
        for draft in drafts[start:end]:
            draft.kind, draft.level = "contents", None
    for draft, following in pairwise(drafts):
        if following.kind == "contents" and draft.kind in _PLAIN and _is_title(draft):
            draft.kind, draft.level = "contents", None


def _typed_lists(drafts: Sequence[Draft]) -> list[tuple[int, int]]:
    """Runs of three and more lines: under 目录 those that end in a page number or come again as a title
    later; anywhere those with leaders to a page number."""
    runs = []
    last = {_title(draft): index for index, draft in enumerate(drafts) if draft.kind in _PLAIN}
    last.pop("", None)
    index = 0
    while index < len(drafts):
        titled = index > 0 and _is_title(drafts[index - 1])
        end = index
        while end < len(drafts) and (
            _is_line(drafts[end]) or (titled and last.get(_title(drafts[end]), 0) > end)
        ):
            end += 1
        while (
            titled
            and _FEWEST_LINES <= end - index < len(drafts) - index
            and _goes_on(drafts[index : end + 1])
        ):
            end += 1
        led = all("\t" not in draft.text.strip() for draft in drafts[index:end])
        if end - index >= _FEWEST_LINES and (titled or led):
            runs.append((index, end))
        index = max(end, index + 1)
    return runs


def _goes_on(lines: Sequence[Draft]) -> bool:
    """Whether the last line is one more entry, worded otherwise than its title in the text: it looks and
    is numbered like the one before, and is none of those that stand there already."""
    *listed, last = lines
    form = number_form(last.label)
    alike = (last.size, last.bold, form) == (listed[-1].size, listed[-1].bold, number_form(listed[-1].label))
    return alike and form is not None and _title(last) not in {_title(line) for line in listed}


def _is_title(draft: Draft) -> bool:
    return CONTENTS_TITLE.match(draft.text.strip()) is not None


def _title(draft: Draft) -> str:
    """A line as it can be compared; empty for one too long for a title."""
    return "".join(draft.label.split()) if len(draft.text) <= _PROSE else ""


def _is_line(draft: Draft) -> bool:
    text = draft.text.strip()
    return draft.kind in _PLAIN and len(text) <= 120 and CONTENTS_LINE.match(text) is not None


def mark_captions(drafts: Sequence[Draft]) -> None:
    """表 1-1 …, 图 1-1 … beside a table, chart or picture; a centred line above a table that names it."""
    for index, draft in enumerate(drafts):
        if draft.kind in ("paragraph", "list") and _is_caption(drafts, index):
            draft.kind, draft.level = "caption", None


def _is_caption(drafts: Sequence[Draft], index: int) -> bool:
    draft = drafts[index]
    text = draft.label
    if not draft.text.strip() or len(text) > _LONGEST_CAPTION or ends_like_sentence(text):
        return False
    if CAPTION.match(text):
        near = drafts[max(0, index - _NEAR) : index + _NEAR + 1]
        return draft.centred or any(other.kind in _THINGS for other in near)
    following = next((d for d in drafts[index + 1 : index + 2]), None)
    titles_table = following is not None and following.kind == "table" and draft.centred
    return titles_table and len(text) <= 40 and text.rstrip("）)").endswith(_TABLE_ENDS)
