"""What the suites of the layers share: comparisons with room for another order of sums, and derivatives by name."""

import numpy as np

from grader.testing import assert_close

DERIVATIVES = ("dX", "dK", "db")


def near(result, expected, what):
    """Like ``expected``, even in single precision; what is compared is of the order of 1."""
    assert_close(result, expected, rtol=1e-5, atol=1e-4, what=what)


def exactly(result, expected, what):
    """Like ``expected``, but for the rounding that another order of the same sums gives in double precision."""
    assert_close(result, expected, rtol=1e-9, atol=1e-10, what=what)


def derivative(result, name):
    """One of the three arrays that ``conv_grad`` returns."""
    assert isinstance(result, tuple | list), "conv_grad must return a tuple of three arrays (dX, dK, db)"
    assert len(result) == 3, "conv_grad must return three arrays (dX, dK, db)"
    return result[DERIVATIVES.index(name)]


def different(rng, *shape):
    """An array in which no two numbers are equal or nearly so, in a random order, half of them negative."""
    size = int(np.prod(shape))
    return (rng.permutation(size).reshape(shape) - size // 2) / 8 + 1 / 16
