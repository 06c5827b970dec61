"""A worker without a bell: looks into the table twice a second. The same code path follows below."""

from __future__ import annotations

import logging

from grader.store import jobs
from worker.grading import Grader, now

log = logging.getLogger("grader.worker")

SECONDS = 0.5


def poll(grader: Grader) -> None:
    """Grade what waits, one job after another, until the worker stops."""
    while not grader.stopping.is_set():
        if not grader.takes_jobs:
            grader.stopping.wait(SECONDS)
            continue
        try:
            with grader.database.reading() as session:
                job_id = jobs.next_waiting(session, grader.settings.queues, now())
            if job_id is None:
                grader.stopping.wait(SECONDS)
            else:
                grader.grade(job_id)
        except Exception:
            log.exception("the table could not be read")
            grader.stopping.wait(SECONDS)
