"""Wasserstein's distance: by hand, against scipy, and by what a distance must be."""

import numpy as np
import pytest
from scipy.spatial.distance import cdist
from scipy.stats import wasserstein_distance, wasserstein_distance_nd

from reference.generative.evaluation.wasserstein import sinkhorn, transport, wasserstein_1d

RNG = np.random.default_rng(0)
HALF, COST = [0.5, 0.5], [[0.0, 1.0], [1.0, 0.0]]


def test_by_hand():
    assert wasserstein_1d([3, 1], [2, 0]) == 1.0
    assert wasserstein_1d([0, 1], [0, 1, 1], [2, 2], None) == pytest.approx(1 / 6)
    value, plan = transport([0.5, 0.5], [1.0], [[2.0], [4.0]])
    assert value == pytest.approx(3)
    np.testing.assert_allclose(plan, [[0.5], [0.5]])
    k = np.exp(-2.0)  # one step of the matrix (1, k; k, 1) is enough, by symmetry
    np.testing.assert_allclose(sinkhorn(HALF, HALF, COST, 0.5, 1)[1], np.array([[1, k], [k, 1]]) / (2 + 2 * k))


def test_as_scipy_has_it():
    for n, m in ((1, 1), (5, 5), (4, 9)):
        a, b, wa, wb = RNG.normal(size=n), RNG.normal(size=m), RNG.random(n), RNG.random(m)
        assert wasserstein_1d(a, b) == pytest.approx(wasserstein_distance(a, b))
        assert wasserstein_1d(a, b, wa, wb) == pytest.approx(wasserstein_distance(a, b, wa, wb))
        X, Y, p, q = RNG.normal(size=(n, 2)), RNG.normal(size=(m, 2)), wa / wa.sum(), wb / wb.sum()
        expected = wasserstein_distance_nd(X, Y, p, q)
        assert transport(p, q, cdist(X, Y))[0] == pytest.approx(expected)
        assert transport(p, q, np.abs(a[:, None] - b))[0] == pytest.approx(wasserstein_1d(a, b, wa, wb))


def test_margins_of_plans():
    p, q = RNG.dirichlet(np.ones(5)), RNG.dirichlet(np.ones(7))
    p[0], q[[1, 2]] = 0, 0
    p, q = p / p.sum(), q / q.sum()
    cost = RNG.random((5, 7))
    for value, plan in (transport(p, q, cost), sinkhorn(p, q, cost, 0.1, 300)):
        assert (plan > -1e-12).all()
        np.testing.assert_allclose(plan.sum(axis=0), q, atol=1e-7)
        np.testing.assert_allclose(plan.sum(axis=1), p, atol=1e-7)
        assert value == pytest.approx((plan * cost).sum())


def test_sinkhorn_comes_near_the_least_cost():
    p, q, cost = RNG.dirichlet(np.ones(5)), RNG.dirichlet(np.ones(5)), RNG.random((5, 5))
    least = transport(p, q, cost)[0]
    rough, better, good = (sinkhorn(p, q, cost, eps, 200)[0] for eps in (1.0, 0.2, 0.05))
    assert rough > better > good
    assert good == pytest.approx(least, abs=0.05)


def test_it_is_a_distance():
    X = RNG.normal(size=(8, 2))
    p, q, r = RNG.dirichlet(np.ones(8), size=3)
    cost = cdist(X, X)
    far, one, two = (transport(s, t, cost)[0] for s, t in ((p, r), (p, q), (q, r)))
    assert far <= one + two
    assert transport(p, p, cost)[0] == pytest.approx(0, abs=1e-9)
    assert transport(r, p, cost)[0] == pytest.approx(far)
    a, b = RNG.normal(size=(2, 6))
    assert wasserstein_1d(3 * a - 1, 3 * b - 1) == pytest.approx(3 * wasserstein_1d(b, a))


@pytest.mark.parametrize(
    ("name", "call"),
    [
        ("a", lambda: wasserstein_1d([], [1.0])),
        ("b", lambda: wasserstein_1d([1.0], [np.nan])),
        ("wa", lambda: wasserstein_1d([1.0], [1.0], [0.0])),
        ("wb", lambda: wasserstein_1d([1.0], [1.0], None, [1.0, 1.0])),
        ("p", lambda: transport([0.5, 0.4], HALF, COST)),
        ("q", lambda: transport(HALF, [1.5, -0.5], COST)),
        ("cost", lambda: transport(HALF, HALF, [[1.0, 2.0]])),
        ("eps", lambda: sinkhorn(HALF, HALF, COST, 0.0, 1)),
        ("steps", lambda: sinkhorn(HALF, HALF, COST, 1.0, 0)),
    ],
)
def test_bad_arguments_are_refused(name, call):
    with pytest.raises(ValueError, match=f"^{name} must"):
        call()
