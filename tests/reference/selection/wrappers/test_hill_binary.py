"""Hill climbing over subsets: by hand, by enumeration, by the law of the steps."""

from itertools import combinations, pairwise

import numpy as np
import pytest
from scipy.stats import chisquare

from reference.selection.wrappers.hill_binary import hill_binary

WEIGHTS = np.array([0.5, -1.0, 2.0, -0.25, 0.1, -3.0, 0.7, -0.01])


def additive(subset):
    return float(WEIGHTS[list(subset)].sum())


def asked_by(score, start, budget, seed=0):
    asked = []

    def noted(subset):
        asked.append(subset)
        return score(subset)

    return asked, hill_binary(noted, start, budget, np.random.default_rng(seed))


def test_by_hand():
    assert hill_binary(len, [True, False], 1, np.random.default_rng(0))[1:] == (1.0, [1.0])
    asked, (mask, value, history) = asked_by(lambda subset: 1.0 if subset == (0, 1) else 0.0, [True, False], 2)
    assert asked == [(0,), (0, 1)]
    assert (mask.tolist(), value, history) == ([True, True], 1.0, [0.0, 1.0])


def test_enumeration():
    best = max((subset for k in range(1, 9) for subset in combinations(range(8), k)), key=additive)
    for seed in range(20):
        mask, value, history = hill_binary(additive, np.ones(8, dtype=bool), 300, np.random.default_rng(seed))
        assert tuple(np.flatnonzero(mask)) == best
        assert value == additive(best) == history[-1]
        assert all(np.diff(history) >= 0)


def test_law_of_the_steps():
    asked, _ = asked_by(lambda subset: 0.0, [True, False, False], 6000)
    flips, only = np.zeros(3), 0
    for before, after in pairwise(asked):
        assert len(set(before) ^ set(after)) == 1
        if len(before) > 1:
            flips[(set(before) ^ set(after)).pop()] += 1
        only += len(before) == 1
    assert min(map(len, asked)) == 1
    assert chisquare(flips).pvalue > 1e-6
    assert only > 1000


@pytest.mark.parametrize(
    ("start", "budget", "name"),
    [
        ([False, False], 3, "start"),
        ([True], 3, "start"),
        ([[True, True]], 3, "start"),
        ([1, 0], 3, "start"),
        ([True, True], 0, "budget"),
    ],
)
def test_errors(start, budget, name):
    with pytest.raises(ValueError, match=f"^{name} must"):
        hill_binary(len, start, budget, np.random.default_rng(0))
