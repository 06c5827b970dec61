"""``python -m worker``: grades jobs until it is told to stop.

With a broker it is a Celery worker whose tasks run in threads; without one it looks into the table itself. On
SIGTERM it takes no more jobs, finishes the one it has, and ends its sandboxes.
"""

from __future__ import annotations

import logging
import os
import signal
import sys
import threading
from functools import partial
from typing import Any

from celery import Celery
from celery.signals import worker_ready, worker_shutting_down

from grader.core import addresses, logs
from grader.core.errors import GraderError, OurFault
from grader.core.tasks import RING
from grader.harness import sandbox
from grader.harness.sandbox import Sandboxes
from grader.harness.zygote import Zygote
from grader.store.engine import Database
from worker import endpoint, metrics
from worker.app import describe, make_app
from worker.checkup import check
from worker.grading import Grader
from worker.health import Health
from worker.judges import confined
from worker.polling import mistrust_bells, poll
from worker.presence import Presence, state_of
from worker.settings import Settings, from_environment
from worker.spares import Spares

log = logging.getLogger("grader.worker")

LISTEN_AGAIN_SECONDS = 1.0
NICE = 5  # who waits for a page or for an acknowledgement comes before who waits for a result


def main() -> int:
    logs.set_up()
    try:
        settings = from_environment()
        addresses.forget()
        os.nice(NICE)
        run(settings)
    except GraderError as error:
        log.error("%s", error)
        return error.exit_code
    return 0


def run(settings: Settings) -> None:
    """What a worker needs of this machine; it ends also when it is told to stop before it is ready."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    sandboxes = sandbox.find(settings.sandbox)
    for environment in settings.environments:
        for problem in sandboxes.problems(environment):
            raise OurFault(f"{environment}: {problem}")
    sandboxes.reap()
    with confined(settings.concurrency) as confine:
        _work(settings, sandboxes, Zygote(settings.assignments, confine=confine))


def _work(settings: Settings, sandboxes: Sandboxes, zygote: Zygote) -> None:
    """Everything else that a worker needs, and its end."""
    database = Database(settings.database)
    spares = Spares(sandboxes, settings.environments, settings.spares)
    health = Health(lambda: check(sandboxes, settings.environments, zygote, settings.assignments))
    grader = Grader(settings, database, zygote, spares, health)
    presence = Presence(grader)
    health.listen(lambda well: presence.changed())
    try:
        _show(grader)
        spares.start()
        zygote.start()
        health.start()
        presence.start()
        log.info("ready", extra={"queues": settings.queues, "sandbox": settings.sandbox})
        if settings.broker is None:
            _poll(grader)
        else:
            _serve(grader, settings.broker)
    finally:
        grader.stopping.set()
        presence.close()
        health.close()
        spares.close()
        zygote.close()
        database.close()


def _show(grader: Grader) -> None:
    """What can be seen of this worker from outside, where an address for it is set."""
    metrics.ILL.set_function(lambda: float(bool(grader.health.illness)))
    for environment in grader.settings.environments:
        metrics.SPARES.labels(environment).set_function(partial(_ready, grader.spares, environment))
    if grader.settings.metrics_bind:
        endpoint.serve(grader.settings.metrics_bind, lambda: _told(grader))


def _ready(spares: Spares, environment: str) -> float:
    return spares.counts()[environment]


def _told(grader: Grader) -> tuple[bool, dict[str, Any]]:
    return grader.takes_jobs, {"state": state_of(grader)}


def _poll(grader: Grader) -> None:
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: grader.stopping.set())
    log.info("no broker: looking into the table")
    threads = [threading.Thread(target=poll, args=(grader,)) for _ in range(grader.settings.concurrency)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _serve(grader: Grader, broker: str) -> None:
    """Listen until told to stop. Celery gives up on what is no message at all; then it begins anew, without it."""
    worker_shutting_down.connect(lambda **_: grader.stopping.set(), weak=False)
    ear = _Ear(grader)
    worker_ready.connect(lambda sender, **_: ear.listen_with(sender), weak=False)
    grader.health.listen(ear.change)
    log.info("listening", extra={"broker": describe(broker)})
    threading.Thread(target=mistrust_bells, args=(grader,), name="mistrust", daemon=True).start()
    while True:
        _listen(grader, broker)
        if grader.stopping.wait(LISTEN_AGAIN_SECONDS):
            return
        log.error("listening ended for a reason of its own, and begins again")


def _listen(grader: Grader, broker: str) -> None:
    app = make_app(broker)
    add_task(app, grader)
    app.worker_main(
        [
            "--quiet",  # its banner is no line of a log
            "worker",
            "--pool=threads",
            f"--concurrency={grader.settings.concurrency}",
            f"--queues={','.join(grader.settings.queues)}",
            "--without-gossip",
            "--without-mingle",
            "--without-heartbeat",
            "--loglevel=WARNING",
        ]
    )


class _Ear:
    """An ill worker does not listen: bells that it would ignore ring for the others."""

    def __init__(self, grader: Grader) -> None:
        self._grader = grader
        self._consumer: Any = None

    def listen_with(self, consumer: Any) -> None:
        """From now on with this one of Celery's; it listens already."""
        self._consumer = consumer
        if self._grader.health.illness:
            self.change(False)

    def change(self, well: bool) -> None:
        if self._consumer is None:
            return
        change = self._consumer.add_task_queue if well else self._consumer.cancel_task_queue
        for queue in self._grader.settings.queues:
            self._consumer.call_soon(change, queue)


def add_task(app: Celery, grader: Grader) -> Any:
    """The one task: claim the job and grade it."""

    @app.task(name=RING, ignore_result=True)  # type: ignore[untyped-decorator]
    def ring(job_id: str) -> None:
        grader.grade(job_id)

    return ring


if __name__ == "__main__":
    sys.exit(main())
