"""What an instructor wants to know of an assignment and its tests. Pure: from results to numbers.

The discrimination of a test is its corrected item-total correlation: Pearson's correlation between passing the test
(0 or 1) and the points of all *other* tests of the same submission, over one submission of each student. With the
test's own points in the total it would be too high, the more so the fewer tests there are (J. C. Nunnally,
I. H. Bernstein, Psychometric Theory, 3rd ed., 1994, ch. 8; for 0 and 1 it is the point-biserial correlation of F. M.
Lord, M. R. Novick, Statistical Theories of Mental Test Scores, 1968, ch. 15). Near 0 or below, those who pass the test
do no better in the rest than those who fail it: look whether it is wrong, or tests something else.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import ceil, sqrt
from statistics import fmean, median

from grader.core.report import Bilingual, Report, TestResult
from grader.core.verdicts import Verdict

BINS = 10


@dataclass(frozen=True)
class TestStatistics:
    """One test over one submission of each student; ``passed`` is a share, ``discrimination`` may be unknown."""

    __test__ = False

    name: str
    title: Bilingual
    students: int
    passed: float
    verdicts: Mapping[str, int]
    discrimination: float | None
    seconds: float

    @property
    def stands_out(self) -> str:
        """``nobody`` or ``everybody`` passes it, or it tells ``nothing`` of the rest, or nothing stands out."""
        if self.students and self.passed in (0, 1):
            return "everybody" if self.passed else "nobody"
        return "nothing" if self.discrimination is not None and self.discrimination <= 0 else ""


@dataclass(frozen=True)
class Bin:
    """One bar of a histogram: values from ``low`` to below ``high``, the last bar with its upper border."""

    low: float
    high: float
    count: int


@dataclass(frozen=True)
class Waiting:
    """How long results took, in seconds: half of them no longer than ``median``, nineteen in twenty than ``most``."""

    results: int
    median: float
    most: float


@dataclass(frozen=True)
class Work:
    """One student's work on an assignment: uploads, the best share of the tests, and the points that came of it."""

    uploads: int = 0
    share: Fraction = Fraction(0)
    points: Fraction = Fraction(0)
    graded: bool = False


@dataclass(frozen=True)
class Summary:
    """An assignment: how many began, with how many uploads, to which end. Medians are of those who have a result."""

    students: int
    started: int
    uploads: int
    median_uploads: float
    full_marks: float
    median_points: float
    histogram: Sequence[Bin] = field(default_factory=tuple)

    @property
    def not_started(self) -> int:
        return self.students - self.started


def summary(works: Sequence[Work], most: Fraction) -> Summary:
    """One `Work` for each student of the course, also for those who have not begun."""
    started = [work for work in works if work.uploads or work.graded]
    graded = [work for work in started if work.graded]
    points = [float(work.points) for work in graded]  # sorting thousands of fractions takes seconds
    return Summary(
        students=len(works),
        started=len(started),
        uploads=sum(work.uploads for work in works),
        median_uploads=float(median(work.uploads for work in started)) if started else 0.0,
        full_marks=sum(work.share == 1 for work in graded) / len(graded) if graded else 0.0,
        median_points=median(points) if points else 0.0,
        histogram=histogram(points, float(most)),
    )


def by_test(reports: Sequence[Report]) -> list[TestStatistics]:
    """Every test in the order of the suites; one report for each student. A report without tests counts for none."""
    results: dict[str, list[tuple[TestResult, float]]] = {}
    for report in reports:
        total = report.score
        for test in report.tests:
            results.setdefault(test.name, []).append((test, float(total - test.points)))
    return [_test(name, found) for name, found in results.items()]


def discrimination(passed: Sequence[bool], rest: Sequence[float]) -> float | None:
    """Pearson's correlation of passing with the rest; None where one of them is the same for everybody.

    >>> discrimination([True, True, False, False], [3, 3, 1, 1])
    1.0
    """
    if len(set(passed)) < 2 or len(set(rest)) < 2:
        return None
    mean_passed, mean_rest = fmean(passed), fmean(rest)
    together = sum((p - mean_passed) * (r - mean_rest) for p, r in zip(passed, rest, strict=True))
    apart = sum((p - mean_passed) ** 2 for p in passed) * sum((r - mean_rest) ** 2 for r in rest)
    return together / sqrt(apart)


def histogram(values: Sequence[float], most: float, bins: int = BINS) -> tuple[Bin, ...]:
    """How many values lie in each of so many equal parts of 0..``most``."""
    width = most / bins
    counts = Counter(min(bins - 1, max(0, int(value / width))) for value in values)
    return tuple(Bin(place * width, (place + 1) * width, counts[place]) for place in range(bins))


def waiting(seconds: Sequence[float]) -> Waiting | None:
    """How long results took; None where there are none."""
    if not seconds:
        return None
    ordered = sorted(seconds)
    return Waiting(len(ordered), float(median(ordered)), ordered[ceil(0.95 * len(ordered)) - 1])


def _test(name: str, found: Sequence[tuple[TestResult, float]]) -> TestStatistics:
    passed = [test.passed for test, _ in found]
    ran = [test.seconds for test, _ in found if test.verdict not in (Verdict.SKIPPED, Verdict.REFUSED)]
    verdicts = Counter(str(test.verdict) for test, _ in found)
    return TestStatistics(
        name=name,
        title=found[-1][0].title,
        students=len(found),
        passed=sum(passed) / len(passed),
        verdicts=dict(verdicts.most_common()),
        discrimination=discrimination(passed, [rest for _, rest in found]),
        seconds=float(median(ran)) if ran else 0.0,
    )
