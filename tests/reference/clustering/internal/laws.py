"""What every internal index keeps: its definition in plain loops, a case by hand, invariances, errors.

A test module says which indices they are.
"""

from __future__ import annotations

import math

import numpy as np
import pytest

from .indices_by_definition import DEFINITIONS

HAND_X, HAND_LABELS = [[0.0], [1.0], [11.0], [5.0], [9.0]], [3, 3, 3, -1, -1]
# Centroids 4 and 7, mean 5.2; distances within 1, 11, 10 and 4, between 5, 9, 4, 8, 6, 2; symmetry distances 5, 5, 3.5
# and 2, 2; mean distances to the centroid 14/3 and 2.
BY_HAND = {
    "cohesion": 16 + 9 + 49 + 4 + 4,
    "separation": 3 * 1.2**2 + 2 * 1.8**2,
    "calinski_harabasz": (10.8 / 1) / (82 / 3),
    "score_function": 1 - math.exp(-math.exp((3 * 1.2 + 2 * 1.8) / (5 * 2) - (14 / 3 + 2))),
    "dunn": 2 / 11,
    "gd31": (34 / 6) / 11,
    "gd41": 3 / 11,
    "gd51": ((7 + 6 + 4 + 1 + 5) / 5) / 11,
    "gd33": (34 / 6) / (28 / 3),
    "gd43": 3 / (28 / 3),
    "gd53": 4.6 / (28 / 3),
    "davies_bouldin": (14 / 3 + 2) / 3,
    "davies_bouldin_star": (14 / 3 + 2) / 3,
    "c_index": (26 - (1 + 2 + 4 + 4)) / ((8 + 9 + 10 + 11) - (1 + 2 + 4 + 4)),
    "gamma": (0 + 6 + 6 + 1) / (4 * 6),
    "s_dbw": (74 / 3 + 4) / 2 / (92.8 / 5) + 1 / 2,  # nobody is within 2.68 of 4, both of 7, one of 5.5
    "cop": (3 * (14 / 3) / 6 + 2 * 2 / 6) / 5,
    "cs": ((11 + 10 + 11) / 3 + 4) / (3 + 3),
    "sym": 3 / (2 * (5 + 5 + 3.5 + 2 + 2)),
    "sym_db": (13.5 / 3 + 2) / 3,
    "sym_d": 2 / 5,
    "sym_33": (34 / 6) / (2 * 13.5 / 3),
    "sv": (3 + 3) / (7 + 2),
    "os_index": (4 / 7 + (11 / 3) / 6 + 7 / 4 + 2 / 4.5 + 0) / (3 + 3),
}
DUNN = {"dunn", "gd31", "gd41", "gd51", "gd33", "gd43", "gd53"}
MORE = DUNN | {"separation", "calinski_harabasz", "score_function", "sym", "sym_d", "sym_33", "sv"}  # is better
SCALED = {"cohesion": 2, "separation": 2, "os_index": -1}  # powers of the unit of length; all others but one have 0


def sample(seed, n, m, k):
    """Overlapping clusters of different sizes and spreads, some of one object; labels with gaps and negative ones."""
    rng = np.random.default_rng(seed)
    own = np.concatenate([np.arange(k), np.minimum(rng.geometric(0.4, size=n - k) - 1, k - 1)])
    X = 2 * rng.normal(size=(k, m))[own] + rng.normal(size=(n, m)) * rng.uniform(0.3, 1.5, size=k)[own, None]
    return X, 7 * own - 9


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize(("n", "m", "k"), [(40, 2, 3), (35, 6, 4), (30, 1, 2), (16, 3, 9), (61, 2, 2)])
def test_against_the_definition(index, seed, n, m, k):
    X, labels = sample(seed, n, m, k)
    expected = DEFINITIONS[index.__name__](X.tolist(), labels.tolist())
    assert index(X, labels) == pytest.approx(expected, rel=1e-9, abs=1e-12)


def test_by_hand(index):
    found = index(HAND_X, HAND_LABELS)
    assert type(found) is float
    assert found == pytest.approx(BY_HAND[index.__name__], rel=1e-12)


def test_what_does_not_matter(index):
    """Order, names, the origin; rotation, but for S_Dbw; the unit of length, but for what is not a ratio."""
    X, labels = sample(3, 40, 2, 3)
    value = index(X, labels)
    order = np.random.default_rng(0).permutation(40)
    turned = X @ np.array([[0.6, -0.8], [0.8, 0.6]])
    assert index(X[order], labels[order]) == pytest.approx(value, rel=1e-9)
    assert index(X, -labels) == pytest.approx(value, rel=1e-9)
    assert index(X + 1e5, labels) == pytest.approx(value, rel=1e-6)
    if index.__name__ != "s_dbw":
        assert index(turned, labels) == pytest.approx(value, rel=1e-9)
    if index.__name__ != "score_function":
        assert index(3 * X, labels) == pytest.approx(3.0 ** SCALED.get(index.__name__, 0) * value, rel=1e-9)


SINGLES = [[0.0, 0.0], [3.0, 4.0], [6.0, 0.0]]
TWINS = [[1.0, 1.0], [1.0, 1.0], [4.0, 5.0], [4.0, 5.0]]
CONCENTRIC = [[-1.0], [1.0], [-2.0], [2.0]]


@pytest.mark.parametrize(
    ("X", "labels", "undefined"),
    [
        (SINGLES, [0, 1, 2], {"calinski_harabasz", "c_index", "gamma", "sym", "sym_d", "sym_33", "sv"}),
        (TWINS, [0, 0, 1, 1], {"calinski_harabasz", "sym", "sym_d", "sym_33", "sv"}),
        (CONCENTRIC, [0, 0, 1, 1], {"davies_bouldin", "davies_bouldin_star", "cs", "sym_db", "os_index"}),
        ([[0.1]] * 4, [0, 0, 1, 1], set(BY_HAND) - {"cohesion", "separation", "score_function", "gamma"}),
        ([[0.1], [0.1], [0.7], [0.1]], [0, 0, 1, 1], {"cop", "os_index"}),
        ([[1.0, 0, 0], [0, 1.0, 0], [0, 0, 1.0]], [0, 0, 1], {"c_index"}),
    ],
)
def test_where_an_index_is_not_defined(index, X, labels, undefined):
    alone = DUNN if X is SINGLES or X is TWINS else set()
    if index.__name__ in undefined | alone:
        with pytest.raises(ValueError, match=r"^labels\b.*not defined"):
            index(X, labels)
    else:
        assert math.isfinite(index(X, labels))


@pytest.mark.parametrize(
    ("X", "labels", "named"),
    [
        ([1.0, 2.0], [0, 1], "X"),
        ([[1.0], [np.inf]], [0, 1], "X"),
        (np.zeros((0, 2)), [], "X"),
        ([[1.0], [2.0]], [0, 0], "labels"),
        ([[1.0], [2.0]], [0, 1, 1], "labels"),
        ([[1.0], [2.0]], [0.5, 1.0], "labels"),
        ([[1.0], [2.0]], [[0], [1]], "labels"),
    ],
)
def test_bad_arguments_are_named(index, X, labels, named):
    with pytest.raises(ValueError, match=f"^{named} "):
        index(X, labels)


def test_the_true_clustering_wins(index):
    rng = np.random.default_rng(5)
    own = np.repeat(np.arange(3), 20)
    X = rng.normal(size=(60, 2)) + 12 * np.eye(3, 2)[own] + 9 * own[:, None]
    wrong = np.where(own == 2, np.arange(60) % 2, own)
    better = index(X, own) - index(X, wrong)
    assert better > 0 if index.__name__ in MORE else better < 0


@pytest.mark.parametrize("seed", range(10))
def test_never_negative(index, seed):
    X, labels = sample(seed, 30, 2, 3)
    assert index(X, labels) >= 0
    assert index(X, labels) <= 1 or index.__name__ not in ("c_index", "gamma", "cop", "score_function")
