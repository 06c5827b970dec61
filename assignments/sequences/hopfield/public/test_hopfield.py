"""The public tests: the example of the statement, and small cases."""

import numpy as np

from grader.testing import assert_close, assert_equal, assert_refused, title

PATTERN = np.array([1.0, -1.0, 1.0, 1.0])


@title(en="The example of the statement: weights and energies", ru="Пример из условия: веса и энергии")
def test_weights(submission):
    W = submission.hebbian(PATTERN[None])
    assert_close(W, (np.outer(PATTERN, PATTERN) - np.eye(4)) / 4, atol=1e-12, what="W")


@title(en="The energy of the pattern", ru="Энергия образца")
def test_energy(submission):
    W = (np.outer(PATTERN, PATTERN) - np.eye(4)) / 4
    assert_close(submission.energy(W, PATTERN), -1.5, atol=1e-12, what="the energy")


@title(en="One unit, and one without a field", ru="Один нейрон и нейрон без поля")
def test_update(submission):
    W = np.array([[0.0, -1.0, 0.0], [-1.0, 0.0, 0.0], [0.0, 0.0, 0.0]])
    assert_close(submission.update(W, np.array([1.0, 1.0, -1.0]), 0), np.array([-1.0, 1.0, -1.0]), what="the state")
    assert_close(submission.update(W, np.array([1.0, 1.0, -1.0]), 2), np.array([1.0, 1.0, -1.0]), what="the state")


@title(en="The example of the statement: recall", ru="Пример из условия: восстановление")
def test_recall(submission):
    W = (np.outer(PATTERN, PATTERN) - np.eye(4)) / 4
    start = np.array([-1.0, -1.0, 1.0, 1.0])
    s, energies, converged = submission.recall(W, start, order=np.array([3, 2, 1, 0]))
    assert_close(s, PATTERN, what="the state")
    assert_close(np.asarray(energies), np.array([0.0] * 4 + [-1.5] * 5), atol=1e-12, what="energies")
    assert_equal(bool(converged), True, what="converged")


@title(en="Neither rng nor order", ru="Ни rng, ни order")
def test_refused(submission):
    assert_refused("rng", submission.recall, np.zeros((2, 2)), np.ones(2))
