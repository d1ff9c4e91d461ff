"""Signing in: by login and password with a pause after failed tries, or by the printed one-time token."""

from __future__ import annotations

import secrets

from sqlalchemy.orm import Session

from api.refusals import Forbidden, SignInFailed
from api.service.context import Context
from api.service.visit import Visit
from api.store import audit, local, people, sign_ins
from api.store.sign_ins import Opened
from api.store.tables import Person

_LOCAL_HOURS = 24 * 30


def by_password(context: Context, visit: Visit, login: str, password: str) -> Opened:
    """Raises Throttled, or SignInFailed with the same sentence for every cause."""
    settings = context.settings
    pause = (settings.sign_in_attempts, settings.sign_in_pause_minutes)
    keys = (f"login:{login.strip().lower()[:64]}", f"address:{visit.address}")
    with context.database.reading() as session:
        sign_ins.check_pause(session, keys, *pause)
    try:
        with context.database.reading() as session:  # hashing takes long: outside of the write lock
            person = people.check_password(session, login, password)
    except SignInFailed:
        with context.database.writing() as session:
            sign_ins.count_failure(session, keys, settings.sign_in_pause_minutes)
            known = people.person_by_login(session, login)
            about = f"person:{known.id}" if known else "person:unknown"
            audit.record(session, None, "sign-in-failed", about, {}, visit.request_id)
        raise
    with context.database.writing() as session:
        sign_ins.forget_failures(session, keys[0])
        return _open(visit, session, person, settings.session_hours)


def by_local_token(context: Context, visit: Visit, token: str) -> Opened:
    """Raises Forbidden for any token but the one that was printed, and for that one the second time."""
    expected, context.local_token = context.local_token, None
    if expected is None or not secrets.compare_digest(token.encode(), expected.encode()):
        context.local_token = expected
        raise Forbidden("这个地址已经用过或不对。请关闭程序，再运行一次 ziping open。")
    with context.database.writing() as session:
        return _open(visit, session, local.local_person(session), _LOCAL_HOURS)


def _open(visit: Visit, session: Session, person: Person, hours: int) -> Opened:
    opened = sign_ins.sign_in(session, person, hours)
    audit.record(session, person, "sign-in", f"person:{person.id}", {}, visit.request_id)
    return opened
