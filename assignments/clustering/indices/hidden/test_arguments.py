"""The hidden suite of L09.internal and L09.external: arguments of all the indices."""

import numpy as np
import pytest

from grader.testing import assert_refused, call_unchanged, hint, points
from grader.testing.inputs import with_one
from reference.clustering.centers.silhouette import mean_silhouette
from reference.clustering.external.pairs import (
    adjusted_rand,
    fowlkes_mallows,
    hubert_gamma,
    jaccard,
    minkowski,
    pair_counts,
    phi,
    rand_index,
)
from reference.clustering.external.shares import goodman_kruskal, purity, variation_of_information
from reference.clustering.internal.compactness import cop, cs
from reference.clustering.internal.davies_bouldin import davies_bouldin, davies_bouldin_star
from reference.clustering.internal.density import s_dbw
from reference.clustering.internal.dunn import dunn, gd31, gd33, gd41, gd43, gd51, gd53
from reference.clustering.internal.overlap import os_index, sv
from reference.clustering.internal.pairs import c_index, gamma
from reference.clustering.internal.scatter import calinski_harabasz, cohesion, score_function, separation
from reference.clustering.internal.symmetry import sym, sym_33, sym_d, sym_db

from .shared import each, sample

INTERNAL = (
    *(mean_silhouette, cohesion, separation, calinski_harabasz, score_function),
    *(dunn, gd31, gd41, gd51, gd33, gd43, gd53),
    *(davies_bouldin, davies_bouldin_star, cop, cs, sv, os_index),
    *(c_index, gamma, s_dbw, sym, sym_db, sym_d, sym_33),
)
OF_PAIRS = (pair_counts, rand_index, adjusted_rand, jaccard, fowlkes_mallows, hubert_gamma, phi, minkowski)
EXTERNAL = (*OF_PAIRS, purity, goodman_kruskal, variation_of_information)
GOOD = np.array([0, 1, 1, 0])


BAD_MATRICES = (np.zeros(4), np.zeros((0, 2)), np.zeros((4, 0)), *map(with_one, (np.nan, np.inf, -np.inf)))
BAD_LABELS = (
    np.zeros(4, dtype=int),
    np.array([0, 1, 1]),
    np.array([0, 1, 1, 0, 1]),
    np.array([[0], [1], [1], [0]]),
    np.array([0.5, 1.5, 1.5, 0.5]),
)


def of(submission, index):
    """The submission's function for this index of the reference."""
    return getattr(submission, index.__name__.removeprefix("mean_"))


@points("1/24")
@pytest.mark.parametrize(
    "index", each((*INTERNAL, *EXTERNAL), "the arguments stay as they were", "аргументы не меняются")
)
@hint(en="Copy what you mean to change.", ru="Скопируйте то, что собираетесь менять.")
def test_unchanged(submission, rng, index):
    X, labels = sample(rng, 25, 2, 3)
    arguments = (X, labels) if index in INTERNAL else (labels, rng.permutation(labels))
    call_unchanged(of(submission, index), *arguments)


@points("1/12")
@pytest.mark.parametrize("index", each(INTERNAL, "errors", "ошибки"))
@hint(
    en="ValueError naming X or labels: shapes, one NaN, fewer than two clusters, labels of floats.",
    ru="ValueError с именем X или labels: формы, хотя бы один NaN, меньше двух кластеров, вещественные метки.",
)
def test_errors_of_internal_indices(submission, index):
    for bad in BAD_MATRICES:
        assert_refused("X", of(submission, index), bad, GOOD)
    for bad in BAD_LABELS:
        assert_refused("labels", of(submission, index), with_one(0.0), bad)


@points("1/12")
@pytest.mark.parametrize("index", each(EXTERNAL, "errors", "ошибки"))
@hint(
    en="ValueError naming labels_true or labels_pred; a wrong length is the fault of labels_pred.",
    ru="ValueError с именем labels_true или labels_pred; разная длина — ошибка labels_pred.",
)
def test_errors_of_external_indices(submission, index):
    empty = np.zeros(0, dtype=int)
    assert_refused("labels_true", of(submission, index), empty, empty)
    for bad in (empty, GOOD[:, None], GOOD / 2):
        assert_refused("labels_true", of(submission, index), bad, GOOD)
    for bad in (GOOD[:, None], GOOD / 2, GOOD[:3], np.append(GOOD, 0)):
        assert_refused("labels_pred", of(submission, index), GOOD, bad)
