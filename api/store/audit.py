"""The audit: what was seen, done and refused, each entry holding the hash of the one before.

An entry names objects by id and says nothing of what a report holds.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from api.store.tables import AuditEntry, Person, now

START = bytes(32)
"""What stands in the place of the hash before the first entry."""


@dataclass(frozen=True, slots=True)
class Broken:
    """The first entry at which the chain does not hold, and why, in Chinese."""

    number: int
    reason: str


def record(
    session: Session,
    person: Person | None,
    action: str,
    object_: str,
    detail: Mapping[str, Any] | None = None,
    request: str | None = None,
) -> AuditEntry:
    """Appends an entry; needs the write lock, so that the chain has no forks."""
    last = session.execute(
        select(AuditEntry.number, AuditEntry.hash).order_by(AuditEntry.number.desc()).limit(1)
    ).first()
    entry = AuditEntry(
        number=last.number + 1 if last else 1,
        at=now(),
        person=None if person is None else f"{person.id} {person.login}",
        action=action,
        object=object_,
        detail=dict(detail or {}),
        request=request,
        previous=last.hash if last else START,
    )
    entry.hash = entry_hash(entry)
    session.add(entry)
    session.flush()
    return entry


def entry_hash(entry: AuditEntry) -> bytes:
    """SHA-256 over all that an entry says and the hash before it."""
    said = [
        entry.number,
        entry.at.isoformat(),
        entry.person,
        entry.action,
        entry.object,
        entry.detail,
        entry.request,
    ]
    text = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(entry.previous + text.encode()).digest()


def verify(session: Session) -> Broken | int:
    """The number of entries if the whole chain holds, otherwise where it breaks first."""
    previous, expected = START, 1
    for entry in session.scalars(select(AuditEntry).order_by(AuditEntry.number)).yield_per(1000):
        if entry.number != expected:
            return Broken(expected, "这一条不在了")
        if entry.previous != previous:
            return Broken(entry.number, "与前一条接不上")
        if entry.hash != entry_hash(entry):
            return Broken(entry.number, "内容与散列值不符")
        previous, expected = entry.hash, expected + 1
    return expected - 1
