"""Measures of two categories by hand, against scikit-learn and scipy, and their bounds."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import chi2_contingency
from sklearn.metrics import mutual_info_score
from sklearn.metrics.cluster import contingency_matrix
from sklearn.tree import DecisionTreeClassifier

from reference.selection.filters.categories import chi2, gini_gain, info_gain

MEASURES = (info_gain, gini_gain, chi2)


def test_by_hand():
    a, c = [0, 0, 1, 1], [5, 5, 7, 7]
    assert [measure(a, c) for measure in MEASURES] == [1.0, 0.5, 4.0]
    assert [measure(a, [5, 7, 5, 7]) for measure in MEASURES] == [0.0, 0.0, 0.0]
    assert gini_gain([0, 0, 1, 1], [1, 1, 1, 0]) == pytest.approx(3 / 8 - 1 / 4)
    assert info_gain([0, 0, 1, 1], [1, 1, 1, 0]) == pytest.approx(2 - 0.75 * np.log2(3) - 0.5)
    assert chi2([0, 0, 1, 1], [1, 1, 1, 0]) == pytest.approx(2 * 0.25 / 1.5 + 2 * 0.25 / 0.5)


@pytest.mark.parametrize("seed", range(4))
def test_as_others(seed):
    rng = np.random.default_rng(seed)
    a, c = rng.integers(4, size=30), rng.choice([-3, 5, 1000], size=30)
    assert info_gain(a, c) == pytest.approx(mutual_info_score(a, c) / np.log(2), rel=1e-9)
    assert info_gain(a, c) == pytest.approx(info_gain(c, a), rel=1e-9)
    expected = chi2_contingency(contingency_matrix(a, c), correction=False).statistic
    assert chi2(a, c) == pytest.approx(expected, rel=1e-9)


@pytest.mark.parametrize(("measure", "criterion"), [(gini_gain, "gini"), (info_gain, "entropy")])
def test_as_a_stump(measure, criterion):
    """With two values the gain is what a tree of one split gains."""
    rng = np.random.default_rng(4)
    a, c = rng.integers(2, size=50), rng.integers(3, size=50)
    tree = DecisionTreeClassifier(criterion=criterion, max_depth=1).fit(a[:, None], c).tree_
    after = (tree.impurity[1:] * tree.weighted_n_node_samples[1:]).sum() / 50
    assert measure(a, c) == pytest.approx(tree.impurity[0] - after, rel=1e-9)


def test_bounds():
    """A feature of unique values gains all there is; a constant one, or one class, gains nothing."""
    c = np.arange(12) % 3
    assert [measure(np.arange(12), c) for measure in MEASURES] == pytest.approx([np.log2(3), 2 / 3, 24.0])
    for measure in MEASURES:
        assert measure(np.zeros(12, dtype=int), c) == measure(c, np.zeros(12, dtype=int)) == measure([1], [1]) == 0.0


@pytest.mark.parametrize("measure", MEASURES)
def test_errors(measure):
    for name, a, c in (("a", [], []), ("a", [[1]], [1]), ("a", [0.5], [1]), ("c", [1, 2], [1])):
        with pytest.raises(ValueError, match=rf"^{name} must"):
            measure(a, c)
