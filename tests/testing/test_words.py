"""A comparison speaks Russian at a Russian terminal, and English everywhere else."""

from __future__ import annotations

import re

import numpy as np
import pytest

from grader.testing.comparison import assert_array, assert_close, assert_equal, assert_same_partition
from grader.testing.words import speaking

CASES = [
    (
        lambda: assert_close(np.ones(3), np.array([1.0, 2, 3])),
        "различаются 2 из 3; первое — на месте (1,): 1.0 вместо 2.0",
    ),
    (lambda: assert_close(np.ones(2), np.ones(3)), "ожидалось: форма (3,); получено: форма (2,)"),
    (lambda: assert_close([1, 2], np.ones(2)), "ожидалось: массив; получено: объект типа list"),
    (lambda: assert_close(None, 1.0), "ожидалось: число; получено: NoneType None"),
    (lambda: assert_close(np.array([np.nan]), np.ones(1)), "ожидалось: конечные числа; получено: другие"),
    (lambda: assert_close({"x": 1}, {"y": 1}), "ожидалось: ключи"),
    (lambda: assert_equal([1], [1, 2]), "ожидалось: элементов: 2; получено: 1"),
    (
        lambda: assert_equal(np.array([1]), np.array([1.5])),
        "ожидалось: значения вида float; получено: значения вида int (int64)",
    ),
    (
        lambda: assert_array(np.array(["a"]), kind="real"),
        "ожидалось: массив чисел вида real; получено: массив вида text",
    ),
    (lambda: assert_array(np.ones((2, 3)), shape=(None, 2)), "ожидалось: форма (любое, 2); получено: форма (2, 3)"),
    (lambda: assert_same_partition(np.array([0, 0]), [0, 1]), "ожидалось: те же группы"),
]


@pytest.mark.parametrize(("compare", "told"), CASES)
def test_what_differs_is_told_in_russian_and_nothing_of_it_in_english(compare, told):
    with speaking("ru"), pytest.raises(AssertionError) as caught:
        compare()
    assert told in str(caught.value)
    assert not re.search(
        r"\b(expected|got|shape|values|of|instead|the|an?)\b", str(caught.value).removeprefix("result")
    )
    with pytest.raises(AssertionError, match="expected"):
        compare()
