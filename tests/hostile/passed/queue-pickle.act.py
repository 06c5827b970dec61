"""Puts a pickle that runs a command on the queue."""

from pathlib import Path

from grader.core.tasks import RING
from worker.app import make_app

MARK = Path("/tmp/grader-pickle-was-run")


class Trap:
    def __reduce__(self):
        return Path.touch, (MARK,)


def act(system):
    MARK.unlink(missing_ok=True)
    app = make_app(system.broker)
    for _ in range(3):
        app.send_task(RING, args=[Trap()], queue="numpy", serializer="pickle")


def check(system):
    assert not MARK.exists()
