"""People: accounts and personal tokens. What staff enter about a student is in `grader.staff`."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime

from argon2 import PasswordHasher
from sqlalchemy import select
from sqlalchemy.orm import Session

from grader.core.errors import BadInput
from grader.store import audit
from grader.store.models import ROLES, ApiToken, User

hasher = PasswordHasher()  # argon2id with the library's current parameters


def add_user(
    session: Session,
    login: str,
    name: str,
    *,
    role: str = "student",
    group: str = "",
    password: str | None,
    now: datetime,
) -> User:
    """A new account; without a password nobody can log in with it yet.

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
    audit.append(session, user.id, "user.added", user.id, None, {"role": role}, now=now)
    return user


def by_login(session: Session, login: str) -> User | None:
    return session.scalar(select(User).where(User.login == login.strip().lower()))


def students(session: Session) -> list[User]:
    """All active students, by group and name."""
    query = select(User).where(User.role == "student", User.active).order_by(User.group, User.name, User.login)
    return list(session.scalars(query))


def issue_token(session: Session, user: User, label: str, now: datetime) -> str:
    """A personal token. This is the only moment at which it can be read."""
    token = "grd_" + secrets.token_urlsafe(32)
    session.add(ApiToken(user_id=user.id, sha256=_sha256(token), label=label[:100], created_at=now))
    return token


def by_token(session: Session, token: str, now: datetime) -> User | None:
    """Whose token this is, if it is still good."""
    found = session.scalar(select(ApiToken).where(ApiToken.sha256 == _sha256(token), ApiToken.revoked_at.is_(None)))
    if found is None or not found.user.active:
        return None
    return found.user


def _sha256(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
