"""Ringing for a worker: a Celery task, sent by its name. It may fail; the sweeper rings again."""

from __future__ import annotations

import logging

from celery import Celery

from grader.core.tasks import RING
from grader.store.models import Job

log = logging.getLogger("grader.web")


class Bell:
    """Rings over the broker, where there is one; never raises, never waits long."""

    def __init__(self, broker: str | None) -> None:
        self._app = Celery("grader-web", broker=broker) if broker else None
        if self._app is not None:
            quick = {"socket_timeout": 1, "socket_connect_timeout": 1}
            self._app.conf.update(task_serializer="json", task_ignore_result=True, broker_transport_options=quick)

    def ring(self, job: Job) -> None:
        context = {"job": job.id, "submission": job.submission_id}
        log.info("a job waits", extra={**context, "queue": job.queue})
        if self._app is None:
            return
        try:
            self._app.send_task(RING, args=[job.id], queue=job.queue, retry=False, ignore_result=True)
        except Exception as error:  # the upload is safe in the database whatever the broker does
            log.warning("the bell could not be rung: %s", type(error).__name__, extra=context)
