"""The wait of an upload: its place, and an estimate that can be computed by hand."""

from __future__ import annotations

from datetime import timedelta

from grader.store import jobs, waiting
from grader.store.models import Job
from tests.store.test_jobs import NOW, claim, report, upload


def test_the_estimate_by_hand():
    """The median of 2, 4, 9 is 4; third in line with two at once: 4 * 3 / 2."""
    assert waiting.estimate(2, [9.0, 2.0, 4.0], 2) == 6
    assert waiting.estimate(0, [3.0], 0) == 3
    assert waiting.estimate(5, [], 2) is None


def graded(database, login: str, seconds: int) -> None:
    _, job_id = upload(database, login)
    held = claim(database, job_id)
    with database.writing() as session:
        assert jobs.finish(session, held, report(1), NOW + timedelta(seconds=seconds))


def test_place_and_estimate_from_the_table(database):
    for number, seconds in enumerate((2, 30, 4)):
        graded(database, f"done{number}", seconds)
    _, running = upload(database, "running")
    claim(database, running)
    waits = [upload(database, f"waits{number}")[1] for number in range(3)]
    with database.writing() as session:
        for place, job_id in enumerate(waits):
            session.get_one(Job, job_id).created_at = NOW + timedelta(minutes=place)
        session.get_one(Job, waits[0]).queue = "torch"
    with database.reading() as session:
        found = [waiting.wait(session, session.get_one(Job, job_id)) for job_id in (*waits, running)]
    assert [(wait.before, wait.seconds) for wait in found] == [(0, None), (0, 4), (1, 8), (0, None)]
