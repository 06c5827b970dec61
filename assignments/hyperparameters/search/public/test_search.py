"""The public tests of hyperparameter search: small cases with their answers written out."""

import numpy as np

from grader.testing import assert_close, assert_equal, title

TREE = {"kind": {"knn": {"k": [1, 3]}, "mean": {}}}


@title(en="A range with equal factors", ru="Отрезок с равным отношением")
def test_discretise(submission):
    assert_close(submission.discretise(1, 100, 3, log=True), [1.0, 10.0, 100.0])


@title(en="The last parameter varies fastest", ru="Последний параметр меняется быстрее всех")
def test_grid(submission):
    found = list(submission.grid({"a": [1, 2], "b": ["x", "y"]}))
    assert_equal(found, [{"a": 1, "b": "x"}, {"a": 1, "b": "y"}, {"a": 2, "b": "x"}, {"a": 2, "b": "y"}])


@title(en="Random search keeps its budget", ru="Случайный поиск укладывается в бюджет")
def test_random_search(submission):
    losses = iter([3.0, 1.0, 2.0, 1.0])
    space = {"x": ("uniform", 0.0, 1.0)}
    best, loss, history = submission.random_search(lambda setting: next(losses), space, 4, np.random.default_rng(0))
    assert_close(loss, 1.0)
    assert_equal([value for _, value in history], [3.0, 1.0, 2.0, 1.0])
    assert_equal(best, history[1][0])


@title(en="The tree of the statement", ru="Дерево из условия")
def test_tree(submission):
    expected = [{"kind": "knn", "k": 1}, {"kind": "knn", "k": 3}, {"kind": "mean"}]
    assert_equal(list(submission.enumerate_tree(TREE)), expected)
    assert_equal(submission.count_tree(TREE), 3)
    assert_equal(submission.flatten(TREE), {"kind": ["knn", "mean"], "k": [1, 3]})
