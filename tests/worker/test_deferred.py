"""Deferred tests from the upload to the gradebook: a real store, real judges, the sweeper's own rounds."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from pathlib import Path

import pytest

import worker.sweeper
from grader.core.assignment import load
from grader.core.report import student_view
from grader.core.submission import Submission as Content
from grader.harness.process import ProcessSandboxes
from grader.harness.zygote import Zygote
from grader.store import jobs, people, submissions
from grader.store.courses import AppliedCourse
from grader.store.models import CourseVersion, Extension, Job, Result, Submission
from grader.store.records import records
from tests.harness import suites
from tests.in_force import put_in_force
from worker.grading import Grader
from worker.health import Health
from worker.settings import Settings
from worker.spares import Spares
from worker.sweeper import Sweeper

F = Fraction
SUITE = """
@title(en="Now", ru="Сейчас")
def test_now(submission, rng): assert_equal(submission.f(int(rng.integers(1000))), 1)
@deferred()
@points(3)
@title(en="Later", ru="Потом")
def test_later(submission, rng): assert_equal(submission.f(int(rng.integers(1000))), 1)
"""
COURSE = """
[title]
en = "ML"
ru = "МО"
[[assignment]]
name = "demo/small"
points = 8
deadline = {deadline}
"""


class Term:
    """A worker and a sweeper on a database, with a course of one assignment."""

    def __init__(self, database, tmp_path: Path, suite: str = SUITE) -> None:
        self.database = database
        self.folder = suites.write(tmp_path, suite)
        self.assignment = load(suites.NAME, self.folder)
        self.zygote = Zygote(self.folder)
        self.spares = Spares(ProcessSandboxes(), ["numpy"], 1)
        self.spares.start()
        settings = Settings("", sandbox="process", queues=("numpy", "numpy.regrades"), assignments=self.folder)
        self.grader = Grader(settings, database, self.zygote, self.spares, Health(lambda: ""))
        self.set_deadline(timedelta(days=1))
        self.applied = AppliedCourse(database, self.folder)
        self.sweeper = Sweeper(database, None, self.applied)

    def set_deadline(self, later: timedelta) -> None:
        deadline = datetime.now(UTC) + later
        put_in_force(self.database, COURSE.format(deadline=deadline.isoformat()), self.folder)

    def upload(self, login: str, code: str, *, defers: bool = True) -> str:
        now = datetime.now(UTC)
        with self.database.writing() as session:
            user = people.by_login(session, login) or people.add_user(session, login, login, password=None, now=now)
            content = Content("k.py", {"k.py": code.encode()})
            made, job = submissions.record(session, user, self.assignment, content, b"x", defers=defers, now=now)
        assert self.grader.grade(job.id)
        return made.id

    def sweep(self) -> list[str]:
        """One round of the sweeper, and all that waits then is graded; the keys of those jobs."""
        self.sweeper.round()
        graded = []
        while True:
            with self.database.reading() as session:
                job_id = jobs.next_waiting(session, self.grader.settings.queues, datetime.now(UTC))
                if job_id is None:
                    return graded
                graded.append(session.get_one(Job, job_id).key)
            assert self.grader.grade(job_id)

    def counts(self, submission_id: str) -> Result:
        """The result that counts."""
        with self.database.reading() as session:
            return session.get_one(Result, session.get_one(Submission, submission_id).result_id)

    def share(self, login: str) -> Fraction:
        with self.database.reading() as session:
            user = people.by_login(session, login)
            return max(attempt.share for attempt in records(session, [user])[user.id].attempts[suites.NAME])


@pytest.fixture
def term(sqlite, tmp_path, monkeypatch) -> Iterator[Term]:
    monkeypatch.setattr(worker.sweeper, "DUE_SECONDS", 0.0)
    made = Term(sqlite, tmp_path)
    yield made
    made.spares.close()
    made.zygote.close()


def test_deferred_tests_run_after_the_deadline_and_their_result_counts(term):
    right, wrong = term.upload("anna", "def f(x): return 1"), term.upload("boris", "def f(x): return 0")
    first = term.counts(right)
    report = submissions.report_of(first)
    assert (first.complete, first.score, first.max_score) == (False, 1, 4)
    assert [test.name for test in report.tests] == ["test_now"]
    assert (report.to_come.tests, report.to_come.points) == (1, 3)
    assert student_view(report, after_due=False).max_score == 4
    assert (term.share("anna"), term.share("boris")) == (F(1, 4), 0)

    assert term.sweep() == []  # the deadline is tomorrow
    term.set_deadline(timedelta(seconds=-1))
    assert term.sweep() == ["after-due", "after-due"]
    assert term.sweep() == []

    whole = term.counts(right)
    assert (whole.complete, whole.score, whole.max_score) == (True, 4, 4)
    assert whole.report["provenance"] == first.report["provenance"]  # the seed with the rest
    assert (term.share("anna"), term.share("boris")) == (1, 0)
    assert term.counts(wrong).complete
    with term.database.reading() as session:
        assert session.query(Result).count() == 4  # the first ones are still there


def test_inputs_of_what_ran_before_are_the_same_again(term):
    """A solution that is right for even numbers only: what it got in the first run it gets in the second."""
    code = "def f(x): return 1 - x % 2"
    uploads = [term.upload(f"student{n}", code) for n in range(4)]
    before = [submissions.report_of(term.counts(upload)).tests[0].verdict for upload in uploads]
    term.set_deadline(timedelta(seconds=-1))
    assert len(term.sweep()) == 4
    assert [submissions.report_of(term.counts(upload)).tests[0].verdict for upload in uploads] == before


def test_a_students_own_deadline_is_waited_for(term):
    upload = term.upload("anna", "def f(x): return 1")
    term.upload("boris", "def f(x): return 1")
    now = datetime.now(UTC)
    with term.database.writing() as session:
        user = people.by_login(session, "anna")
        own = {"deadline": now + timedelta(days=2), "reason": "ill", "given_by": user.id, "created_at": now}
        session.add(Extension(user_id=user.id, assignment=suites.NAME, **own))
    term.set_deadline(timedelta(seconds=-1))
    assert term.sweep() == ["after-due"]
    assert not term.counts(upload).complete
    with term.database.writing() as session:
        session.get_one(Extension, (user.id, suites.NAME)).deadline = now - timedelta(seconds=1)
    assert term.sweep() == ["after-due"]
    assert term.counts(upload).complete


def test_what_is_handed_in_after_the_deadline_runs_everything_at_once(term):
    upload = term.upload("anna", "def f(x): return 1", defers=False)
    assert (term.counts(upload).complete, term.counts(upload).score) == (True, 4)
    term.set_deadline(timedelta(seconds=-1))
    assert term.sweep() == []


def test_a_course_that_does_not_fit_any_more_keeps_the_last_good_deadlines_and_stops_nothing(term, caplog):
    upload = term.upload("anna", "def f(x): return 1")
    term.set_deadline(timedelta(seconds=-1))
    term.applied.current()
    with term.database.writing() as session:
        session.add(CourseVersion(number=99, applied_at=datetime.now(UTC), text="[title"))
    assert term.sweep() == ["after-due"]
    assert term.counts(upload).complete
    assert "does not fit the assignments" in caplog.text


@pytest.mark.parametrize("broken", [True, False], ids=["broken", "none yet"])
def test_without_a_good_course_leases_are_swept_all_the_same(term, broken):
    term.upload("anna", "def f(x): return 1")
    with term.database.writing() as session:
        session.query(CourseVersion).delete()
        if broken:
            session.add(CourseVersion(number=1, applied_at=datetime.now(UTC), text="[title"))
    sweeper = Sweeper(term.database, None, AppliedCourse(term.database, term.folder), lease=timedelta(0))
    with term.database.writing() as session:
        job = session.query(Job).one()
        job.state = "running"
    sweeper.round()
    with term.database.reading() as session:
        assert session.query(Job).one().state == "queued"
