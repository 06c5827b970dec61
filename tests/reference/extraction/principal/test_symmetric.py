"""Eigenpairs, signs, ranks and double centring: by hand, against numpy, and by what they must satisfy."""

from __future__ import annotations

import numpy as np

from reference.extraction.principal.symmetric import centred_twice, eigenpairs, oriented, positive_count


def test_eigenpairs():
    noise = np.random.default_rng(0).normal(size=(6, 6))
    S = noise + noise.T
    values, vectors = eigenpairs(S)
    assert (np.diff(values) <= 0).all()
    np.testing.assert_allclose(S @ vectors, vectors * values, atol=1e-12)
    np.testing.assert_allclose(np.sort(np.linalg.eigvals(S).real)[::-1], values, rtol=1e-10)
    assert (vectors.max(axis=0) >= -vectors.min(axis=0)).all()


def test_signs_by_hand():
    assert oriented(np.array([[0.6, -0.1], [-0.8, 0.1]])).tolist() == [[-0.6, 0.1], [0.8, -0.1]]  # ties: the first


def test_negative_eigenvalues_and_rounding_are_not_counted():
    assert positive_count(np.array([2.0, 1.0, 1e-12, -3.0])) == 2
    assert positive_count(np.zeros(3)) == 0
    assert positive_count(np.array([-1.0])) == 0


def test_centred_twice():
    table = np.random.default_rng(1).normal(size=(5, 5))
    H = np.eye(5) - 1 / 5
    np.testing.assert_allclose(centred_twice(table), H @ table @ H, atol=1e-14)
    assert centred_twice(np.array([[1.0, 2.0], [2.0, 7.0]])).tolist() == [[1.0, -1.0], [-1.0, 1.0]]
