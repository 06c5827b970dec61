"""Operators on real vectors: moments over many draws (L01.operators_real)."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from reference.hyperparameters.evolutionary.operators_real import cross_real, mutate_real, rand_real


def rng(seed=0):
    return np.random.default_rng(seed)


def test_random_vectors_are_standard_normal_and_independent():
    drawn = np.array([rand_real(3, generator) for generator in [rng()] for _ in range(20_000)])
    assert drawn.shape == (20_000, 3)
    assert stats.kstest(drawn[:, 1], "norm").pvalue > 1e-4
    np.testing.assert_allclose(np.cov(drawn.T), np.eye(3), atol=0.04)


def test_noise_has_the_given_deviation_and_leaves_the_argument_alone():
    x = np.array([5.0, -1.0])
    generator = rng()
    moved = np.array([mutate_real(x, 0.3, generator) for _ in range(20_000)]) - x
    assert stats.kstest(moved[:, 0] / 0.3, "norm").pvalue > 1e-4
    assert abs(np.corrcoef(moved.T)[0, 1]) < 0.03
    assert x.tolist() == [5.0, -1.0]


def test_a_share_of_the_coordinates_moves():
    x = np.arange(10.0)
    generator = rng()
    changed = np.array([mutate_real(x, 1.0, generator, 0.3) != x for _ in range(5_000)])
    np.testing.assert_allclose(changed.mean(axis=0), 0.3, atol=0.03)
    assert changed.sum(axis=1).var() == pytest.approx(10 * 0.3 * 0.7, rel=0.1)  # one coin a coordinate
    assert (mutate_real(x, 1.0, generator, 0.0) == x).all()


def test_the_child_is_the_middle():
    assert cross_real(np.array([1, 2]), np.array([2, 4])).tolist() == [1.5, 3.0]


@pytest.mark.parametrize(
    ("call", "name"),
    [
        (lambda: rand_real(0, rng()), "m"),
        (lambda: mutate_real(np.zeros(2), -1.0, rng()), "eps"),
        (lambda: mutate_real(np.zeros(2), float("nan"), rng()), "eps"),
        (lambda: mutate_real(np.zeros(2), 1.0, rng(), 1.5), "share"),
        (lambda: cross_real(np.zeros(2), np.zeros(3)), "x2"),
    ],
)
def test_errors_of_real_operators(call, name):
    with pytest.raises(ValueError, match=name):
        call()
