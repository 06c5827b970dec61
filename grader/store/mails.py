"""Mail as rows: what is to be sent, is being sent, was sent, and could not be.

Nobody is sent the same twice: a row is unique for its person, kind and key, and it is noted as being sent before the
mail server gets it. Where that note is all there is (the process was killed, or the connection broke after the text
had gone) the mail may have arrived: it is "unsure", staff see it, and only they send it again.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session, joinedload

from grader.core.errors import BadInput
from grader.store.models import Mail, MailService, User, new_id

QUEUED, SENDING, SENT, FAILED, UNSURE = "queued", "sending", "sent", "failed", "unsure"
INVITATION, PASSWORD, REGRADE, CHANGED, NEAR = "invitation", "password", "regrade", "deadline", "reminder"
KINDS = (INVITATION, PASSWORD, REGRADE, CHANGED, NEAR)

SEEN = timedelta(minutes=10)  # a sweeper that sends mail notes itself more often
HANGS = timedelta(minutes=10)  # what is "sending" for longer was left so
TRIES = 12  # with the pauses below, about three days
_FIRST_PAUSE, _LONGEST_PAUSE = timedelta(minutes=1), timedelta(hours=12)


@dataclass(frozen=True)
class Service:
    """Whether mail is sent, and what is in its way."""

    active: bool
    error: str


def pause(attempts: int) -> timedelta:
    """How long a mail waits after this many attempts."""
    return min(_FIRST_PAUSE * (1 << min(attempts - 1, 20)), _LONGEST_PAUSE)


def service(session: Session, now: datetime) -> Service:
    """Whether a sweeper sends mail, as it noted lately."""
    row = session.get(MailService, 1)
    if row is None or not row.active or now - row.seen_at > SEEN:
        return Service(False, "")
    return Service(True, row.error)


def note_service(session: Session, *, active: bool, error: str, now: datetime) -> None:
    """Note that mail is sent, or is not, and what its server said last."""
    row = session.get(MailService, 1) or MailService(number=1)
    row.active, row.error, row.seen_at = active, error[:200], now
    session.add(row)


def queue(
    session: Session,
    users: Iterable[User],
    kind: str,
    key: str,
    details: dict[str, Any],
    *,
    now: datetime,
    requested_by: str = "",
) -> int:
    """Queue a mail for each of these people who is active and has an address; how many are new.

    Whoever has a row of this kind and key has been sent it, or will be.
    """
    wanted = [user for user in users if user.active and user.email]
    rows = select(Mail.user_id).where(Mail.kind == kind, Mail.key == key)
    known = set(session.scalars(rows.where(Mail.user_id.in_([user.id for user in wanted]))))
    new = [user for user in wanted if user.id not in known]
    session.add_all(
        Mail(
            user_id=user.id,
            kind=kind,
            key=key,
            details=details,
            run_after=now,
            created_at=now,
            requested_by=requested_by,
        )
        for user in new
    )
    session.flush()
    return len(new)


def due(session: Session, now: datetime, most: int) -> list[str]:
    """The mails whose time has come, oldest first."""
    query = select(Mail.id).where(Mail.state == QUEUED, Mail.run_after <= now)
    return list(session.scalars(query.order_by(Mail.run_after, Mail.created_at, Mail.id).limit(most)))


def take(session: Session, mail_id: str, now: datetime) -> Mail | None:
    """Note that a mail is being sent; None where another process has it, or its person is gone meanwhile."""
    row = session.scalars(
        select(Mail)
        .options(joinedload(Mail.user))
        .where(Mail.id == mail_id, Mail.state == QUEUED)
        .with_for_update(of=Mail)
    ).one_or_none()
    if row is None:
        return None
    row.attempts += 1
    if not row.user.active or not row.user.email:
        row.state, row.error = FAILED, "no address"
        return None
    row.state, row.run_after = SENDING, now
    return row


def note(session: Session, mail_id: str, state: str, error: str, now: datetime) -> None:
    """What came of sending: it was sent, failed for good, is unsure, or is ``queued`` again after a pause."""
    row = session.get_one(Mail, mail_id)
    row.state, row.error = state, error[:200]
    if state == SENT:
        row.sent_at = now
    elif state == QUEUED and row.attempts >= TRIES:
        row.state = FAILED
    elif state == QUEUED:
        row.run_after = now + pause(row.attempts)


def leave(session: Session, now: datetime, *, older_than: timedelta = HANGS) -> int:
    """What a process that is gone was sending is unsure now; how many."""
    hanging = update(Mail).where(Mail.state == SENDING, Mail.run_after <= now - older_than)
    done = session.execute(hanging.values(state=UNSURE, error="interrupted"))
    return int(done.rowcount)  # type: ignore[attr-defined]


def undelivered(session: Session, most: int = 200) -> Sequence[Mail]:
    """What could not be delivered, may not have been, or is tried again; newest first."""
    trouble = Mail.state.in_((FAILED, UNSURE)) | ((Mail.state == QUEUED) & (Mail.attempts > 0))
    query = select(Mail).options(joinedload(Mail.user)).where(trouble).order_by(Mail.created_at.desc(), Mail.id)
    return session.scalars(query.limit(most)).all()


def counts(session: Session) -> dict[str, int]:
    """How many mails are in which state."""
    rows = session.execute(select(Mail.state, func.count()).group_by(Mail.state))
    return {row[0]: row[1] for row in rows}


def again(session: Session, mail_id: str, now: datetime) -> Mail:
    """Send once more what failed or is unsure. Raises BadInput for others."""
    row = session.scalars(select(Mail).where(Mail.id == mail_id).with_for_update()).one_or_none()
    if row is None or row.state not in (FAILED, UNSURE, QUEUED) or (row.state == QUEUED and not row.attempts):
        raise BadInput("This mail cannot be sent again.", ru="Это письмо нельзя отправить ещё раз.")
    row.state, row.attempts, row.run_after = QUEUED, 0, now
    return row


def unique_key() -> str:
    """For what is asked for each time anew."""
    return new_id()
