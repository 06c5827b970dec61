"""The public tests of algorithm selection: small cases with their answers written out."""

import numpy as np

from grader.testing import assert_close, assert_equal, title


@title(en="The first of equal losses", ru="Первые из равных потерь")
def test_tune(submission):
    losses = {"a": 3.0, "b": 1.0, "c": 1.0}
    assert_equal(submission.tune(lambda setting: losses[setting], ["a", "b", "c"]), ("b", 1.0))


@title(en="Evaluations up to a loss", ru="Вычисления до требуемых потерь")
def test_evaluations_to_reach(submission):
    assert_equal(submission.evaluations_to_reach([5.0, 3.0, 4.0, 1.0], 3.0), 2)


@title(en="A die needs 14.7 throws", ru="Кубику нужно 14,7 броска")
def test_expected_draws(submission):
    assert_close(submission.expected_draws(6), 14.7, rtol=1e-12)


@title(en="The front of the statement", ru="Фронт из условия")
def test_pareto_front(submission):
    found = submission.pareto_front(np.array([[1.0, 4.0], [2.0, 2.0], [3.0, 3.0], [2.0, 2.0]]))
    assert_equal(np.asarray(found).tolist(), [0, 1, 3])


@title(en="The bounds of the statement", ru="Границы из условия")
def test_constrained_minimum(submission):
    losses = np.array([[1.0, 4.0], [2.0, 2.0], [3.0, 3.0], [2.0, 2.0]])
    assert_equal(submission.constrained_minimum(losses, 0, {1: 3.0}), 1)


@title(en="The vote of the statement", ru="Голосование из условия")
def test_kernel_knn(submission):
    X, y, w = np.array([[0.0], [1.0], [3.0]]), np.array([1, -1, -1]), np.array([1.0, 2.0, 1.0])
    found = submission.kernel_knn(X, y, w, np.array([[0.0], [0.5], [5.0]]), 2.0, "triangular")
    assert_equal(np.asarray(found).tolist(), [0, -1, 0])


@title(en="A linear machine", ru="Линейная машина")
def test_linear(submission):
    X, y, lambdas = np.array([[1.0, 0.0], [0.0, 2.0]]), np.array([1, -1]), np.array([2.0, 1.0])
    assert_close(submission.linear_weights(X, y, lambdas), np.array([2.0, -2.0]))
    found = submission.svm_decision(X, y, lambdas, 0.5, lambda A, B: A @ B.T, np.array([[1.0, 1.0], [0.0, 1.0]]))
    assert_close(found, np.array([0.5, -1.5]))
