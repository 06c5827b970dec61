"""``python -m worker.sweeper``: puts back what lost workers held, and rings again for what still waits.

Losing all of Redis loses nothing: the rows are there, and this process rings for them. It keeps trying when the
broker or the database is away, and says so once.
"""

from __future__ import annotations

import logging
import os
import signal
import sys
import threading
from datetime import timedelta

from celery import Celery

from grader.core.errors import BadInput, GraderError
from grader.store import jobs
from grader.store.engine import Database
from worker import logs
from worker.app import make_app, ring
from worker.grading import now

log = logging.getLogger("grader.sweeper")

SECONDS = 2.0
RING_AFTER = timedelta(seconds=3)


class Sweeper:
    """One round after another. Without a broker it only puts jobs back; polling workers find them."""

    def __init__(self, database: Database, app: Celery | None) -> None:
        self.database = database
        self.app = app
        self._trouble = ""

    def round(self) -> None:
        """Leases first, then bells; a failure of either is logged when it is new."""
        try:
            with self.database.writing() as session:
                swept = jobs.sweep(session, now())
            for job_id in swept:
                log.warning("a lease ran out", extra={"job": job_id})
            if self.app is not None:
                self._ring_again(self.app)
            self._say("")
        except Exception as error:
            self._say(f"{type(error).__name__}: {error}")

    def _ring_again(self, app: Celery) -> None:
        with self.database.reading() as session:
            waiting = jobs.to_ring(session, now(), RING_AFTER)
        rung = _pending(app, {queue for _, queue in waiting})
        for job_id, queue in waiting:
            if rung.get(queue, 0) == 0:
                ring(app, job_id, queue)

    def _say(self, trouble: str) -> None:
        if trouble and trouble != self._trouble:
            log.error("the sweep failed and will be tried again: %s", trouble)
        elif not trouble and self._trouble:
            log.info("sweeping again")
        self._trouble = trouble


def _pending(app: Celery, queues: set[str]) -> dict[str, int]:
    """Messages that wait in each queue: where there are some, nobody has to be rung for again."""
    with app.connection_for_read() as connection:
        client = connection.default_channel.client
        return {queue: int(client.llen(queue)) for queue in queues}


def main() -> int:
    logs.set_up()
    stopping = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopping.set())
    try:
        url = os.environ.get("GRADER_DATABASE")
        if not url:
            raise BadInput("GRADER_DATABASE is not set.")
        broker = os.environ.get("GRADER_BROKER")
        sweeper = Sweeper(Database(url), make_app(broker) if broker else None)
    except GraderError as error:
        log.error("%s", error)
        return error.exit_code
    while not stopping.wait(SECONDS):
        sweeper.round()
    return 0


if __name__ == "__main__":
    sys.exit(main())
