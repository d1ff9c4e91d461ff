"""Contents lists and captions, told by their wording and by what stands beside them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from ingest.docx_drafts import Draft
from ingest.docx_wording import CAPTION, CONTENTS_LINE, CONTENTS_TITLE, ends_like_sentence
from models.document import BlockKind

_LONGEST_CAPTION = 80
_NEAR = 3
_FEWEST_LINES = 3
_THINGS: frozenset[BlockKind] = frozenset({"table", "chart", "picture"})
_TABLE_ENDS = ("表", "情况", "一览", "统计", "清单", "对比", "明细", "汇总", "数据", "比较", "结果")
_PLAIN: frozenset[BlockKind] = frozenset({"paragraph", "list", "heading"})


def mark_contents(drafts: Sequence[Draft]) -> None:
    """Lines of a typed contents list, and the title above any contents list."""
    for start, end in _typed_lists(drafts):
        for draft in drafts[start:end]:
            draft.kind, draft.level = "contents", None
    for draft, following in pairwise(drafts):
        if following.kind == "contents" and draft.kind in _PLAIN and CONTENTS_TITLE.match(draft.text.strip()):
            draft.kind, draft.level = "contents", None


def _typed_lists(drafts: Sequence[Draft]) -> list[tuple[int, int]]:
    """Runs of lines that end in a page number: three or more under 目录, or all with leaders."""
    runs = []
    index = 0
    while index < len(drafts):
        end = index
        while end < len(drafts) and _is_line(drafts[end]):
            end += 1
        titled = index > 0 and CONTENTS_TITLE.match(drafts[index - 1].text.strip())
        led = all("\t" not in draft.text.strip() for draft in drafts[index:end])
        if end - index >= _FEWEST_LINES and (titled or led):
            runs.append((index, end))
        index = max(end, index + 1)
    return runs


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
    text = draft.text.strip()
    if not text or len(text) > _LONGEST_CAPTION or ends_like_sentence(text):
        return False
    if CAPTION.match(text):
        near = drafts[max(0, index - _NEAR) : index + _NEAR + 1]
        return draft.centred or any(other.kind in _THINGS for other in near)
    following = next((d for d in drafts[index + 1 : index + 2]), None)
    titles_table = following is not None and following.kind == "table" and draft.centred
    return titles_table and len(text) <= 40 and text.rstrip("）)").endswith(_TABLE_ENDS)
