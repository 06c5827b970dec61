"""The public tests of independent and canonical components: small cases with their answers written out."""

import numpy as np

from grader.testing import assert_close, title

X = np.array([[1.0, 0.0], [5.0, 0.0], [1.0, 8.0], [5.0, 8.0]])


@title(en="Whitening a rectangle", ru="Отбеливание прямоугольника")
def test_whiten(submission):
    Z, V, mean = submission.whiten(X)
    assert_close(mean, np.array([3.0, 4.0]), what="mean")
    assert_close(V, np.array([[0.5, 0.0], [0.0, 0.25]]), atol=1e-9, what="V")
    assert_close(Z, np.array([[-1.0, -1.0], [1.0, -1.0], [-1.0, 1.0], [1.0, 1.0]]), atol=1e-9, what="Z")


@title(en="A step on the corners of a square", ru="Шаг на вершинах квадрата")
def test_step(submission):
    Z = np.array([[-1.0, -1.0], [1.0, -1.0], [-1.0, 1.0], [1.0, 1.0]])
    assert_close(submission.fastica_step(Z, np.eye(2), "cube"), -np.eye(2), atol=1e-9, what="with the cube")
    assert_close(submission.fastica_step(Z, np.eye(2)), np.eye(2), atol=1e-9, what="with tanh")


@title(en="Two mixed waves", ru="Две смешанные волны")
def test_fastica(submission):
    t = np.arange(400) / 400
    waves = np.stack([np.sin(2 * np.pi * 3 * t), np.sign(np.sin(2 * np.pi * 7 * t + 0.1))], axis=1)
    S, _, converged = submission.fastica(waves @ np.array([[1.0, 2.0], [1.0, -1.0]]), np.eye(2))
    met = np.abs(np.corrcoef(waves.T, S.T)[:2, 2:])
    assert (met.max(axis=1) > 0.98).all(), "each wave must be met by a column of S, up to its sign"
    assert_close(np.asarray(S).std(axis=0), np.ones(2), rtol=1e-6, what="the deviations of S")
    assert converged


@title(en="The canonical correlation of the statement", ru="Каноническая корреляция из условия")
def test_cca(submission):
    x, y = np.array([[1.0], [5.0], [1.0], [5.0]]), np.array([[0.0], [-3.0], [-3.0], [-6.0]])
    A, B, correlations = submission.cca(x, y, 1)
    assert_close(correlations, np.array([0.5**0.5]), rtol=1e-6, what="correlations")
    assert_close(A, np.array([[0.5]]), rtol=1e-6, what="A")
    assert_close(B, np.array([[-(2**0.5) / 3]]), rtol=1e-6, what="B")
