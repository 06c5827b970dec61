"""Names that the web and the worker share, since neither imports the other."""

from __future__ import annotations

RING = "grader.ring"  # the Celery task; its one argument is a job's id
REGRADES = "regrades"


def queue_of(environment: str, *, regrade: bool = False) -> str:
    """The queue of an environment: a machine can be given to one; regrades wait in their own."""
    return f"{environment}.{REGRADES}" if regrade else environment
