"""The count of what a result can tell agrees with results written out one by one."""

from __future__ import annotations

import itertools
import math

import pytest

from grader.core.exceptions import TOLD
from tests.hostile.bits import PLAIN, hidden_tests, told


@pytest.mark.parametrize(("tests", "tenths", "lines"), [(1, 0, 0), (1, 3, 2), (2, 2, 1), (3, 1, 0)])
def test_all_results_of_small_suites_are_counted(tests: int, tenths: int, lines: int):
    missed = [*PLAIN, *itertools.product(TOLD, [None, *range(lines)])]
    passed = list(range(tenths + tests))
    count = 0
    for result in itertools.product([*passed, *missed], repeat=tests):
        times = [one for one in result if isinstance(one, int)]
        count += sum(times) <= tenths + len(times) // 2
    assert told(tests, tenths / 10, lines).upload == pytest.approx(math.log2(count))
    assert told(tests, tenths / 10, lines).test == pytest.approx(math.log2(len(missed)))


def test_every_assignment_has_tests_to_count():
    assert len(hidden_tests()) >= 10
    assert all(tests > 3 and seconds > 0 for tests, seconds in hidden_tests().values())
