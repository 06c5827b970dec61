"""People: accounts. Tokens are in `grader.store.tokens`, what staff enter about a student in `grader.staff`."""

from __future__ import annotations

from datetime import datetime

from argon2 import PasswordHasher
from sqlalchemy import select
from sqlalchemy.orm import Session

from grader.core.errors import BadInput
from grader.store import audit
from grader.store.models import ROLES, User

# argon2id with OWASP's figures. The library's own cost three times as much, and 500 people log in before a deadline.
hasher = PasswordHasher(time_cost=1, memory_cost=46 * 1024, parallelism=1)


def add_user(
    session: Session,
    login: str,
    name: str,
    *,
    role: str = "student",
    group: str = "",
    password: str | None,
    actor: User | None = None,
    now: datetime,
) -> User:
    """A new account; without a password nobody can log in with it yet. Without an ``actor`` it adds itself.

    Raises BadInput for a login that is taken and for a role that there is not.
    """
    if role not in ROLES:
        raise BadInput(f"There is no role {role!r}; there are {', '.join(ROLES)}.")
    if by_login(session, login) is not None:
        raise BadInput(f"The login {login!r} is taken.")
    user = User(
        login=login.strip().lower(),
        name=name,
        role=role,
        group=group,
        password_hash="" if password is None else hasher.hash(password),
        created_at=now,
    )
    session.add(user)
    session.flush()
    audit.append(session, (actor or user).id, "user.added", user.id, None, {"role": role}, now=now)
    return user


def by_login(session: Session, login: str) -> User | None:
    return session.scalar(select(User).where(User.login == login.strip().lower()))


def students(session: Session) -> list[User]:
    """All active students, by group and name."""
    query = select(User).where(User.role == "student", User.active).order_by(User.group, User.name, User.login)
    return list(session.scalars(query))


def listed(
    session: Session, *, role: str | None = None, group: str | None = None, inactive: bool = False
) -> list[User]:
    """People of every role, or of one, or of one study group, by group and name; deactivated ones only if asked for."""
    query = select(User).order_by(User.group, User.name, User.login)
    if role is not None:
        query = query.where(User.role == role)
    if group is not None:
        query = query.where(User.group == group)
    return list(session.scalars(query if inactive else query.where(User.active)))
