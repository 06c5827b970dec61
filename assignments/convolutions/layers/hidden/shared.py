"""What the suites of the layers share: comparisons with room for another order of sums, and derivatives by name."""

import numpy as np

from grader.testing import assert_close

DERIVATIVES = ("dX", "dK", "db")


def near(result, expected, what, rtol=1e-9):
    """Like ``expected``, but for the rounding that another order of the same sums gives."""
    assert_close(result, expected, rtol=rtol, atol=1e-10, what=what)


def derivative(result, name):
    """One of the three arrays that ``conv_grad`` returns."""
    assert isinstance(result, tuple | list), "conv_grad must return a tuple of three arrays (dX, dK, db)"
    assert len(result) == 3, "conv_grad must return three arrays (dX, dK, db)"
    return result[DERIVATIVES.index(name)]


def different(rng, *shape):
    """An array in which no two numbers are equal or nearly so, in a random order, half of them negative."""
    size = int(np.prod(shape))
    return (rng.permutation(size).reshape(shape) - size // 2) / 8 + 1 / 16
