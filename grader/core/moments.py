"""How moments and deadlines are written for people, in English and in Russian; pages and terminal both ask here.

A deadline has its weekday, its zone, and what is left of it. Where times are compared they have seconds: a deadline is
then written as its last second, since 23:59 lasts to 23:59:59.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta, tzinfo

from grader.core.lateness import moment, precision

_WEEKDAYS = {
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
    "ru": ("пн", "вт", "ср", "чт", "пт", "сб", "вс"),
}
_MONTHS = {
    "en": ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
    "ru": ("янв.", "февр.", "марта", "апр.", "мая", "июня", "июля", "авг.", "сент.", "окт.", "нояб.", "дек."),
}
_UNITS = (  # seconds, and from how many of them on; one, few and many of them in Russian
    (86400, 2 * 86400, ("day", "days"), ("день", "дня", "дней")),
    (3600, 3600, ("hour", "hours"), ("час", "часа", "часов")),
    (60, 60, ("minute", "minutes"), ("минута", "минуты", "минут")),
)
_RUSSIAN_ZONES = {"MSK": "МСК"}


def written(
    at: datetime, zone: tzinfo | None, language: str, *, now: datetime | None = None, seconds: bool = False
) -> str:
    """A moment on the clocks of ``zone`` (None: of this machine), with weekday and zone; the year is told where it is
    not that of ``now``.

    >>> from zoneinfo import ZoneInfo
    >>> written(datetime.fromisoformat("2026-10-30T20:59:00Z"), ZoneInfo("Europe/Moscow"), "en")
    'Fri 30 Oct 2026, 23:59 MSK'
    """
    local = at.astimezone(zone)
    day = f"{_WEEKDAYS[language][local.weekday()]} {local.day} {_MONTHS[language][local.month - 1]}"
    if now is None or now.astimezone(zone).year != local.year:
        day += f" {local.year}"
    clock = f"{local:%H:%M:%S}" if seconds else f"{local:%H:%M}"
    return f"{day}, {clock} {_zone(local, language)}"


def both(at: datetime, zone: tzinfo, now: datetime) -> tuple[str, str]:
    """The same in English and in Russian."""
    return written(at, zone, "en", now=now), written(at, zone, "ru", now=now)


def deadline(until: datetime, zone: tzinfo | None, language: str, now: datetime, *, seconds: bool = False) -> str:
    """A deadline, and what is left of it: Fri 30 Oct, 23:59 MSK, 2 days left."""
    return f"{due(until, zone, language, now, seconds=seconds)}, {left(until, now, language)}"


def due(until: datetime, zone: tzinfo | None, language: str, now: datetime | None, *, seconds: bool = False) -> str:
    """A deadline without what is left of it; with ``seconds`` its last one."""
    exact = until.second or until.microsecond
    last = until if exact or not seconds else _end(until) - timedelta(seconds=1)
    return written(last, zone, language, now=now, seconds=bool(seconds or exact))


def left(until: datetime, now: datetime, language: str) -> str:
    """What is left of a deadline, never more than there is; or that it is over.

    >>> left(datetime.fromisoformat("2026-10-30T20:59:00Z"), datetime.fromisoformat("2026-10-28T12:00:00Z"), "en")
    '2 days left'
    """
    rest = (_end(until) - moment(now)).total_seconds()
    if rest <= 0:
        return "over" if language == "en" else "срок прошёл"
    for seconds, least, english, russian in _UNITS:
        if rest >= least:
            count = int(rest // seconds)
            if language == "en":
                return f"{count} {english[count != 1]} left"
            return f"ещё {count} {russian[_form(count)]}"
    return "less than a minute left" if language == "en" else "меньше минуты"


def _end(until: datetime) -> datetime:
    """The first moment after a deadline. A grace is not counted in, since it is shown to nobody."""
    return moment(until) + precision(until)


def _form(count: int) -> int:
    """Which form a Russian noun has after a number: one, few, many."""
    if count % 100 in (11, 12, 13, 14):
        return 2
    return 0 if count % 10 == 1 else 1 if count % 10 in (2, 3, 4) else 2


def _zone(local: datetime, language: str) -> str:
    """The zone as it is called there; by its offset where it has no short name."""
    name = local.tzname() or ""
    if re.fullmatch(r"[A-Z]{2,5}", name):
        return _RUSSIAN_ZONES.get(name, name) if language == "ru" else name
    offset = local.utcoffset() or timedelta(0)
    hours, minutes = divmod(abs(int(offset.total_seconds())) // 60, 60)
    sign = "-" if offset < timedelta(0) else "+"
    return f"UTC{sign}{hours}" + (f":{minutes:02d}" if minutes else "")
