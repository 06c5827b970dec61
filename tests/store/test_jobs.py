"""The rules of jobs, on both databases: claims, fences, leases, idempotent results."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import select, update

from grader.core.assignment import load
from grader.core.report import Report, TestResult
from grader.core.submission import Submission as Content
from grader.core.verdicts import Verdict
from grader.store import audit, jobs, people, submissions
from grader.store.engine import Database
from grader.store.models import AuditEntry, Base, Blob, Job, Result, Submission

NOW = datetime(2027, 2, 1, 12, tzinfo=UTC)
ASSIGNMENT = load("clustering/kmeans", Path(__file__).resolve().parents[2] / "assignments")


def upload(database: Database, login: str = "anna", text: bytes = b"def kmeans(): pass") -> tuple[str, str]:
    """One upload; the ids of submission and job."""
    with database.writing() as session:
        user = people.by_login(session, login)
        if user is None:
            user = people.add_user(session, login, login.title(), password=None, now=NOW)
        content = Content("k.py", {"k.py": text})
        submission, job = submissions.record(session, user, ASSIGNMENT, content, text, now=NOW)
        return submission.id, job.id


def report(points: int = 3) -> Report:
    test = TestResult("t", Verdict.PASSED, Fraction(points), Fraction(4))
    return Report("clustering/kmeans", "hidden", (test,), "docker", 0.1, provenance={"suite_sha256": "abc"})


def claim(database: Database, job_id: str, owner: str = "w", now: datetime = NOW):
    with database.writing() as session:
        return jobs.claim(session, job_id, owner, now)


def test_models_and_migrations_agree(database):
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def test_what_is_recorded_comes_back_and_equal_files_are_kept_once(database):
    first, _ = upload(database)
    second, _ = upload(database, "boris")
    with database.reading() as session:
        assert submissions.content_of(session, first).files == {"k.py": b"def kmeans(): pass"}
        assert len(session.scalars(select(Blob)).all()) == 1
        one, other = session.get(Submission, first), session.get(Submission, second)
        assert one.sha256 == other.sha256
        assert one.seed != other.seed
        assert one.received_at == NOW


def test_a_job_is_claimed_once_however_many_try(database):
    _, job_id = upload(database)
    won, barrier = [], threading.Barrier(6)

    def attempt(number: int) -> None:
        barrier.wait()
        held = claim(database, job_id, f"worker-{number}")
        if held is not None:
            won.append(held)

    threads = [threading.Thread(target=attempt, args=(n,)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(won) == 1
    assert (won[0].fence, won[0].attempt) == (1, 1)


def test_only_the_newest_fence_can_finish_and_the_result_is_stored_once(database):
    submission_id, job_id = upload(database)
    old = claim(database, job_id)
    with database.writing() as session:
        taken = jobs.take_back(session, jobs.leases(session), NOW + timedelta(seconds=61))
        assert [held.job_id for held in taken] == [job_id]
    new = claim(database, job_id, now=NOW + timedelta(minutes=5))
    assert new.fence == old.fence + 1
    with database.writing() as session:
        assert not jobs.finish(session, old, report(1), NOW)
        assert not jobs.heartbeat(session, old, NOW)
        assert not jobs.add_events(session, old, [{"event": "test"}])
        assert jobs.add_events(session, new, [{"event": "test"}, {"event": "test"}])
        assert jobs.finish(session, new, report(3), NOW)
        assert not jobs.finish(session, new, report(4), NOW)
    with database.reading() as session:
        (result,) = session.scalars(select(Result)).all()
        assert (result.score, result.max_score, result.share) == (3, 4, Fraction(3, 4))
        assert session.get(Submission, submission_id).result_id == result.id
        assert session.get(Job, job_id).state == "graded"
        assert [event.number for event in submissions.events_after(session, job_id, 0)] == [1, 2]
    assert claim(database, job_id, now=NOW + timedelta(days=1)) is None


def test_a_lease_that_is_prolonged_is_not_taken_back(database):
    _, job_id = upload(database)
    held = claim(database, job_id)
    with database.writing() as session:
        before = jobs.leases(session)
        assert jobs.heartbeat(session, held, NOW + timedelta(seconds=50))
        assert jobs.take_back(session, before, NOW + timedelta(seconds=100)) == []
        taken = jobs.take_back(session, jobs.leases(session), NOW + timedelta(seconds=111))
        assert [held.job_id for held in taken] == [job_id]


@pytest.mark.parametrize("hours", [-1, 1])
def test_a_clock_that_was_set_makes_no_job_wait(database, hours):
    _, job_id = upload(database)
    later = NOW + timedelta(hours=hours)
    with database.reading() as session:
        assert jobs.next_waiting(session, ["numpy"], later) == job_id
        assert jobs.to_ring(session, later, timedelta(seconds=3)) == [(job_id, "numpy")]
    assert claim(database, job_id, now=later) is not None


def test_three_faults_of_ours_break_a_job_and_it_is_never_a_zero(database):
    submission_id, job_id = upload(database)
    now = NOW
    for attempt, pause in ((1, 10), (2, 40), (3, None)):
        held = claim(database, job_id, now=now)
        assert held.attempt == attempt
        with database.writing() as session:
            assert jobs.fail(session, held, "engine away", now)
        if pause is not None:
            assert claim(database, job_id, now=now + timedelta(seconds=pause - 1)) is None
            now += timedelta(seconds=pause)
    with database.writing() as session:
        job = session.get(Job, job_id)
        assert (job.state, job.error) == ("broken", "engine away")
        assert session.get(Submission, submission_id).result_id is None
        assert [j.id for j in submissions.broken(session)] == [job_id]
        staff = people.add_user(session, "i", "I", role="instructor", password=None, now=NOW)
        submissions.retry(session, job_id, staff, NOW)
    assert claim(database, job_id).attempt == 1


def test_waiting_jobs_come_in_order_and_regrades_behind(database):
    _, first = upload(database)
    _, second = upload(database, text=b"def kmeans(): 1")
    with database.writing() as session:
        session.execute(update(Job).where(Job.id == first).values(priority=jobs.REGRADE_PRIORITY))
    with database.reading() as session:
        assert jobs.next_waiting(session, ["numpy"], NOW) == second
        assert jobs.next_waiting(session, ["torch"], NOW) is None
        assert jobs.position(session, session.get(Job, first)) == 1
        assert [i for i, _ in jobs.to_ring(session, NOW + timedelta(seconds=9), timedelta(seconds=5))] == [
            second,
            first,
        ]


def test_nothing_is_stored_when_the_transaction_fails(database):
    with pytest.raises(RuntimeError), database.writing() as session:  # noqa: PT012
        user = people.add_user(session, "a", "A", password=None, now=NOW)
        submissions.record(session, user, ASSIGNMENT, Content("k.py", {"k.py": b"1"}), b"1", now=NOW)
        raise RuntimeError
    with database.reading() as session:
        assert session.scalars(select(Submission)).all() == []
        assert session.scalars(select(Job)).all() == []


def test_the_audit_chain_shows_a_change(database):
    for number in range(4):
        upload(database, f"user{number}")
    with database.reading() as session:
        assert audit.first_break(session) is None
    with database.writing() as session:
        session.execute(update(AuditEntry).where(AuditEntry.number == 3).values(subject="somebody else"))
    with database.reading() as session:
        assert audit.first_break(session) == 3


def test_many_writers_never_meet_a_locked_database(database):
    errors: list[BaseException] = []

    def write(number: int) -> None:
        try:
            for turn in range(10):
                upload(database, f"user{number}", f"def kmeans(): {turn}".encode())
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=write, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    with database.reading() as session:
        assert len(session.scalars(select(Submission)).all()) == 40
        assert audit.first_break(session) is None
