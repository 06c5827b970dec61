"""What a late lab or task is still worth (rows L00.lab and L00.task), exactly.

Deadlines and uploads are moments with a time zone, and whether something is late is asked on the absolute time line.
Weeks are those of the calendar where the course is held.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from fractions import Fraction
from math import ceil
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


def precision(deadline: datetime) -> timedelta:
    """How exactly a deadline is told: to the minute, the second, or the microsecond."""
    if deadline.microsecond:
        return _MICROSECOND
    return timedelta(seconds=1) if deadline.second else timedelta(minutes=1)


@dataclass(frozen=True)
class Lateness:
    """The rules by which a course counts lateness.

    ``weeks`` are those of the calendar in ``zone``: a week after Saturday 23:59 is the next Saturday 23:59 there, even
    where the clocks were changed between the two. ``grace`` is added to every deadline, and is shown to nobody.
    ``keeps`` is what a lab keeps of its points however late it comes.
    """

    weeks: Weeks = "started"
    zone: tzinfo = UTC
    grace: timedelta = timedelta(0)
    keeps: Fraction = LECTURE.late_lab_keeps

    def end(self, deadline: datetime) -> datetime:
        """The last moment in time: the end of the minute that the deadline names, or of its second; then the grace."""
        return moment(deadline) + precision(deadline) - _MICROSECOND + self.grace

    def is_late(self, deadline: datetime | None, at: datetime) -> bool:
        return deadline is not None and moment(at) > self.end(deadline)

    def weeks_late(self, deadline: datetime, at: datetime) -> Fraction:
        """Weeks from the deadline to ``at``: started ones, full ones, or exactly; 0 up to the last moment in time."""
        end, late = self.end(deadline), moment(at)
        if late <= end:
            return Fraction(0)
        full = (late - end) // _WEEK
        while self._after(end, full + 1) <= late:
            full += 1
        while full and self._after(end, full) > late:
            full -= 1
        since, until = self._after(end, full), self._after(end, full + 1)
        exact = full + Fraction((late - since) // _MICROSECOND, (until - since) // _MICROSECOND)
        return {"started": Fraction(ceil(exact)), "full": Fraction(full), "exact": exact}[self.weeks]

    def factor(self, kind: str, deadline: datetime | None, at: datetime) -> tuple[Fraction, Fraction]:
        """Weeks late and the factor on the points: a late lab keeps a part of them, a late task nothing."""
        if deadline is None or not self.is_late(deadline, at):
            return Fraction(0), Fraction(1)
        weeks = self.weeks_late(deadline, at)
        return weeks, lab_factor(weeks, self.keeps) if kind == "lab" else Fraction(0)

    def _after(self, end: datetime, weeks: int) -> datetime:
        """The moment so many weeks of the calendar after another."""
        if not weeks:
            return end
        try:
            local = end.astimezone(self.zone).replace(tzinfo=None) + weeks * _WEEK
        except OverflowError:
            raise BadInput(f"{weeks} weeks after {end.isoformat()} are out of the calendar.") from None
        return moment(in_zone(local, self.zone))


BY_LECTURE = Lateness()


def lab_factor(weeks: Fraction, keeps: Fraction = LECTURE.late_lab_keeps) -> Fraction:
    """``0.6 + 0.4 / (1 + w)``: what a lab keeps of its points w weeks after its deadline; 0.6 is ``keeps``."""
    return keeps + (1 - keeps) / (1 + weeks)
