"""The audit log: append-only, each entry chained to the one before it by its hash."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from grader.store.models import AuditEntry

_GENESIS = "0" * 64
_LOCK = 7_340_031  # any number: PostgreSQL's advisory lock for the end of the chain


def append(
    session: Session,
    actor: str,
    action: str,
    subject: str,
    before: dict[str, Any] | None,
    after: dict[str, Any] | None,
    *,
    now: datetime,
    reason: str = "",
) -> AuditEntry:
    """One more entry, in the same transaction as the change it tells of."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("select pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
    end = last(session)
    entry = AuditEntry(
        number=end.number + 1 if end else 1,
        at=now,
        actor=actor,
        action=action,
        subject=subject,
        before=before,
        after=after,
        reason=reason,
        previous_hash=end.hash if end else _GENESIS,
    )
    entry.hash = _hash(entry)
    session.add(entry)
    session.flush()
    return entry


def last(session: Session) -> AuditEntry | None:
    """The end of the chain."""
    return session.scalar(select(AuditEntry).order_by(AuditEntry.number.desc()).limit(1))


def first_break(session: Session) -> int | None:
    """The number of the first entry that does not fit to the one before it, or was changed; None: all is well."""
    previous, expected = _GENESIS, 1
    for entry in session.scalars(select(AuditEntry).order_by(AuditEntry.number).execution_options(yield_per=1000)):
        if entry.number != expected or entry.previous_hash != previous or entry.hash != _hash(entry):
            return expected
        previous, expected = entry.hash, expected + 1
    return None


def _hash(entry: AuditEntry) -> str:
    at = entry.at.astimezone(UTC).isoformat()
    fields = [entry.number, at, entry.actor, entry.action, entry.subject, entry.before, entry.after, entry.reason]
    text_form = json.dumps([*fields, entry.previous_hash], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text_form.encode()).hexdigest()
