"""Organisations that apply, with the names they had before."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from api.refusals import Conflict, Invalid, NotFound
from api.store.tables import Organisation

_LONGEST = 200


def get_organisation(session: Session, organisation_id: str) -> Organisation:
    """Raises NotFound."""
    found = session.get(Organisation, organisation_id)
    if found is None:
        raise NotFound()
    return found


def create(session: Session, name: str, former_names: Sequence[str] = ()) -> Organisation:
    """Raises Invalid for a name that is none, Conflict for one that is taken."""
    organisation = Organisation(name=_free(session, name, None), former_names=_names(former_names))
    session.add(organisation)
    session.flush()
    return organisation


def rename(session: Session, organisation: Organisation, name: str, former_names: Sequence[str]) -> None:
    """The name until now becomes a former one."""
    new = _free(session, name, organisation.id)
    former = _names(former_names)
    if new != organisation.name and organisation.name not in former:
        former.append(organisation.name)
    organisation.name, organisation.former_names = new, former
    session.flush()


def named(session: Session, name: str) -> Organisation | None:
    """The organisation that has or had a name."""
    wanted = name.strip()
    found = session.scalar(select(Organisation).where(Organisation.name == wanted))
    if found is not None:
        return found
    return next((one for one in session.scalars(select(Organisation)) if wanted in one.former_names), None)


def _free(session: Session, name: str, own: str | None) -> str:
    name = _name(name)
    taken = session.scalar(select(Organisation.id).where(Organisation.name == name))
    if taken not in (None, own):
        raise Conflict("已有同名的组织。")
    return name


def _names(names: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(_name(name) for name in names))


def _name(name: str) -> str:
    name = " ".join(name.split())
    if not name or len(name) > _LONGEST:
        raise Invalid(f"组织名称不能为空，最长 {_LONGEST} 字。")
    return name
