"""What the suites share: clusterings to judge, and what is promised of every index."""

import numpy as np
import pytest

from grader.testing import assert_close, assert_refused, title
from grader.testing.inputs import FAR, TINY, on_a_grid

SHAPES = ((45, 2, 3), (40, 5, 4), (30, 1, 2))  # objects, features, clusters

ONE_EACH = (np.array([[0.0, 0.0], [3.0, 4.0], [6.0, 0.0]]), np.array([0, 1, 2]))
TWINS = (np.array([[1.0, 1.0], [1.0, 1.0], [4.0, 5.0], [4.0, 5.0]]), np.array([0, 0, 1, 1]))
CONCENTRIC = (np.array([[-1.0], [1.0], [-2.0], [2.0]]), np.array([0, 0, 1, 1]))
ALL_EQUAL = (np.full((4, 2), 3.0), np.array([0, 0, 1, 1]))


def sample(rng, n, m, k):
    """Overlapping clusters of different sizes and spreads in a random order, none of one object."""
    shares = 1.0 / np.arange(1, k + 1)
    own = np.concatenate([np.arange(k), np.arange(k), rng.choice(k, size=n - 2 * k, p=shares / shares.sum())])
    X = 1.5 * rng.normal(size=(k, m))[own] + rng.uniform(0.4, 1.2, size=k)[own, None] * rng.normal(size=(n, m))
    order = rng.permutation(n)
    return X[order], own[order]


def samples(rng):
    return [sample(rng, *shape) for shape in SHAPES]


def mixed(rng):
    """Three objects, two equal ones, and one alone; a feature is constant."""
    X = np.array([[0, 0, 5], [2, 1, 5], [1, 5, 5], [4, 4, 5], [4, 4, 5], [9, 0, 5]], dtype=float)
    order = rng.permutation(6)
    return X[order] + rng.integers(-9, 10), np.array([0, 0, 0, 1, 1, 2])[order]


def agree(function, reference, inputs):
    for arguments in inputs:
        assert_close(function(*arguments), reference(*arguments), rtol=1e-8, atol=1e-10, what="index")


def each(indices, en, ru):
    """A case for every index, called by its name."""
    titles = ((index, index.__name__.removeprefix("mean_")) for index in indices)
    return [pytest.param(index, id=name, marks=title(en=f"{name}: {en}", ru=f"{name}: {ru}")) for index, name in titles]


def agree_however_told(function, reference, rng, *, unit=TINY):
    """The order of objects, the names of clusters and the origin tell an index nothing; a unit may make all small."""
    X, own = sample(rng, 35, 2, 3)
    X = on_a_grid(X)
    names = rng.choice(np.arange(-50, 50), size=3, replace=False)
    order, expected = rng.permutation(len(X)), reference(X, own)
    renamed = function(X[order], names[own[order]])
    assert_close(renamed, expected, rtol=1e-8, atol=1e-10, what="index of the same clusters in another order")
    shifted = function(X + FAR, own)
    assert_close(shifted, expected, rtol=1e-6, atol=1e-8, what="index of the same clusters far from zero")
    small = function(unit * X, own)
    assert_close(small, reference(unit * X, own), rtol=1e-8, what="index of the same clusters, scaled")


def whole(rng):
    """Objects with whole numbers for coordinates, in an array of ints."""
    own = rng.permutation(np.arange(20) % 3)
    return rng.integers(-9, 10, size=(20, 2)) + 6 * own[:, None], own


def undefined(function, *cases):
    for arguments in cases:
        assert_refused("labels", function, *arguments)
