"""How deadlines are written: weekday, zone, what is left; to the second where an upload stands beside them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from grader.core.moments import deadline, due, left, written

MOSCOW = ZoneInfo("Europe/Moscow")
DUE = datetime(2026, 10, 30, 20, 59, tzinfo=UTC)  # a Friday, 23:59 in Moscow


def before(**rest):
    return DUE + timedelta(minutes=1) - timedelta(**rest)


def test_a_deadline_has_weekday_zone_and_what_is_left_in_both_languages():
    assert deadline(DUE, MOSCOW, "en", before(days=2, hours=3)) == "Fri 30 Oct, 23:59 MSK, 2 days left"
    assert deadline(DUE, MOSCOW, "ru", before(days=2, hours=3)) == "пт 30 окт., 23:59 МСК, ещё 2 дня"


def test_the_weekday_and_the_day_are_those_of_the_zone():
    assert due(DUE, ZoneInfo("Asia/Vladivostok"), "en", DUE) == "Sat 31 Oct, 06:59 UTC+10"
    assert due(DUE, ZoneInfo("America/New_York"), "en", DUE) == "Fri 30 Oct, 16:59 EDT"
    assert due(DUE, timezone(timedelta(hours=-3, minutes=-30)), "en", DUE) == "Fri 30 Oct, 17:29 UTC-3:30"


def test_the_year_is_told_where_it_is_another():
    new_year = datetime(2026, 12, 31, 21, 30, tzinfo=UTC)  # 2027 in Moscow
    assert written(new_year, MOSCOW, "en", now=DUE) == "Fri 1 Jan 2027, 00:30 MSK"
    assert written(new_year, MOSCOW, "en", now=new_year) == "Fri 1 Jan, 00:30 MSK"
    assert written(new_year, UTC, "ru", now=DUE) == "чт 31 дек., 21:30 UTC"


@pytest.mark.parametrize(
    ("rest", "english", "russian"),
    [
        ({"days": 21}, "21 days left", "ещё 21 день"),
        ({"days": 2}, "2 days left", "ещё 2 дня"),
        ({"days": 12}, "12 days left", "ещё 12 дней"),
        ({"days": 2, "seconds": -1}, "47 hours left", "ещё 47 часов"),
        ({"hours": 1, "minutes": 59}, "1 hour left", "ещё 1 час"),
        ({"minutes": 59, "seconds": 59}, "59 minutes left", "ещё 59 минут"),
        ({"minutes": 1}, "1 minute left", "ещё 1 минута"),
        ({"seconds": 59}, "less than a minute left", "меньше минуты"),
        ({"microseconds": 1}, "less than a minute left", "меньше минуты"),
        ({}, "over", "срок прошёл"),
        ({"days": -30}, "over", "срок прошёл"),
    ],
)
def test_what_is_left_is_never_more_than_there_is(rest, english, russian):
    assert left(DUE, before(**rest), "en") == english
    assert left(DUE, before(**rest), "ru") == russian


def test_where_times_are_compared_a_deadline_is_its_last_second():
    """An upload at 23:59:30 is in time by 23:59, and does not look late beside 23:59:59."""
    assert due(DUE, MOSCOW, "en", DUE, seconds=True) == "Fri 30 Oct, 23:59:59 MSK"
    exact = DUE + timedelta(seconds=30)
    assert due(exact, MOSCOW, "en", DUE, seconds=True) == due(exact, MOSCOW, "en", DUE) == "Fri 30 Oct, 23:59:30 MSK"
    assert written(exact, MOSCOW, "ru", now=DUE, seconds=True) == "пт 30 окт., 23:59:30 МСК"
