"""The public tests of the indices: the two examples of the statement, each value written out."""

import numpy as np

from grader.testing import assert_close, assert_equal, title

X = np.array([[0.0], [1.0], [11.0], [5.0], [9.0]])
LABELS = np.array([0, 0, 0, 1, 1])
TRUE = np.array([0, 0, 0, 1, 1, 1])
PRED = np.array([0, 0, 1, 1, 1, 2])


def check(submission, values, *arguments):
    for name, expected in values.items():
        assert_close(getattr(submission, name)(*arguments), expected, rtol=1e-7, what=name)


@title(en="Scatter", ru="Разброс")
def test_scatter(submission):
    values = {
        "cohesion": 82.0,
        "separation": 10.8,
        "calinski_harabasz": 32.4 / 82,
        "score_function": 0.0026111262,
        "silhouette": (1 / 7 + 1 / 12 - 13 / 21 + 1 / 5 + 7 / 19) / 5,
    }
    check(submission, values, X, LABELS)


@title(en="Dunn and its variants", ru="Индекс Данна и его вариации")
def test_dunn(submission):
    values = {
        "dunn": 2 / 11,
        "gd31": 17 / 33,
        "gd41": 3 / 11,
        "gd51": 4.6 / 11,
        "gd33": 17 / 28,
        "gd43": 9 / 28,
        "gd53": 13.8 / 28,
    }
    check(submission, values, X, LABELS)


@title(en="Spread against neighbours", ru="Разброс и соседи")
def test_neighbours(submission):
    values = {
        "davies_bouldin": 20 / 9,
        "davies_bouldin_star": 20 / 9,
        "cop": 3 / 5,
        "cs": 22 / 9,
        "sv": 2 / 3,
        "os_index": (4 / 7 + 11 / 18 + 7 / 4 + 4 / 9) / 6,
    }
    check(submission, values, X, LABELS)


@title(en="Pairs of distances, density", ru="Пары расстояний, плотность")
def test_pairs_and_density(submission):
    check(submission, {"c_index": 5 / 9, "gamma": 13 / 24, "s_dbw": 43 / 3 / 18.56 + 1 / 2}, X, LABELS)


@title(en="Symmetry", ru="Симметрия")
def test_symmetry(submission):
    check(submission, {"sym": 3 / 35, "sym_db": 13 / 6, "sym_d": 2 / 5, "sym_33": 17 / 27}, X, LABELS)


@title(en="External indices", ru="Внешние меры")
def test_external(submission):
    assert_equal(submission.pair_counts(TRUE, PRED), (2, 2, 4, 7), what="counts")
    values = {
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
    check(submission, values, TRUE, PRED)
