"""What a report says to one indicator of the process chapters: the passages the checks of the family read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from models.assessment import Assessment, Coverage, PassageRecord, Where
from models.criteria import Criteria, Indicator, Item

SPOKEN = ("paragraph", "list", "text_box")
_JUDGED = ("covered", "partial")


@dataclass(frozen=True, slots=True)
class Answer:
    """``own`` are the passages that answer the indicator, in reading order; ``every`` has those that stand
    under its heading too, so that nothing is called not found that only counts for another indicator."""

    row: Coverage
    item: Item
    indicator: Indicator
    own: tuple[PassageRecord, ...]
    every: tuple[PassageRecord, ...]

    @property
    def name(self) -> str:
        return f"{self.indicator.id} {self.indicator.title}"

    @property
    def spoken(self) -> tuple[PassageRecord, ...]:
        return tuple(passage for passage in self.own if passage.kind in SPOKEN)

    @property
    def text(self) -> str:
        """Of every passage, a line each, with captions and lead-ins."""
        return text_of(self.every)

    @property
    def titles(self) -> str:
        """Of the indicator and its item: words that any text about it has."""
        return self.item.title + self.indicator.title

    @property
    def silent(self) -> bool:
        """Whether what is not found here may be said to be not found: nothing unread, no picture, and no
        person who says that it is told in another way."""
        return not self.row.unseen and not self.row.answers


def process_answers(draft: Assessment, criteria: Criteria) -> Iterator[Answer]:
    """Answers of the reports to the indicators of which approach is expected, in the order of the criteria."""
    reports = {document.id for document in draft.documents if document.kind == "report"}
    passages = {passage.id: passage for passage in draft.passages}
    items = {item.id: item for item in criteria.items}
    under: dict[tuple[str, str], list[PassageRecord]] = {}
    for passage in draft.passages:
        if passage.heading_node:
            under.setdefault((passage.document, passage.heading_node), []).append(passage)
    for row in draft.coverage:
        if row.document not in reports or "approach" not in row.expected or row.status not in _JUDGED:
            continue
        own = _in_order(passages[one] for one in row.passages if one in passages)
        every = _in_order((*own, *under.get((row.document, row.indicator), ())))
        if own:
            indicator = criteria.indicator(row.indicator)
            yield Answer(row, items[indicator.item], indicator, own, every)


def by_item(answers: Iterable[Answer]) -> list[list[Answer]]:
    """The answers of each document and item."""
    groups: dict[tuple[str, str], list[Answer]] = {}
    for answer in answers:
        groups.setdefault((answer.row.document, answer.item.id), []).append(answer)
    return list(groups.values())


def text_of(passages: Iterable[PassageRecord]) -> str:
    return "\n".join(f"{one.context}\n{one.text}" if one.context else one.text for one in passages)


def places(passages: Iterable[PassageRecord]) -> tuple[Where, ...]:
    return tuple(Where(passage.page, passage.id) for passage in passages)


def _in_order(passages: Iterable[PassageRecord]) -> tuple[PassageRecord, ...]:
    unique = {passage.id: passage for passage in passages}
    return tuple(sorted(unique.values(), key=lambda passage: passage.paragraph))
