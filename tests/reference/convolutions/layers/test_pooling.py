"""Pooling against torch, by hand, and by finite differences."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from reference.convolutions.layers.pooling import KINDS, pool, pool_grad

CASES = [
    ((2, 3, 6, 6), 2, None),
    ((1, 2, 7, 5), 2, None),
    ((2, 1, 7, 8), 3, 1),
    ((1, 1, 9, 8), 3, 2),
    ((1, 2, 9, 7), 2, 3),
]


def of_torch(image, k, stride, kind):
    if kind == "max":
        return torch.nn.functional.max_pool2d(image, k, stride)
    return torch.nn.functional.avg_pool2d(image, k, stride) * (k * k if kind == "sum" else 1)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("shape", "k", "stride"), CASES)
def test_as_torch(kind, shape, k, stride):
    rng = np.random.default_rng(5)
    X = rng.normal(size=shape)
    image = torch.from_numpy(X).requires_grad_()
    theirs = of_torch(image, k, stride, kind)
    np.testing.assert_allclose(pool(X, k, stride, kind), theirs.detach().numpy(), rtol=1e-12)
    dY = rng.normal(size=theirs.shape)
    theirs.backward(torch.from_numpy(dY))
    np.testing.assert_allclose(pool_grad(X, dY, k, stride, kind), image.grad.numpy(), rtol=1e-10, atol=1e-12)


def test_equal_maxima_as_torch():
    rng = np.random.default_rng(6)
    X = rng.integers(3, size=(2, 2, 8, 8)).astype(float)
    image = torch.from_numpy(X).requires_grad_()
    theirs = torch.nn.functional.max_pool2d(image, 3, 2)
    dY = rng.normal(size=theirs.shape)
    theirs.backward(torch.from_numpy(dY))
    np.testing.assert_allclose(pool_grad(X, dY, 3, 2), image.grad.numpy(), rtol=1e-12)


def test_by_hand():
    X = [[[[1, 7, 7, 0], [7, 2, 3, 4]]]]
    assert pool(X, 2).tolist() == [[[[7, 7]]]]
    assert pool(X, 2, kind="mean").tolist() == [[[[4.25, 3.5]]]]
    assert pool(X, 2, 1, "sum").tolist() == [[[[17, 19, 14]]]]
    assert pool(-np.array(X), 2).tolist() == [[[[-1, 0]]]]
    assert pool_grad(X, [[[[10, 20]]]], 2).tolist() == [[[[0, 10, 20, 0], [0, 0, 0, 0]]]]
    assert pool_grad(X, [[[[1, 2, 4]]]], 2, 1).tolist() == [[[[0, 3, 4, 0], [0, 0, 0, 0]]]]
    assert pool_grad(X, [[[[1, 2, 4]]]], 2, 1, "sum").tolist() == [[[[1, 3, 6, 4], [1, 3, 6, 4]]]]


@pytest.mark.parametrize("kind", KINDS)
def test_finite_differences(kind):
    rng = np.random.default_rng(7)
    X = rng.permutation(50).reshape(1, 2, 5, 5) / 10
    dY = rng.normal(size=pool(X, 3, 1, kind).shape)
    derivative = pool_grad(X, dY, 3, 1, kind)
    for place in np.ndindex(X.shape):
        kept, sums = X[place], []
        for step in (1e-3, -1e-3):
            X[place] = kept + step
            sums.append((pool(X, 3, 1, kind) * dY).sum())
        X[place] = kept
        assert (sums[0] - sums[1]) / 2e-3 == pytest.approx(derivative[place], rel=1e-6, abs=1e-9)


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"X": np.zeros((4, 4))}, "X"),
        ({"k": 0}, "k"),
        ({"k": 5}, "k"),
        ({"k": 2.0}, "k"),
        ({"stride": 0}, "stride"),
        ({"kind": "median"}, "kind"),
    ],
)
def test_errors(changes, named):
    good = {"X": np.zeros((1, 2, 4, 6)), "k": 2, "stride": 2, "kind": "max"}
    with pytest.raises(ValueError, match=f"^{named} "):
        pool(**(good | changes))
    with pytest.raises(ValueError, match=f"^{named} "):
        pool_grad(**(good | {"dY": np.zeros((1, 2, 2, 3))} | changes))


def test_the_derivative_has_the_shape_of_the_result():
    with pytest.raises(ValueError, match=r"^dY must"):
        pool_grad(np.zeros((1, 2, 4, 6)), np.zeros((1, 2, 4, 6)), 2)
