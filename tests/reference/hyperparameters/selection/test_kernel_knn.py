"""Kernel neighbours against scikit-learn (L01.knn_kernel)."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.neighbors import KNeighborsClassifier

from reference.hyperparameters.selection.kernel_knn import kernel_knn

KERNELS = {
    "rectangular": lambda u: np.where(u < 1, 1.0, 0.0),
    "triangular": lambda u: np.clip(1 - u, 0, None),
    "epanechnikov": lambda u: np.clip(1 - u * u, 0, None),
    "gaussian": lambda u: np.exp(-u * u / 2),
}


@pytest.mark.parametrize("kernel", list(KERNELS))
@pytest.mark.parametrize("seed", range(3))
def test_kernel_neighbours_as_scikit_learn_has_them(kernel, seed):
    """Object weights are not known there; an object of weight 3 stands three times instead."""
    generator = np.random.default_rng(seed)
    X, queries = generator.normal(size=(30, 2)), generator.normal(size=(40, 2))
    y, w = generator.choice([-1, 1], 30), generator.integers(1, 4, 30)
    X3, y3 = np.repeat(X, w, axis=0), np.repeat(y, w)
    h = 5.0 if kernel != "gaussian" else 0.4  # nothing outside of the window: the library divides by the sum
    oracle = KNeighborsClassifier(len(X3), weights=lambda distances: KERNELS[kernel](distances / h))
    assert kernel_knn(X, y, w, queries, h, kernel).tolist() == oracle.fit(X3, y3).predict(queries).tolist()


def test_an_empty_window_gives_no_class():
    X, y = np.array([[0.0], [1.0]]), np.array([-1, 1])
    found = kernel_knn(X, y, np.ones(2), np.array([[0.1], [5.0], [0.5]]), 0.7, "triangular")
    assert found.tolist() == [-1, 0, 0]
    assert kernel_knn(X, y, np.ones(2), np.array([[1.0]]), 1.0, "rectangular").tolist() == [1]  # the edge is outside


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({"X": np.zeros((0, 1))}, "X"),
        ({"y": np.array([0, 1])}, "y"),
        ({"w": np.array([1, -1])}, "w"),
        ({"queries": np.zeros((1, 2))}, "queries"),
        ({"h": 0.0}, "h"),
        ({"kernel": "square"}, "kernel"),
    ],
)
def test_errors_of_kernel_neighbours(changes, name):
    arguments = {"X": np.zeros((2, 1)), "y": np.array([1, -1]), "w": np.ones(2), "queries": np.zeros((1, 1)), "h": 1.0}
    with pytest.raises(ValueError, match=name):
        kernel_knn(**(arguments | changes))
