"""Lateness by hand: the borders of a week, time zones, and the two nights a year when clocks are changed."""

from datetime import UTC, datetime, timedelta, timezone
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.core.errors import BadInput
from grader.core.lateness import WEEKS, factor, in_zone, lab_factor, moment, task_factor, weeks_late

F = Fraction
DUE = datetime(2027, 2, 14, 23, 59, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")
WEEK = timedelta(weeks=1)
LEAST = timedelta(microseconds=1)


@pytest.mark.parametrize(
    ("after", "started", "full", "exact"),
    [
        (-WEEK, 0, 0, F(0)),
        (timedelta(0), 0, 0, F(0)),
        (LEAST, 1, 0, F(1, 604_800_000_000)),
        (timedelta(days=3, hours=12), 1, 0, F(1, 2)),
        (WEEK - LEAST, 1, 0, 1 - F(1, 604_800_000_000)),
        (WEEK, 1, 1, F(1)),
        (WEEK + LEAST, 2, 1, 1 + F(1, 604_800_000_000)),
        (10 * WEEK, 10, 10, F(10)),
    ],
)
def test_weeks(after, started, full, exact):
    assert [weeks_late(DUE, DUE + after, counting) for counting in WEEKS] == [started, full, exact]


@pytest.mark.parametrize(("weeks", "keeps"), [(F(0), F(1)), (F(1), F(4, 5)), (F(3), F(7, 10)), (F(1, 2), F(13, 15))])
def test_what_a_lab_keeps(weeks, keeps):
    assert lab_factor(weeks) == keeps


def test_a_task_is_strict():
    assert factor("task", DUE, DUE, "started") == (0, 1)
    assert factor("task", DUE, DUE + LEAST, "started") == (1, 0)
    assert factor("task", DUE, DUE + LEAST, "full") == (0, 0)  # no full week, and late all the same
    assert task_factor(F(1), late=False) == 0


def test_a_lab_by_kind_and_without_a_deadline():
    assert factor("lab", DUE, DUE + WEEK, "started") == (1, F(4, 5))
    assert factor("lab", None, DUE, "started") == (0, 1)
    assert factor("task", None, DUE, "started") == (0, 1)


def test_other_zones_are_the_same_moment():
    tokyo = timezone(timedelta(hours=9))
    assert weeks_late(DUE, DUE.astimezone(tokyo)) == 0
    assert weeks_late(DUE, datetime(2027, 2, 14, 23, 59, tzinfo=timezone(-timedelta(hours=1)))) == 1
    assert weeks_late(DUE, datetime(2027, 2, 15, 8, 59, tzinfo=tokyo)) == 0


def test_a_week_over_the_spring_change_has_an_hour_less():
    """From Saturday 20:00 to the next Saturday 20:00 on the wall only 167 hours pass."""
    due, same_clock = (datetime(2027, 3, day, 20, tzinfo=BERLIN) for day in (27, 28))
    assert weeks_late(due, same_clock, "exact") == F(23, 7 * 24)
    week_later = datetime(2027, 4, 3, 20, tzinfo=BERLIN)
    assert weeks_late(due, week_later, "full") == 0
    assert weeks_late(due, week_later + timedelta(hours=1), "full") == 1


def test_a_week_over_the_autumn_change_has_an_hour_more():
    due = datetime(2026, 10, 24, 20, tzinfo=BERLIN)
    assert weeks_late(due, datetime(2026, 10, 31, 20, tzinfo=BERLIN)) == 2
    assert weeks_late(due, datetime(2026, 10, 31, 19, tzinfo=BERLIN)) == 1


def test_the_second_half_past_two_is_an_hour_late():
    """In the autumn night 02:30 comes twice; on the wall the two are equal."""
    first = datetime(2026, 10, 25, 2, 30, tzinfo=BERLIN, fold=0)
    assert weeks_late(first, first.replace(fold=1), "exact") == F(1, 7 * 24)
    assert factor("task", first, first.replace(fold=1), "started") == (1, 0)
    assert factor("task", first, first.replace(fold=1), "full") == (0, 0)


def test_a_doubtful_deadline_is_read_as_the_later_one():
    twice = in_zone(datetime(2026, 10, 25, 2, 30), BERLIN)
    assert moment(twice) == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    never = in_zone(datetime(2027, 3, 28, 2, 30), BERLIN)
    assert moment(never) == datetime(2027, 3, 28, 1, 30, tzinfo=UTC)
    plain = in_zone(datetime(2027, 2, 14, 23, 59), ZoneInfo("Europe/Moscow"))
    assert moment(plain) == datetime(2027, 2, 14, 20, 59, tzinfo=UTC)


@pytest.mark.parametrize("naive", [0, 1])
def test_times_without_a_zone_are_refused(naive):
    times = [DUE, DUE]
    times[naive] = DUE.replace(tzinfo=None)
    with pytest.raises(BadInput, match="time zone"):
        weeks_late(*times)


def test_the_ends_of_the_calendar_are_refused():
    with pytest.raises(BadInput, match="calendar"):
        moment(datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=3))))


zones = st.sampled_from([UTC, BERLIN, ZoneInfo("America/New_York"), ZoneInfo("Asia/Kathmandu")])
times = st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1), timezones=zones)


@given(times, times)
def test_the_three_ways_of_counting_agree(due, handed_in):
    started, full, exact = (weeks_late(due, handed_in, counting) for counting in WEEKS)
    assert full <= exact <= started <= full + 1
    assert started.denominator == full.denominator == 1
    assert (exact == 0) == (moment(handed_in) <= moment(due))


@given(times, times, zones)
def test_the_zone_in_which_a_moment_is_told_changes_nothing(due, handed_in, zone):
    assert weeks_late(due, handed_in.astimezone(zone), "exact") == weeks_late(due, handed_in, "exact")


@given(st.fractions(min_value=0, max_value=1000), st.fractions(min_value=0, max_value=1000))
def test_later_keeps_less_and_never_less_than_three_fifths(one, other):
    assert F(3, 5) < lab_factor(one) <= 1
    assert (lab_factor(one) < lab_factor(other)) == (one > other)
