"""People and their accounts."""

from __future__ import annotations

import re

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from api.refusals import Conflict, Invalid, NotFound, SignInFailed
from api.store import sign_ins
from api.store.passwords import fits, hash_password
from api.store.tables import Organisation, Person

ROLES = ("applicant", "reviewer", "office", "admin")
ROLE_NAMES = {
    "applicant": "申报组织",
    "reviewer": "评审员",
    "office": "评审办公室",
    "admin": "系统管理员",
    "local": "本机",
}
_LOGIN = re.compile(r"[a-z0-9][a-z0-9._@-]{1,63}")


def person_by_login(session: Session, login: str) -> Person | None:
    return session.scalar(select(Person).where(Person.login == login.strip().lower()))


def get_person(session: Session, person_id: str) -> Person:
    """Raises NotFound."""
    person = session.get(Person, person_id)
    if person is None:
        raise NotFound()
    return person


def add_person(
    session: Session,
    login: str,
    name: str,
    role: str,
    password: str,
    organisation_id: str | None = None,
    *,
    must_change: bool = True,
) -> Person:
    """Raises Invalid or Conflict with what is wrong about the account."""
    hashed = hash_password(password, login)
    return add_hashed(session, login, name, role, hashed, organisation_id, must_change=must_change)


def add_hashed(
    session: Session,
    login: str,
    name: str,
    role: str,
    hashed: str,
    organisation_id: str | None = None,
    *,
    must_change: bool = True,
) -> Person:
    """The same with a password's hash, which takes long to make: outside of the write lock."""
    login = login.strip().lower()
    if not _LOGIN.fullmatch(login):
        raise Invalid("登录名用小写字母、数字和 . _ @ -，2 到 64 个字符。")
    if role not in ROLES:
        raise Invalid(f"角色应是 {'、'.join(ROLES)} 之一。")
    if (role == "applicant") != (organisation_id is not None):
        raise Invalid("申报组织的账号要属于一个组织，其他角色不属于任何组织。")
    if organisation_id is not None and session.get(Organisation, organisation_id) is None:
        raise Invalid("没有这个组织。")
    if person_by_login(session, login):
        raise Conflict("这个登录名已经有人用了，请换一个。")
    person = Person(
        login=login,
        name=name.strip() or login,
        role=role,
        organisation_id=organisation_id,
        password=hashed,
        must_change=must_change,
    )
    session.add(person)
    session.flush()
    return person


def check_password(session: Session, login: str, password: str) -> Person:
    """The person whom login and password name. Raises SignInFailed, the same for every cause."""
    person = person_by_login(session, login)
    right = fits(password, person.password if person else None)
    if person is None or not right or not person.active:
        raise SignInFailed("登录名或口令不对，或账号已停用。")
    return person


def set_hash(session: Session, person: Person, hashed: str, *, by_other: bool) -> None:
    """Sets a new password's hash and ends all sessions of the person, for whoever stole the old one."""
    person.password = hashed
    person.must_change = by_other
    sign_ins.sign_out_everywhere(session, person.id)
    sign_ins.forget_failures(session, f"login:{person.login}")


def deactivate(session: Session, person: Person) -> None:
    """Nothing of the person is deleted; sessions and tokens stop at once."""
    person.active = False
    sign_ins.sign_out_everywhere(session, person.id)


def has_accounts(session: Session) -> bool:
    """Whether anybody can sign in with a password: then it is no data folder of one's own machine."""
    asked = select(func.count()).select_from(Person).where(Person.role != "local")
    return bool(session.scalar(asked))
