"""Broadcasts orders to all workers: shut down, stop consuming, raise limits."""

from worker.app import make_app


def act(system):
    app = make_app(system.broker)
    app.control.broadcast("shutdown")
    app.control.broadcast("cancel_consumer", arguments={"queue": "numpy"})
    app.control.broadcast("pool_shrink", arguments={"n": 10})
    app.control.broadcast("rate_limit", arguments={"task_name": "grader.ring", "rate_limit": "0/s"})
    app.control.purge()
