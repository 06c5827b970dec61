"""Transposed convolution against torch, by hand, and as the adjoint of convolution."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from reference.convolutions.layers.convolution import conv
from reference.convolutions.layers.transposed_convolution import transposed

CASES = [
    # n, D, h, w, c, kh, kw, stride, padding, output padding
    (2, 3, 4, 5, 2, 3, 2, 1, 0, 0),
    (1, 2, 3, 3, 3, 3, 3, 2, 1, 1),
    (2, 1, 2, 4, 2, 4, 3, 3, 1, 2),
    (1, 2, 3, 2, 1, 2, 2, 4, 0, 3),
    (1, 2, 1, 1, 2, 1, 1, 1, 0, 0),
]


@pytest.mark.parametrize("case", CASES)
def test_as_torch(case):
    n, D, h, w, c, kh, kw, stride, padding, more = case
    rng = np.random.default_rng(8)
    Y, K = rng.normal(size=(n, D, h, w)), rng.normal(size=(D, c, kh, kw))
    theirs = torch.nn.functional.conv_transpose2d(torch.from_numpy(Y), torch.from_numpy(K), None, stride, padding, more)
    np.testing.assert_allclose(transposed(Y, K, stride, padding, more), theirs.numpy(), rtol=1e-10, atol=1e-12)


@pytest.mark.parametrize(("side", "k", "stride", "padding"), [(7, 3, 2, 0), (8, 3, 2, 1), (9, 4, 3, 2), (6, 2, 1, 0)])
def test_it_is_the_adjoint_of_convolution(side, k, stride, padding):
    rng = np.random.default_rng(side)
    X, K = rng.normal(size=(2, 3, side, side)), rng.normal(size=(4, 3, k, k))
    maps = conv(X, K, None, stride, padding)
    Y = rng.normal(size=maps.shape)
    back = transposed(Y, K, stride, padding, (side + 2 * padding - k) % stride)
    assert back.shape == X.shape
    assert (maps * Y).sum() == pytest.approx((X * back).sum(), rel=1e-12)


def test_by_hand():
    K = [[[[1, 2], [3, 4]]]]
    assert transposed([[[[1, 10]]]], K).tolist() == [[[[1, 12, 20], [3, 34, 40]]]]
    assert transposed([[[[1, 10]]]], K, 2).tolist() == [[[[1, 2, 10, 20], [3, 4, 30, 40]]]]
    assert transposed([[[[1, 10]]]], K, 3, 0, 1).tolist() == [[[[1, 2, 0, 10, 20, 0], [3, 4, 0, 30, 40, 0], [0] * 6]]]
    assert transposed([[[[1, 10], [100, 1000]]]], K, 1, 1).tolist() == [[[[1234]]]]


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"Y": np.zeros((3, 3))}, "Y"),
        ({"K": np.zeros((3, 2, 2, 2))}, "K"),
        ({"K": np.zeros((2, 2))}, "K"),
        ({"stride": 0}, "stride"),
        ({"padding": -1}, "padding"),
        ({"padding": 3}, "padding"),
        ({"output_padding": 2}, "output_padding"),
        ({"output_padding": -1}, "output_padding"),
    ],
)
def test_errors(changes, named):
    good = {"Y": np.zeros((1, 2, 3, 3)), "K": np.zeros((2, 3, 2, 2)), "stride": 2, "padding": 0, "output_padding": 0}
    with pytest.raises(ValueError, match=f"^{named} must"):
        transposed(**(good | changes))
