"""Statistics from a database: who began, what the tests tell, in a constant number of queries."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import event

from grader.core.assignment import load_all
from grader.core.course_file import read_course
from grader.core.submission import Submission as Content
from grader.staff import statistics
from grader.staff.accounts import set_active
from grader.staff.overrides import set_override
from grader.staff.personal_data import remove
from grader.staff.statistics import details, overview
from grader.store import submissions
from grader.store.models import User
from tests.crowd import Size, fill, write_course
from tests.staff.conftest import COURSE, LAB, NOW, TASK, F


def test_an_assignment_s_students_uploads_and_tests(term):
    """Anna has two uploads of 1/4 and 4/4, Boris one of 2/4, Clara none; the task is worth 15 points."""
    term.upload("anna", TASK, 1)
    term.upload("anna", TASK, 4)
    term.upload("boris", TASK, 2)
    found = details(term.database, COURSE, TASK)
    told = found.summary
    assert (told.students, told.started, told.uploads, told.median_uploads) == (3, 2, 3, 1.5)
    assert (told.full_marks, told.median_points) == (0.5, 11.25)
    assert [user.login for user in found.not_started] == ["clara"]
    (test,) = found.tests
    assert (test.name, test.students, test.passed) == ("t", 2, 1)  # one upload a student: the one that counts
    assert (found.waiting.results, found.waiting.median) == (3, 0)


def test_the_overview_has_every_assignment_and_all_final_scores(term):
    term.upload("anna", LAB, 4)
    whole = overview(term.database, COURSE)
    assert [(item.name, found.started) for item, found in whole.items] == [(LAB, 1), (TASK, 0)]
    assert whole.items[0][1].median_points == 40  # waits for its defence, and is no zero
    assert [one.count for one in whole.finals] == [3, *[0] * 9]


def test_staff_and_people_who_left_are_not_counted(term):
    with term.database.writing() as session:
        session.merge(term.users["clara"]).active = False
    term.upload("clara", TASK, 4)
    term.upload("tutor", TASK, 4)
    found = details(term.database, COURSE, TASK)
    assert (found.summary.students, found.summary.started, found.tests) == (2, 0, [])


def numbers(term, course=COURSE):
    """Of the task: students, uploads, points of the median, results in the tests; students and items of the course."""
    one, whole = details(term.database, course, TASK), overview(term.database, course)
    told = one.summary
    of_course = {item.name: found.uploads for item, found in whole.items}[TASK]
    assert of_course == told.uploads
    return told.students, told.uploads, told.median_points, sum(test.students for test in one.tests), whole.students


def test_statistics_follow_whatever_they_are_counted_from(term):
    assert numbers(term) == (3, 0, 0, 0, 3)
    term.upload("anna", TASK, 2)
    assert numbers(term) == (3, 1, 7.5, 1, 3)
    upload_ungraded(term, "boris")
    assert numbers(term) == (3, 2, 7.5, 1, 3)
    with term.database.writing() as session:
        set_override(session, term.users["anna"], COURSE.items[1], F(3), "x", actor=term.users["boss"], now=NOW)
    assert numbers(term) == (3, 2, 3, 1, 3)
    halved = replace(COURSE, items=(COURSE.items[0], replace(COURSE.items[1], points=F(7))))
    assert details(term.database, halved, TASK).summary.histogram[-1].high == 7
    assert numbers(term) == (3, 2, 3, 1, 3)
    for login, change in {"anna": lambda s, u: set_active(s, u, False, actor=term.users["boss"], now=NOW),
                          "boris": lambda s, u: remove(s, u, actor=term.users["boss"], now=NOW)}.items():  # fmt: skip
        with term.database.writing() as session:
            change(session, session.get_one(User, term.users[login].id))
        assert numbers(term)[0] == numbers(term)[4] == {"anna": 2, "boris": 1}[login]
    assert numbers(term) == (1, 0, 0, 0, 1)
    with term.database.writing() as session:
        user = session.get_one(User, term.users["anna"].id)
        set_active(session, user, True, actor=term.users["boss"], now=NOW)
    assert numbers(term) == (2, 1, 3, 1, 2)


def upload_ungraded(term, login):
    with term.database.writing() as session:
        content = Content("a.py", {"a.py": b"x"})
        submissions.record(session, term.users[login], COURSE.items[1].assignment, content, b"x", now=NOW)


def test_statistics_are_counted_once_until_something_changes(term, monkeypatch):
    term.upload("anna", TASK, 2)
    counted = []
    for what in ("_count_overview", "_count_details"):
        real = getattr(statistics, what)
        monkeypatch.setattr(statistics, what, lambda *given, real=real, what=what: counted.append(what) or real(*given))
    first = numbers(term)
    assert sorted(counted) == ["_count_details", "_count_overview"]
    assert numbers(term) == first
    assert len(counted) == 2
    term.upload("anna", LAB, 4)  # nothing of the task
    assert numbers(term) == first
    assert sorted(counted[2:]) == ["_count_overview"]


def test_the_overview_takes_a_number_of_queries_that_does_not_grow(sqlite, tmp_path):
    size, counts = Size(20, 6, 2), []
    folder, path = write_course(tmp_path, size)
    assignments = {assignment.name: assignment for assignment in load_all(folder)}
    course = read_course(path, assignments)
    for batch in range(2):
        fill(sqlite, list(assignments), size, first=batch * size.students)
        overview(sqlite, course)  # standings are kept from here on
        statements: list[str] = []

        def listen(*arguments, kept=statements):
            kept.append(arguments[2])

        event.listen(sqlite.engine, "before_cursor_execute", listen)
        assert overview(sqlite, course).students == (batch + 1) * size.students
        event.remove(sqlite.engine, "before_cursor_execute", listen)
        counts.append(len(statements))
    assert counts[0] == counts[1]
