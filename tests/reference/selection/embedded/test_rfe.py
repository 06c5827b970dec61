"""SVM-RFE by hand, against scikit-learn's RFE, and properties."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.feature_selection import RFE
from sklearn.svm import LinearSVC

from reference.selection.embedded.rfe import svm_rfe


def task(seed, n=60, d=7):
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(n, d))
    y = np.where(X @ (0.6 ** np.arange(d)) + 0.3 * rng.normal(size=n) > 0, 1, -1)
    return X, y


def test_by_hand():
    X = np.array([[3.0, 0.0, 0.0], [1.0, 0.0, 0.0], [-1.0, 0.0, 0.0], [-3.0, 0.0, 0.0]])
    y = np.array([1, 1, -1, -1])
    kept, ranks = svm_rfe(X, y, 1)  # columns of zeros: the higher index goes first
    assert (kept.tolist(), ranks.tolist()) == ([0], [1, 2, 3])
    kept, ranks = svm_rfe(X, y, 1, step=5)
    assert (kept.tolist(), ranks.tolist()) == ([0], [1, 2, 2])
    kept, ranks = svm_rfe(X, y, 3)
    assert (kept.tolist(), ranks.tolist()) == ([0, 1, 2], [1, 1, 1])


@pytest.mark.parametrize(("seed", "k", "step"), [(0, 1, 1), (1, 3, 1), (2, 2, 2), (3, 1, 4), (4, 3, 3), (5, 1, 9)])
def test_as_scikit_learn(seed, k, step):
    X, y = task(seed)
    svm = LinearSVC(C=0.7, dual=False, tol=1e-10, intercept_scaling=1e3)
    expected = RFE(svm, n_features_to_select=k, step=step).fit(X, y)
    kept, ranks = svm_rfe(X, y, k, step, 0.7)
    assert kept.tolist() == np.flatnonzero(expected.support_).tolist()
    assert ranks.tolist() == expected.ranking_.tolist()


@pytest.mark.parametrize("step", [1, 2, 3, 7])
def test_ranks(step):
    X, y = task(0)
    for k in range(1, 8):
        kept, ranks = svm_rfe(X, y, k, step)
        assert np.flatnonzero(ranks == 1).tolist() == kept.tolist()
        counts = np.bincount(ranks)[1:].tolist()
        assert counts[0] == k
        assert all(count == step for count in counts[2:])
        assert sum(counts) == 7


def test_trained_anew_it_keeps_one_of_several_copies():
    rng = np.random.default_rng(3)
    cause, other = rng.normal(size=(2, 200))
    y = np.where(2 * cause + other > 0, 1, -1)
    copies = cause[:, None] + 0.05 * rng.normal(size=(200, 4))
    kept, _ = svm_rfe(np.column_stack([copies, other]), y, 2)
    assert kept[0] < 4
    assert kept[1] == 4


@pytest.mark.parametrize(("name", "k", "step"), [("k", 0, 1), ("k", 8, 1), ("step", 1, 0)])
def test_errors(name, k, step):
    X, y = task(0)
    with pytest.raises(ValueError, match=rf"^{name} must"):
        svm_rfe(X, y, k, step)


def test_errors_of_the_svm():
    X, y = task(0)
    for name, arguments in (("X", (X[0], y, 1)), ("y", (X, y[1:], 7)), ("y", (X, y * 0, 7)), ("C", (X, y, 7, 1, -1.0))):
        with pytest.raises(ValueError, match=rf"^{name} must"):
            svm_rfe(*arguments)
