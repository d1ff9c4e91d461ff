"""Two drafts of one submission side by side: passages, coverage, findings, figures, length."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from mapping.checks.rulebook import Rulebook
from mapping.correction import correct
from mapping.coverage import asked
from mapping.drafts_answers import carry
from mapping.drafts_kpis import kpi_changes, pair_series
from mapping.drafts_passages import changes, pair_passages
from models.answers import Answer
from models.assessment import Assessment, CoverageStatus, DocumentRecord, Finding, PassageRecord
from models.criteria import Criteria
from models.diff import DraftDiff, FindingsDiff, IndicatorDiff, LengthChange, PassageChange
from models.document import PartKind

_KINDS: tuple[PartKind, ...] = ("report", "overview", "annual", "evidence", "other")
_FAULT = len("f-") + 10
"""Characters of a finding's id that name the fault; what follows tells fellows apart."""


def compare(old: Assessment, new: Assessment, criteria: Criteria) -> DraftDiff:
    """What changed from the old draft to the new one; documents are compared by their kind.

    Both are compared as they are: lay answers on first where they are to count. Equal drafts give no
    changes at all."""
    kinds = [kind for kind in _KINDS if _of_kind(old, kind) or _of_kind(new, kind)]
    pairs: dict[str, str] = {}
    for kind in kinds:
        pairs |= pair_passages(_passages(old, kind), _passages(new, kind))
    series = pair_series(old, new)
    return DraftDiff(
        schema_version=new.schema_version,
        old=tuple(dict.fromkeys(document.filename for document in old.documents)),
        new=tuple(dict.fromkeys(document.filename for document in new.documents)),
        lengths=tuple(change for kind in kinds if (change := _length(kind, old, new))),
        indicators=tuple(row for kind in kinds for row in _indicators(kind, old, new, pairs, criteria)),
        findings=_findings(old.findings, new.findings),
        kpis=tuple(kpi_changes(old, new, series)),
        previous=pairs,
        previous_kpis=series,
        carried=carry(old, new, pairs, series),
    )


def compare_answered(
    old: Assessment,
    new: Assessment,
    answers: Sequence[Answer],
    criteria: Criteria,
    rules: Rulebook | None = None,
) -> DraftDiff:
    """The drafts compared with the answers laid on the old one, and on the new one what of them holds."""
    old = correct(old, answers, criteria, rules)
    carried = compare(old, new, criteria).carried
    return replace(compare(old, correct(new, carried, criteria, rules), criteria), carried=carried)


def _of_kind(draft: Assessment, kind: PartKind) -> tuple[DocumentRecord, ...]:
    return tuple(document for document in draft.documents if document.kind == kind)


def _passages(draft: Assessment, kind: PartKind) -> tuple[PassageRecord, ...]:
    own = {document.id for document in _of_kind(draft, kind)}
    return tuple(passage for passage in draft.passages if passage.document in own)


def _indicators(
    kind: PartKind, old: Assessment, new: Assessment, pairs: Mapping[str, str], criteria: Criteria
) -> Iterator[IndicatorDiff]:
    grouped: dict[str | None, list[PassageChange]] = {}
    for change in changes(_passages(old, kind), _passages(new, kind), pairs):
        grouped.setdefault(_home(change), []).append(change)
    before, after = _statuses(old, kind), _statuses(new, kind)
    for node in (*(indicator.id for indicator in asked(kind, criteria)), None):
        status = (before.get(node or ""), after.get(node or ""))
        if node in grouped or (status[0] != status[1] and None not in status):
            yield IndicatorDiff(kind, node, status, tuple(grouped.pop(node, ())))
    for node, left in grouped.items():  # a correction may name an indicator that the kind is not held against
        yield IndicatorDiff(kind, node, (None, None), tuple(left))


def _home(change: PassageChange) -> str | None:
    passage = change.new or change.old
    return passage.indicators[0].id if passage and passage.indicators else None


def _statuses(draft: Assessment, kind: PartKind) -> dict[str, CoverageStatus]:
    own = {document.id for document in _of_kind(draft, kind)}
    return {row.indicator: row.status for row in reversed(draft.coverage) if row.document in own}


def _findings(old: Sequence[Finding], new: Sequence[Finding]) -> FindingsDiff:
    """By id; one that had fellows once and has none now, or the other way about, by its fault."""
    ids = {finding.id for finding in old} & {finding.id for finding in new}
    before = [finding for finding in old if finding.id not in ids]
    fresh: list[Finding] = []
    kept = set(ids)
    for finding in new:
        if finding.id in ids:
            continue
        twin = next((one for one in before if one.id[:_FAULT] == finding.id[:_FAULT]), None)
        if twin is None:
            fresh.append(finding)
        else:
            before.remove(twin)
            kept.add(finding.id)
    return FindingsDiff(tuple(before), tuple(fresh), tuple(f for f in new if f.id in kept))


def _length(kind: PartKind, old: Assessment, new: Assessment) -> LengthChange | None:
    before, after = _of_kind(old, kind), _of_kind(new, kind)
    count = (sum(d.length.count for d in before), sum(d.length.count for d in after))
    items = _items(before), _items(after)
    names = dict.fromkeys((*items[1], *items[0]))
    moved = {name: (items[0].get(name, 0), items[1].get(name, 0)) for name in names}
    by_item = {name: pair for name, pair in moved.items() if pair[0] != pair[1]}
    if count[0] == count[1] and not by_item and len(before) == len(after):
        return None
    status = (before[0].length.status if before else None, after[0].length.status if after else None)
    return LengthChange(kind, count, (after or before)[0].length.limit, status, by_item)


def _items(documents: Iterable[DocumentRecord]) -> dict[str, int]:
    words: dict[str, int] = {}
    for document in documents:
        for item, number in document.length.by_item.items():
            words[item] = words.get(item, 0) + number
    return words
