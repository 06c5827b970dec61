"""The hidden suite of L09.internal and L09.external: arguments of all the indices."""

import numpy as np
import pytest

from grader.testing import assert_close, call_unchanged, hint, points, title
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
from reference.clustering.silhouette import mean_silhouette

from .shared import sample

INTERNAL = {
    "silhouette": mean_silhouette,
    **{
        index.__name__: index
        for index in (
            *(cohesion, separation, calinski_harabasz, score_function),
            *(dunn, gd31, gd41, gd51, gd33, gd43, gd53),
            *(davies_bouldin, davies_bouldin_star, cop, cs, sv, os_index),
            *(c_index, gamma, s_dbw, sym, sym_db, sym_d, sym_33),
        )
    },
}
OF_PAIRS = (pair_counts, rand_index, adjusted_rand, jaccard, fowlkes_mallows, hubert_gamma, phi, minkowski)
EXTERNAL = {index.__name__: index for index in (*OF_PAIRS, purity, goodman_kruskal, variation_of_information)}
BAD_MATRICES = (np.zeros(4), np.zeros((0, 2)), np.zeros((4, 0)), np.full((4, 2), np.nan), np.full((4, 2), np.inf))
BAD_LABELS = (
    np.zeros(4, dtype=int),
    np.array([0, 1, 1]),
    np.array([0, 1, 1, 0, 1]),
    np.array([[0], [1], [1], [0]]),
    np.array([0.5, 1.5, 1.5, 0.5]),
)


@title(en="The arguments stay as they were", ru="Аргументы не меняются")
@hint(en="Copy what you mean to change.", ru="Скопируйте то, что собираетесь менять.")
def test_unchanged(submission, rng):
    X, labels = sample(rng, 25, 2, 3)
    for name, index in INTERNAL.items():
        found = call_unchanged(getattr(submission, name), X, labels)
        assert_close(found, index(X, labels), rtol=1e-8, atol=1e-10, what="index")
    other = rng.permutation(labels)
    for name, index in EXTERNAL.items():
        found = call_unchanged(getattr(submission, name), labels, other)
        assert_close(found, index(labels, other), rtol=1e-8, atol=1e-10, what="index")


@points(2)
@title(en="Errors of internal indices", ru="Ошибки внутренних мер")
@hint(
    en="ValueError naming X or labels, from every index: shapes, NaN, fewer than two clusters, labels of floats.",
    ru="ValueError с именем X или labels у каждой меры: формы, NaN, меньше двух кластеров, вещественные метки.",
)
def test_errors_of_internal_indices(submission, rng):
    X = rng.normal(size=(4, 2))
    for name in INTERNAL:
        for bad in BAD_MATRICES:
            with pytest.raises(ValueError, match=r"\bX\b"):
                getattr(submission, name)(bad, np.array([0, 1, 1, 0]))
        for bad in BAD_LABELS:
            with pytest.raises(ValueError, match=r"\blabels\b"):
                getattr(submission, name)(X, bad)


@title(en="Errors of external indices", ru="Ошибки внешних мер")
@hint(
    en="ValueError naming labels_true or labels_pred, from every index; a wrong length is the fault of labels_pred.",
    ru="ValueError с именем labels_true или labels_pred у каждой меры; разная длина — ошибка labels_pred.",
)
def test_errors_of_external_indices(submission):
    good, empty = np.array([0, 1, 1, 0]), np.zeros(0, dtype=int)
    for name in EXTERNAL:
        index = getattr(submission, name)
        with pytest.raises(ValueError, match="labels_true"):
            index(empty, empty)
        for bad in (empty, good[:, None], good / 2):
            with pytest.raises(ValueError, match="labels_true"):
                index(bad, good)
        for bad in (good[:, None], good / 2, good[:3], np.append(good, 0)):
            with pytest.raises(ValueError, match="labels_pred"):
                index(good, bad)
