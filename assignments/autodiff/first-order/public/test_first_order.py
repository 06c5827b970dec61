"""The public tests of first-order methods: the loss w^2 from 1, a few steps, answers written out."""

import numpy as np

from grader.testing import assert_close, title

START = np.array([1.0])


def slope(w):
    return 2 * w


def near(found, values):
    assert_close(found, np.array(values)[:, None], rtol=1e-7, what="points")


@title(en="Gradient descent", ru="Градиентный спуск")
def test_gradient_descent(submission):
    near(submission.gradient_descent(slope, START, 0.25, 3), [1.0, 0.5, 0.25, 0.125])


@title(en="The example of the statement: momentum, Nesterov", ru="Пример из условия: импульс, метод Нестерова")
def test_momentum_and_nesterov(submission):
    near(submission.momentum(slope, START, 0.25, 3, 0.5), [1.0, 1.0, 0.5, -0.25])
    near(submission.nesterov(slope, START, 0.25, 3, 0.5), [1.0, 1.0, 0.5, 0.0])


@title(en="eps stands inside the root", ru="eps стоит под корнем")
def test_eps(submission):
    near(submission.adagrad(slope, START, 0.25, 1, 12.0), [1.0, 0.875])
    near(submission.rmsprop(slope, START, 0.25, 1, 0.75, 3.0), [1.0, 0.75])
    near(submission.adam(slope, START, 0.25, 1, 0.9, 0.999, 12.0), [1.0, 0.875])


@title(en="Adadelta", ru="Adadelta")
def test_adadelta(submission):
    near(submission.adadelta(slope, START, 1, 0.75, 3.0), [1.0, 1.0 - 2.0 * np.sqrt(3.0) / 2.0])


@title(en="Adam's first steps are as long as mu", ru="Первый шаг Adam длиной mu")
def test_adam(submission):
    found = submission.adam(lambda w: np.array([5.0, -0.01]), np.zeros(2), 0.1, 2, eps=1e-16)
    assert_close(found, np.array([[0.0, 0.0], [-0.1, 0.1], [-0.2, 0.2]]), rtol=1e-6, what="points")
