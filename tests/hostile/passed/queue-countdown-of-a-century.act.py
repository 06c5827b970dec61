"""Rings with a time a century ahead, and with one that has expired."""

from datetime import UTC, datetime, timedelta

from grader.core.tasks import RING
from worker.app import make_app


def act(system):
    app = make_app(system.broker)
    for _ in range(5):
        app.send_task(RING, args=["x"], queue="numpy", eta=datetime.now(UTC) + timedelta(days=36500))
        app.send_task(RING, args=["x"], queue="numpy", expires=datetime(2000, 1, 1, tzinfo=UTC))
