"""Internal indices against scikit-learn, against their definitions in plain loops, and by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest
from sklearn.metrics import calinski_harabasz_score, davies_bouldin_score

from reference.clustering.internal.compactness import cop, cs
from reference.clustering.internal.davies_bouldin import davies_bouldin, davies_bouldin_star
from reference.clustering.internal.density import s_dbw
from reference.clustering.internal.dunn import dunn, gd31, gd33, gd41, gd43, gd51, gd53
from reference.clustering.internal.overlap import os_index, sv
from reference.clustering.internal.pairs import c_index, gamma
from reference.clustering.internal.partition import centroid
from reference.clustering.internal.scatter import calinski_harabasz, cohesion, score_function, separation
from reference.clustering.internal.symmetry import sym, sym_33, sym_d, sym_db
from tests.reference.clustering.indices_by_definition import DEFINITIONS

SCATTER = (cohesion, separation, calinski_harabasz, score_function)
DUNN = (dunn, gd31, gd41, gd51, gd33, gd43, gd53)
SYMMETRY = (sym, sym_db, sym_d, sym_33)
OTHERS = (davies_bouldin, davies_bouldin_star, c_index, gamma, s_dbw, cop, cs, sv, os_index)
INDICES = {index.__name__: index for index in (*SCATTER, *DUNN, *SYMMETRY, *OTHERS)}

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
SCALED = {"cohesion": 2, "separation": 2, "os_index": -1}  # powers of the unit of length; all others but one have 0


def sample(seed, n, m, k):
    """Overlapping clusters of different sizes and spreads, some of one object; labels with gaps and negative ones."""
    rng = np.random.default_rng(seed)
    own = np.concatenate([np.arange(k), np.minimum(rng.geometric(0.4, size=n - k) - 1, k - 1)])
    X = 2 * rng.normal(size=(k, m))[own] + rng.normal(size=(n, m)) * rng.uniform(0.3, 1.5, size=k)[own, None]
    return X, 7 * own - 9


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize(("n", "m", "k"), [(40, 2, 3), (35, 6, 4), (30, 1, 2), (16, 3, 9), (61, 2, 2)])
@pytest.mark.parametrize("name", INDICES)
def test_against_the_definition(name, seed, n, m, k):
    X, labels = sample(seed, n, m, k)
    expected = DEFINITIONS[name](X.tolist(), labels.tolist())
    assert INDICES[name](X, labels) == pytest.approx(expected, rel=1e-9, abs=1e-12)


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize(("n", "m", "k"), [(60, 2, 3), (100, 5, 6), (15, 1, 8)])
def test_against_sklearn(seed, n, m, k):
    X, labels = sample(seed, n, m, k)
    assert calinski_harabasz(X, labels) == pytest.approx(calinski_harabasz_score(X, labels))
    assert davies_bouldin(X, labels) == pytest.approx(davies_bouldin_score(X, labels))
    assert cohesion(X, labels) + separation(X, labels) == pytest.approx(((X - X.mean(axis=0)) ** 2).sum())


@pytest.mark.parametrize("name", INDICES)
def test_by_hand(name):
    found = INDICES[name](HAND_X, HAND_LABELS)
    assert type(found) is float
    assert found == pytest.approx(BY_HAND[name], rel=1e-12)


@pytest.mark.parametrize("name", INDICES)
def test_what_does_not_matter(name):
    """Order, names, the origin; rotation, but for S_Dbw; the unit of length, but for what is not a ratio."""
    index = INDICES[name]
    X, labels = sample(3, 40, 2, 3)
    value = index(X, labels)
    order = np.random.default_rng(0).permutation(40)
    turned = X @ np.array([[0.6, -0.8], [0.8, 0.6]])
    assert index(X[order], labels[order]) == pytest.approx(value, rel=1e-9)
    assert index(X, -labels) == pytest.approx(value, rel=1e-9)
    assert index(X + 1e5, labels) == pytest.approx(value, rel=1e-6)
    if name != "s_dbw":
        assert index(turned, labels) == pytest.approx(value, rel=1e-9)
    if name != "score_function":
        assert index(3 * X, labels) == pytest.approx(3.0 ** SCALED.get(name, 0) * value, rel=1e-9)


@pytest.mark.parametrize("seed", range(10))
def test_ranges(seed):
    X, labels = sample(seed, 30, 2, 3)
    assert davies_bouldin(X, labels) <= davies_bouldin_star(X, labels) + 1e-12
    for index in (c_index, gamma, cop, score_function):
        assert 0 <= index(X, labels) <= 1
    assert all(index(X, labels) >= 0 for index in INDICES.values())


def test_the_true_clustering_wins():
    rng = np.random.default_rng(5)
    own = np.repeat(np.arange(3), 20)
    X = rng.normal(size=(60, 2)) + 12 * np.eye(3, 2)[own] + 9 * own[:, None]
    wrong = np.where(own == 2, np.arange(60) % 2, own)
    more = {"separation", "calinski_harabasz", "score_function", "sym", "sym_d", "sym_33", "sv"} | {
        f.__name__ for f in DUNN
    }
    for name, index in INDICES.items():
        better = index(X, own) - index(X, wrong)
        assert better > 0 if name in more else better < 0, name


def test_ties_are_not_discordant():
    X = [[0.0], [1.0], [2.0], [3.0]]
    assert gamma(X, [0, 0, 1, 1]) == 0  # 1 within; 1, 2, 2, 3 between
    assert gamma(X, [0, 1, 0, 1]) == 6 / 8  # 2 and 2 within; 1, 3, 1, 1 between
    assert c_index(X, [0, 0, 1, 1]) == 0


def test_perfect_clusters_have_c_index_and_gamma_of_exactly_zero():
    X = np.random.default_rng(1).normal(size=(30, 3)) + 100 * (np.arange(30) % 3)[:, None]
    assert c_index(X, np.arange(30) % 3) == gamma(X, np.arange(30) % 3) == 0


def test_the_border_is_a_tenth_rounded_up():
    far = np.zeros((30, 1))
    far[:6, 0] = [3, -3, 2, -2, 1, -1]
    X, labels = np.vstack([far, [[50.0]]]), np.repeat([0, 1], [30, 1])
    assert sv(X, labels) == pytest.approx(100 / ((3 + 3 + 2) / 3))


def test_the_score_function_of_far_clusters():
    X = np.array([[0.0], [1.0], [1e6], [1e6 + 1]])
    assert score_function(X, [0, 0, 1, 1]) == 1.0
    assert score_function(1e3 * X[[0, 2, 1, 3]], [0, 0, 1, 1]) == 0.0


def test_nobody_near_the_centroids():
    ring = [[3.0, 0.0], [-3.0, 0.0], [0.0, 3.0], [0.0, -3.0]]
    X = ring + [[x + 40, y] for x, y in ring]
    assert s_dbw(X, [0] * 4 + [1] * 4) == pytest.approx(math.hypot(4.5, 4.5) / math.hypot(404.5, 4.5))


def test_the_centroid_of_equal_objects_is_one_of_them():
    group = np.array([[0.1, 0.7, 1e9 + 0.3]] * 7)
    assert centroid(group).tolist() == group[0].tolist()


SINGLES = [[0.0, 0.0], [3.0, 4.0], [6.0, 0.0]]
TWINS = [[1.0, 1.0], [1.0, 1.0], [4.0, 5.0], [4.0, 5.0]]
CONCENTRIC = [[-1.0], [1.0], [-2.0], [2.0]]


@pytest.mark.parametrize("name", INDICES)
@pytest.mark.parametrize(
    ("X", "labels", "undefined"),
    [
        (SINGLES, [0, 1, 2], {"calinski_harabasz", "c_index", "gamma", "sym", "sym_d", "sym_33", "sv"}),
        (TWINS, [0, 0, 1, 1], {"calinski_harabasz", "sym", "sym_d", "sym_33", "sv"}),
        (CONCENTRIC, [0, 0, 1, 1], {"davies_bouldin", "davies_bouldin_star", "cs", "sym_db", "os_index"}),
        ([[0.1]] * 4, [0, 0, 1, 1], set(INDICES) - {"cohesion", "separation", "score_function", "gamma"}),
        ([[0.1], [0.1], [0.7], [0.1]], [0, 0, 1, 1], {"cop", "os_index"}),
        ([[1.0, 0, 0], [0, 1.0, 0], [0, 0, 1.0]], [0, 0, 1], {"c_index"}),
    ],
)
def test_where_an_index_is_not_defined(name, X, labels, undefined):
    alone = {f.__name__ for f in DUNN} if X is SINGLES or X is TWINS else set()
    if name in undefined | alone:
        with pytest.raises(ValueError, match=r"^labels\b.*not defined"):
            INDICES[name](X, labels)
    else:
        assert math.isfinite(INDICES[name](X, labels))


@pytest.mark.parametrize("name", INDICES)
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
def test_bad_arguments_are_named(name, X, labels, named):
    with pytest.raises(ValueError, match=f"^{named} "):
        INDICES[name](X, labels)
