"""A worker without a bell looks into the table twice a second; one that waits for bells does so when they fail.

After a Redis that went away in the wrong moment Celery may listen no more, and says nothing of it.
"""

from __future__ import annotations

import logging
import time
from datetime import timedelta

from grader.store import jobs
from worker.grading import Grader, now

log = logging.getLogger("grader.worker")

SECONDS = 0.5
DEAF_SECONDS = 20.0  # without anything of a job going on, while one waits; more than between two heartbeats
PATIENCE_SECONDS = 10.0  # a job has waited until it counts as one: by then the sweeper has rung for it several times


def poll(grader: Grader) -> None:
    """Grade what waits, one job after another, until the worker stops."""
    while not grader.stopping.is_set():
        if not grader.takes_jobs:
            grader.stopping.wait(SECONDS)
            continue
        try:
            job_id = _first_in_line(grader)
            if job_id is None:
                grader.stopping.wait(SECONDS)
            else:
                grader.grade(job_id)
        except Exception:
            log.exception("the table could not be read")
            grader.stopping.wait(SECONDS)


def mistrust_bells(grader: Grader) -> None:
    """Grade what waits while this worker has had nothing to do for a while: its bells do not ring."""
    deaf = False
    while not grader.stopping.wait(SECONDS if deaf else DEAF_SECONDS / 4):
        if not grader.takes_jobs or (not deaf and time.monotonic() - grader.busy_at < DEAF_SECONDS):
            continue
        try:
            job_id = _first_in_line(grader, waited=0.0 if deaf else PATIENCE_SECONDS)
            if job_id is not None and not deaf:
                log.error("jobs wait, and no bell reaches this worker: looking into the table")
            deaf = job_id is not None
            while job_id is not None and grader.takes_jobs:
                grader.grade(job_id)
                job_id = _first_in_line(grader)
        except Exception:
            log.exception("the table could not be read")


def _first_in_line(grader: Grader, waited: float = 0.0) -> str | None:
    """Of the jobs that have been due for so many seconds."""
    with grader.database.reading() as session:
        return jobs.next_waiting(session, grader.settings.queues, now() - timedelta(seconds=waited))
