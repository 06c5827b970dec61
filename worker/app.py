"""The Celery application: the bell, and nothing more.

A message carries a job's id and is acknowledged before the work begins, since the row in the database is what
is kept. JSON only, no results, no countdowns: each of those has lost or repeated work somewhere.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any
from urllib.parse import urlparse

from celery import Celery
from celery.worker.consumer import Consumer

from grader.core.tasks import RING

log = logging.getLogger("grader.worker")


class CarefulConsumer(Consumer):  # type: ignore[misc]
    """Throws away what is no message of ours. Celery's own ends the worker, and has it delivered to the next one."""

    def create_task_handler(self, *args: Any, **kwargs: Any) -> Callable[[Any], None]:
        handle = super().create_task_handler(*args, **kwargs)

        def careful(message: Any) -> None:
            try:
                handle(message)
            except self.connection_errors:
                raise
            except Exception as error:
                log.error("a message that is none of ours was thrown away: %s", type(error).__name__)
                message.reject_log_error(log, self.connection_errors)

        return careful


def make_app(broker: str) -> Celery:
    """An application that rings over this broker (``redis://...`` or ``redis+socket:///path``)."""
    app = Celery("grader", broker=broker)
    app.conf.update(
        task_acks_late=False,
        task_ignore_result=True,
        result_backend=None,
        task_serializer="json",
        accept_content=["json"],
        worker_prefetch_multiplier=1,
        worker_hijack_root_logger=False,
        worker_redirect_stdouts=False,
        worker_send_task_events=False,
        worker_enable_remote_control=False,
        worker_consumer="worker.app:CarefulConsumer",
        broker_connection_retry_on_startup=True,
        broker_connection_max_retries=None,
        broker_transport_options={"visibility_timeout": 3600, "socket_timeout": 5, "socket_connect_timeout": 5},
        task_default_queue="numpy",
        task_create_missing_queues=True,
    )
    return app


def ring(app: Celery, job_id: str, queue: str) -> None:
    """Tell the workers of a queue that a job waits. May be lost: the sweeper rings again."""
    app.send_task(RING, args=[job_id], queue=queue, retry=False)


def describe(broker: str) -> str:
    """A broker's address without its password, for logs."""
    parsed = urlparse(broker)
    return f"{parsed.scheme}://{parsed.hostname or parsed.path}"
