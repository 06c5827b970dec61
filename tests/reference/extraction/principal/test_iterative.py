"""Components one by one: against those of `pca` and scikit-learn, by hand, and by what each step must keep."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from sklearn.decomposition import PCA

from reference.extraction.principal.iterative import pca_iterative
from reference.extraction.principal.pca import pca

F = np.array([[18.0, 16.0], [2.0, 4.0], [7.0, 14.0], [13.0, 6.0]])


@pytest.mark.parametrize("center", [True, False])
@pytest.mark.parametrize(("l", "n", "m"), [(30, 4, 4), (6, 15, 3)])
def test_as_pca(l, n, m, center):  # noqa: E741 (the lecture's name)
    rng = np.random.default_rng(n)
    X = rng.normal(size=(l, n)) * 2.0 ** np.arange(n) + 5
    G, U, values, mean = pca_iterative(X, rng.normal(size=(n, m)), center)
    expected = pca(X, m, center)
    for found, wanted in zip((G, U, values, mean), (*expected[:2], expected[2][:m], expected[3]), strict=True):
        np.testing.assert_allclose(found, wanted, atol=1e-7 * np.abs(wanted).max() + 1e-12)


def test_against_sklearn():
    rng = np.random.default_rng(1)
    X = rng.normal(size=(50, 3)) * (9.0, 3.0, 1.0)
    U = pca_iterative(X, np.eye(3))[1]
    np.testing.assert_allclose(np.abs(U), np.abs(PCA(3).fit(X).components_.T), atol=1e-8)


def test_one_step_by_hand():
    G, U, values, _ = pca_iterative(F, [[1], [0]], max_iter=1)  # F^T F = [[146, 72], [72, 104]]
    c = np.array([146.0, 72.0]) / np.hypot(146.0, 72.0)
    np.testing.assert_allclose(U[:, 0], c, rtol=1e-12)
    assert values[0] == pytest.approx(c @ [[146, 72], [72, 104]] @ c)
    np.testing.assert_allclose(G[:, 0], (F - 10) @ c, rtol=1e-12)


def test_orthogonal_however_few_the_steps():
    rng = np.random.default_rng(3)
    X = rng.normal(size=(20, 6))
    for steps in (1, 2, 7):
        G, U, values, _ = pca_iterative(X, rng.normal(size=(6, 4)), max_iter=steps)
        np.testing.assert_allclose(U.T @ U, np.eye(4), atol=1e-12)
        np.testing.assert_allclose((G**2).sum(axis=0), values)


def test_a_coarse_tolerance_ends_early():
    X = np.random.default_rng(4).normal(size=(20, 3))
    early = [pca_iterative(X, np.eye(3)[:, :1], max_iter=steps)[1] for steps in range(1, 30)]
    moves = [np.linalg.norm(later - earlier) for earlier, later in pairwise(early)]
    first = next(place for place, move in enumerate(moves) if move <= 1e-2)
    np.testing.assert_array_equal(pca_iterative(X, np.eye(3)[:, :1], tol=1e-2)[1], early[first + 1])


@pytest.mark.parametrize(
    ("named", "arguments"),
    [
        ("F", ([1.0], [[1.0]])),
        ("start", (F, [[1.0]])),
        ("start", (F, [[0.0], [0.0]])),
        ("start", (F, np.eye(3))),
        ("start", ([[0, 0], [1, 2], [2, 4]], [[1, 0], [0, 1]])),
        ("tol", (F, np.eye(2), True, -1.0)),
        ("max_iter", (F, np.eye(2), True, 0.1, 0)),
    ],
)
def test_bad_arguments(named, arguments):
    with pytest.raises(ValueError, match=f"^{named} must"):
        pca_iterative(*arguments)
