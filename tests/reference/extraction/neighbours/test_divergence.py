"""The Kullback-Leibler divergence: by hand, against scipy and torch, and by what it must be."""

import math

import numpy as np
import pytest
import torch
from scipy.stats import entropy

from grader.testing.inputs import positive_definite
from reference.extraction.neighbours.divergence import kl, kl_gaussian

RNG = np.random.default_rng(0)
EYE = np.eye(2)


def test_by_hand():
    assert kl([0.5, 0.5], [0.25, 0.75]) == pytest.approx(0.5 * math.log(4 / 3))
    assert kl([[0.0, 1.0]], [[0.5, 0.5]]) == pytest.approx(math.log(2))
    assert kl([0.5, 0.5], [0.0, 1.0]) == math.inf
    assert kl([1.0, 0.0], [1.0, 0.0]) == 0.0
    # (1/4 + 1/4 - 1 + ln 4) / 2
    assert kl_gaussian([0.0], [[1.0]], [1.0], [[4.0]]) == pytest.approx((math.log(4) - 0.5) / 2)


def test_as_scipy_has_it():
    for _ in range(5):
        p, q = RNG.dirichlet(np.ones(6), size=2)
        p[2] = 0
        p /= p.sum()
        assert kl(p, q) == pytest.approx(entropy(p, q))
        assert kl(q, p) == entropy(q, p) == math.inf


@pytest.mark.parametrize("size", [1, 4, 200])
def test_as_torch_has_it(size):
    m1, m2 = RNG.normal(size=(2, size)) * 1e-2
    S1, S2 = (positive_definite(RNG, size) * 1e-4 for _ in range(2))
    normal = torch.distributions.MultivariateNormal
    one, two = (normal(torch.from_numpy(m), torch.from_numpy(S)) for m, S in ((m1, S1), (m2, S2)))
    assert kl_gaussian(m1, S1, m2, S2) == pytest.approx(float(torch.distributions.kl_divergence(one, two)))


def test_never_negative_and_the_same_after_a_linear_map():
    for _ in range(5):
        p, q = RNG.dirichlet(np.ones(4), size=2)
        assert kl(p, q) > 0
        m1, m2 = RNG.normal(size=(2, 3))
        S1, S2 = positive_definite(RNG, 3), positive_definite(RNG, 3)
        found, A = kl_gaussian(m1, S1, m2, S2), RNG.normal(size=(3, 3))
        assert found > 0
        assert kl_gaussian(A @ m1, A @ S1 @ A.T, A @ m2, A @ S2 @ A.T) == pytest.approx(found)
        assert kl_gaussian(m1, S1, m1, S1) == pytest.approx(0, abs=1e-12)


@pytest.mark.parametrize(
    ("name", "call"),
    [
        ("p", lambda: kl([0.5, 0.6], [0.5, 0.5])),
        ("p", lambda: kl([-0.5, 1.5], [0.5, 0.5])),
        ("q", lambda: kl([0.5, 0.5], [0.5, 0.4])),
        ("q", lambda: kl([0.5, 0.5], [1.0])),
        ("m1", lambda: kl_gaussian([], EYE, [0, 0], EYE)),
        ("m2", lambda: kl_gaussian([0, 0], EYE, [0], EYE)),
        ("S1", lambda: kl_gaussian([0, 0], [[1, 0.5], [0, 1]], [0, 0], EYE)),
        ("S2", lambda: kl_gaussian([0, 0], EYE, [0, 0], -EYE)),
        ("S2", lambda: kl_gaussian([0, 0], EYE, [0, 0], [[1]])),
    ],
)
def test_bad_arguments_are_refused(name, call):
    with pytest.raises(ValueError, match=f"^{name} must"):
        call()
