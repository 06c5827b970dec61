"""Merits by hand and as a correlation of sums, the search against all subsets, planted features."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from scipy.stats import pearsonr

from reference.selection.multivariate.cfs import absolute_correlations, cfs, merit


def mixed(seed, n=12, d=7, parts=3):
    rng = np.random.default_rng(seed)
    Z = rng.normal(size=(n, parts))
    return Z @ rng.normal(size=(parts, d)) + 0.3 * rng.normal(size=(n, d)), Z @ rng.normal(size=parts)


def test_by_hand():
    assert merit([0.7], [[3.0]]) == 0.7
    assert merit([0.6, 0.2], [[1.0, 0.5], [0.5, 1.0]]) == pytest.approx(0.8 / np.sqrt(3))
    assert merit([0.5] * 4, np.ones((4, 4))) == pytest.approx(0.5)
    assert cfs([[0, 0, 1], [1, 2, 1], [2, 4, 0], [3, 6, 1]], [0, 1, 2, 3]) == [0]


@pytest.mark.parametrize("seed", range(3))
def test_as_the_correlation_of_a_sum(seed):
    """Of standardised features whose correlations are all positive it is the correlation of their sum with y."""
    rng = np.random.default_rng(seed)
    y = rng.normal(size=200)
    X = y[:, None] + rng.normal(size=(200, 4))
    Z = (X - X.mean(axis=0)) / X.std(axis=0)
    r = absolute_correlations(np.column_stack([X, y]))
    np.testing.assert_allclose(r, np.abs(np.corrcoef(np.column_stack([X, y]).T)), rtol=1e-12)
    assert merit(r[:4, 4], r[:4, :4]) == pytest.approx(pearsonr(Z.sum(axis=1), y).statistic, rel=1e-10)


@pytest.mark.parametrize("seed", range(6))
def test_the_best_of_all_subsets(seed):
    X, y = mixed(seed, d=6)
    r = absolute_correlations(np.column_stack([X, y]))
    sets = [s for k in range(1, 7) for s in combinations(range(6), k)]
    values = [round(merit(r[list(s), 6], r[np.ix_(s, s)]), 9) for s in sets]
    best = sets[int(np.argmax(values))]  # the first of equal ones, which is the smaller
    assert cfs(X, y, 64) == list(best)
    found = [values[sets.index(tuple(cfs(X, y, patience)))] for patience in (1, 2, 5, 64)]
    assert found == sorted(found)  # more patience never hurts


def test_going_back_pays_somewhere():
    pairs = [(cfs(*mixed(seed), 1), cfs(*mixed(seed))) for seed in range(40)]
    assert sum(impatient != patient for impatient, patient in pairs) >= 2


def test_planted():
    rng = np.random.default_rng(1)
    Z = rng.normal(size=(500, 2))
    X = np.column_stack([rng.normal(size=500), Z[:, 0], -3 * Z[:, 0], Z[:, 1], rng.normal(size=500), Z[:, 1] * 2 + 1])
    assert cfs(X, Z @ [1.0, -1.0]) == [1, 3]


def test_edges():
    X, y = mixed(0)
    X[:, 0] = 0.1
    assert 0 not in cfs(X, y)
    assert cfs(X, np.full(12, 0.1)) == cfs(X[:, :1], y) == cfs(X[:, 1:2], y) == [0]


@pytest.mark.parametrize(
    ("name", "call"),
    [
        ("r_fc", lambda: merit([], [])),
        ("r_fc", lambda: merit([-0.1], [[1.0]])),
        ("r_ff", lambda: merit([0.1], [[1.0, 0.0]])),
        ("r_ff", lambda: merit([0.1], [[-1.0]])),
        ("X", lambda: cfs([1.0], [1.0])),
        ("y", lambda: cfs([[1.0]], [np.nan])),
        ("patience", lambda: cfs([[1.0]], [1.0], 0)),
    ],
)
def test_errors(name, call):
    with pytest.raises(ValueError, match=rf"^{name} must"):
        call()
