"""Passwords: Argon2id hashes, and what a password must be."""

from __future__ import annotations

import secrets
from functools import cache
from typing import TYPE_CHECKING

from api.refusals import Invalid

if TYPE_CHECKING:
    from pwdlib import PasswordHash

SHORTEST, LONGEST = 10, 200


@cache
def _hasher() -> PasswordHash:
    from pwdlib import PasswordHash
    from pwdlib.hashers.argon2 import Argon2Hasher

    return PasswordHash((Argon2Hasher(),))


@cache
def _nobody() -> str:
    """A hash that no password fits."""
    return _hasher().hash(secrets.token_urlsafe(32))


def hash_password(password: str, login: str = "") -> str:
    """Raises Invalid for a password that is too easy."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise Invalid(f"口令应有 {SHORTEST} 到 {LONGEST} 个字符，可以是一句话。")
    if len(set(password)) < 5 or (login and login.lower() in password.lower()):
        raise Invalid("这个口令太容易猜到：不要重复同样的字符，也不要含有登录名。")
    return _hasher().hash(password)


def fits(password: str, hashed: str | None) -> bool:
    """Takes as long for an account that is not there (None) as for one that is."""
    right = _hasher().verify(password, hashed or _nobody())
    return right and hashed is not None


def new_password() -> str:
    """A random password to be handed on once and changed at the first sign-in."""
    return secrets.token_urlsafe(12)
