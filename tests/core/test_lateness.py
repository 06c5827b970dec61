"""Lateness by hand: the borders of a week, time zones, and the two nights a year when clocks are changed."""

from datetime import UTC, datetime, timedelta, timezone, tzinfo
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.core.errors import BadInput
from grader.core.lateness import WEEKS, Lateness, Weeks, in_zone, lab_factor, moment

F = Fraction
DUE = datetime(2027, 2, 14, 23, 59, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")
WEEK, MINUTE = timedelta(weeks=1), timedelta(minutes=1)
LEAST = timedelta(microseconds=1)
END = MINUTE - LEAST  # after DUE: the last moment that is in time


def weeks_late(due: datetime, handed_in: datetime, counting: Weeks = "started", zone: tzinfo = UTC) -> Fraction:
    return Lateness(counting, zone).weeks_late(due, handed_in)


@pytest.mark.parametrize(
    ("after", "started", "full", "exact"),
    [
        (-WEEK, 0, 0, F(0)),
        (END, 0, 0, F(0)),
        (END + LEAST, 1, 0, F(1, 604_800_000_000)),
        (END + timedelta(days=3, hours=12), 1, 0, F(1, 2)),
        (END + WEEK - LEAST, 1, 0, 1 - F(1, 604_800_000_000)),
        (END + WEEK, 1, 1, F(1)),
        (END + WEEK + LEAST, 2, 1, 1 + F(1, 604_800_000_000)),
        (END + 10 * WEEK, 10, 10, F(10)),
    ],
)
def test_weeks(after, started, full, exact):
    assert [weeks_late(DUE, DUE + after, counting) for counting in WEEKS] == [started, full, exact]


@pytest.mark.parametrize(
    ("deadline", "last"),
    [
        (DUE, DUE + timedelta(seconds=59, microseconds=999_999)),
        (DUE.replace(second=59), DUE.replace(second=59, microsecond=999_999)),
        (DUE.replace(second=30), DUE.replace(second=30, microsecond=999_999)),
        (DUE.replace(microsecond=5), DUE.replace(microsecond=5)),
    ],
)
def test_a_deadline_lasts_to_the_end_of_what_it_names(deadline, last):
    rules = Lateness()
    assert rules.end(deadline) == last
    assert not rules.is_late(deadline, last)
    assert rules.is_late(deadline, last + LEAST)
    assert not rules.is_late(None, last)


def test_grace_comes_after_the_end_and_weeks_begin_after_it():
    rules = Lateness(grace=timedelta(minutes=5))
    assert rules.factor("task", DUE, DUE + END + 5 * MINUTE) == (0, 1)
    assert rules.factor("task", DUE, DUE + END + 5 * MINUTE + LEAST) == (1, 0)
    assert rules.weeks_late(DUE, DUE + END + 5 * MINUTE + WEEK) == 1


@pytest.mark.parametrize(("weeks", "keeps"), [(F(0), F(1)), (F(1), F(4, 5)), (F(3), F(7, 10)), (F(1, 2), F(13, 15))])
def test_what_a_lab_keeps(weeks, keeps):
    assert lab_factor(weeks) == keeps


def test_a_task_is_strict():
    late = DUE + END + LEAST
    assert Lateness().factor("task", DUE, DUE) == (0, 1)
    assert Lateness().factor("task", DUE, late) == (1, 0)
    assert Lateness("full").factor("task", DUE, late) == (0, 0)  # no full week, and late all the same


def test_a_lab_by_kind_and_without_a_deadline():
    assert Lateness().factor("lab", DUE, DUE + WEEK) == (1, F(4, 5))
    assert Lateness(keeps=F(1, 2)).factor("lab", DUE, DUE + WEEK) == (1, F(3, 4))
    assert Lateness().factor("lab", None, DUE) == (0, 1)
    assert Lateness().factor("task", None, DUE) == (0, 1)


def test_other_zones_are_the_same_moment():
    tokyo = timezone(timedelta(hours=9))
    assert weeks_late(DUE, DUE.astimezone(tokyo)) == 0
    assert weeks_late(DUE, datetime(2027, 2, 14, 23, 59, tzinfo=timezone(-timedelta(hours=1)))) == 1
    assert weeks_late(DUE, datetime(2027, 2, 15, 8, 59, tzinfo=tokyo)) == 0


@pytest.mark.parametrize(
    ("due", "hours"),
    [(datetime(2027, 3, 27, 20, tzinfo=BERLIN), 167), (datetime(2026, 10, 24, 20, tzinfo=BERLIN), 169)],
    ids=["spring", "autumn"],
)
def test_a_week_over_a_change_of_clocks_is_a_week_of_the_calendar(due, hours):
    """It has an hour less or more; where the clocks of another place are asked, it is not the same week."""
    later = due + WEEK  # the same time on the wall
    assert moment(later) - moment(due) == timedelta(hours=hours)
    assert [weeks_late(due, later + END, counting, BERLIN) for counting in WEEKS] == [1, 1, 1]
    assert [weeks_late(due, later + END + LEAST, counting, BERLIN) for counting in ("started", "full")] == [2, 1]
    assert weeks_late(due, later + END - timedelta(hours=1), "exact", BERLIN) == F(hours - 1, hours)
    assert weeks_late(due, later + END, "full", UTC) == (1 if hours > 168 else 0)


def test_a_deadline_in_the_doubled_hour_comes_again_a_week_later():
    due = datetime(2026, 10, 25, 2, 30, tzinfo=BERLIN, fold=1)
    week_later = datetime(2026, 11, 1, 2, 30, tzinfo=BERLIN) + END
    assert weeks_late(due, week_later, "full", BERLIN) == 1
    assert weeks_late(due, week_later, "started", BERLIN) == 1


def test_the_second_half_past_two_is_an_hour_late():
    """In the autumn night 02:30 comes twice; on the wall the two are equal."""
    first = datetime(2026, 10, 25, 2, 30, tzinfo=BERLIN, fold=0)
    second = first.replace(fold=1)
    assert weeks_late(first, moment(second) + END, "exact", BERLIN) == F(1, 7 * 24 + 1)
    assert Lateness("started", BERLIN).factor("task", first, second) == (1, 0)
    assert Lateness("full", BERLIN).factor("task", first, second) == (0, 0)


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


@given(times, times, zones)
def test_the_three_ways_of_counting_agree(due, handed_in, zone):
    started, full, exact = (weeks_late(due, handed_in, counting, zone) for counting in WEEKS)
    assert full <= exact <= started <= full + 1
    assert started.denominator == full.denominator == 1
    assert (exact == 0) == (not Lateness(zone=zone).is_late(due, handed_in))


@given(times, times, zones, zones)
def test_the_zone_in_which_a_moment_is_told_changes_nothing(due, handed_in, zone, course):
    weeks = weeks_late(due, handed_in, "exact", course)
    assert weeks_late(due, handed_in.astimezone(zone), "exact", course) == weeks


@given(times, times, times, zones)
def test_later_is_never_less_late(due, one, other, zone):
    sooner, later = sorted((one, other), key=moment)
    assert weeks_late(due, sooner, "exact", zone) <= weeks_late(due, later, "exact", zone)


@given(st.fractions(min_value=0, max_value=1000), st.fractions(min_value=0, max_value=1000))
def test_later_keeps_less_and_never_less_than_three_fifths(one, other):
    assert F(3, 5) < lab_factor(one) <= 1
    assert (lab_factor(one) < lab_factor(other)) == (one > other)
