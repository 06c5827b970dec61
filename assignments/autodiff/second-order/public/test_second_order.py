"""The public tests of second-order methods: small cases with their answers written out."""

import numpy as np

from grader.testing import assert_close, counted, title


@title(en="Newton's step, and one step to the minimum", ru="Шаг Ньютона и минимум за один шаг")
def test_newton(submission):
    H = np.array([[2.0, 1.0], [1.0, 1.0]])
    assert_close(submission.newton_step(np.array([1.0, 2.0]), H), np.array([1.0, -3.0]), what="step")
    w, iterations, converged = submission.newton(lambda w: H @ (w - 1), lambda w: H, np.zeros(2))
    assert_close(w, np.ones(2), what="w")
    assert (iterations, converged) == (1, True), f"{iterations} steps, converged = {converged}"


@title(en="A step that is too long at first", ru="Сначала слишком длинный шаг")
def test_wolfe(submission):
    step = submission.wolfe_step(lambda w: float(w @ w), lambda w: 2 * w, np.array([1.0]), np.array([-8.0]))
    assert 0.0125 <= step <= 0.25, f"{step} does not satisfy the Wolfe conditions"


@title(en="The update of the statement", ru="Пересчёт из условия")
def test_bfgs_update(submission):
    found = submission.bfgs_update(np.eye(2), np.array([1.0, 0.0]), np.array([2.0, 1.0]))
    assert_close(found, np.array([[0.75, -0.5], [-0.5, 1.0]]), what="C")


@title(en="L-BFGS from one pair and from none", ru="L-BFGS по одной паре и без пар")
def test_lbfgs_direction(submission):
    g = np.array([2.0, 1.0])
    assert_close(submission.lbfgs_direction(g, np.zeros((0, 2)), np.zeros((0, 2))), -g, what="direction")
    found = submission.lbfgs_direction(g, np.array([[1.0, 0.0]]), np.array([[2.0, 1.0]]))
    assert_close(found, np.array([-1.0, 0.0]), atol=1e-12, what="direction")


@title(en="Three ways to a minimum", ru="Три пути к минимуму")
def test_minimisers(submission):
    f, gradient = lambda w: float((w[0] - 3) ** 2 + 10 * (w[1] + w[0]) ** 2), counted(slope, budget=500)
    start, walls = np.zeros(2), np.full(2, 2.0)
    for w, _, converged in (submission.bfgs(f, gradient, start), submission.lbfgs(f, gradient, start)):
        assert converged, "not converged"
        assert_close(w, np.array([3.0, -3.0]), rtol=0, atol=1e-5, what="w")
    w, _, converged = submission.lbfgsb(f, gradient, start, -walls, walls)
    assert converged, "not converged"
    assert_close(w, np.array([2.0, -2.0]), rtol=0, atol=1e-5, what="w in the box")


def slope(w):
    return np.array([2 * (w[0] - 3) + 20 * (w[1] + w[0]), 20 * (w[1] + w[0])])


@title(en="A natural step by hand", ru="Естественный шаг вручную")
def test_natural(submission):
    G = np.array([[1.0, 0.0], [3.0, 4.0]])
    assert_close(submission.fisher_matrix(G), np.array([[1.0, 2.0], [2.0, 4.0]]), what="F")
    step = submission.natural_step(G, np.array([2.0, 2.0]), 1.0, 1.0, [[0], [1]])
    assert_close(step, np.array([-1.0, -0.4]), what="step")
