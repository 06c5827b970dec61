"""Personal tokens for programs: only their hashes are kept, each with its scopes, and each can be revoked."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session, joinedload

from grader.core.errors import BadInput
from grader.store import audit
from grader.store.models import ApiToken, User

READ, SUBMIT, STAFF = "read", "submit", "staff"
SCOPES = (READ, SUBMIT, STAFF)
MOST = 50  # good tokens that one person can have
LABEL = 100


@dataclass(frozen=True)
class Held:
    """A good token: whose it is, and what it may be used for."""

    token: ApiToken
    user: User
    scopes: frozenset[str]


def issue(
    session: Session,
    user: User,
    label: str,
    scopes: Collection[str],
    *,
    now: datetime,
    expires_at: datetime | None = None,
) -> str:
    """A new token. This is the only moment at which it can be read. Raises BadInput for scopes that cannot be."""
    _check(user, scopes)
    if expires_at is not None and expires_at <= now:
        raise BadInput("The token would have expired already.", ru="Срок действия токена уже истёк бы.")
    if len([token for token in of(session, user) if good(token, now)]) >= MOST:
        raise BadInput(
            f"You have {MOST} tokens; revoke those that are not needed.",
            ru=f"У вас уже {MOST} токенов; отзовите ненужные.",
        )
    secret = "grd_" + secrets.token_urlsafe(32)
    row = ApiToken(
        user_id=user.id,
        sha256=_sha256(secret),
        label=label.strip()[:LABEL],
        scopes=" ".join(scope for scope in SCOPES if scope in scopes),
        created_at=now,
        expires_at=expires_at,
    )
    session.add(row)
    session.flush()
    audit.append(session, user.id, "token.issued", row.id, None, {"scopes": row.scopes}, now=now)
    return secret


def of(session: Session, user: User) -> list[ApiToken]:
    """A person's tokens that were not revoked, newest first; expired ones are among them."""
    query = select(ApiToken).where(ApiToken.user_id == user.id, ApiToken.revoked_at.is_(None))
    return list(session.scalars(query.order_by(ApiToken.created_at.desc(), ApiToken.id)))


def good(token: ApiToken, now: datetime) -> bool:
    return token.revoked_at is None and (token.expires_at is None or now < token.expires_at)


def find(session: Session, secret: str, now: datetime) -> Held | None:
    """Whose token this is and what it may do; None when it is unknown, revoked, expired, or its owner deactivated."""
    query = select(ApiToken).options(joinedload(ApiToken.user)).where(ApiToken.sha256 == _sha256(secret))
    token = session.scalar(query)
    if token is None or not good(token, now) or not token.user.active:
        return None
    return Held(token, token.user, frozenset(token.scopes.split()))


def stale(token: ApiToken, now: datetime) -> bool:
    """Whether its last use must be written down again."""
    return token.last_used_at is None or token.last_used_at < _hour(now)


def note_use(session: Session, token: ApiToken, now: datetime) -> None:
    """Write down that a token was used, to the hour: when somebody works is nobody's business."""
    session.execute(update(ApiToken).where(ApiToken.id == token.id).values(last_used_at=_hour(now)))


def revoke(session: Session, user: User, token_id: str, now: datetime) -> bool:
    """Revoke one of a person's own tokens; False when there is no such."""
    token = session.get(ApiToken, token_id)
    if token is None or token.user_id != user.id or token.revoked_at is not None:
        return False
    token.revoked_at = now
    audit.append(session, user.id, "token.revoked", token.id, None, None, now=now)
    return True


def _check(user: User, scopes: Collection[str]) -> None:
    unknown = [scope for scope in scopes if scope not in SCOPES]
    if unknown or not scopes:
        known = ", ".join(SCOPES)
        raise BadInput(f"A token has scopes out of {known}.", ru=f"Области действия токена: {known}.")
    if STAFF in scopes and not user.is_staff:
        raise BadInput("The scope staff is for staff.", ru="Область staff — только для преподавателей.")


def _hour(now: datetime) -> datetime:
    return now.replace(minute=0, second=0, microsecond=0)


def _sha256(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
