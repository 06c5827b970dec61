"""Invitations: a link with which a person sets the first password, or a new one, once and within a week.

Only a link's hash is kept. A newer invitation ends the older ones; using one ends all others and every session.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session, joinedload

from grader.core.errors import BadInput
from grader.store import audit
from grader.store.models import Invitation, User
from grader.store.people import hasher

LASTS = timedelta(days=7)
LEAST, MOST = 10, 1024  # characters of a password


def invite(session: Session, user: User, *, actor: User | None, now: datetime, lasts: timedelta = LASTS) -> str:
    """A new invitation's secret, which stands in the link. This is the only moment at which it can be read.

    Raises BadInput for a deactivated person. Without an ``actor`` it is the first instructor's own.
    """
    check(user)
    row, secret = make(session, user, now=now, lasts=lasts)
    audit.append(session, (actor or user).id, "user.invited", user.id, None, {"invitation": row.id}, now=now)
    return secret


def check(user: User) -> None:
    """Raises BadInput for a deactivated person."""
    if not user.active:
        raise BadInput(f"{user.login} is deactivated.", ru=f"{user.login}: доступ закрыт.")


def make(session: Session, user: User, *, now: datetime, lasts: timedelta = LASTS) -> tuple[Invitation, str]:
    """A new invitation and its secret, for one that the audit log has already."""
    _end(session, user.id, now)
    secret = secrets.token_urlsafe(32)
    row = Invitation(user_id=user.id, sha256=_sha256(secret), created_at=now, expires_at=now + lasts)
    session.add(row)
    session.flush()
    return row, secret


def find(session: Session, secret: str, now: datetime) -> User | None:
    """Whom an invitation is for; None when it is unknown, used, expired, or its person deactivated."""
    row = _row(session, secret)
    return row.user if row is not None and _good(row, now) else None


def accept(session: Session, secret: str, password: str, now: datetime) -> User:
    """Set the password, and end every other invitation and session. Raises BadInput when the link is no longer good."""
    if not LEAST <= len(password) <= MOST:
        raise BadInput(
            f"A password has at least {LEAST} characters.", ru=f"В пароле должно быть не меньше {LEAST} символов."
        )
    row = _row(session, secret)
    used = update(Invitation).where(Invitation.sha256 == _sha256(secret), Invitation.used_at.is_(None))
    if row is None or not _good(row, now) or not session.execute(used.values(used_at=now)).rowcount:  # type: ignore[attr-defined]
        raise BadInput(
            "This link is not good any more. Ask for a new one.", ru="Ссылка больше не действует. Попросите новую."
        )
    user = row.user
    user.password_hash = hasher.hash(password)
    user.session_version += 1
    _end(session, user.id, now)
    audit.append(session, user.id, "password.set", user.id, None, {"invitation": row.id}, now=now)
    return user


def without_password(session: Session, users: Iterable[User]) -> list[User]:
    """Those of these people who cannot log in yet."""
    return [user for user in users if user.active and not user.password_hash]


def _row(session: Session, secret: str) -> Invitation | None:
    query = select(Invitation).options(joinedload(Invitation.user)).where(Invitation.sha256 == _sha256(secret))
    return session.scalar(query)


def _good(row: Invitation, now: datetime) -> bool:
    return row.used_at is None and now < row.expires_at and row.user.active


def _end(session: Session, user_id: str, now: datetime) -> None:
    """End the invitations of a person that are still open."""
    still = update(Invitation).where(Invitation.user_id == user_id, Invitation.used_at.is_(None))
    session.execute(still.where(Invitation.expires_at > now).values(expires_at=now))


def _sha256(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
