"""Forward selection and backward elimination: by hand, by scikit-learn, by counts of questions."""

import numpy as np
import pytest
from sklearn.base import BaseEstimator
from sklearn.feature_selection import SequentialFeatureSelector

from reference.selection.wrappers.sequential import sbe, sfs

D = 6


def table_of(seed):
    """A score of its own for every subset of D features."""
    scores = np.random.default_rng(seed).random(2**D)
    return lambda subset: float(scores[sum(1 << j for j in subset)])


class Asks(BaseEstimator):
    """Looks at the first row of X alone, which holds the features' own numbers."""

    def __init__(self, score=None):
        self.score_of = score

    def get_params(self, deep=True):
        return {"score": self.score_of}

    def fit(self, X, y=None):
        return self

    def score(self, X, y=None):
        return self.score_of(tuple(int(j) for j in X[0]))


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("k", [1, 3, 5])
def test_sklearn(seed, k):
    X, y, everything = np.tile(np.arange(D), (4, 1)), np.zeros(4), [(np.arange(4), np.arange(4))]
    for direction, found in (("forward", sfs(table_of(seed), D, k)), ("backward", sbe(table_of(seed), D, k))):
        selector = SequentialFeatureSelector(
            Asks(table_of(seed)), n_features_to_select=k, direction=direction, cv=everything
        ).fit(X, y)
        kept = found if direction == "forward" else set(range(D)) - set(found)
        assert sorted(kept) == np.flatnonzero(selector.get_support()).tolist()


def test_by_hand():
    value = {(0,): 2, (1,): 3, (2,): 1, (0, 1): 3, (1, 2): 5, (0, 2): 9}
    assert sfs(lambda subset: value[subset], 3, 2) == [1, 2]
    assert sbe(lambda subset: value[subset], 3, 1) == [1, 2]
    assert sbe(lambda subset: value[subset], 3, 3) == []


def test_ties_and_falling_scores():
    assert sfs(lambda subset: -len(subset), 4, 4) == [0, 1, 2, 3]
    assert sbe(lambda subset: len(subset), 4, 1) == [0, 1, 2]


@pytest.mark.parametrize(
    ("function", "k", "sizes"), [(sfs, 3, [6, 5, 4]), (sbe, 3, [6, 5, 4]), (sfs, 6, [6, 5, 4, 3, 2, 1])]
)
def test_questions(function, k, sizes):
    asked = []

    def score(subset):
        asked.append(subset)
        return table_of(1)(subset)

    function(score, D, k)
    assert len(asked) == len(set(asked)) == sum(sizes)
    assert all(subset and list(subset) == sorted(set(subset)) for subset in asked)


@pytest.mark.parametrize("function", [sfs, sbe])
@pytest.mark.parametrize(("d", "k", "name"), [(0, 1, "d"), (3, 0, "k"), (3, 4, "k"), (3, 1.5, "k")])
def test_errors(function, d, k, name):
    with pytest.raises(ValueError, match=f"^{name} must"):
        function(len, d, k)
