"""Pairwise distances and conditional variances by hand, by brute force, and what holds between them."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from scipy.spatial.distance import pdist

from reference.selection.filters.spread import conditional_variance, pairwise


def test_by_hand():
    assert pairwise([0, 1, 5], [0, 0, 1]) == pytest.approx((1.0, 4.5))
    assert pairwise([0, 4, 1, 1], [3, 3, -2, -2]) == pytest.approx((2.0, 2.0))
    assert conditional_variance([0, 1, 5], [0, 0, 1]) == pytest.approx(1 / 6)


@pytest.mark.parametrize("seed", range(4))
def test_as_all_pairs(seed):
    rng = np.random.default_rng(seed)
    x, c = rng.normal(size=30) + 1e6, rng.choice([-5, 2, 40], size=30)
    same = np.array([c[i] == c[j] for i, j in combinations(range(30), 2)])
    distances = pdist(x[:, None])
    assert pairwise(x, c) == pytest.approx((distances[same].mean(), distances[~same].mean()), rel=1e-9)


@pytest.mark.parametrize("seed", range(4))
def test_variances_add_up(seed):
    """The variance is the mean one within the classes and that of the classes' means."""
    rng = np.random.default_rng(seed)
    x, c = rng.normal(size=40), rng.integers(5, size=40)
    means = np.array([x[c == label].mean() for label in c])
    assert conditional_variance(x, c) + means.var() == pytest.approx(x.var(), rel=1e-12)
    assert conditional_variance(x, np.zeros(40, dtype=int)) == pytest.approx(x.var(), rel=1e-12)
    assert conditional_variance(x, np.arange(40)) == 0.0


def test_as_sklearns_trees():
    """A stump's impurity after the split is the conditional variance given the side."""
    from sklearn.tree import DecisionTreeRegressor

    rng = np.random.default_rng(8)
    side, x = rng.integers(2, size=50), rng.normal(size=50)
    tree = DecisionTreeRegressor(max_depth=1).fit(side[:, None], x).tree_
    after = (tree.impurity[1:] * tree.weighted_n_node_samples[1:]).sum() / 50
    assert conditional_variance(x, side) == pytest.approx(after, rel=1e-9)


@pytest.mark.parametrize(
    ("name", "x", "c"),
    [("x", [], []), ("x", [np.nan, 1.0], [0, 0]), ("c", [1.0, 2.0], [0]), ("c", [1.0, 2.0], [0.5, 1])],
)
def test_errors(name, x, c):
    for measure in (pairwise, conditional_variance):
        with pytest.raises(ValueError, match=rf"^{name} must"):
            measure(x, c)


def test_no_pairs():
    for c in ([0, 0], [0, 1]):
        with pytest.raises(ValueError, match=r"^c must"):
            pairwise([1.0, 2.0], c)
