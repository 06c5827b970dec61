"""Natural gradient: closed forms of a Gaussian, numpy's covariance, invariance under a change of parameters."""

from __future__ import annotations

import numpy as np
import pytest
import scipy.linalg

from reference.autodiff.second_order.natural import fisher_matrix, natural_descent, natural_step


def test_fisher_against_numpy():
    G = np.random.default_rng(0).normal(size=(9, 4)) + 3
    np.testing.assert_allclose(fisher_matrix(G), np.cov(G, rowvar=False, bias=True), rtol=1e-12)


def test_fisher_of_blocks():
    G = np.random.default_rng(1).normal(size=(9, 4))
    full, found = fisher_matrix(G), fisher_matrix(G, [[2, 0], [3], [1]])
    kept = np.array([[1, 0, 1, 0], [0, 1, 0, 0], [1, 0, 1, 0], [0, 0, 0, 1]], dtype=bool)
    np.testing.assert_allclose(found, np.where(kept, full, 0), rtol=1e-12)


def gaussian_gradients(x, mean, sigma):
    """Of -log density by the mean and by sigma, an object a row."""
    return np.stack([-(x - mean) / sigma**2, 1 / sigma - (x - mean) ** 2 / sigma**3], axis=1)


def test_fisher_of_a_gaussian():
    """The information of one object is diag(1 / sigma^2, 2 / sigma^2)."""
    x = np.random.default_rng(2).normal(1.5, 2.0, size=1_000_000)
    np.testing.assert_allclose(fisher_matrix(gaussian_gradients(x, 1.5, 2.0)), np.diag([0.25, 0.5]), atol=0.01)


def test_step_of_a_gaussian():
    """With sigma known, one step lands on the mean of the sample when its variance is sigma^2."""
    x = np.array([1.0, 3.0, 5.0, 7.0])
    sigma = x.std()
    G = gaussian_gradients(x, 0.0, sigma)[:, :1]
    np.testing.assert_allclose(natural_step(G, G.mean(axis=0), 1.0, 0.0), [4.0], rtol=1e-12)


@pytest.mark.parametrize("damping", [0.0, 0.1, 10.0])
@pytest.mark.parametrize("blocks", [None, [[0, 1, 2, 3, 4]], [[4, 1], [0, 2, 3]], [[0], [1], [2], [3], [4]]])
def test_step_against_scipy(damping, blocks):
    rng = np.random.default_rng(3)
    G, g = rng.normal(size=(30, 5)), rng.normal(size=5)
    expected = -0.5 * scipy.linalg.solve(fisher_matrix(G, blocks) + damping * np.eye(5), g, assume_a="pos")
    np.testing.assert_allclose(natural_step(G, g, 0.5, damping, blocks), expected, rtol=1e-10)


def test_one_object_is_the_plain_gradient():
    G = np.array([[1.0, -2.0, 3.0]])
    np.testing.assert_allclose(natural_step(G, G[0], 0.1, 0.5), -0.2 * G[0], rtol=1e-14)
    with pytest.raises(ValueError, match="damping"):
        natural_step(G, G[0], 0.1, 0.0)


def test_linear_change_of_parameters():
    """With w = A v the gradients by v are those by w times A, and the step by v becomes the step by w."""
    rng = np.random.default_rng(4)
    G, g, A = rng.normal(size=(20, 3)), rng.normal(size=3), rng.normal(size=(3, 3))
    np.testing.assert_allclose(A @ natural_step(G @ A, g @ A, 1.0, 0.0), natural_step(G, g, 1.0, 0.0), rtol=1e-9)


def test_many_parameters_in_blocks():
    """A full matrix would not fit into any memory."""
    G = np.random.default_rng(5).normal(size=(3, 200_000))
    found = natural_step(G, G[0], 1.0, 0.5, np.arange(200_000).reshape(-1, 20))
    one = natural_step(G[:, 40:60], G[0, 40:60], 1.0, 0.5)
    np.testing.assert_allclose(found[40:60], one, rtol=1e-12)


def test_descent_finds_the_mean_and_spread_of_a_gaussian():
    x = np.random.default_rng(6).normal(2.0, 3.0, size=500)
    start = np.array([1.0, 2.0])
    w = natural_descent(lambda w: gaussian_gradients(x, *w), start, 0.5, 1e-3, 60)
    np.testing.assert_allclose(w, [x.mean(), x.std()], rtol=1e-6)
    assert start.tolist() == [1, 2]


def test_descent_step_by_step():
    x = np.array([1.0, 4.0, 4.5])
    calls = []

    def per_object(w):
        calls.append(w)
        return gaussian_gradients(x, *w)

    w = np.array([0.0, 2.0])
    found = natural_descent(per_object, w, 0.3, 0.2, 3, [[0], [1]])
    assert len(calls) == 3
    for _ in range(3):
        G = gaussian_gradients(x, *w)
        w = w - 0.3 * G.mean(axis=0) / (G.var(axis=0) + 0.2)
    np.testing.assert_allclose(found, w, rtol=1e-12)


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"G": [1.0, 2.0]}, "G"),
        ({"G": np.zeros((0, 2))}, "G"),
        ({"G": [[1.0, np.inf]]}, "G"),
        ({"g": [1.0]}, "g"),
        ({"mu": 0.0}, "mu"),
        ({"damping": -0.1}, "damping"),
        ({"damping": np.nan}, "damping"),
        ({"blocks": [[0]]}, "blocks"),
        ({"blocks": [[0, 1], [1]]}, "blocks"),
        ({"blocks": [[0], [2]]}, "blocks"),
        ({"blocks": [[0, 1], []]}, "blocks"),
        ({"blocks": []}, "blocks"),
        ({"blocks": [[0.0, 1.0]]}, "blocks"),
    ],
)
def test_bad_arguments(changes, named):
    arguments = {"G": [[1.0, 2.0], [3.0, 5.0]], "g": [1.0, 1.0], "mu": 1.0, "damping": 0.1}
    with pytest.raises(ValueError, match=rf"\b{named}\b"):
        natural_step(**(arguments | changes))


@pytest.mark.parametrize(("start", "steps", "named"), [([[1.0]], 1, "start"), ([1.0, 2.0], 0, "steps")])
def test_bad_arguments_of_the_descent(start, steps, named):
    with pytest.raises(ValueError, match=rf"\b{named}\b"):
        natural_descent(lambda w: np.eye(2), start, 1.0, 0.1, steps)
