"""Dropout by hand, against torch, and by the law of its masks."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from scipy.stats import binomtest

from reference.deep.normalisation.dropout import Dropout, draw_mask, dropout, dropout_grad


def test_by_hand():
    mask = np.array([[True, False], [False, True]])
    assert dropout([[1.0, 2.0], [3.0, -4.0]], mask, 0.75).tolist() == [[4.0, 0.0], [0.0, -16.0]]
    assert dropout_grad([[1.0, 1.0], [1.0, 0.5]], mask, 0.5).tolist() == [[2.0, 0.0], [0.0, 1.0]]


@pytest.mark.parametrize("p", [0.0, 0.2, 0.5, 0.9])
def test_against_torch(p):
    """The mask is read from what torch has dropped."""
    torch.manual_seed(3)
    x = torch.randn(40, 7, dtype=torch.float64, requires_grad=True)
    y = torch.nn.functional.dropout(x, p)
    weights = torch.randn(40, 7, dtype=torch.float64)
    (y * weights).sum().backward()
    mask = (y != 0).numpy()
    np.testing.assert_allclose(dropout(x.detach().numpy(), mask, p), y.detach().numpy(), rtol=1e-12)
    np.testing.assert_allclose(dropout_grad(weights.numpy(), mask, p), x.grad.numpy(), rtol=1e-12)


@pytest.mark.parametrize("p", [0.1, 0.5, 0.8])
def test_the_law_of_the_masks(p):
    masks = np.array([draw_mask((30, 20), p, rng) for rng in [np.random.default_rng(1)] for _ in range(20)])
    assert masks.dtype == bool
    assert binomtest(int(masks.sum()), masks.size, 1 - p).pvalue > 1e-6
    together = masks[..., 1:].astype(int) + masks[..., :-1]  # independent neighbours: 0, 1 or 2 of two are kept
    counts = np.bincount(together.ravel(), minlength=3)
    expected = together.size * np.array([p**2, 2 * p * (1 - p), (1 - p) ** 2])
    assert (np.abs(counts - expected) < 8 * np.sqrt(expected)).all()


def test_the_mean_over_the_masks_is_the_input():
    rng, x = np.random.default_rng(4), np.linspace(-2, 3, 11)
    mean = np.mean([dropout(x, draw_mask(x.shape, 0.3, rng), 0.3) for _ in range(20_000)], axis=0)
    np.testing.assert_allclose(mean, x, atol=0.1)


def test_a_layer_draws_in_training_only_and_goes_back_by_its_last_mask():
    layer, rng, x = Dropout(0.5), np.random.default_rng(5), np.ones((6, 5))
    first, second = layer.forward(x, rng), layer.forward(x, rng)
    assert (first != second).any()
    assert set(np.unique(second)) == {0.0, 2.0}
    np.testing.assert_array_equal(layer.backward(3 * x), 3 * second)
    before = rng.bit_generator.state
    np.testing.assert_array_equal(layer.forward(x, rng, train=False), x)
    assert rng.bit_generator.state == before
    np.testing.assert_array_equal(layer.backward(3 * x), 3 * x)
    np.testing.assert_array_equal(layer.forward(x, None, train=False), x)


@pytest.mark.parametrize("p", [1.0, -0.1, np.nan, True, "0.5"])
def test_bad_probabilities_are_named(p):
    x, mask = np.ones(2), np.ones(2, dtype=bool)
    for call in (
        lambda: draw_mask((2,), p, np.random.default_rng(0)),
        lambda: dropout(x, mask, p),
        lambda: dropout_grad(x, mask, p),
        lambda: Dropout(p),
    ):
        with pytest.raises(ValueError, match="p must"):
            call()


def test_other_bad_arguments_are_named():
    x, mask, layer = np.ones((2, 3)), np.ones((2, 3), dtype=bool), Dropout(0.5)
    layer.forward(x, np.random.default_rng(0))
    for name, call in (
        ("shape", lambda: draw_mask((2, 0), 0.5, np.random.default_rng(0))),
        ("shape", lambda: draw_mask(5, 0.5, np.random.default_rng(0))),
        ("rng", lambda: draw_mask((2,), 0.5, np.random)),
        ("mask", lambda: dropout(x, mask[:1], 0.5)),
        ("mask", lambda: dropout_grad(x, mask.astype(float), 0.5)),
        ("x", lambda: dropout(np.full((2, 3), np.nan), mask, 0.5)),
        ("rng", lambda: layer.forward(x, None)),
        ("dY", lambda: layer.backward(x[:1])),
    ):
        with pytest.raises(ValueError, match=f"^{name} must"):
            call()
