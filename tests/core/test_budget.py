"""The budget of submissions: cases computed by hand, and a bucket that is filled drop by drop."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.core.budget import Budget, budget
from grader.core.course import Bucket

DAY = datetime(2027, 3, 1, tzinfo=UTC)


def at(clock: str) -> datetime:
    hours, minutes = clock.split(":")
    return DAY + timedelta(hours=int(hours), minutes=int(minutes))


# burst, minutes until the next (None: never), submissions at, now -> left, the next at
CASES = [
    (3, 60, [], "10:00", 3, None),  # full
    (3, 60, ["10:00"], "10:00", 2, "11:00"),
    (3, 60, ["10:00"], "10:59", 2, "11:00"),
    (3, 60, ["10:00"], "11:00", 3, None),  # full again, on the minute
    (3, 60, ["10:00", "10:30"], "10:30", 1, "11:00"),  # the clock runs since 10:00
    (3, 60, ["10:00", "10:30"], "11:00", 2, "12:00"),
    (3, 60, ["10:00", "10:30"], "12:00", 3, None),
    (3, 60, ["10:00", "10:01", "10:02"], "10:03", 0, "11:00"),
    (3, 60, ["10:00", "10:01", "10:02"], "11:59", 1, "12:00"),
    (3, 60, ["10:00", "10:01", "10:02", "11:10"], "11:10", 0, "12:00"),
    (3, 60, ["10:02", "10:00", "10:01"], "10:03", 0, "11:00"),  # in any order
    (3, 60, ["10:00", "20:30"], "20:30", 2, "21:30"),  # a new clock, since it was full between
    (1, 60, ["10:00", "11:00"], "11:30", 0, "12:00"),
    (1, 60, ["10:00", "10:20"], "10:30", 0, "11:00"),  # made while none was left: no debt
    (1, 60, ["10:00", "10:20"], "11:00", 1, None),
    (2, None, ["10:00"], "23:00", 1, None),  # never refilled
    (2, None, ["10:00", "10:00"], "23:00", 0, None),
    (2, None, ["10:00", "10:00", "10:00"], "23:00", 0, None),
    (2, 90, ["10:00", "10:00"], "13:00", 2, None),  # two at once: 11:30 and 13:00
    (2, 90, ["10:00", "10:00"], "12:59", 1, "13:00"),
    (2, 90, ["10:00"], "09:00", 1, "11:30"),  # a clock that was set back
]


@pytest.mark.parametrize(("burst", "minutes", "spent", "now", "left", "next_at"), CASES)
def test_cases_computed_by_hand(burst, minutes, spent, now, left, next_at):
    bucket = Bucket(burst, None if minutes is None else timedelta(minutes=minutes))
    assert budget(bucket, map(at, spent), at(now)) == Budget(left, None if next_at is None else at(next_at))


def test_an_hour_that_the_clocks_skip_is_no_time():
    berlin = ZoneInfo("Europe/Berlin")  # 2027-03-28: 01:59 is followed by 03:00
    spent = [datetime(2027, 3, 28, 1, 30, tzinfo=berlin)]
    found = budget(Bucket(1, timedelta(hours=1)), spent, datetime(2027, 3, 28, 3, 10, tzinfo=berlin))
    assert found == Budget(0, datetime(2027, 3, 28, 1, 30, tzinfo=UTC))


minutes_of_day = st.lists(st.integers(0, 600), max_size=12)


def drop_by_drop(burst: int, refill: int, spent: list[int], now: int) -> tuple[int, int | None]:
    """The same, minute by minute: each pours in 1/refill; a submission takes one where there is one."""
    level = Fraction(burst)
    for minute in range(now + 1):
        if minute:
            level = min(Fraction(burst), level + Fraction(1, refill))
        for _ in range(spent.count(minute)):
            level -= 1 if level >= 1 else 0
    whole = int(level)
    return whole, None if level == burst else now + int((whole + 1 - level) * refill)


@given(st.integers(1, 5), st.integers(1, 90), minutes_of_day, st.integers(0, 300))
def test_it_is_the_bucket_that_is_filled_drop_by_drop(burst, refill, spent, later):
    now = max(spent, default=0) + later
    found = budget(
        Bucket(burst, timedelta(minutes=refill)), [DAY + timedelta(minutes=m) for m in spent], at(f"0:{now}")
    )
    left, next_at = drop_by_drop(burst, refill, spent, now)
    assert found == Budget(left, None if next_at is None else at(f"0:{next_at}"))


@given(st.integers(1, 5), st.integers(1, 90), minutes_of_day)
def test_whoever_obeys_never_has_more_than_a_burst_and_what_time_gives(burst, refill, wished):
    """Uploads wherever the budget allows: in no stretch of time more than the burst and what was refilled."""
    bucket, made = Bucket(burst, timedelta(minutes=refill)), []
    for minute in sorted(wished):
        if budget(bucket, [at(f"0:{m}") for m in made], at(f"0:{minute}")).left:
            made.append(minute)
    for first, begin in enumerate(made):
        for last, end in enumerate(made[first:], start=first):
            assert last - first + 1 <= burst + (end - begin) // refill + 1


@given(st.integers(1, 5), st.integers(1, 90), minutes_of_day)
def test_the_next_one_comes_when_it_was_promised_and_not_before(burst, refill, spent):
    bucket, moments = Bucket(burst, timedelta(minutes=refill)), [at(f"0:{m}") for m in spent]
    now = at(f"0:{max(spent, default=0)}")
    found = budget(bucket, moments, now)
    if found.next_at is None:
        assert found.left == burst
    else:
        assert budget(bucket, moments, found.next_at).left == found.left + 1
        assert budget(bucket, moments, found.next_at - timedelta(microseconds=1)).left == found.left
