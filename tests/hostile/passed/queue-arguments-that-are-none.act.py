"""Rings with too many arguments, with none, and with names."""

from grader.core.tasks import RING
from worker.app import make_app


def act(system):
    app = make_app(system.broker)
    app.send_task(RING, args=[], queue="numpy")
    app.send_task(RING, args=["a", "b", "c"], queue="numpy")
    app.send_task(RING, kwargs={"job_id": "a", "score": 100}, queue="numpy")
    app.send_task(RING, args=["a"], kwargs={"self": 1}, queue="numpy")
