"""The public tests of the indices: the two examples of the statement, a test for each value."""

import numpy as np
import pytest

from grader.testing import assert_close, assert_equal, title

X = np.array([[0.0], [1.0], [11.0], [5.0], [9.0]])
LABELS = np.array([0, 0, 0, 1, 1])
INTERNAL = {
    "cohesion": 82.0,
    "separation": 10.8,
    "calinski_harabasz": 32.4 / 82,
    "score_function": 0.0026111262,
    "silhouette": (1 / 7 + 1 / 12 - 13 / 21 + 1 / 5 + 7 / 19) / 5,
    "dunn": 2 / 11,
    "gd31": 17 / 33,
    "gd41": 3 / 11,
    "gd51": 4.6 / 11,
    "gd33": 17 / 28,
    "gd43": 9 / 28,
    "gd53": 13.8 / 28,
    "davies_bouldin": 20 / 9,
    "davies_bouldin_star": 20 / 9,
    "cop": 3 / 5,
    "cs": 22 / 9,
    "sv": 2 / 3,
    "os_index": (4 / 7 + 11 / 18 + 7 / 4 + 4 / 9) / 6,
    "c_index": 5 / 9,
    "gamma": 13 / 24,
    "s_dbw": 43 / 3 / 18.56 + 1 / 2,
    "sym": 3 / 35,
    "sym_db": 13 / 6,
    "sym_d": 2 / 5,
    "sym_33": 17 / 27,
}

TRUE = np.array([0, 0, 0, 1, 1, 1])
PRED = np.array([0, 0, 1, 1, 1, 2])
EXTERNAL = {
    "rand_index": 3 / 5,
    "adjusted_rand": 2 / 17,
    "jaccard": 1 / 4,
    "fowlkes_mallows": 2 / 24**0.5,
    "hubert_gamma": 2 / 15,
    "phi": 6 / 2376**0.5,
    "minkowski": 1.0,
    "purity": 5 / 6,
    "goodman_kruskal": 1 / 6,
    "variation_of_information": 0.9547712524,
}


def each(values):
    return [pytest.param(name, marks=title(en=name, ru=name), id=name) for name in values]


@pytest.mark.parametrize("name", each(INTERNAL))
def test_internal(submission, name):
    assert_close(getattr(submission, name)(X, LABELS), INTERNAL[name], rtol=1e-7, what=name)


@title(en="pair_counts", ru="pair_counts")
def test_pair_counts(submission):
    assert_equal(submission.pair_counts(TRUE, PRED), (2, 2, 4, 7), what="pair_counts")


@pytest.mark.parametrize("name", each(EXTERNAL))
def test_external(submission, name):
    assert_close(getattr(submission, name)(TRUE, PRED), EXTERNAL[name], rtol=1e-7, what=name)
