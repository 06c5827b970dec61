"""Statistics from a database: who began, what the tests tell, in a constant number of queries."""

from __future__ import annotations

from sqlalchemy import event

from grader.core.assignment import load_all
from grader.core.course_file import read_course
from grader.staff.statistics import details, overview
from tests.crowd import Size, fill, write_course
from tests.staff.conftest import COURSE, LAB, TASK


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
