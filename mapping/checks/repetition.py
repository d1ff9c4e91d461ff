"""The same text told twice (C08): in one part, or in the overview and the report.

Found by runs of eight characters that two passages share, in time that grows with the length of the
text. Short repeats are legitimate: a mission, names of products, a sentence that leads to another place.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mapping.checks.prose import bare, excerpt, passages_of, places, sentences
from mapping.checks.registry import check
from mapping.checks.rule import Rule
from models.assessment import Assessment, Finding, PassageRecord
from models.criteria import Criteria
from models.document import PartKind

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
    overview = _told(draft, "overview")
    found = list(find_repeats(_told(draft, "report"), rule, seeds=overview)) if overview else []
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
    kinds: tuple[PartKind, ...] = ("overview", "report", "annual")
    found = [one for kind in kinds for one in find_repeats(_told(draft, kind), rule)]
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


def _told(draft: Assessment, kind: PartKind) -> list[PassageRecord]:
    return [passage for passage in passages_of(draft, kind) if passage.kind != "caption"]


def find_repeats(
    passages: Sequence[PassageRecord], rule: Rule, *, seeds: Sequence[PassageRecord] = ()
) -> Iterator[Repeat]:
    """Passages that share a long run, or most of their text, with an earlier one, or only with a seed
    where seeds are given."""
    every = (*seeds, *passages)
    owners: dict[str, tuple[int, int]] = {}
    for number, passage in enumerate(every):
        text = bare(passage.text)
        shingles = [text[at : at + SHINGLE] for at in range(len(text) - SHINGLE + 1)]
        if number >= len(seeds) and len(text) >= rule.numbers["shortest"]:
            hits = [owners.get(shingle) for shingle in shingles]
            repeat = _repeat(passage, hits, every, rule) if any(hits) else None
            if repeat is not None:
                yield repeat
        if number < len(seeds) or not seeds:
            for at, shingle in enumerate(shingles):
                owners.setdefault(shingle, (number, at))


def _repeat(
    passage: PassageRecord,
    hits: Sequence[tuple[int, int] | None],
    every: Sequence[PassageRecord],
    rule: Rule,
) -> Repeat | None:
    owner = Counter(hit[0] for hit in hits if hit).most_common(1)[0][0]
    run, start = _longest_run(owner, hits)
    numbers = rule.numbers
    if passage.kind in ("table", "chart"):
        enough = run >= numbers["table"]
    else:
        shared = _covered(owner, hits)
        whole = len(hits) + SHINGLE - 1
        enough = run >= numbers["run"] or shared >= max(numbers["share"] * whole, numbers["least"])
    return Repeat(every[owner], passage, run, _printed(passage.text, start)) if enough else None


def _covered(owner: int, hits: Sequence[tuple[int, int] | None]) -> int:
    """Characters that lie in a shared run of eight."""
    covered = end = 0
    for at, hit in enumerate(hits):
        if hit and hit[0] == owner:
            covered += at + SHINGLE - max(at, end)
            end = at + SHINGLE
    return covered


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
    """The text from the sentence on in which the letter or digit of that number stands."""
    seen = 0
    for sentence in sentences(text):
        letters = len(bare(sentence))
        if seen + letters > start:
            return text[text.index(sentence) :]
        seen += letters
    return text
