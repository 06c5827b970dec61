"""Passwords and who they belong to. Knows no Flask.

A password's hash takes a tenth of a second and 64 MiB on purpose: it is computed outside of transactions, so that
nobody waits for it with the database locked, and for a few people at once.
"""

from __future__ import annotations

import threading

from argon2.exceptions import Argon2Error, InvalidHashError

from grader.core.errors import BadInput
from grader.store import people
from grader.store.engine import Database
from grader.store.models import User
from grader.store.people import hasher

_NOBODY = hasher.hash("nobody has this password")
_AT_ONCE = threading.BoundedSemaphore(4)


def authenticate(database: Database, login: str, password: str) -> User | None:
    """The person, if login and password fit. An unknown login takes as long as a wrong password."""
    with database.reading() as session:
        user = people.by_login(session, login)
    known = user.password_hash if user is not None and user.active and user.password_hash else _NOBODY
    if not _fits(known, password) or user is None or known == _NOBODY:
        return None
    if hasher.check_needs_rehash(known):
        _set(database, user, known, password)
    return user


def change_password(database: Database, user: User, current: str, new: str) -> User:
    """A new password, which ends every other session. Raises BadInput when the current one is wrong."""
    if authenticate(database, user.login, current) is None:
        raise BadInput("The current password is wrong.")
    made = _hash(new)
    with database.writing() as session:
        changed = session.get_one(User, user.id)
        changed.password_hash = made
        changed.session_version += 1
    return changed


def _fits(known: str, password: str) -> bool:
    try:
        with _AT_ONCE:
            return hasher.verify(known, password)
    except (Argon2Error, InvalidHashError):
        return False


def _hash(password: str) -> str:
    with _AT_ONCE:
        return hasher.hash(password)


def _set(database: Database, user: User, known: str, password: str) -> None:
    """Keep the same password by today's parameters, unless it was changed meanwhile."""
    made = _hash(password)
    with database.writing() as session:
        found = session.get_one(User, user.id)
        if found.password_hash == known:
            found.password_hash = made
