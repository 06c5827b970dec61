"""The public tests of matrix derivatives: small cases with their answers written out."""

import numpy as np

from grader.testing import assert_close, title


@title(en="The squared error", ru="Квадратичная ошибка")
def test_mse(submission):
    predicted, target = np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([[0.0, 4.0], [3.0, 1.0]])
    assert_close(submission.mse(predicted, target), 3.5, what="mse")
    assert_close(submission.mse_gradient(predicted, target), np.array([[0.5, -1.0], [0.0, 1.5]]), what="mse_gradient")


@title(en="The example of the statement", ru="Пример из условия")
def test_contraction(submission):
    a, b, dC = np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([5.0, 6.0]), np.array([1.0, 10.0])
    assert_close(submission.contraction("ij,j->i", a, b), np.array([17.0, 39.0]), what="c")
    da, db = submission.contraction_vjp("ij,j->i", a, b, dC)
    assert_close(da, np.array([[5.0, 6.0], [50.0, 60.0]]), what="da")
    assert_close(db, np.array([31.0, 42.0]), what="db")


@title(en="A product with zeros", ru="Произведение с нулями")
def test_hadamard(submission):
    found = submission.hadamard_vjp([np.array([2.0, 0.0]), np.array([0.0, 0.0]), np.array([5.0, 7.0])], np.ones(2))
    expected = ([0.0, 0.0], [10.0, 0.0], [0.0, 0.0])
    for one, other in zip(found, expected, strict=True):
        assert_close(one, np.array(other), what="a derivative")


@title(en="A row added to a matrix; sorting with a tie", ru="Строка, прибавленная к матрице; сортировка с равными")
def test_sum_and_sort(submission):
    dY = np.array([[1.0, 2.0], [3.0, 4.0]])
    found = submission.sum_vjp([np.zeros((2, 2)), np.zeros(2)], dY)
    assert_close(found[0], dY, what="the matrix")
    assert_close(found[1], np.array([4.0, 6.0]), what="the row")
    sorted_ = submission.sort_vjp(np.array([3.0, 1.0, 1.0]), np.array([1.0, 2.0, 3.0]))
    assert_close(sorted_, np.array([3.0, 1.0, 2.0]), what="sort_vjp")


@title(en="One linear block", ru="Один линейный блок")
def test_linear(submission):
    block = submission.Linear(np.array([[2.0], [3.0]]), np.array([1.0]))
    assert_close(block.forward(np.array([[1.0, 4.0], [0.0, 1.0]])), np.array([[15.0], [4.0]]), what="Y")
    assert_close(block.backward(np.array([[1.0], [10.0]])), np.array([[2.0, 3.0], [20.0, 30.0]]), what="dX")
    assert_close(block.weight_gradient, np.array([[1.0], [14.0]]), what="weight_gradient")
    assert_close(block.bias_gradient, np.array([11.0]), what="bias_gradient")
