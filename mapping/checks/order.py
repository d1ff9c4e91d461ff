"""Order, numbers and titles of the headings, and the order of the parts of a volume (C03, C07).

A report may number as the national standard does, or go its own way: as long as it keeps to that, it is
no fault. Only headings that name a node of the criteria are looked at.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence

from mapping.checks.prose import heading_places, listed, places
from mapping.checks.registry import check
from mapping.checks.rule import Rule
from models.assessment import Assessment, DocumentRecord, Finding, HeadingRecord, PassageRecord, Where
from models.criteria import Chapter, Criteria, Indicator, Item
from models.document import PartKind

_NUMBER = re.compile(r"(\d{1,2}(?:\.\d{1,2})+)(?![\d%])\s*[、.]?\s*|第?\s*(\d{1,2})\s*[章篇、.\s]\s*(?!\d)")
_WORDS_THAT_VARY = re.compile(r"\(\d+分\)|[的和与及、，,/·:;。\s\-—“”\"()（）]")
_PARTS: tuple[PartKind, ...] = ("overview", "report", "evidence")
_TITLES = {"overview": "组织概述", "report": "自评报告", "evidence": "证实性材料"}


@check("items-out-of-order")
def items_out_of_order(draft: Assessment, criteria: Criteria, rule: Rule) -> Iterator[Finding]:
    """Items that stand before or after their place. Where many do, the report has an order of its own."""
    order = {item.id: n for n, item in enumerate(criteria.items)}
    for document in _reports(draft):
        first = _first_headings(draft, document, order)
        stays = _longest_rising([order[heading.node or ""] for heading in first])
        moved = [heading for heading in first if order[heading.node or ""] not in stays]
        if moved and len(moved) <= rule.numbers["own_order"] * len(first):
            yield rule.finding(
                document.id,
                "、".join(heading.node or "" for heading in moved),
                indicator=_first_indicator(moved[0].node, criteria),
                where=heading_places(draft, moved),
                headings=listed(heading.text for heading in moved),
            )


@check("heading-number-wrong")
def heading_number_wrong(draft: Assessment, criteria: Criteria, rule: Rule) -> Iterator[Finding]:
    """A number that belongs to another title, a number used twice, an item's title that is not its own."""
    for document in _reports(draft):
        headings = [h for h in draft.headings if h.document == document.id]
        wrong = _faulty(headings, document, criteria, rule)
        if wrong:
            yield rule.finding(
                document.id,
                "、".join(dict.fromkeys(_number(heading) for heading, _ in wrong)),
                indicator=_first_indicator(wrong[0][0].node, criteria),
                where=heading_places(draft, [heading for heading, _ in wrong]),
                faults="；".join(said for _, said in wrong[:6]) + ("等" if len(wrong) > 6 else ""),
                number=len(wrong),
            )


@check("item-heading-missing")
def item_heading_missing(draft: Assessment, criteria: Criteria, rule: Rule) -> Iterator[Finding]:
    """Items that text answers under the heading of another item, where the other items have theirs."""
    for document in _reports(draft):
        named = {h.node for h in draft.headings if h.document == document.id and h.node}
        headed = {item.id for item in criteria.items if any(_inside(node, item.id) for node in named)}
        answers = {
            item.id: _answers(draft, document, item) for item in criteria.items if item.id not in headed
        }
        lacking = [item for item in criteria.items if _under_another(answers.get(item.id, ()), item)]
        if lacking and len(headed) >= rule.numbers["headed"] * len(criteria.items):
            yield rule.finding(
                document.id,
                "、".join(item.id for item in lacking),
                indicator=lacking[0].indicators[0].id,
                where=places(passage for item in lacking for passage in answers[item.id][:2]),
                items=listed(f"{item.id} {item.title}" for item in lacking),
            )


def _answers(draft: Assessment, document: DocumentRecord, item: Item) -> list[PassageRecord]:
    """Passages of a document that above all answer an item."""
    return [
        passage
        for passage in draft.passages
        if passage.document == document.id
        and passage.indicators
        and _inside(passage.indicators[0].id, item.id)
    ]


def _under_another(answers: Sequence[PassageRecord], item: Item) -> bool:
    """Whether most stand under another item's heading: under one in the applicant's own words they do not."""
    nodes = [passage.heading_node or "" for passage in answers]
    others = sum("." in node and not _inside(node, item.id) for node in nodes)
    return 2 * others > len(nodes)


@check("parts-out-of-order")
def parts_out_of_order(draft: Assessment, criteria: Criteria, rule: Rule) -> Iterator[Finding]:
    """Parts of one volume in another order than the rules list them."""
    volumes: dict[str, list[DocumentRecord]] = {}
    for document in draft.documents:
        if document.kind in _PARTS:
            volumes.setdefault(document.sha256, []).append(document)
    for parts in volumes.values():
        bound = sorted(parts, key=lambda part: part.blocks)
        asked = sorted(parts, key=lambda part: (_PARTS.index(part.kind), part.blocks))
        if bound != asked:
            names = [_TITLES[part.kind] for part in bound]
            yield rule.finding(
                bound[0].id,
                "、".join(names),
                where=[Where(page=part.page_range[0]) for part in bound if part.page_range],
                file=bound[0].filename,
                order="、".join(dict.fromkeys(names)),
                asked="、".join(dict.fromkeys(_TITLES[part.kind] for part in asked)),
            )


def _reports(draft: Assessment) -> Iterator[DocumentRecord]:
    return (document for document in draft.documents if document.kind == "report")


def _first_headings(
    draft: Assessment, document: DocumentRecord, order: dict[str, int]
) -> list[HeadingRecord]:
    """The first heading of every item, in the order of the report."""
    found: dict[str, HeadingRecord] = {}
    for heading in draft.headings:
        if heading.document == document.id and heading.node in order:
            found.setdefault(heading.node or "", heading)
    return list(found.values())


def _longest_rising(numbers: Sequence[int]) -> set[int]:
    """Members of a longest rising subsequence of different numbers."""
    tails: list[int] = []
    before: dict[int, int | None] = {}
    for number in numbers:
        at = bisect_left(tails, number)
        before[number] = tails[at - 1] if at else None
        tails[at : at + 1] = [number]
    kept: set[int] = set()
    last = tails[-1] if tails else None
    while last is not None:
        kept.add(last)
        last = before[last]
    return kept


def _faulty(
    headings: Sequence[HeadingRecord], document: DocumentRecord, criteria: Criteria, rule: Rule
) -> list[tuple[HeadingRecord, str]]:
    """Headings at fault, each with a clause that says how."""
    faults: dict[HeadingRecord, str] = {}
    if document.numbering != "own":
        numbers = _numbers_of(document, criteria)
        titled = [(h, numbers.get(_number(h)), h.node) for h in headings if _number(h)]
        agreed = Counter(_number(h).count(".") for h, meant, node in titled if node and meant == node)
        for heading, meant, node in titled:
            depth = _number(heading).count(".")
            others = sum(1 for h, m, n in titled if n and m != n and _number(h).count(".") == depth)
            if agreed[depth] >= rule.numbers["agreeing"] * others:
                said = _wrong(heading, meant, node, criteria)
                if said:
                    faults[heading] = said
        faults |= _titles(titled, criteria, rule)
    seen: dict[str, HeadingRecord] = {}
    for heading in headings:
        number = _number(heading)
        if "." in number and heading not in faults:
            first = seen.setdefault(number, heading)
            if first is not heading and first not in faults and _title(first) != _title(heading):
                faults[heading] = f"编号 {number} 用于“{_title(first)}”和“{_title(heading)}”两处"
    return [(heading, faults[heading]) for heading in headings if heading in faults]


def _wrong(heading: HeadingRecord, meant: str | None, node: str | None, criteria: Criteria) -> str | None:
    """What is wrong with a number whose title is that of another node, word for word."""
    if node is None or node == meant or _likeness_key(_title(heading)) not in _keys(node, criteria):
        return None
    if meant is not None and _likeness_key(_title(heading)) in _keys(meant, criteria):
        return None
    return f"“{heading.text.strip()}”在评价准则中为“{node} {_node_title(node, criteria)}”"


def _titles(
    titled: Sequence[tuple[HeadingRecord, str | None, str | None]], criteria: Criteria, rule: Rule
) -> dict[HeadingRecord, str]:
    """Items under their number with another title, where the report else keeps to the titles."""
    items = [(h, meant) for h, meant, _ in titled if meant and isinstance(criteria.by_id[meant], Item)]
    other = [(h, meant) for h, meant in items if _likeness_key(_title(h)) not in _keys(meant, criteria)]
    if len(other) > rule.numbers["own_titles"] * len(items):
        return {}
    everywhere = {key for node in criteria.by_id.values() if isinstance(node, Chapter | Item | Indicator)
                  for key in _keys(node.id, criteria)}  # fmt: skip
    return {
        heading: f"“{heading.text.strip()}”的标题与“{meant} {_node_title(meant, criteria)}”不同"
        for heading, meant in other
        if _likeness_key(_title(heading)) not in everywhere
    }


def _numbers_of(document: DocumentRecord, criteria: Criteria) -> dict[str, str]:
    """The node that each number stands for in the numbering of the report."""
    if document.numbering == "national":
        return {item.national: item.id for item in criteria.items if item.national}
    nodes = (node for node in criteria.by_id.values() if isinstance(node, Chapter | Item | Indicator))
    return {node.id: node.id for node in nodes} | dict(criteria.aliases)


def _number(heading: HeadingRecord) -> str:
    found = _NUMBER.match(unicodedata.normalize("NFKC", heading.text).strip())
    return (found.group(1) or found.group(2)) if found else ""


def _title(heading: HeadingRecord) -> str:
    text = unicodedata.normalize("NFKC", heading.text).strip()
    found = _NUMBER.match(text)
    return text[found.end() :].strip() if found else text


def _likeness_key(title: str) -> str:
    return _WORDS_THAT_VARY.sub("", unicodedata.normalize("NFKC", title))


def _keys(node: str, criteria: Criteria) -> set[str]:
    found = criteria.by_id[node]
    printed = found.printed if isinstance(found, Indicator) else ()
    return {_likeness_key(title) for title in (_node_title(node, criteria), *printed)}


def _node_title(node: str, criteria: Criteria) -> str:
    found = criteria.by_id[node]
    return found.title if isinstance(found, Chapter | Item | Indicator) else ""


def _inside(node: str | None, item: str) -> bool:
    return node is not None and (node == item or node.startswith(f"{item}."))


def _first_indicator(node: str | None, criteria: Criteria) -> str | None:
    found = criteria.by_id.get(node or "")
    if isinstance(found, Indicator):
        return found.id
    if isinstance(found, Item):
        return found.indicators[0].id
    return None
