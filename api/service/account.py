"""What a person does with the own account."""

from __future__ import annotations

from api.refusals import Forbidden, Invalid, SignInFailed, Throttled
from api.service.context import Context, record
from api.service.visit import Visit
from api.store import people, sign_ins
from api.store.passwords import fits, hash_password
from api.store.sign_ins import Opened
from api.store.tables import Person

NOT_TAKEN = (Forbidden, Invalid, SignInFailed, Throttled)
"""What ``change_password`` raises for words of the person that it does not take."""


def change_password(context: Context, visit: Visit, me: Person, old: str, new: str) -> Opened:
    """Sets a new password; all other sessions end, this one goes on under a new cookie."""
    settings = context.settings
    keys = (f"login:{me.login}",)
    with context.database.reading() as session:
        sign_ins.check_pause(session, keys, settings.sign_in_attempts, settings.sign_in_pause_minutes)
    if not fits(old, me.password):
        with context.database.writing() as session:
            sign_ins.count_failure(session, keys, settings.sign_in_pause_minutes)
            record(session, visit, "password-change-failed", f"person:{me.id}")
        raise SignInFailed("现在的口令不对，没有修改。")
    if old == new:
        raise Invalid("新口令与现在的相同，请换一个。")
    hashed = hash_password(new, me.login)  # takes long: outside of the write lock
    with context.database.writing() as session:
        person = people.get_person(session, me.id)
        people.set_hash(session, person, hashed, by_other=False)
        record(session, visit, "password-change", f"person:{me.id}")
        return sign_ins.sign_in(session, person, settings.session_hours)
