"""The public tests: the examples of the statement."""

import numpy as np

from grader.testing import assert_close, assert_equal, title

X = np.array([[0, 0, 0], [0, 1, 0], [1, 0, 1], [1, 1, 1]])
CLASSES = np.array([0, 0, 1, 1])


@title(en="merit: two features", ru="merit: два признака")
def test_merit(submission):
    r_fc = np.array([0.6, 0.6])
    assert_close(submission.merit(r_fc, np.eye(2)), 0.6 * 2**0.5, rtol=1e-9, what="merit")
    assert_close(submission.merit(r_fc, np.ones((2, 2))), 0.6, rtol=1e-9, what="merit")


@title(en="cfs: a copy is left out", ru="cfs: копия не нужна")
def test_cfs(submission):
    table = np.array([[0.0, 0.0, 1.0], [1.0, 2.0, 1.0], [2.0, 4.0, 0.0], [3.0, 6.0, 1.0]])
    assert_equal(submission.cfs(table, np.arange(4.0)), [0], what="cfs")


@title(en="blanket: the nearest feature", ru="blanket: ближайший признак")
def test_blanket(submission):
    assert_equal(submission.blanket(X, 0, [0, 1, 2], 1), [2], what="blanket")


@title(en="expected_kl: nothing told, and one bit", ru="expected_kl: ничего и один бит")
def test_expected_kl(submission):
    assert_close(submission.expected_kl(X, CLASSES, 0, [2]), 0.0, atol=1e-9, what="expected_kl")
    assert_close(submission.expected_kl(X, CLASSES, 0, [1]), np.log(2), rtol=1e-9, what="expected_kl")


@title(en="markov_filter: the example", ru="markov_filter: пример")
def test_markov_filter(submission):
    assert_equal(submission.markov_filter(X, CLASSES, 1, 1), [0, 1], what="markov_filter")
