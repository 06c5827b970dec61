"""Arrays as arguments: one answer to wrong types, bools and numpy's integers in all checks."""

from __future__ import annotations

import numpy as np
import pytest

from reference.checks.arrays import array, is_symmetric, label_vector, matrix, signs, square, vector, weight_vector

FLOATS = {
    "array": (array, [[1.0, 2.0]]),
    "vector": (vector, [1.0, 2.0]),
    "matrix": (matrix, [[1.0, 2.0]]),
    "square": (square, [[1.0, 2.0], [3.0, 4.0]]),
    "weight_vector": (weight_vector, [1.0, 2.0]),
    "signs": (signs, [1.0, -1.0]),
}
NO_NUMBERS = [None, "1", ["1", "2"], [True, False], np.array([[True]]), [1j], [[1.0], [1.0, 2.0]], [None], {}, object()]


@pytest.mark.parametrize("name", FLOATS)
def test_a_new_float_array_comes_back(name):
    check, good = FLOATS[name]
    for given in (good, tuple(good), np.array(good), np.array(good).astype(np.int8), np.array(good, dtype=np.float32)):
        found = check("X", given)
        assert found.dtype == np.float64
        assert found.tolist() == good
        assert found is not given


@pytest.mark.parametrize("name", FLOATS)
@pytest.mark.parametrize("values", NO_NUMBERS)
def test_what_is_no_array_of_numbers(name, values):
    with pytest.raises(ValueError, match=r"^X must "):
        FLOATS[name][0]("X", values)


@pytest.mark.parametrize("name", FLOATS)
@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
def test_one_value_that_is_not_finite(name, value):
    check, good = FLOATS[name]
    bad = np.array(good)
    bad.flat[-1] = value
    with pytest.raises(ValueError, match=r"^X must be finite$"):
        check("X", bad)


@pytest.mark.parametrize(
    ("check", "values"),
    [
        (lambda v: vector("X", v), [[1.0]]),
        (lambda v: vector("X", v), 1.0),
        (lambda v: vector("X", v, 3), [1.0, 2.0]),
        (lambda v: matrix("X", v), [1.0]),
        (lambda v: matrix("X", v, 3), [[1.0, 2.0]]),
        (lambda v: square("X", v), [[1.0, 2.0]]),
        (lambda v: array("X", v, (1, None, 2)), [[1.0, 2.0]]),
        (lambda v: array("X", v), []),
        (lambda v: matrix("X", v), np.zeros((0, 2))),
        (lambda v: matrix("X", v), np.zeros((2, 0))),
        (lambda v: array("X", v, (None, 2), empty=True), np.zeros((0, 3))),
        (lambda v: weight_vector("X", v), [1.0, -1e-300]),
        (lambda v: weight_vector("X", v, 1), [1.0, 2.0]),
        (lambda v: signs("X", v), [1, 0]),
        (lambda v: signs("X", v, 1), [1, -1]),
    ],
)
def test_other_shapes_and_values(check, values):
    with pytest.raises(ValueError, match=r"^X must "):
        check(values)


def test_what_is_allowed_where_it_is_asked_for():
    assert vector("X", [np.inf, -np.inf], infinite=True).tolist() == [np.inf, -np.inf]
    with pytest.raises(ValueError, match=r"^X must not hold NaN$"):
        vector("X", [np.inf, np.nan], infinite=True)
    assert array("X", np.zeros((0, 2)), (None, 2), empty=True).shape == (0, 2)
    assert array("X", 3).shape == ()


def test_labels_stay_whole_and_are_copied():
    for given in ([3, -1], np.array([3, -1], dtype=np.int8), np.array([3, 1], dtype=np.uint16)):
        found = label_vector("labels", given, 2)
        assert found.dtype.kind in "iu"
        assert found.tolist() == list(given)
        assert not np.shares_memory(found, given)


@pytest.mark.parametrize("values", [*NO_NUMBERS, [0.0, 1.0], [], [[0, 1]], 3, [0, 1, 2], [np.nan, 1]])
def test_what_are_no_labels(values):
    with pytest.raises(ValueError, match=r"^labels must be "):
        label_vector("labels", values, 2)


def test_symmetry_but_for_rounding():
    pair = np.array([[0.0, 0.3], [0.1 + 0.2, 0.0]])
    assert is_symmetric(pair)
    assert is_symmetric(np.stack([pair, 1e9 * pair]))
    assert not is_symmetric(np.array([[0.0, 0.3], [0.3001, 0.0]]))
    assert not is_symmetric(np.stack([pair, np.array([[0.0, 1.0], [2.0, 0.0]])]))
    assert is_symmetric(np.zeros((2, 2)))
