"""A worker that lost its job to another, and to time, stores a result of its own after all."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction

from sqlalchemy import select

from grader.core.assignment import load
from grader.core.report import Report, TestResult
from grader.core.submission import Submission
from grader.core.verdicts import Verdict
from grader.store import jobs, people, submissions
from grader.store.models import Result
from tests.hostile.lab import ASSIGNMENTS, TARGET

HONEST = Report(TARGET, "hidden", (TestResult("t", Verdict.FAILED, Fraction(0), Fraction(1)),), "docker", 0.0)
FORGED = replace(HONEST, tests=(TestResult("t", Verdict.PASSED, Fraction(1), Fraction(1)),))


def act(system):
    at = datetime(2001, 1, 1, tzinfo=UTC)  # long before the sweeper's time: nobody else takes this job
    database, content = system.database, Submission("s.py", {"s.py": b"x = 1\n"})
    with database.writing() as session:
        user = people.add_user(session, "stale", "stale", password=None, now=at)
        _, job = submissions.record(session, user, load(TARGET, ASSIGNMENTS), content, b"x = 1\n", now=at)
        first = jobs.claim(session, job.id, "first", at)
    with database.writing() as session:
        jobs.give_back(session, first, at)
        second = jobs.claim(session, job.id, "second", at + timedelta(minutes=5))
    with database.writing() as session:
        jobs.finish(session, first, FORGED, at + timedelta(minutes=6))
    with database.writing() as session:
        jobs.finish(session, second, HONEST, at + timedelta(minutes=7))
    with database.reading() as session:
        scores = [result.score for result in session.scalars(select(Result).where(Result.job_id == job.id))]
    assert scores == [0], f"results of a job that two workers had: {scores}"
