"""Passages as they are shown: where they stand, what they answer, how sure the program is, and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from api.export import wording
from api.export.lookup import Lookup
from models.assessment import AspectLabel, PassageRecord, TableRecord
from models.criteria import Criteria, Indicator

_ASPECT_ORDER: tuple[AspectLabel, ...] = ("approach", "deployment", "result", "none")


@dataclass(frozen=True, slots=True)
class PassageView:
    passage: PassageRecord
    place: str
    path: str
    certainty: str
    """In words; empty for a passage that answers no indicator."""
    why: tuple[str, ...]
    table: TableRecord | None
    flags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MentionView:
    """A passage that is shown in full elsewhere."""

    anchor: str
    place: str
    start: str


@dataclass(frozen=True, slots=True)
class GroupView:
    """Passages of one aspect; those whose first indicator is another one are only pointed to."""

    title: str
    passages: tuple[PassageView, ...]
    mentions: tuple[MentionView, ...]


@dataclass(frozen=True)
class PassageShelf:
    lookup: Lookup
    criteria: Criteria

    def groups(self, ids: Sequence[str], shown: set[str], *, by_aspect: bool) -> Iterator[GroupView]:
        """The passages by aspect or in one group; ``shown``: the indicators shown in this place."""
        found = [self.lookup.passage[i] for i in ids if i in self.lookup.passage]
        if not by_aspect:
            yield from self._group("", found, shown)
            return
        for label in _ASPECT_ORDER:
            members = [passage for passage in found if passage.aspect == label]
            yield from self._group(wording.ASPECT_LABELS[label], members, shown)

    def _group(self, title: str, members: Sequence[PassageRecord], shown: set[str]) -> Iterator[GroupView]:
        if members:
            yield GroupView(
                title,
                tuple(self.view(p) for p in members if home(p) in shown),
                self.mentions([p.id for p in members if home(p) not in shown]),
            )

    def mentions(self, ids: Sequence[str]) -> tuple[MentionView, ...]:
        found = [self.lookup.passage[i] for i in ids if i in self.lookup.passage]
        return tuple(
            MentionView(p.id, wording.place(p), wording.opening(p.context or p.text, 44)) for p in found
        )

    def view(self, passage: PassageRecord) -> PassageView:
        best = passage.indicators[0].score if passage.indicators else None
        return PassageView(
            passage=passage,
            place=wording.place(passage),
            path=" › ".join(passage.heading_path),
            certainty=wording.certainty(best) if best is not None else "",
            why=tuple(self._why(passage)),
            table=self.lookup.table.get(passage.id),
            flags=tuple(_flags(passage)),
        )

    def _why(self, passage: PassageRecord) -> Iterator[str]:
        if passage.indicators:
            scores = "，".join(f"{self._title(s.id)} {s.score:.2f}" for s in passage.indicators)
            yield f"对应指标的概率：{scores}"
        if passage.why is not None:
            yield "各依据所占份额：" + "，".join(f"{n} {share:.2f}" for n, share in _signals(passage))
            if passage.why.nearest:
                yield f"最接近的要点：{passage.why.nearest}"
        if passage.aspects:
            shares = (f"{title} {passage.aspects.get(a, 0):.2f}" for a, title in wording.ASPECTS.items())
            yield "方面：" + "，".join(shares)

    def _title(self, indicator: str) -> str:
        node = self.criteria.by_id.get(indicator)
        return f"{indicator} {node.title}" if isinstance(node, Indicator) else indicator


def home(passage: PassageRecord) -> str | None:
    """The indicator under which a passage is shown in full."""
    return passage.indicators[0].id if passage.indicators else None


def _signals(passage: PassageRecord) -> Iterator[tuple[str, float]]:
    why = passage.why
    if why is not None:
        yield from (
            ("含义", why.meaning),
            ("用词", why.words),
            ("标题", why.heading),
            ("位置", why.place),
            ("前后文", why.neighbours),
        )


def _flags(passage: PassageRecord) -> Iterator[str]:
    if passage.corrected:
        yield "由使用者更正"
    if passage.learning:
        yield "含评价与改进"
    if passage.integration:
        yield "含与战略或其他过程的衔接"
