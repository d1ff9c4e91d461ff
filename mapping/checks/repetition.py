"""The same text told twice (C08): in one part, or in the overview and the report.

Found by runs of eight characters that two passages share, in time that grows with the length of the
text. Short repeats are legitimate: a mission, names of products, a sentence that leads to another place.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mapping.checks.prose import bare, excerpt, passages_of, places
from mapping.checks.registry import check
from mapping.checks.rule import Rule
from models.assessment import Assessment, Finding, PassageRecord
from models.criteria import Criteria

SHINGLE = 8


@dataclass(frozen=True, slots=True)
class Repeat:
    """A passage, an earlier one with the same words, and how many characters they share in one run."""

    first: PassageRecord
    again: PassageRecord
    run: int
    """Longest stretch of shared text, in letters and digits."""
    start: str
    """The beginning of what is shared, as the later passage has it."""


@check("overview-repeated")
def overview_repeated(draft: Assessment, criteria: Criteria, rule: Rule) -> Iterator[Finding]:
    """One line for all of the report that is taken over from the overview."""
    overview = {document.id for document in draft.documents if document.kind == "overview"}
    found = [
        one
        for one in _repeats(draft, rule)
        if one.first.document in overview and one.again.document not in overview
    ]
    if found:
        yield rule.finding(
            found[0].again.document,
            excerpt(found[0].start),
            where=places(p for one in found for p in (one.first, one.again)),
            number=len(found),
            text=excerpt(found[0].start, 24),
        )


@check("text-repeated")
def text_repeated(draft: Assessment, criteria: Criteria, rule: Rule) -> Iterator[Finding]:
    """A line per text, the longest ones; the others in one line more."""
    found = [one for one in _repeats(draft, rule) if one.first.document == one.again.document]
    clusters: dict[str, list[Repeat]] = {}
    for one in found:
        clusters.setdefault(one.first.id, []).append(one)
    ordered = sorted(clusters.values(), key=lambda cluster: -max(one.run for one in cluster))
    most = int(rule.numbers["lines"])
    for cluster in ordered[:most]:
        one = max(cluster, key=lambda repeat: repeat.run)
        yield rule.finding(
            one.first.document,
            excerpt(one.start),
            where=places([one.first, *(repeat.again for repeat in cluster)]),
            text=excerpt(one.start, 24),
            number=len(cluster) + 1,
        )
    if ordered[most:]:
        rest = [repeat for cluster in ordered[most:] for repeat in cluster]
        yield rule.finding(
            rest[0].first.document,
            excerpt(rest[0].start),
            where=places(p for one in rest for p in (one.first, one.again)),
            saying="more",
            number=len(ordered) - most,
        )


def _repeats(draft: Assessment, rule: Rule) -> tuple[Repeat, ...]:
    passages = [p for p in passages_of(draft, "overview", "report", "annual") if p.kind != "caption"]
    annual = {document.id for document in draft.documents if document.kind == "annual"}
    yearly = [p for p in passages if p.document in annual]
    own = [p for p in passages if p.document not in annual]
    return (*find_repeats(own, rule), *find_repeats(yearly, rule))


def find_repeats(passages: Sequence[PassageRecord], rule: Rule) -> Iterator[Repeat]:
    """Later passages that share a long run, or most of their text, with an earlier one."""
    owners: dict[str, tuple[int, int]] = {}
    texts = [bare(passage.text) for passage in passages]
    for number, text in enumerate(texts):
        shingles = [text[at : at + SHINGLE] for at in range(len(text) - SHINGLE + 1)]
        hits = [owners.get(shingle) for shingle in shingles]
        if len(text) >= rule.numbers["shortest"] and any(hits):
            repeat = _repeat(number, hits, passages, texts, rule)
            if repeat is not None:
                yield repeat
        for at, shingle in enumerate(shingles):
            owners.setdefault(shingle, (number, at))


def _repeat(
    number: int,
    hits: Sequence[tuple[int, int] | None],
    passages: Sequence[PassageRecord],
    texts: Sequence[str],
    rule: Rule,
) -> Repeat | None:
    owner, shared = Counter(hit[0] for hit in hits if hit).most_common(1)[0]
    run, start = _longest_run(owner, hits)
    numbers = rule.numbers
    least = numbers["table"] if passages[number].kind in ("table", "chart") else numbers["run"]
    much = shared >= numbers["share"] * len(hits) and shared >= numbers["shortest"]
    if run < least and not (much and passages[number].kind not in ("table", "chart")):
        return None
    return Repeat(passages[owner], passages[number], run, _printed(passages[number].text, start))


def _longest_run(owner: int, hits: Sequence[tuple[int, int] | None]) -> tuple[int, int]:
    """Characters of the longest stretch that stands in the owner as it does here, and where it starts."""
    best = length = start = at_best = 0
    before = -1
    for at, hit in enumerate(hits):
        if hit and hit[0] == owner and length and hit[1] == before + 1:
            length += 1
        elif hit and hit[0] == owner:
            length, start = 1, at
        else:
            length = 0
        before = hit[1] if hit else -1
        if length > best:
            best, at_best = length, start
    return (best + SHINGLE - 1 if best else 0), at_best


def _printed(text: str, start: int) -> str:
    """The text from the letter or digit of that number on."""
    seen = 0
    for at, character in enumerate(text):
        if character.isalnum():
            if seen == start:
                return text[at:]
            seen += 1
    return text
