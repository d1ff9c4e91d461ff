"""Ids of findings that stay the same while the fault does, whatever its wording, page or number of places.

``f-`` and a hash of check, kind of document, indicator and subject. Where several findings share these
(passages that stand in the wrong place under one indicator), a second hash tells them apart by the
passage or series they point at: never by their order, so that an answer to one cannot come to hide another.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from models.assessment import DocumentRecord, Finding


def identify(findings: Iterable[Finding], documents: Sequence[DocumentRecord]) -> tuple[Finding, ...]:
    """The findings, each with its id."""
    kinds = {document.id: document.kind for document in documents}
    named = [(finding, _fault(finding, kinds)) for finding in findings]
    times = Counter(fault for _, fault in named)
    seen: Counter[str] = Counter()
    told = []
    for finding, fault in named:
        full = fault if times[fault] == 1 else f"{fault}-{_place(finding)}"
        seen[full] += 1
        told.append(replace(finding, id=full if seen[full] == 1 else f"{full}-{seen[full]}"))
    return tuple(told)


def same_fault(identity: str, finding: Finding) -> bool:
    """Whether an id, perhaps given when the fault had more fellows than now, means this finding."""
    return identity in (finding.id, f"{finding.id}-{_place(finding)}")


def _fault(finding: Finding, kinds: Mapping[str, str]) -> str:
    kind = kinds.get(finding.document or "", "")
    return "f-" + _hash(10, finding.check, kind, finding.indicator or "", finding.subject)


def _place(finding: Finding) -> str:
    """By passages and series; pages only where there are neither, for they move with the text."""
    named = [where.kpi or where.passage or "" for where in finding.where]
    pages = [str(where.page) for where in finding.where]
    return _hash(6, *(named if any(named) else pages))


def _hash(length: int, *words: str) -> str:
    return hashlib.sha256("\x1f".join(words).encode()).hexdigest()[:length]
