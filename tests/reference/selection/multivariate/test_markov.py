"""Blankets and divergences by hand, against scipy and scikit-learn, planted redundancy."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from scipy.stats import entropy
from sklearn.metrics import mutual_info_score

from reference.selection.multivariate.markov import blanket, expected_kl, markov_filter

X = np.array([[0, 0, 0], [0, 1, 0], [1, 0, 1], [1, 1, 1]])
CLASSES = np.array([0, 0, 1, 1])


def test_by_hand():
    assert blanket(X, 0, [0, 1, 2], 1) == [2]
    assert blanket(X, 0, [1, 2], 5) == [2, 1]
    assert blanket(X, 0, [0], 1) == blanket(X, 2, [], 1) == []
    assert expected_kl(X, CLASSES, 0, [2]) == 0.0
    assert expected_kl(X, CLASSES, 0, [1]) == pytest.approx(np.log(2))
    assert expected_kl(X, [0, 1, 1, 0], 0, []) == 0.0  # exclusive or
    assert expected_kl(X, [0, 1, 1, 0], 0, [1]) == pytest.approx(np.log(2))
    assert markov_filter(X, CLASSES, 1, 1) == [0, 1]
    assert markov_filter(X, CLASSES, 3, 1) == []


@pytest.mark.parametrize("seed", range(4))
def test_as_its_definition(seed):
    """The sum over all combinations, with scipy's divergence."""
    rng = np.random.default_rng(seed)
    table = rng.integers(3, size=(40, 4))
    y = (table[:, 0] + rng.integers(2, size=40)) % 3
    total = 0.0
    for m, n, x in product(range(3), repeat=3):
        around = (table[:, 1] == m) & (table[:, 3] == n)
        own = around & (table[:, 0] == x)
        if own.any():
            p, q = (np.bincount(y[part], minlength=3) / part.sum() for part in (own, around))
            total += own.mean() * entropy(p, q)
    assert expected_kl(table, y, 0, [3, 1]) == pytest.approx(total, rel=1e-10)
    assert expected_kl(table, y, 0, []) == pytest.approx(mutual_info_score(table[:, 0], y), rel=1e-10)
    assert expected_kl(7 * table - 3, 5 - 100 * y, 0, [1]) == pytest.approx(expected_kl(table, y, 0, [1]), rel=1e-12)


@pytest.mark.parametrize("seed", range(4))
def test_chain_rule(seed):
    """I(f, g; c) is what f tells alone and what g tells once f is known, in either order."""
    rng = np.random.default_rng(seed)
    table, y = rng.integers(3, size=(50, 2)), rng.integers(2, size=50)
    both = expected_kl(table, y, 0, []) + expected_kl(table, y, 1, [0])
    assert both == pytest.approx(expected_kl(table, y, 1, []) + expected_kl(table, y, 0, [1]), rel=1e-9)
    assert both == pytest.approx(mutual_info_score(3 * table[:, 0] + table[:, 1], y), rel=1e-9)


@pytest.mark.parametrize("seed", range(5))
def test_copies_and_noise_go(seed):
    rng = np.random.default_rng(seed)
    a, b, noise = rng.integers(2, size=(3, 400))
    slips = rng.random(400) < 0.05
    table = np.column_stack([noise, a, np.where(slips, 1 - a, a), b, -2 * b])
    removed = markov_filter(table, 2 * a + b, 2, 2)
    assert sorted(removed) == [0, 2, 3]  # of exact copies the lower index goes


def test_ties_and_constants():
    table = np.column_stack([np.full(4, 7), X[:, 0], -X[:, 0], X[:, 0]])
    assert blanket(table, 3, [2, 1, 0], 3) == [1, 2, 0]
    assert markov_filter(table, CLASSES, 1, 1) == [0, 1, 2]


@pytest.mark.parametrize(
    ("name", "call"),
    [
        ("X", lambda: blanket([1], 0, [0], 1)),
        ("X", lambda: blanket([[0.5]], 0, [0], 1)),
        ("f", lambda: blanket(X, 3, [0], 1)),
        ("active", lambda: blanket(X, 0, [1, 3], 1)),
        ("active", lambda: blanket(X, 0, [1, 1], 1)),
        ("size", lambda: blanket(X, 0, [1], 0)),
        ("y", lambda: expected_kl(X, [1], 0, [1])),
        ("blanket", lambda: expected_kl(X, CLASSES, 0, [0, 1])),
        ("blanket", lambda: expected_kl(X, CLASSES, 0, [-1])),
        ("keep", lambda: markov_filter(X, CLASSES, 0, 1)),
        ("size", lambda: markov_filter(X, CLASSES, 1, 0)),
    ],
)
def test_errors(name, call):
    with pytest.raises(ValueError, match=rf"^{name} must"):
        call()
