"""The genetic algorithm over subsets: by hand, by enumeration, by the laws of scipy."""

from collections import Counter
from itertools import combinations

import numpy as np
import pytest
from scipy.stats import binomtest, chisquare

from reference.selection.wrappers.genetic_binary import genetic_binary


def exclusive_or(subset):
    """Features 2 and 5 are of use together alone, and every feature costs a little."""
    return ({2, 5} <= set(subset)) - 0.05 * len(subset)


def asked_by(score, *given, seed=0, **named):
    asked = []

    def noted(subset):
        asked.append(subset)
        return score(subset)

    return asked, genetic_binary(noted, *given[:3], np.random.default_rng(seed), **named)


def test_by_hand():
    asked, (mask, value, history) = asked_by(len, 1, 3, 2, elite=2)
    assert asked == [(0,)] * (3 + 2)
    assert (mask.tolist(), value, history) == ([True], 1.0, [1.0] * 3)


def test_enumeration():
    best = max((subset for k in range(1, 9) for subset in combinations(range(8), k)), key=exclusive_or)
    for seed in range(20):
        asked, (mask, value, history) = asked_by(exclusive_or, 8, 30, 30, seed=seed)
        assert len(asked) == 30 + 30 * 29
        assert tuple(np.flatnonzero(mask)) == best
        assert value == exclusive_or(best) == history[-1] == max(map(exclusive_or, asked))
        assert all(np.diff(history) >= 0)


def test_law_of_the_first_generation():
    asked, _ = asked_by(len, 3, 2100, 0)
    assert len(set(asked)) == 7
    assert chisquare(list(Counter(asked).values())).pvalue > 1e-6


def test_law_of_the_children():
    """Two masks; both parents are the better one in 9 of 16 cases, the worse one in 1."""
    better, flips, tries = 0, 0, 0
    for seed in range(300):
        scores = iter([1.0, 0.0, -1.0])
        asked, _ = asked_by(lambda _, scores=scores: next(scores), 60, 2, 1, seed=seed)
        one, other, child = (np.isin(np.arange(60), subset) for subset in asked)
        better += np.mean(child[one != other] == one[one != other]) > 0.82
        flips += int((child != one)[one == other].sum())
        tries += int((one == other).sum())
    assert binomtest(int(better), 300, 9 / 16).pvalue > 1e-6
    assert binomtest(flips, tries, 1 / 60).pvalue > 1e-6


@pytest.mark.parametrize(
    ("d", "size", "generations", "elite", "name"),
    [
        (0, 3, 1, 1, "d"),
        (3, 1, 1, 1, "size"),
        (3, 3, -1, 1, "generations"),
        (3, 3, 1, 0, "elite"),
        (3, 3, 1, 3, "elite"),
    ],
)
def test_errors(d, size, generations, elite, name):
    with pytest.raises(ValueError, match=f"^{name} must"):
        genetic_binary(len, d, size, generations, np.random.default_rng(0), elite)
