"""One job from claim to result: the row is claimed, a judge grades, the report is stored.

A heartbeat keeps the lease; when the job turns out to be no longer ours, grading stops and nothing is stored.
Faults of ours send the job back in line, and `worker.health` is told; ends that the student caused are verdicts.
"""

from __future__ import annotations

import logging
import os
import socket
import threading
import time
from datetime import UTC, datetime
from typing import Any

from grader.core.report import Report
from grader.harness.judge import Order
from grader.harness.sandbox import Sandbox
from grader.harness.zygote import Zygote
from grader.store import jobs, submissions
from grader.store.engine import Database
from grader.store.models import Job, Submission
from worker import metrics
from worker.faults import ContentFault, fault_of
from worker.health import Health
from worker.settings import Settings
from worker.spares import Spares

log = logging.getLogger("grader.worker")


class LeaseLost(Exception):
    """Somebody else has the job now."""


class Grader:
    """A worker's means: a database, warm judges, warm sandboxes, its health. `grade` may run in several threads."""

    def __init__(self, settings: Settings, database: Database, zygote: Zygote, spares: Spares, health: Health) -> None:
        self.settings = settings
        self.database = database
        self.zygote = zygote
        self.spares = spares
        self.health = health
        self.owner = f"{socket.gethostname()}:{os.getpid()}"
        self.stopping = threading.Event()
        self.busy_at = time.monotonic()  # when a job of this worker last went on

    @property
    def takes_jobs(self) -> bool:
        return not self.stopping.is_set() and not self.health.illness

    def grade(self, job_id: str) -> bool:
        """Grade this job if it is waiting; whether a result was stored."""
        if not self.takes_jobs:
            return False
        with self.database.writing() as session:
            held = jobs.claim(session, job_id, self.owner, now(), self.settings.lease)
        if held is None:
            return False
        try:
            return self._grade_held(job_id, held)
        finally:
            self.busy_at = time.monotonic()

    def _grade_held(self, job_id: str, held: jobs.Claim) -> bool:
        metrics.STAGES.labels("waiting").observe(held.waited.total_seconds())
        context = {"job": job_id, "submission": held.submission_id, "attempt": held.attempt}
        log.info("grading", extra=context)
        began = time.monotonic()
        source = _Source(self.spares, held.queue.split(".")[0])
        try:
            with Heartbeat(self, held) as beat:
                report = self._judge(held, beat, source)
            with metrics.STAGES.labels("store").time():
                stored = self._store(held, report)
        except LeaseLost:
            metrics.JOBS.labels("lease_lost").inc()
            log.warning("the lease was lost; nothing is stored", extra=context)
            return False
        except Exception as error:
            self._fault(held, error, source, context)
            return False
        self.health.graded()
        metrics.count(report, stored=stored)
        log.info("graded" if stored else "discarded", extra={**context, "seconds": time.monotonic() - began})
        return stored

    def _judge(self, held: jobs.Claim, beat: Heartbeat, source: _Source) -> Report:
        with self.database.reading() as session:
            submission = session.get_one(Submission, held.submission_id)
            content = submissions.content_of(session, held.submission_id)
            job = session.get_one(Job, held.job_id)
            defers, seed = jobs.leaves_out(session, job), jobs.seed_of(session, job, submission)
        if content.sha256 != submission.sha256:
            raise ContentFault("the stored files are not those that were uploaded")
        order = Order(submission.assignment, content, "hidden", seed, defers)
        with metrics.STAGES.labels("judge").time():
            return self.zygote.grade(order, source, beat.on_event, close=_close_later)

    def _store(self, held: jobs.Claim, report: Report) -> bool:
        with self.database.writing() as session:
            return jobs.finish(session, held, report, now())

    def _fault(self, held: jobs.Claim, error: Exception, source: _Source, context: dict[str, Any]) -> None:
        """What went wrong is told to staff with the job; the log says only its kind, once something has begun."""
        fault = fault_of(error, lent=source.lent, refused=source.refused)
        stops = self.stopping.is_set()
        counts = not stops and self.health.failed(held.submission_id, fault)
        metrics.JOBS.labels("fault").inc()
        metrics.FAULTS.labels(fault.kind).inc()
        told = {**context, "kind": fault.kind, "error": type(error).__name__, "counts": counts}
        log.error("a fault of ours", extra=told if fault.begun else {**told, "reason": fault.text})
        with self.database.writing() as session:
            if stops:
                jobs.give_back(session, held, now())
            else:
                jobs.fail(session, held, fault.text, now(), self.settings.backoff, counts=counts)


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
        self._grader.busy_at = time.monotonic()
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
            self._grader.busy_at = time.monotonic()
            try:
                with self._grader.database.writing() as session:
                    fine = jobs.heartbeat(session, self._held, now(), self._grader.settings.lease)
            except Exception:
                log.exception(
                    "a heartbeat failed", extra={"job": self._held.job_id, "submission": self._held.submission_id}
                )
                continue  # the lease tolerates three missing beats
            if not fine:
                self._lost = True
                return


_EVENT_SECONDS = 0.2


class _Source:
    """The judge's source of sandboxes for one job: the worker's spares of one environment."""

    def __init__(self, spares: Spares, environment: str) -> None:
        self._spares = spares
        self._environment = environment
        self.lent = 0
        self.refused = 0

    def acquire(self) -> Sandbox:
        self.refused += 1
        with metrics.STAGES.labels("sandbox").time():
            sandbox = metrics.watched(self._spares.acquire(self._environment))
        self.refused -= 1
        self.lent += 1
        return sandbox


def _close_later(sandbox: Sandbox) -> None:
    """The result need not wait for a container to be removed."""
    threading.Thread(target=sandbox.close, name="teardown", daemon=False).start()


def now() -> datetime:
    return datetime.now(UTC)
