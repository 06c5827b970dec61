"""Accounts: what staff know of a person, and changes of it. Logins never change: receipts and tokens name them.

The audit log tells which fields were changed; of names, addresses and handles it tells nothing more, so that a person
can be removed while the log stays.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from grader.core import lookalikes
from grader.core.errors import BadInput
from grader.core.similar import did_you_mean
from grader.core.text import clean
from grader.staff.entering import lock
from grader.store import audit, people
from grader.store.models import ROLES, User
from grader.store.records import touch

FIELDS = ("name", "group", "role", "email", "team", "codeforces")
TOLD = ("group", "role", "team")  # fields whose values the audit log may hold
_LOGIN = re.compile(r"[\w.@+-]{1,120}")
_EMAIL = re.compile(r"[^\s@,;<>\"]{1,64}@[^\s@,;<>\"]{1,130}")
_HANDLE = re.compile(r"[A-Za-z0-9_.-]{1,60}")
_LONGEST = {"name": 200, "group": 60, "team": 60}
_RU = {
    "name": "имя",
    "group": "группа",
    "role": "роль",
    "email": "адрес почты",
    "team": "команда",
    "codeforces": "имя на Codeforces",
}


class LooksLike(BadInput):
    """A new login that a person would read as another's: it may be right, and is asked about."""

    def __init__(self, pairs: Sequence[tuple[str, str]]) -> None:
        told = [looks_like(login, other) for login, other in pairs]
        super().__init__("; ".join(en for en, _ in told) + ".", ru="; ".join(ru for _, ru in told) + ".")


@dataclass(frozen=True)
class Change:
    """What a person's fields were and become; only those that differ. A new person has no ``user``."""

    login: str
    user: User | None
    before: dict[str, str]
    after: dict[str, str]


def login_of(text: str) -> str:
    """A login as it is kept: in small letters. Raises BadInput."""
    login = text.strip().lower()
    if not _LOGIN.fullmatch(login):
        raise BadInput(
            f"{login[:60]!r} is no login: letters, digits and . _ - @ + without spaces.",
            ru=f"«{login[:60]}» — не логин: нужны буквы, цифры и . _ - @ + без пробелов.",
        )
    return login


def looks_like(login: str, other: str) -> tuple[str, str]:
    """That a login can be taken for another, and by which letters, in English and Russian."""
    strange = ", ".join(lookalikes.mixed(login) or lookalikes.mixed(other))
    en = f"{login} looks like {other}" + (f" ({strange} is no Latin letter)" if strange else "")
    ru = f"{login} выглядит как {other}" + (f" (не латинские буквы: {strange})" if strange else "")
    return en, ru


def checked(field: str, text: str) -> str:
    """A field's value as it is kept. Raises BadInput that names the field."""
    value = clean(" ".join(text.split()), limit=1000)
    if field == "name" and not value:
        raise BadInput("name is missing.", ru="Не указано имя.")
    good = {
        "role": value in ROLES,
        "email": not value or bool(_EMAIL.fullmatch(value)),
        "codeforces": not value or bool(_HANDLE.fullmatch(value)),
    }.get(field, True)
    if not good or len(value) > _LONGEST.get(field, 200):
        expected = f"one of {', '.join(ROLES)}" if field == "role" else f"a {field}"
        ru = f"одно из {', '.join(ROLES)}" if field == "role" else "допустимое значение"
        raise BadInput(
            f"{field} must be {expected}, not {value[:60]!r}.",
            ru=f"{_RU[field]}: нужно {ru}, а не «{value[:60]}».",
        )
    return value


def add(
    session: Session,
    login: str,
    fields: Mapping[str, str],
    *,
    actor: User | None,
    now: datetime,
    handle_is_free: bool = False,
    may_look_alike: bool = False,
) -> User:
    """A new account without a password: an invitation gives one. Raises BadInput.

    Raises LooksLike for a login that looks like another one, unless somebody has said that it is another person's.
    Without an ``actor`` it is the first of an empty installation, and an instructor. An import knows by itself that a
    handle is free once all of it is done.
    """
    login, values = login_of(login), {field: checked(field, text) for field, text in fields.items()}
    name, role = values.get("name") or checked("name", ""), values.get("role", "student")
    if actor is None and (role != "instructor" or instructors(session)):
        raise BadInput("Say in whose name: only the first instructor is added by nobody.")
    if not handle_is_free:
        _free_handle(session, values.get("codeforces", ""), None)
    if not may_look_alike and (pairs := lookalikes.alike([login], session.scalars(select(User.login)))):
        raise LooksLike(pairs)
    user = people.add_user(session, login, name, role=role, password=None, actor=actor, now=now)
    for field in ("group", "email", "team", "codeforces"):
        setattr(user, field, values.get(field, ""))
    session.flush()
    return user


def change(
    session: Session,
    user: User,
    fields: Mapping[str, str],
    *,
    actor: User,
    now: datetime,
    handle_is_free: bool = False,
) -> Change | None:
    """Set some of a person's fields; None when they were so already. Raises BadInput, and then nothing changes."""
    lock(session, [user.id])
    values = {field: checked(field, text) for field, text in fields.items()}
    after = {field: value for field, value in values.items() if getattr(user, field) != value}
    if not after:
        return None
    before = {field: str(getattr(user, field)) for field in after}
    if before.get("role") == "instructor":
        _not_the_last(session, user)
    if not handle_is_free:
        _free_handle(session, after.get("codeforces", ""), user)
    for field, value in after.items():
        setattr(user, field, value)
    if "role" in after:
        user.session_version += 1  # what was opened with the old role ends
    touch(session, [user.id])
    audit.append(session, actor.id, "user.changed", user.id, _told(before), _told(after), now=now)
    return Change(user.login, user, before, after)


def set_active(session: Session, user: User, active: bool, *, actor: User, now: datetime) -> bool:
    """Let a person in, or not any more: sessions end and tokens are dead, nothing is lost. Whether it changed.

    Raises BadInput where the handle of somebody who comes back is another's now.
    """
    if user.active == active:
        return False
    if active:
        _free_handle(session, user.codeforces, user)
    else:
        _not_the_last(session, user)
    user.active = active
    user.session_version += 1
    touch(session, [user.id])
    action = "user.reactivated" if active else "user.deactivated"
    audit.append(session, actor.id, action, user.id, {"active": not active}, {"active": active}, now=now)
    return True


def instructors(session: Session) -> int:
    """How many instructors can log in or be invited."""
    return session.scalar(select(func.count()).where(User.role == "instructor", User.active)) or 0


def found(session: Session, login: str) -> User:
    """The person with this login, of whatever role, active or not. Raises BadInput where there is none."""
    user = people.by_login(session, login)
    if user is None:
        en, ru = did_you_mean(login, session.scalars(select(User.login)))
        raise BadInput(f"There is nobody with the login {login[:60]!r}.{en}", ru=f"Логина «{login[:60]}» нет.{ru}")
    return user


def _not_the_last(session: Session, user: User) -> None:
    if user.role == "instructor" and user.active and instructors(session) == 1:
        raise BadInput(
            f"{user.login} is the last instructor: somebody must stay.",
            ru=f"{user.login} — единственный преподаватель: кто-то должен остаться.",
        )


def _free_handle(session: Session, handle: str, user: User | None) -> None:
    if not handle:
        return
    taken = select(User).where(func.lower(User.codeforces) == handle.lower(), User.active)
    for other in session.scalars(taken):
        if user is None or other.id != user.id:
            raise BadInput(
                f"codeforces: {handle} is {other.login}'s already.",
                ru=f"Имя {handle} на Codeforces уже у {other.login}.",
            )


def _told(values: Mapping[str, str]) -> dict[str, Any]:
    """What the audit log may hold of these fields."""
    return {field: value if field in TOLD else "…" for field, value in values.items()}
