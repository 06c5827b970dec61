"""The part of a course that is set, and what it is worth."""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest

from grader.core.catalogue import Lecture
from grader.core.course_part import deadlines, part, shares
from grader.core.errors import BadInput

from .courses import assignment

LECTURES = tuple(
    Lecture(number, package, {"en": package, "ru": package}, {}) for number, package in enumerate("abc", 1)
)
BEGINS = date(2027, 2, 1)


def task(name, hours, needs=(), kind="task"):
    return replace(assignment(name, kind), hours=hours, needs=needs)


EVERY = [
    *(task("a/lab", 8, kind="lab"), task("a/one", 2), task("a/two", 3)),
    *(task("b/lab", 2, kind="lab"), task("b/one", 3, ("b/two",)), task("b/two", 4)),
    *(task("c/one", 4), task("own/one", 1)),
]


def names(groups):
    return [(lecture.number if lecture else None, [one.name for one in found]) for lecture, found in groups]


def test_all_of_it_by_lecture_what_belongs_to_none_last():
    assert names(part([EVERY[-1], *EVERY[:-1]], LECTURES)) == [
        (1, ["a/lab", "a/one", "a/two"]),
        (2, ["b/lab", "b/one", "b/two"]),
        (3, ["c/one"]),
        (None, ["own/one"]),
    ]


def test_some_lectures_only():
    assert [number for number, _ in names(part(EVERY, LECTURES, {3, 1}))] == [1, 3]
    with pytest.raises(BadInput, match="lecture 4; there are assignments for 1, 2, 3"):
        part(EVERY, LECTURES, {1, 4})


def test_tasks_come_from_the_lecture_with_the_least_work_and_labs_are_all_there():
    """Lecture 3 has none yet, then lecture 2 with 2 hours; there `one` needs `two`, which is not set."""
    assert names(part(EVERY, LECTURES, {1, 2, 3}, 2)) == [(1, ["a/lab"]), (2, ["b/lab", "b/two"]), (3, ["c/one"])]
    three = dict(names(part(EVERY, LECTURES, {1, 2, 3}, 3)))
    assert three[2] == ["b/lab", "b/one", "b/two"]
    assert dict(names(part(EVERY, LECTURES, {1, 2, 3}, 4)))[1] == ["a/lab", "a/one"]


def test_a_lecture_without_anything_is_left_out_and_too_many_tasks_are_refused():
    assert names(part(EVERY, LECTURES, {1, 3}, 0)) == [(1, ["a/lab"])]
    with pytest.raises(BadInput, match="5 tasks are wanted, and there are 4"):
        part(EVERY, LECTURES, {1, 2}, 5)


def test_points_follow_the_hours():
    assert shares([task("x", 1), task("y", 2), task("z", 5)], Fraction(24)) == {"x": 3, "y": 6, "z": 15}


def test_points_are_whole_where_there_is_room_else_halves_or_quarters():
    for count, step in ((12, Fraction(1)), (20, Fraction(1, 2)), (46, Fraction(1, 4))):
        found = shares([task(str(n), 1 + n % 6) for n in range(count)], Fraction(50))
        assert sum(found.values()) == 50
        assert {value / step % 1 for value in found.values()} == {0}
        assert min(found.values()) >= step
        assert found["5"] > found["2"] > found["0"]


def test_very_many_give_the_same_each_and_none_give_nothing():
    assert set(shares([task(str(n), n + 1) for n in range(60)], Fraction(50)).values()) == {Fraction(5, 6)}
    assert shares([], Fraction(50)) == {}


def test_a_deadline_a_week_or_spread_over_the_term():
    weeks = lambda found: [(day - BEGINS) / timedelta(weeks=1) for day in found]  # noqa: E731
    assert weeks(deadlines(3, BEGINS)) == [2, 3, 4]
    assert weeks(deadlines(5, BEGINS, 10)) == [2, 4, 6, 8, 10]
    assert weeks(deadlines(4, BEGINS, 3)) == [2, 2, 3, 3]
    assert weeks(deadlines(1, BEGINS, 10)) == [2]


@pytest.mark.parametrize("weeks", [-1, 2, 105])
def test_a_term_of_another_length_is_refused(weeks):
    with pytest.raises(BadInput, match="from 3 to 104 weeks"):
        deadlines(2, BEGINS, weeks)
