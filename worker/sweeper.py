"""``python -m worker.sweeper``: puts back what lost workers held, queues what runs only after a deadline that is over,
keeps the gradebook counted, rings again for what still waits, and sends mail where that is set up (`worker.post`).

Losing all of Redis loses nothing: the rows are there, and this process rings for them. It keeps trying when the
broker or the database is away, and says so once.
"""

from __future__ import annotations

import logging
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from datetime import timedelta
from functools import partial

from celery import Celery
from prometheus_client import REGISTRY

from grader.core import addresses, logs
from grader.core.assignment import assignments_folder
from grader.core.course import Course
from grader.core.errors import BadInput, GraderError, NoCourse
from grader.store import jobs, workers
from grader.store.after_due import due
from grader.store.courses import AppliedCourse
from grader.store.engine import Database
from grader.store.figures import Figures
from grader.store.standings import refresh_some
from worker import endpoint, mailer, metrics, post
from worker.app import make_app, ring
from worker.grading import now
from worker.settings import backoff, lease

log = logging.getLogger("grader.sweeper")

SECONDS = 2.0
DUE_SECONDS = 20.0  # between two looks for deadlines that are over, and for workers that are long gone
STALE_SECONDS = 60.0  # after the last round: something hangs
RING_AFTER = timedelta(seconds=3)
COUNT_AT_ONCE = 200  # standings; they take about a second where each student has 250 submissions


class Sweeper:
    """One round after another. Without a broker it only puts jobs back; polling workers find them.

    As long as no course is in force nothing is known of deadlines, and nothing runs after them.
    """

    def __init__(
        self,
        database: Database,
        app: Celery | None,
        course: AppliedCourse,
        *,
        lease: timedelta = jobs.LEASE,
        backoff: timedelta = jobs.BACKOFF,
        mail: bool = False,
    ) -> None:
        self.database = database
        self.app = app
        self.course = course
        self.lease = lease
        self.backoff = backoff
        self._mail_is_noted = mail  # the post does it itself
        self._seen: dict[jobs.Lease, float] = {}
        self._due_at = 0.0
        self._troubles: dict[str, str] = {}
        self._rounded_at = time.monotonic()

    def round(self) -> None:
        """Leases, deadlines, standings, bells: none waits for another, and a failure is logged when it is new."""
        self._try("leases", self._sweep)
        if time.monotonic() >= self._due_at:
            self._due_at = time.monotonic() + DUE_SECONDS
            self._try("workers", self._forget)
            if not self._mail_is_noted:
                self._try("mail", self._no_mail)
            self._try("deadlines", partial(self._with_course, self._after_due))
        self._try("standings", partial(self._with_course, self._count))
        if self.app is not None:
            self._try("bells", partial(self._ring_again, self.app))
        self._rounded_at = time.monotonic()

    def health(self) -> tuple[bool, dict[str, object]]:
        """Whether the last round was just now and went well, and what did not."""
        fresh = time.monotonic() - self._rounded_at < STALE_SECONDS
        failing = sorted(what for what, trouble in self._troubles.items() if trouble)
        return fresh and not failing, {"fresh": fresh, "failing": failing}

    def _sweep(self) -> None:
        """Put back what nobody has prolonged for as long as a lease holds, by this process's own clock."""
        with self.database.reading() as session:
            held = jobs.leases(session)
        at = time.monotonic()
        self._seen = {lease: self._seen.get(lease, at) for lease in held}
        lost = [lease for lease, since in self._seen.items() if at - since >= self.lease.total_seconds()]
        if not lost:
            return
        with self.database.writing() as session:
            taken = jobs.take_back(session, lost, now(), self.backoff)
        metrics.LEASES.inc(len(taken))
        for claim in taken:
            log.warning("a lease ran out", extra={"job": claim.job_id, "submission": claim.submission_id})

    def _no_mail(self) -> None:
        """Note once that mail is off, so that none is queued."""
        post.switch_off(self.database)
        self._mail_is_noted = True

    def _forget(self) -> None:
        with self.database.writing() as session:
            workers.forget(session, now())

    def _with_course(self, action: Callable[[Course], None]) -> None:
        try:
            course = self.course.current()
        except NoCourse:
            return
        action(course)

    def _after_due(self, course: Course) -> None:
        """Queue the tests that run only after a deadline that is over now; the next round of bells rings for them."""
        with self.database.reading() as session:
            found = due(session, course, now())
        if not found:
            return
        with self.database.writing() as session:
            for submission_id, environment in found:
                jobs.enqueue_after_due(session, submission_id, environment, now())
        log.info("deadlines are over: %d submissions run their deferred tests", len(found))

    def _count(self, course: Course) -> None:
        """Keep the gradebook counted, a part in each round, so that nobody waits for it."""
        refresh_some(self.database, course, COUNT_AT_ONCE)

    def _ring_again(self, app: Celery) -> None:
        with self.database.reading() as session:
            waiting = jobs.to_ring(session, now(), RING_AFTER)
        rung = _pending(app, {queue for _, queue in waiting})
        for job_id, queue in waiting:
            if rung.get(queue, 0) == 0:
                ring(app, job_id, queue)

    def _try(self, what: str, action: Callable[[], None]) -> None:
        trouble = ""
        try:
            action()
        except Exception as error:
            trouble = f"{type(error).__name__}: {error}".partition("\n")[0]  # below it a database quotes rows
            metrics.SWEEPS.labels(what).inc()
        before = self._troubles.get(what, "")
        if trouble and trouble != before:
            log.error("the sweep of %s failed and will be tried again: %s", what, trouble)
        elif before and not trouble:
            log.info("sweeping %s again", what)
        self._troubles[what] = trouble


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
        url = addresses.database()
        if not url:
            raise BadInput("Neither GRADER_DATABASE_FILE nor GRADER_DATABASE is set.")
        broker = addresses.broker()
        mail = mailer.from_environment()
        addresses.forget()
        mailer.forget()
        database = Database(url)
        course = AppliedCourse(database, assignments_folder())
        app = make_app(broker) if broker else None
        sweeper = Sweeper(database, app, course, lease=lease(), backoff=backoff(), mail=mail is not None)
        if bind := os.environ.get("GRADER_METRICS_BIND"):
            REGISTRY.register(Figures(database, now))
            endpoint.serve(bind, sweeper.health)
    except GraderError as error:
        log.error("%s", error)
        return error.exit_code
    sending = _post(database, mail, course, stopping)
    while not stopping.wait(SECONDS):
        sweeper.round()
    if sending is not None:
        sending.join(mailer.TIMEOUT)
    return 0


def _post(
    database: Database, settings: mailer.MailSettings | None, course: AppliedCourse, stopping: threading.Event
) -> threading.Thread | None:
    """The thread that sends mail; None where mail is off."""
    if settings is None:
        return None
    thread = threading.Thread(target=post.Post(database, settings, course).run, args=(stopping,), daemon=True)
    thread.start()
    return thread


if __name__ == "__main__":
    sys.exit(main())
