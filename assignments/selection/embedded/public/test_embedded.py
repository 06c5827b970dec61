"""The public tests: small cases with their answers written out."""

import numpy as np

from grader.testing import assert_close, assert_equal, title

TREE = {
    "feature": np.array([1, 0, 0, -1, -1, -1, -1]),
    "left": np.array([1, 2, 3, -1, -1, -1, -1]),
    "right": np.array([6, 5, 4, -1, -1, -1, -1]),
}


@title(en="Two objects on a line", ru="Два объекта на прямой")
def test_linear_svm(submission):
    w, b = submission.linear_svm(np.array([[-1.0], [3.0]]), np.array([-1, 1]))
    assert_close(w, np.array([8 / 17]), atol=5e-3, what="w")
    assert_close(b, -8 / 17, atol=5e-3, what="b")


@title(en="A feature that is 0 everywhere goes first", ru="Признак, всюду равный нулю, уходит первым")
def test_svm_rfe(submission):
    X = np.array([[-2.0, 0.0, -0.1], [-1.0, 0.0, -0.1], [1.0, 0.0, 0.1], [2.0, 0.0, 0.1]])
    kept, ranks = submission.svm_rfe(X, np.array([-1, -1, 1, 1]), 1)
    assert_equal(kept, np.array([0]), what="kept")
    assert_equal(ranks, np.array([1, 3, 2]), what="ranks")


@title(en="The tree of the statement: occurrences", ru="Дерево из условия: вхождения")
def test_occurrences(submission):
    assert_equal(submission.occurrences([TREE], 2), np.array([[0, 1, 1, 0], [1, 0, 0, 0]]))


@title(en="The tree of the statement: importance", ru="Дерево из условия: важность")
def test_importance(submission):
    assert_close(submission.forest_importance([TREE], 2), np.array([3 / 7, 4 / 7]), rtol=1e-9)
