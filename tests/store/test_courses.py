"""The course in force as a server holds it: what was applied is read again, what does not fit changes nothing."""

from __future__ import annotations

import logging
import shutil
from datetime import UTC, datetime

import pytest

from grader.core.assignment import assignments_folder
from grader.core.errors import BadInput, NoCourse
from grader.store import audit, courses
from grader.store.courses import AppliedCourse
from grader.store.models import CourseVersion
from tests.in_force import put_in_force

TEXT = '[title]\nen = "One"\nru = "Один"\n[[assignment]]\nname = "clustering/kmeans"\npoints = 15\n'


@pytest.fixture
def folder(tmp_path):
    """A folder of assignments with one in it."""
    shutil.copytree(assignments_folder() / "clustering/kmeans", tmp_path / "assignments/clustering/kmeans")
    return tmp_path / "assignments"


def unchecked(database, text):
    with database.writing() as session:
        number = len(courses.versions(session)) + 1
        session.add(CourseVersion(number=number, applied_at=datetime.now(UTC), text=text))


def test_what_is_applied_is_seen_and_what_has_not_changed_is_not_read_again(database, folder):
    put_in_force(database, TEXT, folder)
    course = AppliedCourse(database, folder)
    first = course.current()
    assert course.current() is first
    put_in_force(database, TEXT.replace("One", "Another one"), folder)
    assert course.current().title["en"] == "Another one"
    put_in_force(database, TEXT, folder)  # as it was before: a version of its own
    assert course.current() == first
    with database.reading() as session:
        assert [one.number for one in courses.versions(session)] == [3, 2, 1]
        assert courses.find(session, 2).text == TEXT.replace("One", "Another one")
        with pytest.raises(BadInput, match="no version 4"):
            courses.find(session, 4)
        assert audit.last(session).before == {"number": 2}
        assert audit.last(session).after["number"] == 3


def test_a_change_of_an_assignment_s_own_file_is_seen(sqlite, folder):
    put_in_force(sqlite, TEXT, folder)
    course = AppliedCourse(sqlite, folder)
    first = course.current()
    settings = folder / "clustering/kmeans/assignment.toml"
    good = settings.read_text(encoding="utf-8")
    settings.write_text(good.replace('kind = "task"', 'kind = "lab"'), encoding="utf-8")
    assert (first.items[0].kind, course.current().items[0].kind) == ("task", "lab")
    assert course.current().sha256 == first.sha256
    assert course.current().fingerprint != first.fingerprint
    settings.write_text("kind = 3", encoding="utf-8")
    assert course.current().items[0].kind == "lab"
    assert course.problem is not None
    settings.write_text(good, encoding="utf-8")
    assert course.current().items[0].kind == "task"


@pytest.mark.parametrize("wrong", ["[title", TEXT.replace("points", "point")])
def test_a_course_that_does_not_fit_keeps_the_last_good_one_and_is_logged_once(sqlite, folder, wrong, caplog):
    put_in_force(sqlite, TEXT, folder)
    course = AppliedCourse(sqlite, folder)
    good = course.current()
    assert course.problem is None
    unchecked(sqlite, wrong)
    with caplog.at_level(logging.INFO, "grader.course"):
        assert [course.current() for _ in range(3)] == [good] * 3
        assert len(caplog.records) == 1
        assert str(course.problem) in caplog.text
        put_in_force(sqlite, TEXT, folder)
        assert course.current().title["en"] == "One"
        assert course.problem is None
        assert [record.levelname for record in caplog.records] == ["ERROR", "INFO"]


def test_before_the_first_one_there_is_none_and_then_there_is_without_a_restart(sqlite, folder):
    course = AppliedCourse(sqlite, folder)
    for _ in range(2):
        with pytest.raises(NoCourse, match="grader course apply"):
            course.current()
    put_in_force(sqlite, TEXT, folder)
    assert course.current().title["en"] == "One"


def test_an_assignment_that_comes_later_makes_a_course_fit_that_asks_for_it(sqlite, folder):
    unchecked(sqlite, f'{TEXT}[[assignment]]\nname = "sequences/lstm"\npoints = 20\n')
    course = AppliedCourse(sqlite, folder)
    with pytest.raises(BadInput, match="sequences/lstm"):
        course.current()
    shutil.copytree(assignments_folder() / "sequences/lstm", folder / "sequences/lstm")
    assert [item.name for item in course.current().items] == ["clustering/kmeans", "sequences/lstm"]
