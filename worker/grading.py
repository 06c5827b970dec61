"""One job from claim to result: the row is claimed, a judge grades, the report is stored.

A heartbeat keeps the lease; when the job turns out to be no longer ours, grading stops and nothing is stored.
Faults of ours send the job back in line; ends that the student caused are verdicts in the report.
"""

from __future__ import annotations

import logging
import os
import socket
import threading
import time
from datetime import UTC, datetime
from typing import Any

from grader.core.errors import GraderError, OurFault
from grader.core.report import Report
from grader.harness.judge import Order
from grader.harness.sandbox import Sandbox
from grader.harness.zygote import Zygote
from grader.store import jobs, submissions
from grader.store.engine import Database
from grader.store.models import Job, Submission
from worker.settings import Settings
from worker.spares import Spares

log = logging.getLogger("grader.worker")


class LeaseLost(Exception):
    """Somebody else has the job now."""


class Grader:
    """A worker's means: a database, warm judges, warm sandboxes. `grade` may run in several threads."""

    def __init__(self, settings: Settings, database: Database, zygote: Zygote, spares: Spares) -> None:
        self.settings = settings
        self.database = database
        self.zygote = zygote
        self.spares = spares
        self.owner = f"{socket.gethostname()}:{os.getpid()}"
        self.stopping = threading.Event()

    def grade(self, job_id: str) -> bool:
        """Grade this job if it is waiting; whether a result was stored."""
        if self.stopping.is_set():
            return False
        with self.database.writing() as session:
            held = jobs.claim(session, job_id, self.owner, now(), self.settings.lease)
        if held is None:
            return False
        context = {"job": job_id, "submission": held.submission_id, "attempt": held.attempt}
        log.info("grading", extra=context)
        began = time.monotonic()
        try:
            with Heartbeat(self, held) as beat:
                report = self._judge(held, beat)
            stored = self._store(held, report)
        except LeaseLost:
            log.warning("the lease was lost; nothing is stored", extra=context)
            return False
        except Exception as error:
            self._fault(held, error)
            log.error("a fault of ours: %s", error, extra=context)
            return False
        log.info("graded" if stored else "discarded", extra={**context, "seconds": time.monotonic() - began})
        return stored

    def _judge(self, held: jobs.Claim, beat: Heartbeat) -> Report:
        with self.database.reading() as session:
            submission = session.get_one(Submission, held.submission_id)
            content = submissions.content_of(session, held.submission_id)
            defers = jobs.leaves_out(session, session.get_one(Job, held.job_id))
        if content.sha256 != submission.sha256:
            raise OurFault("the stored files are not those that were uploaded")
        order = Order(submission.assignment, content, "hidden", submission.seed, defers)
        source = _Source(self.spares, self._environment(held))
        return self.zygote.grade(order, source, beat.on_event, close=_close_later)

    def _environment(self, held: jobs.Claim) -> str:
        with self.database.reading() as session:
            return session.get_one(Job, held.job_id).queue.split(".")[0]

    def _store(self, held: jobs.Claim, report: Report) -> bool:
        with self.database.writing() as session:
            return jobs.finish(session, held, report, now())

    def _fault(self, held: jobs.Claim, error: Exception) -> None:
        text = str(error) if isinstance(error, GraderError) else f"{type(error).__name__}: {error}"
        with self.database.writing() as session:
            jobs.fail(session, held, text, now(), self.settings.backoff)


class Heartbeat:
    """Prolongs the lease while the job runs, and writes progress; notices when the job is no longer ours."""

    def __init__(self, grader: Grader, held: jobs.Claim) -> None:
        self._grader = grader
        self._held = held
        self._done = threading.Event()
        self._lost = False
        self._thread = threading.Thread(target=self._beat, name=f"heartbeat-{held.job_id[:8]}", daemon=True)
        self._pending: list[dict[str, Any]] = []
        self._written_at = 0.0

    def __enter__(self) -> Heartbeat:
        self._thread.start()
        return self

    def __exit__(self, *exception: object) -> None:
        self._done.set()

    def on_event(self, event: dict[str, Any]) -> None:
        """Progress of the judge: kept together and written a few times a second, not once a test."""
        if self._lost:
            raise LeaseLost
        self._pending.append(event)
        if time.monotonic() - self._written_at > _EVENT_SECONDS:
            self._write()

    def _write(self) -> None:
        pending, self._pending = self._pending, []
        self._written_at = time.monotonic()
        with self._grader.database.writing() as session:
            if not jobs.add_events(session, self._held, pending):
                raise LeaseLost

    def _beat(self) -> None:
        while not self._done.wait(self._grader.settings.heartbeat_seconds):
            try:
                with self._grader.database.writing() as session:
                    fine = jobs.heartbeat(session, self._held, now(), self._grader.settings.lease)
            except Exception:
                log.exception("a heartbeat failed", extra={"job": self._held.job_id})
                continue  # the lease tolerates three missing beats
            if not fine:
                self._lost = True
                return


_EVENT_SECONDS = 0.2


class _Source:
    """The judge's source of sandboxes: the worker's spares of one environment."""

    def __init__(self, spares: Spares, environment: str) -> None:
        self._spares = spares
        self._environment = environment

    def acquire(self) -> Sandbox:
        return self._spares.acquire(self._environment)


def _close_later(sandbox: Sandbox) -> None:
    """The result need not wait for a container to be removed."""
    threading.Thread(target=sandbox.close, name="teardown", daemon=False).start()


def now() -> datetime:
    return datetime.now(UTC)
