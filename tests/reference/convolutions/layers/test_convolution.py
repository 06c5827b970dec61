"""Convolution against torch, by hand, by the definition, and by finite differences."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from reference.convolutions.layers.convolution import conv, conv_grad, correlate, spread
from reference.convolutions.layers.sizes import conv_size

CASES = [
    # n, c, h, w, D, kh, kw, stride, padding
    (2, 3, 6, 5, 4, 3, 2, 1, 0),
    (1, 1, 7, 8, 1, 3, 3, 2, 1),
    (2, 2, 8, 6, 3, 2, 4, 3, 2),
    (3, 2, 3, 4, 2, 3, 4, 1, 0),
    (1, 2, 4, 4, 3, 1, 1, 3, 0),
    (1, 1, 2, 2, 2, 2, 1, 2, 5),
]


def arguments(case):
    n, c, h, w, D, kh, kw, stride, padding = case
    rng = np.random.default_rng(sum(case))
    return rng.normal(size=(n, c, h, w)), rng.normal(size=(D, c, kh, kw)), rng.normal(size=D), stride, padding


@pytest.mark.parametrize("case", CASES)
def test_as_torch(case):
    X, K, b, stride, padding = arguments(case)
    leaves = [torch.from_numpy(values).requires_grad_() for values in (X, K, b)]
    theirs = torch.nn.functional.conv2d(*leaves, stride, padding)
    made = conv(X, K, b, stride, padding)
    np.testing.assert_allclose(made, theirs.detach().numpy(), rtol=1e-10, atol=1e-12)
    dY = np.random.default_rng(1).normal(size=made.shape)
    theirs.backward(torch.from_numpy(dY))
    for own, leaf in zip(conv_grad(X, K, dY, stride, padding), leaves, strict=True):
        np.testing.assert_allclose(own, leaf.grad.numpy(), rtol=1e-10, atol=1e-12)


def test_by_hand():
    X = [[[[1, 2, 3], [4, 5, 6], [7, 8, 9]]]]
    K = [[[[1, 0], [0, 10]]], [[[0, 1], [0, 0]]]]
    assert conv(X, K, [0, 100]).tolist() == [[[[51, 62], [84, 95]], [[102, 103], [105, 106]]]]
    assert conv(X, K, stride=2).tolist() == [[[[51]], [[2]]]]
    dX, dK, db = conv_grad(X, K[:1], [[[[1, 2], [3, 4]]]])
    assert dX.tolist() == [[[[1, 2, 0], [3, 14, 20], [0, 30, 40]]]]
    assert dK.tolist() == [[[[1 + 4 + 12 + 20, 2 + 6 + 15 + 24], [4 + 10 + 21 + 32, 5 + 12 + 24 + 36]]]]
    assert db.tolist() == [10]


@pytest.mark.parametrize("case", CASES)
def test_by_the_definition(case):
    X, K, b, stride, padding = arguments(case)
    n, _, h, w, D, kh, kw, *_ = case
    padded = np.pad(X, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    rows, columns = conv_size(h, kh, stride, padding), conv_size(w, kw, stride, padding)
    expected = np.empty((n, D, rows, columns))
    for image, d, y, x in np.ndindex(expected.shape):
        window = padded[image, :, y * stride : y * stride + kh, x * stride : x * stride + kw]
        expected[image, d, y, x] = b[d] + (window * K[d]).sum()
    np.testing.assert_allclose(conv(X, K, b, stride, padding), expected, rtol=1e-10, atol=1e-12)


def test_finite_differences():
    X, K, _, stride, padding = arguments((2, 2, 5, 6, 2, 3, 2, 2, 1))
    dY = np.random.default_rng(3).normal(size=conv(X, K, None, stride, padding).shape)
    dX, dK, _ = conv_grad(X, K, dY, stride, padding)
    for values, derivative in ((X, dX), (K, dK)):
        for place in list(np.ndindex(values.shape))[::5]:
            kept, sums = values[place], []
            for step in (1e-3, -1e-3):
                values[place] = kept + step
                sums.append((conv(X, K, None, stride, padding) * dY).sum())
            values[place] = kept
            assert (sums[0] - sums[1]) / 2e-3 == pytest.approx(derivative[place], rel=1e-6, abs=1e-9)


def test_spread_is_the_adjoint_of_correlate():
    rng = np.random.default_rng(4)
    X, K = rng.normal(size=(2, 3, 8, 7)), rng.normal(size=(4, 3, 3, 2))
    maps = correlate(X, K, 2)
    Y = rng.normal(size=maps.shape)
    assert (maps * Y).sum() == pytest.approx((X * spread(Y, K, X.shape, 2)).sum(), rel=1e-12)


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"X": np.zeros((4, 4))}, "X"),
        ({"X": np.full((1, 2, 4, 4), np.inf)}, "X"),
        ({"K": np.zeros((1, 3, 2, 2))}, "K"),
        ({"K": np.zeros((1, 2, 7, 2))}, "K"),
        ({"K": np.zeros((1, 2, 2, 7))}, "K"),
        ({"stride": 0}, "stride"),
        ({"padding": -1}, "padding"),
        ({"padding": 0.5}, "padding"),
    ],
)
def test_errors(changes, named):
    good = {"X": np.zeros((1, 2, 4, 4)), "K": np.zeros((1, 2, 2, 2)), "stride": 1, "padding": 1}
    with pytest.raises(ValueError, match=f"^{named} "):
        conv(**(good | changes))
    with pytest.raises(ValueError, match=f"^{named} "):
        conv_grad(**(good | {"dY": np.zeros((1, 1, 5, 5))} | changes))


def test_errors_of_the_bias_and_of_the_derivative():
    X, K = np.zeros((1, 2, 4, 4)), np.zeros((1, 2, 2, 2))
    with pytest.raises(ValueError, match=r"^b must"):
        conv(X, K, [1.0, 2.0])
    with pytest.raises(ValueError, match=r"^dY must"):
        conv_grad(X, K, np.zeros((1, 1, 4, 4)))
