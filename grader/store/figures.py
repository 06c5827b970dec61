"""What the database tells monitoring: the queue, broken jobs, the workers. The web and the sweeper both show it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from grader.store import jobs, workers
from grader.store.engine import Database
from grader.store.models import Job

Family = GaugeMetricFamily


class Figures(Collector):
    """Asked at each scrape. While the database does not answer, ``grader_database_up`` alone is told."""

    def __init__(self, database: Database, now: Callable[[], datetime]) -> None:
        self._database = database
        self._now = now

    def describe(self) -> Iterable[Family]:
        """The names, without asking the database."""
        return [_up(False), *_families({}, {}, 0, dict.fromkeys(workers.STATES, 0))]

    def collect(self) -> Iterable[Family]:
        try:
            with self._database.reading() as session:
                families = figures(session, self._now())
        except Exception:  # a scrape that fails tells less than one that says so
            return [_up(False)]
        return [_up(True), *families]


def figures(session: Session, now: datetime) -> list[Family]:
    """The figures of this moment."""
    lengths = jobs.queue_lengths(session)
    broken = sum(count for (_queue, state), count in lengths.items() if state == "broken")
    there = dict.fromkeys(workers.STATES, 0)
    for worker in workers.table(session):
        there[workers.state_of(worker, now)] += 1
    return _families(lengths, _oldest(session, now), broken, there)


def _oldest(session: Session, now: datetime) -> dict[tuple[str, str], float]:
    """Seconds since the oldest job was due that waits, or since it was taken where it runs."""
    since = func.min(Job.run_after), func.min(Job.started_at)
    rows = session.execute(
        select(Job.queue, Job.state, *since).where(Job.state.in_(("queued", "running"))).group_by(Job.queue, Job.state)
    )
    return {
        (queue, state): max(0.0, (now - (due if state == "queued" else begun or now)).total_seconds())
        for queue, state, due, begun in rows
    }


def _up(fine: bool) -> Family:
    return GaugeMetricFamily("grader_database_up", "1 while the database answers.", value=float(fine))


def _families(
    lengths: dict[tuple[str, str], int], oldest: dict[tuple[str, str], float], broken: int, there: dict[str, int]
) -> list[Family]:
    queue = GaugeMetricFamily("grader_queue_jobs", "Jobs that are not graded.", labels=["queue", "state"])
    for labels, count in sorted(lengths.items()):
        queue.add_metric(labels, count)
    age = GaugeMetricFamily(
        "grader_queue_oldest_seconds",
        "How long the oldest job has been waiting, or running.",
        labels=["queue", "state"],
    )
    for labels, seconds in sorted(oldest.items()):
        age.add_metric(labels, seconds)
    states = GaugeMetricFamily("grader_workers", "Workers by state.", labels=["state"])
    for state, count in there.items():
        states.add_metric([state], count)
    return [
        queue,
        age,
        GaugeMetricFamily("grader_jobs_broken", "Jobs that we have failed to grade, for staff to look at.", broken),
        states,
    ]
