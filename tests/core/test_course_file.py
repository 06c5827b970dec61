"""The course file: what a good one gives, and the sentence for each thing that can be wrong in it."""

from datetime import UTC, datetime
from fractions import Fraction

import pytest

from grader.core.course_file import read_course
from grader.core.errors import BadInput
from grader.core.lateness import moment

from .courses import KNOWN

GOOD = """\
timezone = "Europe/Moscow"

[title]
en = "Machine learning"
ru = "Машинное обучение"

[lateness]
weeks = "full"      # whole weeks
from = "defence"

[[assignment]]
name = "a/lab"
points = 7.1
deadline = 2027-02-14T23:59:00

[[assignment]]
name = "a/task"
points = "15/2"

[[assignment]]
name = "a/lab2"
points = 6
deadline = 2027-02-14T23:59:00+00:00
"""


@pytest.fixture
def read(tmp_path):
    def reading(text):
        path = tmp_path / "course.toml"
        path.write_text(text, encoding="utf-8")
        return read_course(path, KNOWN)

    return reading


def test_a_good_course(read):
    course = read(GOOD)
    assert course.title["ru"] == "Машинное обучение"
    assert (course.weeks, course.late_from) == ("full", "defence")
    assert [(item.name, item.kind, item.points) for item in course.items] == [
        ("a/lab", "lab", Fraction(71, 10)),
        ("a/task", "task", Fraction(15, 2)),
        ("a/lab2", "lab", 6),
    ]
    assert course.item("a/task").deadline is None
    assert course.item("b/none") is None


def test_deadlines_are_local_unless_they_say_otherwise(read):
    course = read(GOOD)
    assert moment(course.item("a/lab").deadline) == datetime(2027, 2, 14, 20, 59, tzinfo=UTC)
    assert moment(course.item("a/lab2").deadline) == datetime(2027, 2, 14, 23, 59, tzinfo=UTC)


def test_what_is_left_out_has_a_default(read):
    course = read('[title]\nen = "ML"\nru = "МО"\n')
    assert (str(course.zone), course.weeks, course.late_from, course.items) == ("UTC", "started", "upload", ())


@pytest.mark.parametrize(
    ("find", "replace", "said"),
    [
        ('timezone = "Europe/Moscow"', 'timezone = "Moskau"', r"line 1: timezone must be .*'Moskau'"),
        ('timezone = "Europe/Moscow"', 'timezone = "Europe"', r"line 1: timezone"),
        ('timezone = "Europe/Moscow"', "timezone = 3", r"line 1: timezone"),
        ('timezone = "Europe/Moscow"', 'time_zone = "Europe/Moscow"', r"line 1: time_zone must be left out"),
        ('en = "Machine learning"\n', "", r"line 3: title must be .*en and ru"),
        ('en = "Machine learning"', "en = 5", r"line 4: \[title\] en must be a text"),
        ('weeks = "full"', 'weeks = "some"', r"line 8: \[lateness\] weeks must be one of started, full, exact"),
        ('from = "defence"', 'from = "birth"', r"line 9: \[lateness\] from must be one of upload, defence"),
        ('from = "defence"', 'since = "defence"', r"line 9: \[lateness\] since"),
        ('name = "a/task"', 'name = "a/tusk"', r"line 17: \[\[assignment\]\] name .*a/lab, .*not 'a/tusk'"),
        ('name = "a/task"\n', "", r"line 16: \[\[assignment\]\] name"),
        ('name = "a/lab2"', 'name = "a/lab"', r"line 21: \[\[assignment\]\] name must be given once"),
        ('"15/2"', "0", r"line 18: \[\[assignment\]\] points must be a positive number for a/task"),
        ('"15/2"', "-1", r"line 18: .*positive"),
        ('"15/2"', "nan", r"line 18: .*positive"),
        ('"15/2"', "inf", r"line 18: .*positive"),
        ('"15/2"', "true", r"line 18: .*positive"),
        ('"15/2"', '"many"', r"line 18: .*positive"),
        ('"15/2"', "50.01", r"points of all tasks together must be at most 50, not 50\.01"),
        ("points = 7.1", "points = 65", r"points of all labs together must be at most 70, not 71"),
        ("deadline = 2027-02-14T23:59:00\n", 'deadline = "tomorrow"\n', r"line 14: .*deadline .*without quotes"),
        ("deadline = 2027-02-14T23:59:00\n", "deadline = 2027-02-14\n", r"line 14: .*deadline must be a time"),
        ("deadline = 2027-02-14T23:59:00\n", "deadlin = 2027-02-14T23:59:00\n", r"line 14: .*deadlin must be left out"),
        ('[title]\nen = "Machine learning"\nru = "Машинное обучение"', 'title = "ML"', r"title must be a table"),
        ("[title]", "[title", r"course\.toml: .*line 3"),
    ],
)
def test_what_is_wrong_is_named_with_its_line(read, find, replace, said):
    assert GOOD.count(find) == 1
    with pytest.raises(BadInput, match=rf"course\.toml.*{said}" if "course" not in said else said):
        read(GOOD.replace(find, replace))


def test_sums_may_reach_their_limits(read):
    course = read(GOOD.replace("points = 7.1", "points = 64").replace('"15/2"', "50"))
    assert sum(item.points for item in course.items) == 120


def test_other_shapes_are_refused(read):
    with pytest.raises(BadInput, match=r"lateness must be a table"):
        read('lateness = "full"\n[title]\nen = "a"\nru = "b"\n')
    with pytest.raises(BadInput, match=r"assignment must be a list of \[\[assignment\]\] tables"):
        read('[title]\nen = "a"\nru = "b"\n[assignment]\nname = "a/lab"\n')


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(BadInput, match=r"course\.toml cannot be read"):
        read_course(tmp_path / "course.toml", {})
