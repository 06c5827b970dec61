"""What the suites share: mixed features, planted categories, lists of indices."""

import numpy as np

from grader.testing import assert_close


def near(found, expected, what):
    assert_close(found, expected, rtol=1e-8, atol=1e-9, what=what)


def indices(found, what):
    """Indices as a list of ints: a list, a tuple or an array of whole numbers is welcome."""
    assert isinstance(found, list | tuple | np.ndarray), f"{what} must be a list, not {type(found).__name__}"
    found = found.tolist() if isinstance(found, np.ndarray) else found
    assert all(isinstance(one, int | np.integer) for one in found), f"{what} must hold indices, whole numbers"
    return [int(one) for one in found]


def mixed(rng, n, d, parts):
    """Features (n, d) mixed of a few common parts, so that they correlate, and a target of the same parts."""
    Z = rng.normal(size=(n, parts))
    return Z @ rng.normal(size=(parts, d)) + 0.3 * rng.normal(size=(n, d)), Z @ rng.normal(size=parts)


def codes(rng, n, d, values=3):
    """Categories (n, d) that depend on one another more or less."""
    base = rng.integers(values, size=n)
    keep = rng.random((n, d)) < rng.uniform(0.2, 0.9, size=d)
    return np.where(keep, base[:, None], rng.integers(values, size=(n, d)))


def flipped(rng, values, share):
    """The bits ``values``, each turned with probability ``share``."""
    return np.where(rng.random(len(values)) < share, 1 - values, values)
