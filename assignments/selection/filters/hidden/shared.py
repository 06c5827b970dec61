"""What the suites share: data with a known relation, categories whose table has no empty cell, comparisons."""

import numpy as np

from grader.testing import assert_array, assert_close, assert_equal


def near(found, expected, what, rtol=1e-8):
    assert_close(found, expected, rtol=rtol, atol=1e-9, what=what)


def related(rng, n, d):
    """Columns (n, d) of any units, each with a part of the target (n,) in it, some with a minus."""
    y = rng.normal(size=n) * 2 + 1
    strength = rng.uniform(-1.5, 1.5, size=d)
    X = (y[:, None] * strength + rng.normal(size=(n, d))) * 10 ** rng.uniform(-2, 2, size=d) + rng.normal(size=d)
    return X, y


def grouped(rng, n, k):
    """A feature (n,) that differs among k classes, and the classes (n,), each of two objects or more, in any order."""
    c = rng.permutation(np.concatenate([np.repeat(np.arange(k), 2), rng.integers(k, size=n - 2 * k)]))
    return rng.normal(size=n) * (1 + c) + 2 * c, c


def dense(rng, n, values, classes):
    """Two related categories (n,); every pair of a value and a class occurs."""
    a, c = (part.ravel() for part in np.meshgrid(np.arange(values), np.arange(classes)))
    more = rng.integers(values, size=n - len(a))
    kinds = np.where(rng.random(len(more)) < 0.6, more % classes, rng.integers(classes, size=len(more)))
    order = rng.permutation(n)
    return np.concatenate([a, more])[order], np.concatenate([c, kinds])[order]


def indices(found, what):
    """Indices as a list, once they are known to be an array of whole numbers (n,); an empty one has no kind."""
    assert_array(found, shape=(None,), kind="int" if np.size(found) else "real", what=what)
    return found.tolist()


def same_indices(found, expected, what):
    assert_equal(indices(found, what), expected.tolist(), what=what)


def spread_out(rng, d):
    """d different whole numbers, large and small ones far apart."""
    return rng.permutation(np.cumsum(rng.integers(1, 40, size=d) ** 2))
