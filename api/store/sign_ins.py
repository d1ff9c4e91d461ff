"""Who is signed in: sessions on the server, personal API tokens, and the pause after failed tries.

A cookie or token holds a secret of 32 random bytes; the database only its SHA-256.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from api.refusals import NotFound, Throttled
from api.store.tables import ApiToken, Person, SignIn, SignInFailure, new_id, now

_SEEN_EVERY = timedelta(minutes=5)
PREFIX = "zp_"
"""Begins every API token, so that one that leaked can be recognised."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A new session: the secret for the cookie is known only now."""

    token: str
    csrf: str


def token_hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def sign_in(session: Session, person: Person, hours: int) -> Opened:
    session.execute(delete(SignIn).where(SignIn.expires < now()))
    opened = Opened(secrets.token_urlsafe(32), secrets.token_urlsafe(32))
    session.add(
        SignIn(
            token_hash=token_hash(opened.token),
            person_id=person.id,
            csrf=opened.csrf,
            expires=now() + timedelta(hours=hours),
        )
    )
    return opened


def find_sign_in(session: Session, token: str) -> SignIn | None:
    """The session of a cookie, if it still holds and its person is active."""
    found = session.get(SignIn, token_hash(token))
    if found is None or found.expires < now() or not found.person.active:
        return None
    return found


def is_long_ago(seen: datetime | None) -> bool:
    """Whether the time of last use is worth writing anew: not at every request."""
    return seen is None or now() - seen > _SEEN_EVERY


def end_sign_in(session: Session, hashed: str) -> None:
    session.execute(delete(SignIn).where(SignIn.token_hash == hashed))


def sign_out_everywhere(session: Session, person_id: str, but: str | None = None) -> None:
    """Ends all sessions of a person except the one with the token hash ``but``."""
    session.execute(delete(SignIn).where(SignIn.person_id == person_id, SignIn.token_hash != (but or "")))


def new_token(session: Session, person: Person, title: str, days: int | None) -> tuple[ApiToken, str]:
    """A personal API token and its secret, which is shown once."""
    secret = PREFIX + secrets.token_urlsafe(32)
    expires = None if days is None else now() + timedelta(days=days)
    token = ApiToken(
        id=new_id(), token_hash=token_hash(secret), person_id=person.id, title=title, expires=expires
    )
    session.add(token)
    session.flush()
    return token, secret


def find_token(session: Session, secret: str) -> ApiToken | None:
    found = session.scalar(select(ApiToken).where(ApiToken.token_hash == token_hash(secret)))
    if found is None or (found.expires is not None and found.expires < now()) or not found.person.active:
        return None
    return found


def tokens_of(session: Session, person_id: str) -> list[ApiToken]:
    return list(
        session.scalars(select(ApiToken).where(ApiToken.person_id == person_id).order_by(ApiToken.created))
    )


def delete_token(session: Session, person_id: str, token_id: str) -> None:
    """Raises NotFound if the person has no such token."""
    done = session.execute(
        delete(ApiToken)
        .where(ApiToken.id == token_id, ApiToken.person_id == person_id)
        .returning(ApiToken.id)
    ).first()
    if done is None:
        raise NotFound()


def check_pause(session: Session, keys: tuple[str, ...], attempts: int, minutes: int) -> None:
    """Raises Throttled while one of the keys (login:…, address:…) has failed too often."""
    for failure in session.scalars(select(SignInFailure).where(SignInFailure.key.in_(keys))):
        over = failure.last + timedelta(minutes=minutes)
        if failure.count >= allowed(failure.key, attempts) and over > now():
            wait = int((over - now()).total_seconds()) + 1
            raise Throttled(f"连续失败次数过多，请在 {minutes} 分钟后再试，或请管理人员重设口令。", wait)


def allowed(key: str, attempts: int) -> int:
    """An address may stand for a whole office: it has ten times the tries of a login."""
    return attempts * 10 if key.startswith("address:") else attempts


def count_failure(session: Session, keys: tuple[str, ...], minutes: int) -> None:
    for key in keys:
        failure = session.get(SignInFailure, key)
        if failure is None:
            session.add(SignInFailure(key=key, count=1, last=now()))
            continue
        old = failure.last + timedelta(minutes=minutes) < now()
        failure.count = 1 if old else failure.count + 1
        failure.last = now()


def forget_failures(session: Session, key: str) -> None:
    session.execute(delete(SignInFailure).where(SignInFailure.key == key))
