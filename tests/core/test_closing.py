"""When an assignment is closed, with every kind of extension, and what reopens it after its solution was shown."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from grader.core.closing import (
    Granted,
    closing,
    has_shown_solution,
    is_closed,
    may_show_solution,
    reopens,
    shows_solution,
)
from grader.core.course import Course
from grader.core.scoring import Formula
from tests.core.courses import item

DUE = datetime(2027, 2, 14, 23, 59, tzinfo=UTC)
END = DUE + timedelta(seconds=59, microseconds=999_999)
DAY, LEAST = timedelta(days=1), timedelta(microseconds=1)


def in_course(one, **rules):
    """An item with the rules of lateness of a course."""
    return Course({"en": "", "ru": ""}, UTC, (one,), **rules).items[0]


def task(deadline=DUE, solutions="after_closed", **rules):
    return in_course(item("a/task", 10, deadline, solutions=solutions), **rules)


def lab(**rules):
    return in_course(item("a/lab", 10, DUE, solutions="after_closed"), **rules)


@pytest.mark.parametrize("grace", [timedelta(0), timedelta(minutes=5)])
def test_a_task_closes_with_the_last_moment_that_counts(grace):
    one = task(grace=grace)
    last = closing(one, ())
    assert last == END + grace
    assert one.lateness.factor("task", DUE, last)[1] == 1
    assert one.lateness.factor("task", DUE, last + LEAST)[1] == 0
    assert (is_closed(one, (), last), is_closed(one, (), last + LEAST)) == (False, True)


@pytest.mark.parametrize("keeps", [0, 0.6, 1])
@pytest.mark.parametrize("weeks", ["started", "full", "exact"])
def test_a_lab_never_closes_since_something_is_always_left_of_it(keeps, weeks):
    one = lab(formula=Formula(late_lab_keeps=keeps), weeks=weeks)
    assert one.lateness.factor("lab", DUE, DUE + 5000 * DAY)[1] > 0
    assert closing(one, ()) is None
    assert not is_closed(one, (), DUE + 5000 * DAY)
    assert not may_show_solution(one)


def test_without_a_deadline_nothing_closes():
    one = task(deadline=None)
    assert (closing(one, ()), closing(one, [DUE]), is_closed(one, (), DUE)) == (None, None, False)


def test_the_latest_extension_of_anybody_counts_and_none_makes_it_earlier():
    assert closing(task(), [DUE + DAY, DUE + 3 * DAY, DUE + 2 * DAY]) == END + 3 * DAY
    assert closing(task(), [DUE - DAY]) == END


@pytest.mark.parametrize(
    ("one", "shown"),
    [(task(), True), (task(solutions="never"), False), (replace(task(), assignment=None), False), (lab(), False)],
)
def test_a_solution_is_shown_where_the_course_says_so_and_there_is_one(one, shown):
    assert shows_solution(one, (), END + LEAST) is shown
    assert not shows_solution(one, (), END)
    assert not shows_solution(one, [DUE + DAY], END + LEAST)


def test_an_extension_given_in_time_hides_and_one_that_was_given_later_comes_too_late():
    now = DUE + 2 * DAY
    in_time, later = Granted(DUE + 3 * DAY, DUE), Granted(DUE + 3 * DAY, DUE + DAY)
    assert has_shown_solution(task(), [], now)
    assert not has_shown_solution(task(), [], END)
    assert not has_shown_solution(task(), [in_time], now)
    assert has_shown_solution(task(), [later], now)
    assert not has_shown_solution(task(), [later, Granted(DUE + DAY, DUE)], now)  # until then another one was in force
    assert not has_shown_solution(task(solutions="never"), [later], now)


def test_whoever_lets_uploads_count_again_is_told_also_if_these_are_made_already():
    now = DUE + 5 * DAY
    for until, told in ((DUE + 9 * DAY, True), (DUE + 2 * DAY, True), (DUE, False)):
        assert reopens(task(), [], task(), [until], now) is told
    assert reopens(task(), [], task(deadline=DUE + DAY), [], now)
    assert reopens(task(), [], task(deadline=None), [], now)
    assert not reopens(task(), [], task(deadline=DUE - DAY), [], now)
    assert not reopens(task(), [], task(deadline=DUE + DAY), [], END)
    again = [Granted(DUE + 7 * DAY, DUE + 3 * DAY)]  # given after students could read it: it is hidden now
    assert not shows_solution(task(), [DUE + 7 * DAY], now)
    assert reopens(task(), again, task(), [DUE + 8 * DAY], now)
    assert not reopens(task(), again, task(), [DUE + 7 * DAY], now)
