"""Passwords and who they belong to. Knows no Flask."""

from __future__ import annotations

from argon2.exceptions import Argon2Error, InvalidHashError
from sqlalchemy.orm import Session

from grader.core.errors import BadInput
from grader.store import people
from grader.store.models import User
from grader.store.people import hasher

_NOBODY = hasher.hash("nobody has this password")


def authenticate(session: Session, login: str, password: str) -> User | None:
    """The person, if login and password fit. An unknown login takes as long as a wrong password."""
    user = people.by_login(session, login)
    known = user.password_hash if user is not None and user.active and user.password_hash else _NOBODY
    try:
        hasher.verify(known, password)
    except (Argon2Error, InvalidHashError):
        return None
    if user is None or known == _NOBODY:
        return None
    if hasher.check_needs_rehash(known):
        user.password_hash = hasher.hash(password)
    return user


def change_password(session: Session, user_id: str, current: str, new: str) -> User:
    """A new password, which ends every other session. Raises BadInput when the current one is wrong."""
    user = session.get_one(User, user_id)
    if authenticate(session, user.login, current) is None:
        raise BadInput("The current password is wrong.")
    user.password_hash = hasher.hash(new)
    user.session_version += 1
    return user
