"""Asks for tasks that the worker does not have, and for those that Celery brings along."""

from worker.app import make_app

NAMES = ("os.system", "builtins.eval", "grader.store.jobs.finish", "celery.backend_cleanup", "celery.chain", "celery.chord_unlock",
         "celery.group", "celery.starmap", "celery.accumulate", "x" * 10_000, "")


def act(system):
    app = make_app(system.broker)
    for name in NAMES:
        app.send_task(name, args=["true"], queue="numpy")
