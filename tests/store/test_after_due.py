"""Tests that run only after the deadline: who waits for them, until when, and what their result replaces."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import event

from grader.core.course import Course, CourseItem
from grader.core.report import ToCome
from grader.core.submission import Submission as Content
from grader.store import jobs, people, submissions
from grader.store.after_due import due, is_due
from grader.store.models import Extension, GroupExtension, Job, Result, Submission
from grader.store.records import records
from tests.store.test_jobs import ASSIGNMENT, NOW, claim, report

F = Fraction
DAY = timedelta(days=1)
DUE = NOW + DAY
TITLE = {"en": "ML", "ru": "МО"}
ITEM = CourseItem("clustering/kmeans", "task", TITLE, F(40), DUE, assignment=ASSIGNMENT)
COURSE = Course(TITLE, ZoneInfo("UTC"), (ITEM,))
PARTLY = replace(report(1), to_come=ToCome(2, F(8)))  # 1 of 12, tests for 8 of them are to come


def hand_in(database, login, *, team="", text=b"def kmeans(): pass", defers=True):
    """An upload, and its first result without the deferred tests; the submission's id."""
    with database.writing() as session:
        user = people.by_login(session, login) or people.add_user(
            session, login, login, group="M1", password=None, now=NOW
        )
        user.team = team
        content = Content("k.py", {"k.py": text})
        made, job = submissions.record(
            session, user, ASSIGNMENT, content, text, team=bool(team), defers=defers, now=NOW
        )
    held = claim(database, job.id)
    with database.writing() as session:
        assert jobs.leaves_out(session, session.get_one(Job, job.id)) is defers
        assert jobs.finish(session, held, PARTLY if defers else report(3), NOW)
    return made.id


def waiting(database, now, course=COURSE):
    with database.reading() as session:
        return due(session, course, now)


def extend(database, login, until):
    with database.writing() as session:
        user = people.by_login(session, login)
        session.merge(
            Extension(
                user_id=user.id, assignment=ITEM.name, deadline=until, reason="ill", given_by=user.id, created_at=NOW
            )
        )


def test_nothing_waits_for_a_deadline_that_is_over_or_that_there_is_not():
    assert not is_due(ITEM, DUE, DUE + timedelta(seconds=59))
    assert is_due(ITEM, DUE, DUE + timedelta(seconds=60))
    assert is_due(ITEM, None, NOW)


def test_a_submission_is_due_when_its_authors_deadline_is_over(database):
    first = hand_in(database, "anna")
    hand_in(database, "boris", defers=False)
    assert waiting(database, DUE) == []
    assert waiting(database, DUE + timedelta(minutes=1)) == [(first, "numpy")]
    assert waiting(database, DUE + DAY, replace(COURSE, items=())) == []
    assert waiting(database, NOW, replace(COURSE, items=(replace(ITEM, deadline=None),))) == [(first, "numpy")]


def test_extensions_put_it_off(database):
    anna, boris = hand_in(database, "anna"), hand_in(database, "boris")
    extend(database, "anna", DUE + 2 * DAY)
    assert waiting(database, DUE + DAY) == [(boris, "numpy")]
    with database.writing() as session:
        user = people.by_login(session, "boris")
        session.add(
            GroupExtension(
                group="M1", assignment=ITEM.name, deadline=DUE + 3 * DAY, reason="x", given_by=user.id, created_at=NOW
            )
        )
    assert waiting(database, DUE + DAY) == []
    assert waiting(database, DUE + 2.5 * DAY) == []  # her own makes the group's no earlier
    assert sorted(waiting(database, DUE + 3.5 * DAY)) == sorted([(anna, "numpy"), (boris, "numpy")])


def test_a_team_waits_for_the_last_of_its_deadlines(database):
    hand_in(database, "boris", team="pair")
    both = hand_in(database, "anna", team="pair")
    extend(database, "boris", DUE + 2 * DAY)
    assert waiting(database, DUE + DAY) == []
    assert both in [submission for submission, _ in waiting(database, DUE + 3 * DAY)]


def test_the_whole_suites_result_replaces_the_first_and_is_asked_for_once(database):
    submission_id = hand_in(database, "anna")
    with database.reading() as session:
        user = people.by_login(session, "anna")
        (attempt,) = records(session, [user])[user.id].attempts[ITEM.name]
        version = user.record_version
    assert (attempt.share, attempt.complete) == (F(1, 12), False)
    now = DUE + timedelta(minutes=1)
    with database.writing() as session:
        job = jobs.enqueue_after_due(session, submission_id, "numpy", now)
        assert (job.key, job.queue, job.priority) == ("after-due", "numpy.regrades", jobs.REGRADE_PRIORITY)
        assert not jobs.leaves_out(session, job)
    assert waiting(database, now) == []
    held = claim(database, job.id, now=now)
    with database.writing() as session:
        assert jobs.finish(session, held, report(3), now)
    assert waiting(database, now) == []
    with database.reading() as session:
        user = people.by_login(session, "anna")
        assert user.record_version == version + 1
        (attempt,) = records(session, [user])[user.id].attempts[ITEM.name]
        assert (attempt.share, attempt.complete, attempt.submission) == (F(3, 4), True, submission_id)
        assert sorted(result.complete for result in session.query(Result)) == [False, True]
        assert session.query(Submission).one().result_id == session.query(Result).filter_by(complete=True).one().id


def test_a_regrade_leaves_out_what_the_result_that_counts_leaves_out(database):
    submission_id = hand_in(database, "anna")

    def regrade(number):
        with database.writing() as session:
            job = Job(
                submission_id=submission_id, key=f"{jobs.REGRADE}{number}", queue="numpy", run_after=NOW, created_at=NOW
            )
            session.add(job)
            session.flush()
            return jobs.leaves_out(session, job)

    assert regrade(1)
    with database.writing() as session:
        job = jobs.enqueue_after_due(session, submission_id, "numpy", NOW)
    held = claim(database, job.id)
    with database.writing() as session:
        assert jobs.finish(session, held, report(3), NOW)
    assert not regrade(2)


@pytest.mark.parametrize("kept", [{"tests": 2, "points": 8, "exact": "8"}, None])
def test_reports_from_before_there_were_such_tests_can_still_be_read(database, kept):
    from grader.core.report import from_json, to_json

    told = {**to_json(PARTLY), "to_come": kept}
    if kept is None:
        del told["to_come"]
    assert from_json(told) == (PARTLY if kept else report(1))


def test_the_number_of_queries_does_not_grow(sqlite):
    counts = []
    for batch in range(3):
        for number in range(3):
            hand_in(sqlite, f"student{batch}{number}")
        statements: list[str] = []
        event.listen(sqlite.engine, "before_cursor_execute", lambda *a, s=statements: s.append(a[2]))
        assert len(waiting(sqlite, DUE + DAY)) == 3 * (batch + 1)
        counts.append(len(statements))
    assert counts[0] == counts[1] == counts[2] > 0
