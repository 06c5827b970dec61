"""The mixture of Gaussians against scipy's densities and scikit-learn's EM, and properties.

scikit-learn takes precisions where this takes covariances, reports no history, and counts ``tol`` the same way.
"""

from __future__ import annotations

import warnings

import numpy as np
import pytest
from scipy.special import logsumexp
from scipy.stats import multivariate_normal
from sklearn.exceptions import ConvergenceWarning
from sklearn.mixture import GaussianMixture

from reference.clustering.mixture import gmm, hard_labels, log_densities, soft_labels


def a_mixture(seed, k=3, m=2):
    rng = np.random.default_rng(seed)
    factors = rng.normal(size=(k, m, m))
    return rng.dirichlet(np.ones(k)), rng.normal(size=(k, m)) * 3, factors @ factors.transpose(0, 2, 1) + np.eye(m)


def sample(seed, n=150, k=3, m=2):
    rng = np.random.default_rng(seed)
    _, means, covariances = a_mixture(seed, k, m)
    return np.stack([rng.multivariate_normal(means[j], covariances[j]) for j in rng.integers(k, size=n)])


def sklearn_em(X, start, steps, reg):
    spread = np.atleast_2d(np.cov(X.T, bias=True)) + reg * np.eye(X.shape[1])
    model = GaussianMixture(
        len(start),
        tol=0,
        max_iter=steps,
        reg_covar=reg,
        weights_init=np.full(len(start), 1 / len(start)),
        means_init=start,
        precisions_init=np.stack([np.linalg.inv(spread)] * len(start)),
        random_state=0,
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        return model.fit(X)


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize(("k", "m"), [(1, 1), (3, 2), (4, 6)])
def test_densities_and_soft_labels_against_scipy(seed, k, m):
    weights, means, covariances = a_mixture(seed, k, m)
    X = np.random.default_rng(seed).normal(size=(20, m)) * 5
    expected = np.array([multivariate_normal(mu, S).logpdf(X) for mu, S in zip(means, covariances, strict=True)]).T
    np.testing.assert_allclose(log_densities(X, means, covariances), expected, rtol=1e-9)
    joint = np.log(weights) + expected
    soft = soft_labels(X, weights, means, covariances)
    np.testing.assert_allclose(soft, np.exp(joint - logsumexp(joint, axis=1, keepdims=True)), rtol=1e-7, atol=1e-12)


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("steps", [1, 2, 10])
@pytest.mark.parametrize(("k", "m", "reg"), [(3, 2, 1e-6), (2, 1, 0.0), (4, 5, 0.1)])
def test_em_against_sklearn(seed, steps, k, m, reg):
    X = sample(seed, 150, k, m)
    found = sklearn_em(X, X[:k], steps, reg)
    weights, means, covariances, history = gmm(X, X[:k], steps, 0.0, reg)
    assert len(history) == steps + 1
    np.testing.assert_allclose(weights, found.weights_, rtol=1e-7)
    np.testing.assert_allclose(means, found.means_, rtol=1e-7, atol=1e-9)
    np.testing.assert_allclose(covariances, found.covariances_, rtol=1e-7, atol=1e-9)
    assert history[-1] == pytest.approx(found.score(X), rel=1e-9)
    np.testing.assert_allclose(soft_labels(X, weights, means, covariances), found.predict_proba(X), atol=1e-7)
    assert hard_labels(soft_labels(X, weights, means, covariances)).tolist() == found.predict(X).tolist()


@pytest.mark.parametrize("seed", range(8))
def test_the_likelihood_never_falls(seed):
    X = sample(seed, 200)
    history = gmm(X, X[:3], 60, 0.0, 0.0)[3]
    assert (np.diff(history) >= -1e-12).all()


def test_it_stops_when_the_rise_is_small():
    X = sample(1)
    history = gmm(X, X[:3], 500, 1e-3)[3]
    assert (np.diff(history)[:-1] >= 1e-3).all()
    assert np.diff(history)[-1] < 1e-3
    assert len(gmm(X, X[:3], 2, 0.0)[3]) == 3


def test_no_underflow_far_from_all_means():
    means, covariances = np.array([[0.0], [1.0]]), np.ones((2, 1, 1))
    soft = soft_labels([[1e4], [-1e4], [0.5]], [0.5, 0.5], means, covariances)
    np.testing.assert_allclose(soft, [[0, 1], [1, 0], [0.5, 0.5]], atol=1e-12)


def test_a_determinant_that_underflows_and_an_ill_conditioned_matrix():
    covariance = np.eye(300) * 1e-4
    assert log_densities(np.zeros((1, 300)), np.zeros((1, 300)), covariance[None]) == pytest.approx(
        -150 * np.log(2 * np.pi * 1e-4)
    )
    scales = np.logspace(-8, 8, 5)
    found = log_densities(np.sqrt(scales)[None], np.zeros((1, 5)), np.diag(scales)[None])
    assert found == pytest.approx(-0.5 * (5 * np.log(2 * np.pi) + np.log(scales).sum() + 5))


def test_a_component_without_responsibility_keeps_its_place():
    X = np.random.default_rng(0).normal(size=(50, 2))
    start = np.array([[0.0, 0.0], [1e4, 1e4]])
    weights, means, covariances, history = gmm(X, start, 5)
    assert weights.tolist() == [1.0, 0.0]
    assert means[1].tolist() == [1e4, 1e4]
    np.testing.assert_allclose(covariances[1], np.cov(X.T, bias=True) + 1e-6 * np.eye(2))
    np.testing.assert_allclose(means[0], X.mean(axis=0))
    assert np.isfinite(history).all()


def test_one_object_duplicates_and_a_constant_feature():
    weights, means, covariances, _ = gmm([[3.0, 4.0]], [[0.0, 0.0]], 3, 0.0, 0.5)
    assert (weights.tolist(), means.tolist()) == ([1.0], [[3.0, 4.0]])
    np.testing.assert_allclose(covariances, [0.5 * np.eye(2)])
    X = np.column_stack([np.repeat([0.0, 5.0], 10), np.ones(20)])
    weights, means, covariances, _ = gmm(X, X[[0, 19]], 50, 0.0, 1e-3)
    np.testing.assert_allclose(weights, [0.5, 0.5])
    np.testing.assert_allclose(means, [[0, 1], [5, 1]], atol=1e-9)
    np.testing.assert_allclose(covariances, [1e-3 * np.eye(2)] * 2, atol=1e-9)


def test_far_from_zero():
    X = sample(4)
    near, far = gmm(X, X[:3], 5, 0.0), gmm(X + 1e7, X[:3] + 1e7, 5, 0.0)
    np.testing.assert_allclose(far[2], near[2], rtol=1e-5, atol=1e-6)


def test_hard_labels_take_the_first_of_equal_ones():
    assert hard_labels([[0.5, 0.5], [0.2, 0.8], [1 / 3, 1 / 3]]).tolist() == [0, 1, 0]


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (([1.0], [1.0], [[0.0]], [[[1.0]]]), "X"),
        (([[1.0]], [0.5, 0.6], [[0.0], [1.0]], np.ones((2, 1, 1))), "weights"),
        (([[1.0]], [-0.5, 1.5], [[0.0], [1.0]], np.ones((2, 1, 1))), "weights"),
        (([[1.0]], [1.0], [[0.0], [1.0]], np.ones((2, 1, 1))), "weights"),
        (([[1.0]], [1.0], [[0.0, 1.0]], [np.eye(2)]), "means"),
        (([[1.0]], [1.0], [[0.0]], np.ones((1, 1))), "covariances"),
        (([[1.0]], [1.0], [[0.0]], -np.ones((1, 1, 1))), "covariances"),
        (([[1.0, 0.0]], [1.0], [[0.0, 0.0]], [[[1.0, 2.0], [2.0, 1.0]]]), "covariances"),
        (([[1.0, 0.0]], [1.0], [[0.0, 0.0]], [[[1.0, 0.5], [0.0, 1.0]]]), "covariances"),
    ],
)
def test_bad_models_are_named(arguments, named):
    with pytest.raises(ValueError, match=rf"^{named}"):
        soft_labels(*arguments)


@pytest.mark.parametrize(
    ("start", "limit", "tol", "reg", "named"),
    [
        ([[0.0, 0.0]], 5, 0.0, 0.0, "start"),
        ([[0.0]], 0, 0.0, 0.0, "max_iter"),
        ([[0.0]], 5, -1.0, 0.0, "tol"),
        ([[0.0]], 5, 0.0, -1e-6, "reg"),
        ([[0.0]], 5, 0.0, float("nan"), "reg"),
    ],
)
def test_bad_settings_are_named(start, limit, tol, reg, named):
    with pytest.raises(ValueError, match=rf"^{named}"):
        gmm([[0.0], [1.0]], start, limit, tol, reg)
    with pytest.raises(ValueError, match="covariances"):
        gmm([[2.0], [2.0]], [[2.0]], reg=0.0)
