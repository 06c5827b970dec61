"""The course file as a server holds it: what has changed is read again, what is wrong changes nothing."""

from __future__ import annotations

import logging
import os
import shutil

import pytest

from grader.core.assignment import assignments_folder
from grader.core.course_watch import WatchedCourse
from grader.core.errors import BadInput

TEXT = '[title]\nen = "One"\nru = "Один"\n[[assignment]]\nname = "clustering/kmeans"\npoints = 15\n'


@pytest.fixture
def folder(tmp_path):
    """A folder of assignments with one in it."""
    shutil.copytree(assignments_folder() / "clustering/kmeans", tmp_path / "assignments/clustering/kmeans")
    return tmp_path / "assignments"


@pytest.fixture
def path(tmp_path):
    made = tmp_path / "course.toml"
    made.write_text(TEXT, encoding="utf-8")
    return made


def titles(course):
    return course.current().title["en"]


def test_a_change_is_seen_and_what_has_not_changed_is_not_read_again(path, folder):
    course = WatchedCourse(path, folder)
    first = course.current()
    assert course.current() is first
    path.write_text(TEXT.replace("One", "Another one"), encoding="utf-8")
    assert titles(course) == "Another one"
    assert course.current().sha256 != first.sha256


def test_a_file_that_is_put_in_its_place_with_the_same_time_and_size_is_seen(path, folder):
    course = WatchedCourse(path, folder)
    assert titles(course) == "One"
    other, status = path.with_name("new.toml"), path.stat()
    other.write_text(TEXT.replace("One", "Two"), encoding="utf-8")
    os.utime(other, ns=(status.st_atime_ns, status.st_mtime_ns))
    other.replace(path)
    assert titles(course) == "Two"


def test_a_change_of_an_assignment_s_own_file_is_seen(path, folder):
    course = WatchedCourse(path, folder)
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


@pytest.mark.parametrize("wrong", ["[title", TEXT.replace("points", "point"), None])
def test_a_file_that_has_become_wrong_keeps_the_last_good_course_and_is_logged_once(path, folder, wrong, caplog):
    course = WatchedCourse(path, folder)
    good = course.current()
    assert course.problem is None
    path.unlink() if wrong is None else path.write_text(wrong, encoding="utf-8")
    with caplog.at_level(logging.INFO, "grader.course"):
        assert [course.current() for _ in range(3)] == [good] * 3
        assert len(caplog.records) == 1
        assert str(course.problem) in caplog.text
        path.write_text(TEXT, encoding="utf-8")
        assert titles(course) == "One"
        assert course.problem is None
        assert [record.levelname for record in caplog.records] == ["ERROR", "INFO"]


def test_without_a_good_course_from_the_start_there_is_none(path, folder):
    path.write_text("[title")
    course = WatchedCourse(path, folder)
    for _ in range(2):
        with pytest.raises(BadInput, match=r"course\.toml"):
            course.current()
    path.write_text(TEXT, encoding="utf-8")
    assert titles(course) == "One"


def test_an_assignment_that_was_added_can_be_set_without_a_restart(path, folder):
    course = WatchedCourse(path, folder)
    course.current()
    shutil.copytree(assignments_folder() / "sequences/lstm", folder / "sequences/lstm")
    path.write_text(f'{TEXT}[[assignment]]\nname = "sequences/lstm"\npoints = 20\n', encoding="utf-8")
    assert [item.name for item in course.current().items] == ["clustering/kmeans", "sequences/lstm"]
