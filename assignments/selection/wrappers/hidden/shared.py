"""What several files of the suite of wrappers share: scores that keep a book, results that are looked at first."""

from collections import defaultdict
from functools import partial

import numpy as np

from grader.testing import assert_array, assert_close, assert_equal


class Score:
    """A score of subsets as a callback: what it was asked, in order. One question over ``budget`` fails the test."""

    def __init__(self, function, d, budget=None):
        self.function, self.d, self.budget = function, d, budget
        self.asked, self.given = [], []

    def __call__(self, subset):
        assert isinstance(subset, tuple), "score must be given a tuple"
        assert all(isinstance(j, int | np.integer) and not isinstance(j, bool) for j in subset), "an index is no int"
        subset = tuple(int(j) for j in subset)
        assert subset, "score was asked for the empty subset"
        assert all(0 <= j < self.d for j in subset), "an index is not from 0 to d - 1"
        assert list(subset) == sorted(set(subset)), f"the indices {subset} do not ascend"
        assert len(self.asked) != self.budget, f"score was asked more than {self.budget} times"
        self.asked.append(subset)
        self.given.append(float(self.function(subset)))
        return self.given[-1]


def scripted(values):
    """A score that gives these values one after the other, whatever the subset is."""
    values = iter(values)
    return lambda _: next(values)


def in_order(values, rest):
    """A score that gives these values to the masks in the order in which they first come, ``rest`` to all others."""
    known = defaultdict(partial(next, iter(values), rest))
    return known.__getitem__


def table(rng, d):
    """A random score of its own for every subset of d features."""
    scores = rng.random(2**d) - 0.5
    return lambda subset: scores[sum(1 << j for j in subset)]


def exclusive_or(first, second):
    """Two features that are of use together alone; every feature costs a little."""
    return lambda subset: float(first in subset and second in subset) - 0.03 * len(subset)


def masks(asked, d):
    """The subsets as rows of bools (n, d)."""
    return np.array([np.isin(np.arange(d), subset) for subset in asked])


def found(answer, d, length, what):
    """The answer ``(mask, value, history)``, once its parts are known to be what they must be."""
    assert isinstance(answer, tuple | list), f"{what} returns (mask, value, history)"
    assert len(answer) == 3, f"{what} returns (mask, value, history)"
    mask, value, history = answer
    assert isinstance(mask, np.ndarray), "the mask must be an array"
    assert_equal((mask.dtype.kind, mask.shape), ("b", (d,)), what="kind and shape of the mask")
    assert isinstance(value, int | float | np.floating), "the value must be a number"
    return mask, float(value), assert_array(np.asarray(history, dtype=float), shape=(length,), what="history")


def check_answer(mask, value, expected, expected_value):
    """The mask is that of this subset, and the value that of its score."""
    assert_equal(tuple(np.flatnonzero(mask).tolist()), expected, what="the subset that is returned")
    assert_close(value, expected_value, rtol=1e-12, atol=1e-12, what="its value")
