"""What a late lab or task is still worth (rows L00.lab and L00.task). Exact, and in absolute time.

Deadlines and uploads are moments with a time zone; the change to or from daylight saving time between them
is real time that has passed or not, so weeks are counted on the absolute time line.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, tzinfo
from fractions import Fraction
from typing import Literal, get_args

from grader.core.errors import BadInput
from grader.core.scoring import LECTURE

Weeks = Literal["started", "full", "exact"]
WEEKS: tuple[Weeks, ...] = get_args(Weeks)

_WEEK = timedelta(weeks=1)
_MICROSECOND = timedelta(microseconds=1)


def moment(time: datetime) -> datetime:
    """A time with an offset, in UTC. Raises BadInput where the offset is missing.

    Two times of the same zone must not be compared or subtracted as they are: Python then goes by the
    clocks on the wall, and an hour is lost or won over a change to daylight saving time.
    """
    if time.utcoffset() is None:
        raise BadInput("A deadline and a time of upload need a time zone.")
    try:
        return time.astimezone(UTC)
    except OverflowError:
        raise BadInput(f"{time.isoformat()} is out of the calendar.") from None


def in_zone(local: datetime, zone: tzinfo) -> datetime:
    """The moment when the clocks of ``zone`` show ``local``.

    Where they show it twice, or never, because they were changed, it is the later of the two readings: the
    doubt is not to a student's cost.
    """
    readings = [local.replace(tzinfo=zone, fold=fold) for fold in (0, 1)]
    return max(readings, key=moment)


def weeks_late(deadline: datetime, submitted: datetime, counting: Weeks = "started") -> Fraction:
    """Weeks from the deadline to the upload: started ones, full ones, or exactly; 0 up to the deadline itself."""
    late = max(moment(submitted) - moment(deadline), timedelta(0))
    exact = Fraction(late // _MICROSECOND, _WEEK // _MICROSECOND)
    if counting == "exact":
        return exact
    full = Fraction(exact.numerator // exact.denominator)
    return full if counting == "full" or full == exact else full + 1


def lab_factor(weeks: Fraction, keeps: Fraction = LECTURE.late_lab_keeps) -> Fraction:
    """``0.6 + 0.4 / (1 + w)``: what a lab keeps of its points w weeks after its deadline; 0.6 is ``keeps``."""
    return keeps + (1 - keeps) / (1 + weeks)


def task_factor(weeks: Fraction, *, late: bool) -> Fraction:
    """A task's deadline is strict: everything before it, nothing after."""
    return Fraction(0) if late or weeks > 0 else Fraction(1)


def factor(
    kind: str, deadline: datetime | None, submitted: datetime, counting: Weeks, keeps: Fraction = LECTURE.late_lab_keeps
) -> tuple[Fraction, Fraction]:
    """Weeks late and the factor on the points, for a lab or a task; without a deadline nothing is late."""
    if deadline is None or moment(submitted) <= moment(deadline):
        return Fraction(0), Fraction(1)
    weeks = weeks_late(deadline, submitted, counting)
    if kind == "lab":
        return weeks, lab_factor(weeks, keeps)
    return weeks, task_factor(weeks, late=moment(submitted) > moment(deadline))
