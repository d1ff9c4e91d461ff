"""What ``ziping open`` works with: one person, one organisation and one round without a deadline."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from api.store.tables import Organisation, Person, Round

LOGIN = "local"
TITLE = "本机"


def local_person(session: Session) -> Person:
    """The person of the own machine, made with organisation and round when asked for the first time."""
    person = session.scalar(select(Person).where(Person.role == "local"))
    if person is not None:
        return person
    organisation = Organisation(name=TITLE)
    session.add(organisation)
    session.flush()
    person = Person(
        login=LOGIN, name=TITLE, role="local", organisation_id=organisation.id, organisation=organisation
    )
    session.add(person)
    session.flush()
    return person


def local_round(session: Session, criteria: str) -> Round:
    """The round of the own machine for an edition of the criteria."""
    title = f"{TITLE}（{criteria}）"
    found = session.scalar(select(Round).where(Round.title == title))
    if found is None:
        found = Round(title=title, criteria=criteria)
        session.add(found)
        session.flush()
    return found
