"""The worker's settings, from the environment. There is no default for the database: it must be told."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from grader.core import addresses
from grader.core.assignment import ENVIRONMENTS, assignments_folder
from grader.core.errors import BadInput
from grader.core.tasks import queue_of
from grader.store.jobs import BACKOFF, LEASE


@dataclass(frozen=True)
class Settings:
    """One worker: its database and broker, its kind of sandbox, its queues, and how much it does at once."""

    database: str
    broker: str | None = None
    sandbox: str = "docker"
    queues: tuple[str, ...] = ()
    concurrency: int = 1
    spares: int = 1  # warm sandboxes kept an environment
    lease: timedelta = LEASE
    backoff: timedelta = BACKOFF
    metrics_bind: str | None = None  # host:port for /healthz and /metrics
    assignments: Path = field(default_factory=assignments_folder)

    @property
    def heartbeat_seconds(self) -> float:
        return self.lease.total_seconds() / 4

    @property
    def environments(self) -> tuple[str, ...]:
        """The environments that its queues serve, for which it keeps spares."""
        return tuple(e for e in ENVIRONMENTS if any(q.split(".")[0] == e for q in self.queues))


def all_queues() -> tuple[str, ...]:
    return tuple(queue_of(e) for e in ENVIRONMENTS) + tuple(queue_of(e, regrade=True) for e in ENVIRONMENTS)


def from_environment(environ: Mapping[str, str] = os.environ) -> Settings:
    """The settings that GRADER_* variables tell. Raises BadInput naming the one that is wrong."""
    database = addresses.database(environ)
    if database is None:
        raise BadInput(
            "Neither GRADER_DATABASE_FILE nor GRADER_DATABASE is set: the URL of the database, "
            "such as sqlite:////srv/grader.db."
        )
    sandbox = environ.get("GRADER_SANDBOX", "docker")
    if sandbox == "process" and environ.get("GRADER_ALLOW_PROCESS") != "tests":
        raise BadInput(
            "A server does not run submissions without isolation: set GRADER_SANDBOX to docker or bubblewrap."
        )
    queues = tuple(q for q in environ.get("GRADER_QUEUES", "").split(",") if q) or all_queues()
    if unknown := set(queues) - set(all_queues()):
        raise BadInput(
            f"GRADER_QUEUES: there is no queue {', '.join(sorted(unknown))}; there are {', '.join(all_queues())}."
        )
    return Settings(
        database=database,
        broker=addresses.broker(environ),
        sandbox=sandbox,
        queues=queues,
        concurrency=_number(environ, "GRADER_CONCURRENCY", 1),
        spares=_number(environ, "GRADER_SPARES", 1),
        lease=lease(environ),
        backoff=backoff(environ),
        metrics_bind=environ.get("GRADER_METRICS_BIND") or None,
    )


def lease(environ: Mapping[str, str] = os.environ) -> timedelta:
    """How long a job is a worker's without a heartbeat: the same for workers and sweeper."""
    return _seconds(environ, "GRADER_LEASE_SECONDS", LEASE)


def backoff(environ: Mapping[str, str] = os.environ) -> timedelta:
    """How long a job waits after its first fault of ours: the same for workers and sweeper."""
    return _seconds(environ, "GRADER_BACKOFF_SECONDS", BACKOFF)


def _seconds(environ: Mapping[str, str], name: str, default: timedelta) -> timedelta:
    return timedelta(seconds=_number(environ, name, int(default.total_seconds())))


def _number(environ: Mapping[str, str], name: str, default: int) -> int:
    text = environ.get(name, str(default))
    if not text.isdigit() or int(text) < 1:
        raise BadInput(f"{name} must be a whole number from 1, not {text!r}.")
    return int(text)
