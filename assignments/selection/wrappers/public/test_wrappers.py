"""The public tests of wrappers: small cases with their answers written out."""

import numpy as np

from grader.testing import assert_close, assert_equal, assert_refused, counted, title

SCORES = {(0,): 2.0, (1,): 3.0, (2,): 1.0, (0, 1): 3.0, (0, 2): 9.0, (1, 2): 5.0}


def rng():
    return np.random.default_rng(1)


@title(en="sfs: the example of the statement", ru="sfs: пример из условия")
def test_sfs(submission):
    score = counted(lambda subset: SCORES[subset], budget=5)
    assert_equal(list(submission.sfs(score, 3, 2)), [1, 2], what="sfs")


@title(en="sbe: the example of the statement", ru="sbe: пример из условия")
def test_sbe(submission):
    score = counted(lambda subset: SCORES[subset], budget=3)
    assert_equal(list(submission.sbe(score, 3, 2)), [1], what="sbe")


@title(en="A feature that the model does not look at", ru="Признак, на который модель не смотрит")
def test_permutation_importance(submission):
    X, y = np.arange(20.0).reshape(10, 2), np.arange(10.0)
    predict = counted(lambda X: X[:, 0] / 2, budget=1 + 2 * 5)
    found = submission.permutation_importance(predict, lambda y, p: float(np.mean(np.abs(y - p))), X, y, rng())
    assert_equal(predict.count, 11, what="calls of predict")
    assert_close(found[1], 0.0, what="importance of feature 1")
    assert found[0] > 0, "feature 0 decides everything, and its importance is not positive"


@title(en="Hill climbing with a budget of one", ru="Подъём в гору с бюджетом 1")
def test_hill_binary(submission):
    score = counted(lambda subset: float(len(subset)), budget=1)
    mask, value, history = submission.hill_binary(score, np.array([True, False, True]), 1, rng())
    assert_equal(mask, np.array([True, False, True]), what="mask")
    assert_close((value, list(history)), (2.0, [2.0]), what="value and history")


@title(en="The genetic algorithm finds all features", ru="Генетический алгоритм находит все признаки")
def test_genetic_binary(submission):
    score = counted(lambda subset: float(len(subset)), budget=10 + 40 * 9)
    mask, value, history = submission.genetic_binary(score, 5, 10, 40, rng())
    assert_equal(score.count, 10 + 40 * 9, what="questions")
    assert_equal(mask, np.ones(5, dtype=bool), what="mask")
    assert_close((value, len(history)), (5.0, 41), what="value and length of the history")


@title(en="Bad arguments", ru="Неверные аргументы")
def test_errors(submission):
    assert_refused("k", submission.sfs, len, 3, 4)
    assert_refused("start", submission.hill_binary, len, np.zeros(3, dtype=bool), 5, rng())
