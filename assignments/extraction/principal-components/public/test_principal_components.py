"""The public tests: the examples of the statement, and small cases with their answers written out."""

import numpy as np

from grader.testing import assert_close, assert_equal, assert_refused, title

F = np.array([[18.0, 16.0], [2.0, 4.0], [7.0, 14.0], [13.0, 6.0]])
K = np.outer([0.0, 1.0, 5.0], [0.0, 1.0, 5.0])
TRIANGLE = np.array([[0.0, 3.0, 4.0], [3.0, 0.0, 5.0], [4.0, 5.0, 0.0]])


@title(en="Four objects, two components", ru="Четыре объекта, две компоненты")
def test_pca(submission):
    G, U, values, mean = submission.pca(F, 2)
    assert_close(mean, np.array([10.0, 10.0]), what="mean")
    assert_close(values, np.array([200.0, 50.0]), what="values")
    assert_close(U, np.array([[0.8, -0.6], [0.6, 0.8]]), what="U")
    assert_close(G, np.array([[10.0, 0.0], [-10.0, 0.0], [0.0, 5.0], [0.0, -5.0]]), atol=1e-9, what="G")


@title(en="Shares and restored objects", ru="Доли и восстановление объектов")
def test_shares(submission):
    values = np.array([8.0, 4.0, 2.0, 2.0])
    assert_close(submission.lost(values, 2), 0.25, what="E(2)")
    assert_equal(submission.choose(values, 0.3), 2, what="k")
    restored = submission.restore(np.array([[10.0], [0.0]]), np.array([[0.8], [0.6]]), np.array([10.0, 10.0]))
    assert_close(restored, np.array([[18.0, 16.0], [10.0, 10.0]]), what="restored objects")


@title(en="One step, and many, of the iteration", ru="Один шаг итерации и много шагов")
def test_iteration(submission):
    start = np.array([[1.0], [0.0]])
    U = submission.pca_iterative(F, start, max_iter=1)[1]
    assert_close(U, np.array([[146.0], [72.0]]) / np.hypot(146.0, 72.0), what="U after one step")
    assert_close(submission.pca_iterative(F, start)[1], np.array([[0.8], [0.6]]), what="U")


@title(en="One step of EM", ru="Один шаг EM")
def test_em(submission):
    G, U = submission.em_step(np.array([[1.0, 2.0], [0.0, 1.0]]), np.array([[2.0], [0.0]]))
    assert_close(G, np.array([[0.5], [0.0]]), atol=1e-9, what="G")
    assert_close(U, np.array([[2.0], [4.0]]), what="U")


@title(en="Three objects by their kernel matrix, and a new one", ru="Три объекта по матрице ядра и один новый")
def test_kernel(submission):
    Z, A, values = submission.kernel_pca(K, 1)
    assert_close(Z, np.array([[-2.0], [-1.0], [3.0]]), what="Z")
    assert_close(values, np.array([14.0]), what="values")
    assert_close(submission.kernel_transform(np.array([[0.0, 4.0, 20.0]]), K, A, values), np.array([[2.0]]), what="Z")


@title(en="Points of a line, and a triangle", ru="Точки прямой и треугольник")
def test_scaling(submission):
    D = np.array([[0.0, 1.0, 5.0], [1.0, 0.0, 4.0], [5.0, 4.0, 0.0]])
    assert_close(submission.classical_mds(D, 1), np.array([[-2.0], [-1.0], [3.0]]), what="Y")
    start = np.array([[0.0], [1.0], [2.0]])
    assert_close(submission.stress(TRIANGLE, start), 24.0, what="stress")
    Y, history = submission.smacof(TRIANGLE, start, 1)
    assert_close(Y, np.array([[-7.0], [-2.0], [9.0]]) / 3, what="Y")
    assert_close(history, np.array([24.0, 16.0 / 3]), what="history")


@title(en="More components than the rank are refused", ru="Компонент больше, чем ранг: отказ")
def test_rank(submission):
    assert_refused("m", submission.pca, np.array([[0.0, 0.0], [1.0, 2.0], [2.0, 4.0]]), 2)
