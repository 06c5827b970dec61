"""Bonus points: entries of a kind with who gave them, why and for what; taken back, they stay and do not count."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from urllib.parse import urlsplit

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, aliased

from grader.core.errors import BadInput
from grader.core.text import clean
from grader.staff.entering import Name, checked, lock, reason, student
from grader.store import audit
from grader.store.models import BONUS_KINDS, BonusEntry, User
from grader.store.records import touch

POINTS = Name("bonus", "бонус")
WHAT_FOR = Name("What it is for", "За что")
_LINK = 500


@dataclass(frozen=True)
class Given:
    """A bonus entry, whose it is, and who gave it."""

    entry: BonusEntry
    user: User
    by: User


def add_bonus(
    session: Session,
    user: User,
    points: Fraction,
    why: str,
    *,
    kind: str = "other",
    link: str = "",
    actor: User,
    now: datetime,
) -> BonusEntry:
    """Give bonus points, before softening. Raises BadInput for what is no bonus."""
    if checked(POINTS, points, None) == 0:
        raise BadInput("Bonus points must be more than 0.", ru="Бонус должен быть больше 0.")
    if kind not in BONUS_KINDS:
        known = ", ".join(BONUS_KINDS)
        raise BadInput(f"There is no kind of bonus {kind!r}; there are {known}.", ru=f"Виды бонуса: {known}.")
    entry = BonusEntry(
        user_id=student(session, user.id).id,
        points=points,
        kind=kind,
        reason=reason(why, WHAT_FOR),
        link=web_link(link),
        given_by=actor.id,
        created_at=now,
    )
    session.add(entry)
    session.flush()
    touch(session, [user.id])
    audit.append(session, actor.id, "bonus.added", user.id, None, _json(entry), now=now, reason=entry.reason)
    return entry


def revoke_bonus(session: Session, entry_id: str, *, why: str = "", actor: User, now: datetime) -> BonusEntry:
    """Take an entry back. Raises BadInput where there is none, or it was taken back before."""
    entry = session.get(BonusEntry, entry_id)
    if entry is None:
        raise BadInput("There is no such bonus entry.", ru="Такого бонуса нет.")
    lock(session, [entry.user_id])
    session.refresh(entry)
    if entry.revoked_at is not None:
        raise BadInput("This bonus was taken back before.", ru="Этот бонус уже отозван.")
    entry.revoked_at = now
    touch(session, [entry.user_id])
    told = reason(why) if why.strip() else ""
    audit.append(session, actor.id, "bonus.revoked", entry.user_id, _json(entry), None, now=now, reason=told)
    return entry


def entries(session: Session, user_id: str | None = None) -> list[Given]:
    """All entries of a student, or of everybody, newest first, also those that were taken back."""
    query = _given()
    if user_id is not None:
        query = query.where(BonusEntry.user_id == user_id)
    return [Given(entry, user, by) for entry, user, by in session.execute(query)]


def _given() -> Select[BonusEntry, User, User]:
    giver = aliased(User)
    return (
        select(BonusEntry, User, giver)
        .join(User, User.id == BonusEntry.user_id)
        .join(giver, giver.id == BonusEntry.given_by)
        .order_by(BonusEntry.created_at.desc(), BonusEntry.id)
    )


def web_link(text: str) -> str:
    """A link as typed, if it leads into the web and nowhere else: no ``javascript:``, no file."""
    link = text.strip()
    if not link:
        return ""
    try:
        parts = urlsplit(link)
        good = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        good = False
    if not good or len(link) > _LINK or any(c.isspace() for c in link) or clean(link) != link:
        raise BadInput(
            f"The link must begin with https:// or http:// and have at most {_LINK} characters.",
            ru=f"Ссылка должна начинаться с https:// или http:// и быть не длиннее {_LINK} символов.",
        )
    return link


def _json(entry: BonusEntry) -> dict[str, str]:
    return {"entry": entry.id, "points": str(entry.points), "kind": entry.kind}
