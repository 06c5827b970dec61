"""Workers that fall ill: what counts as an attempt, who goes on, and how they come back. Real judges, real stores."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

import worker.health
from grader.core.errors import AssignmentFault, JudgesUnavailable, OurFault
from grader.harness.zygote import Zygote
from grader.store.models import Job, Result
from tests.waiting import until
from tests.worker.graders import GOOD, POISON
from worker import faults
from worker.faults import Fault, fault_of
from worker.grading import Grader
from worker.health import Health

BEGUN, NOT_BEGUN = Fault(faults.JUDGE, "the judge ended"), Fault(faults.SANDBOX, "no engine")
AUTHORS = Fault(faults.ASSIGNMENT, "the suite does not run")


# -- the rules -------------------------------------------------------------------------------------------


def test_three_different_submissions_in_a_row_that_cannot_be_begun_make_ill():
    health = Health(lambda: "")
    for submission in "aaab":
        health.failed(submission, NOT_BEGUN)
    assert not health.illness
    health.failed("c", NOT_BEGUN)
    assert health.illness == "no engine"


def test_faults_in_which_submissions_took_part_make_nobody_ill_while_our_own_are_graded(quick):
    checks = []
    health = Health(lambda: checks.append(1) or "")
    health.start()
    assert all(health.failed(submission, BEGUN) for submission in "abcdef")
    until(lambda: checks)
    assert not health.illness
    health.close()


def test_a_fault_after_which_our_own_cannot_be_graded_either_makes_ill(quick):
    answers = iter(["no judge lives", "no judge lives", ""])
    health, told = Health(lambda: next(answers)), []
    health.listen(told.append)
    health.start()
    assert health.failed("a", BEGUN)
    until(lambda: told == [False, True])
    health.close()
    assert list(answers) == []


def test_what_fails_while_the_worker_is_ill_costs_its_job_no_attempt():
    health = Health(lambda: "still")
    make_ill(health)
    assert not health.failed("d", BEGUN)


def test_a_grading_that_ends_well_ends_the_row():
    health = Health(lambda: "")
    for submission in "abc":
        health.failed(submission, NOT_BEGUN)
        health.graded()
    assert not health.illness


def test_what_is_the_assignments_fault_makes_nobody_ill_and_counts():
    health = Health(lambda: "")
    assert [health.failed(submission, AUTHORS) for submission in "abcd"] == [True] * 4
    assert not health.illness


def test_what_had_not_begun_never_counts():
    health = Health(lambda: "")
    assert [health.failed(name, NOT_BEGUN) for name in "aa"] == [False, False]
    assert health.failed("a", BEGUN)


@pytest.mark.parametrize(
    ("error", "lent", "kind", "own", "begun"),
    [
        (OurFault("no sandbox became ready"), 0, faults.SANDBOX, True, False),
        (OurFault("no sandbox became ready"), 1, faults.JUDGE, True, True),
        (JudgesUnavailable("did not start"), 0, faults.JUDGES, True, False),
        (AssignmentFault("the suite does not run"), 1, faults.ASSIGNMENT, False, True),
        (faults.ContentFault("other files"), 0, faults.CONTENT, False, True),
        (OperationalError("select 1", {}, Exception("gone")), 1, faults.DATABASE, False, False),
        (ZeroDivisionError("oh"), 1, faults.OTHER, True, True),
    ],
)
def test_whose_a_fault_is(error, lent, kind, own, begun):
    fault = fault_of(error, lent=lent, refused=int("no sandbox" in str(error)))
    assert (fault.kind, fault.own, fault.begun) == (kind, own, begun)


# -- checking itself -------------------------------------------------------------------------------------


@pytest.fixture
def quick(monkeypatch):
    monkeypatch.setattr(worker.health, "PAUSES", (0.01, 0.02))


def make_ill(health: Health) -> None:
    for submission in "abc":
        health.failed(submission, NOT_BEGUN)


def test_an_ill_worker_checks_itself_until_all_is_well(quick):
    answers = iter(["no engine", "no image", ""])
    health, told = Health(lambda: next(answers)), []
    health.listen(told.append)
    health.start()
    make_ill(health)
    until(lambda: not health.illness)
    assert told == [False, True]
    assert list(answers) == []
    health.close()


def test_what_a_check_finds_is_the_reason_from_then_on(quick):
    health = Health(lambda: "no image")
    health.start()
    make_ill(health)
    until(lambda: health.illness == "no image")
    health.close()
    assert health.illness == "no image"


def test_pauses_grow_until_something_is_graded(monkeypatch):
    monkeypatch.setattr(worker.health, "PAUSES", (0.0, 3600.0))
    health = Health(lambda: "")
    health.start()
    make_ill(health)
    until(lambda: not health.illness)
    make_ill(health)  # ill again, with nothing graded between: the next pause is the longer one
    time.sleep(0.1)
    assert health.illness
    health.send_back()
    assert not health.illness
    health.graded()
    make_ill(health)
    until(lambda: not health.illness)
    health.close()


def test_a_worker_that_ends_while_it_is_ill_does_not_wait(monkeypatch):
    monkeypatch.setattr(worker.health, "PAUSES", (3600.0,))
    health = Health(lambda: "")
    health.start()
    make_ill(health)
    health.close()
    assert not health._thread.is_alive()


# -- with everything that a worker has -------------------------------------------------------------------


def test_no_job_is_worn_out_while_a_single_workers_engine_is_away(workers, quick):
    grader, engine = workers.start()
    engine.away = True
    spare = grader.spares.acquire("numpy", 30)  # the one from before
    spare.close()
    uploads = [workers.upload(GOOD + f"  # {n}") for n in range(4)]
    for job_id in [uploads[0], *uploads]:
        grader.grade(job_id)
    assert "no engine answers" in grader.health.illness
    assert [(workers.job(job_id).state, workers.job(job_id).attempt) for job_id in uploads] == [("queued", 0)] * 4
    assert workers.job(uploads[3]).fence == 0  # it was not even claimed
    engine.away = False
    until(lambda: not grader.health.illness)
    for job_id in uploads:
        until(lambda job_id=job_id: grader.grade(job_id))
    assert {workers.job(job_id).state for job_id in uploads} == {"graded"}


def test_a_good_worker_goes_on_beside_an_ill_one(workers, monkeypatch):
    monkeypatch.setattr(worker.health, "PAUSES", (3600.0,))
    (ill, engine), (well, _) = workers.start(), workers.start()
    until(lambda: ill.spares.counts()["numpy"])
    engine.away = True
    ill.spares.acquire("numpy", 30).close()
    uploads = [workers.upload(GOOD + f"  # {n}") for n in range(6)]
    for _ in range(12):
        workers.turn(ill)
        workers.turn(well)
    assert ill.health.illness
    assert not well.health.illness
    assert [(workers.job(job_id).state, workers.job(job_id).attempt) for job_id in uploads] == [("graded", 1)] * 6


def test_a_submission_that_breaks_every_worker_becomes_broken_and_others_do_not(workers, quick):
    one, other = workers.start()[0], workers.start()[0]
    poison = workers.upload(POISON)
    good = [workers.upload(GOOD + f"  # {n}") for n in range(2)]
    for grader in (one, other, one, other):
        until(lambda: not grader.health.illness)  # noqa: B023
        time.sleep(0.05)  # past the pause after a fault
        grader.grade(poison)
    assert (workers.job(poison).state, workers.job(poison).attempt) == ("broken", 3)
    for job_id in good:
        until(lambda job_id=job_id: one.grade(job_id))
    assert not one.health.illness


def test_many_that_break_every_worker_become_broken_in_the_end(workers, quick):
    grader, _ = workers.start()
    uploads = [workers.upload(POISON + f"  # {n}") for n in range(3)]
    rounds = 0
    while any(workers.job(job_id).state != "broken" for job_id in uploads):
        rounds += 1
        assert rounds < 60
        until(lambda: not grader.health.illness)
        workers.turn(grader)
    with workers.database.reading() as session:
        assert session.scalars(select(Result)).all() == []


def test_stored_files_that_were_changed_are_a_fault_of_the_job_alone(workers, quick):
    grader, _ = workers.start()
    uploads = [workers.upload(GOOD + f"  # {n}") for n in range(3)]
    with workers.database.writing() as session:
        for job_id in uploads:
            session.get_one(Job, job_id).submission.sha256 = "0" * 64
    for job_id in uploads:
        for _ in range(3):
            until(lambda job_id=job_id: workers.job(job_id).run_after <= datetime.now(UTC))
            grader.grade(job_id)
    assert {workers.job(job_id).state for job_id in uploads} == {"broken"}
    assert not grader.health.illness


def test_a_stop_is_no_fault_of_anybody(workers):
    grader, _ = workers.start()
    uploads = [workers.upload(POISON + f"  # {n}") for n in range(3)]
    for job_id in uploads:
        grader.stopping.clear()
        grader.zygote.grade = stopping(grader)
        assert not grader.grade(job_id)
    assert [(workers.job(job_id).state, workers.job(job_id).attempt) for job_id in uploads] == [("queued", 0)] * 3
    assert not grader.health.illness


def stopping(grader: Grader) -> Callable[..., Any]:
    """As it is told to stop the judge ends."""

    def grade(*args: Any, **options: Any) -> Any:
        grader.stopping.set()
        return Zygote.grade(grader.zygote, *args, **options)

    return grade
