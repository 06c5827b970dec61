"""Workers that look into the table: those without a bell, and those whose bells fail."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update

from grader.store.models import Job
from tests.waiting import until
from tests.worker.graders import GOOD, Workers
from worker import polling
from worker.grading import Grader

TOLD = "no bell reaches this worker"


@pytest.fixture
def idle(workers: Workers, monkeypatch) -> Iterator[Grader]:
    """A worker that has had nothing to do for longer than it trusts its bells, and looks often."""
    monkeypatch.setattr(polling, "DEAF_SECONDS", 0.1)
    monkeypatch.setattr(polling, "SECONDS", 0.02)
    grader, _ = workers.start()
    yield grader
    grader.stopping.set()


def mistrusting(grader: Grader) -> threading.Thread:
    thread = threading.Thread(target=polling.mistrust_bells, args=(grader,))
    thread.start()
    return thread


def waits_since(workers: Workers, job_id: str, seconds: float) -> None:
    since = datetime.now(UTC) - timedelta(seconds=seconds)
    with workers.database.writing() as session:
        session.execute(update(Job).where(Job.id == job_id).values(run_after=since))


def test_a_job_for_which_the_sweeper_should_have_rung_is_taken_and_the_rest_with_it(workers, idle, caplog):
    jobs = [workers.upload(GOOD + f"  # {n}") for n in range(3)]
    waits_since(workers, jobs[1], polling.PATIENCE_SECONDS + 1)
    thread = mistrusting(idle)
    until(lambda: {workers.job(job_id).state for job_id in jobs} == {"graded"})
    idle.stopping.set()
    thread.join()
    assert [record.levelno for record in caplog.records if TOLD in record.message] == [logging.ERROR]


def test_a_job_that_has_just_come_says_nothing_against_the_bells(workers, idle, caplog):
    """The command line starts regrades without a bell: the sweeper rings for them after some seconds."""
    job = workers.upload(GOOD)
    thread = mistrusting(idle)
    assert not idle.stopping.wait(1.0)  # many looks into the table
    idle.stopping.set()
    thread.join()
    assert workers.job(job).state == "queued"
    assert TOLD not in caplog.text


def test_without_a_bell_it_is_taken_at_once(workers, idle):
    job = workers.upload(GOOD)
    thread = threading.Thread(target=polling.poll, args=(idle,))
    thread.start()
    until(lambda: workers.job(job).state == "graded")
    idle.stopping.set()
    thread.join()
