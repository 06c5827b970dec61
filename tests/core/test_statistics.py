"""Statistics of assignments and tests, by hand and against NumPy."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.core.report import Report, TestResult
from grader.core.statistics import Work, by_test, discrimination, histogram, summary, waiting
from grader.core.verdicts import Verdict

F = Fraction


def report(*passed: bool, seconds: float = 0.1) -> Report:
    """Tests a, b, c… worth 2 points each."""
    tests = tuple(
        TestResult(name, Verdict.PASSED if good else Verdict.FAILED, F(2 * good), F(2), seconds, {"en": name.upper()})
        for name, good in zip("abcdef", passed, strict=False)
    )
    return Report("x/y", "hidden", tests, "docker", 1.0)


def test_a_test_is_counted_over_all_students():
    """Of a: passed by 3 of 4. The rest of each: 4, 2, 0 and for the one who fails it 0."""
    found = {t.name: t for t in by_test([report(1, 1, 1), report(1, 1, 0), report(1, 0, 0), report(0, 0, 0)])}
    assert (found["a"].students, found["a"].passed, found["a"].verdicts) == (4, 0.75, {"passed": 3, "failed": 1})
    assert found["a"].title == {"en": "A"}
    # mean of passing 3/4, of the rest 3/2: products 1/4 (5/2) + 1/4 (1/2) - 1/4 (3/2) + 3/4 (3/2) = 3/2;
    # squares 3/4 and 11, so 1.5 / sqrt(8.25) = 0.5222
    assert found["a"].discrimination == pytest.approx(0.5222, abs=1e-4)


def test_the_test_s_own_points_are_not_in_the_total():
    """Two tests that have nothing to do with each other: with the own points it would be 0.707."""
    found = by_test([report(1, 1), report(1, 0), report(0, 1), report(0, 0)])
    assert [t.discrimination for t in found] == [0, 0]
    assert [t.stands_out for t in found] == ["nothing", "nothing"]


def test_what_everybody_or_nobody_passes_stands_out_and_has_no_discrimination():
    found = {t.name: t for t in by_test([report(1, 0, 1), report(1, 0, 0)])}
    assert (found["a"].stands_out, found["a"].discrimination) == ("everybody", None)
    assert (found["b"].stands_out, found["b"].discrimination) == ("nobody", None)
    assert found["c"].discrimination is None  # the rest is the same for everybody
    assert found["c"].stands_out == ""


def test_a_skipped_test_is_not_passed_and_takes_no_time():
    skipped = TestResult("a", Verdict.SKIPPED, F(0), F(2), 0.0)
    ran = TestResult("a", Verdict.PASSED, F(2), F(2), 0.5)
    (found,) = by_test([Report("x/y", "hidden", (one,), "docker", 1.0) for one in (skipped, ran, skipped)])
    assert (found.passed, found.seconds) == (pytest.approx(1 / 3), 0.5)


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 20)), min_size=2, max_size=30))
def test_discrimination_is_numpy_s_correlation(pairs):
    passed, rest = [p for p, _ in pairs], [float(r) for _, r in pairs]
    found = discrimination(passed, rest)
    if len(set(passed)) == 1 or len(set(rest)) == 1:
        assert found is None
    else:
        assert found == pytest.approx(np.corrcoef(passed, rest)[0, 1], abs=1e-9)


@given(st.lists(st.integers(0, 100), max_size=40))
def test_a_histogram_is_numpy_s(values):
    counts, _ = np.histogram(values, bins=10, range=(0, 100))
    found = histogram([float(v) for v in values], 100.0)
    assert [one.count for one in found] == list(counts)
    assert (found[0].low, found[-1].high) == (0, 100)


def test_values_beyond_the_borders_are_in_the_outer_bars():
    assert [one.count for one in histogram([-1.0, 105.0, 100.0], 100.0)] == [1, *[0] * 8, 2]


def test_a_summary_is_of_those_who_began():
    works = [
        Work(),
        Work(uploads=3, share=F(1), points=F(9), graded=True),
        Work(uploads=1, share=F(1, 2), points=F(5), graded=True),
        Work(uploads=2, share=F(1), points=F(10), graded=True),
        Work(uploads=4),  # nothing of it is graded yet
    ]
    found = summary(works, F(10))
    assert (found.students, found.started, found.not_started, found.uploads) == (5, 4, 1, 10)
    assert (found.median_uploads, found.full_marks, found.median_points) == (2.5, pytest.approx(2 / 3), 9)
    assert [one.count for one in found.histogram] == [0, 0, 0, 0, 0, 1, 0, 0, 0, 2]
    nobody = summary([Work(), Work()], F(10))
    assert (nobody.started, nobody.full_marks, nobody.median_points) == (0, 0, 0)


def test_waiting_tells_the_median_and_what_nineteen_in_twenty_do_not_exceed():
    found = waiting([float(n) for n in range(100, 0, -1)])
    assert (found.results, found.median, found.most) == (100, 50.5, 95)
    assert waiting([]) is None
    assert waiting([7.0]).most == 7
