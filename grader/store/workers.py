"""Which workers there are: each notes itself every few seconds; who has not for a while is taken for lost.

These rows are for people and monitoring to look at. Nothing is decided by them: whose a job is, its lease tells.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from grader.core.errors import BadInput
from grader.store import audit
from grader.store.models import User, Worker

READY, ILL, STOPPING = "ready", "ill", "stopping"  # what a worker says of itself
LOST = "lost"  # what we say of one that has not been seen for long
STATES = (READY, ILL, STOPPING, LOST)

LOST_AFTER = timedelta(seconds=30)
FORGOTTEN_AFTER = timedelta(days=1)


@dataclass(frozen=True)
class Note:
    """What a worker says of itself. ``spares`` are those that are ready, by environment."""

    id: str
    host: str
    queues: tuple[str, ...]
    sandbox: str
    since: datetime
    state: str
    reason: str
    spares: Mapping[str, int]


def note(session: Session, said: Note, now: datetime) -> datetime | None:
    """Write this down; when staff last sent the worker back to work, None for never."""
    row = session.get(Worker, said.id)
    if row is None or row.since != said.since:
        row = session.merge(Worker(id=said.id, since=said.since, sent_back_at=None))
    row.host, row.queues, row.sandbox = said.host, " ".join(said.queues), said.sandbox
    row.state, row.reason, row.spares, row.seen_at = said.state, said.reason[:2000], dict(said.spares), now
    return row.sent_back_at


def leave(session: Session, worker_id: str) -> None:
    """A worker that has ended in order is not missed."""
    session.execute(delete(Worker).where(Worker.id == worker_id))


def table(session: Session) -> Sequence[Worker]:
    """All workers that are remembered, by host."""
    return session.scalars(select(Worker).order_by(Worker.host, Worker.id)).all()


def state_of(worker: Worker, now: datetime) -> str:
    """One of `STATES`: what it said, as long as that is not long ago."""
    return LOST if now - worker.seen_at > LOST_AFTER else worker.state


def forget(session: Session, now: datetime) -> None:
    """Remove those that have not been seen for a day."""
    session.execute(delete(Worker).where(Worker.seen_at < now - FORGOTTEN_AFTER))


def send_back(session: Session, worker_id: str, *, actor: User, now: datetime) -> None:
    """Staff say that an ill worker is well; it hears of it when it next notes itself."""
    worker = session.get(Worker, worker_id)
    if worker is None or state_of(worker, now) != ILL:
        raise BadInput("This worker is not ill.", ru="Этот обработчик исправен или уже не отвечает.")
    audit.append(session, actor.id, "worker.sent_back", worker_id, {"state": ILL}, {"state": READY}, now=now)
    worker.sent_back_at = now
