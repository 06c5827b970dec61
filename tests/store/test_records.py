"""The gradebook's records: complete, and in a number of queries that does not grow with the students."""

from __future__ import annotations

from datetime import timedelta
from fractions import Fraction

from sqlalchemy import event

from grader.core.scoring import LECTURE, Exam
from grader.staff.bonus import add_bonus
from grader.staff.defences import mark_defended
from grader.staff.theory import Theory, set_theory
from grader.store import jobs, people
from grader.store.records import records
from tests.core.courses import item
from tests.store.test_jobs import NOW, claim, report, upload


def test_a_record_holds_all_that_counts(database):
    submission_id, job_id = upload(database)
    held = claim(database, job_id)
    with database.writing() as session:
        jobs.finish(session, held, report(3), NOW)
        user = people.by_login(session, "anna")
        staff = people.add_user(session, "i", "I", role="instructor", password=None, now=NOW)
        theory = Theory(Fraction(50), Fraction(40), Fraction(35))
        set_theory(session, user, theory, LECTURE, actor=staff, now=NOW)
        add_bonus(session, user, Fraction(5), "notes", actor=staff, now=NOW)
        add_bonus(session, user, Fraction(7, 2), "tool", actor=staff, now=NOW)
        lab = item("a/lab", Fraction(10))
        mark_defended(session, user, lab, share=Fraction(1, 2), actor=staff, now=NOW + timedelta(days=1))
        found = records(session, [user])[user.id]
    (attempt,) = found.attempts["clustering/kmeans"]
    assert (attempt.submission, attempt.share, attempt.uploaded_at) == (submission_id, Fraction(3, 4), NOW)
    assert found.bonus == Fraction(17, 2)
    assert found.exam == Exam(Fraction(40), Fraction(35))
    assert found.defences["a/lab"].share == Fraction(1, 2)


def test_the_number_of_queries_does_not_grow(sqlite):
    counts = []
    for batch in range(3):
        for number in range(5):
            upload(sqlite, f"student{batch}{number}")
        with sqlite.reading() as session:
            users = people.students(session)
            statements: list[str] = []
            event.listen(sqlite.engine, "before_cursor_execute", lambda *a, s=statements: s.append(a[2]))
            records(session, users)
            counts.append(len(statements))
    assert counts[0] > 0
    assert len(set(counts)) == 1
