"""Uniform first values: bounds, mean and deviation, and the generator that they come from."""

from __future__ import annotations

import pytest
import torch

from reference.parameters import linear, uniform


def test_they_fill_the_interval_uniformly():
    values = uniform(200, 50, within=0.5, rng=torch.Generator().manual_seed(0)).detach()
    assert values.shape == (200, 50)
    assert float(values.abs().max()) <= 0.5
    assert float(values.mean()) == pytest.approx(0.0, abs=0.02)
    assert float(values.std()) == pytest.approx(0.5 / 3**0.5, rel=0.02)


def test_they_come_from_the_generator_given_and_need_gradients():
    one, same, other = (uniform(5, within=1.0, rng=torch.Generator().manual_seed(seed)) for seed in (1, 1, 2))
    assert torch.equal(one, same)
    assert not torch.equal(one, other)
    assert one.requires_grad
    generator = torch.Generator().manual_seed(1)
    assert not torch.equal(uniform(5, within=1.0, rng=generator), uniform(5, within=1.0, rng=generator))


def test_a_linear_layer_takes_its_weights_first_and_leaves_the_global_generator():
    before = torch.get_rng_state()
    layer = linear(4, 3, torch.Generator().manual_seed(1))
    generator = torch.Generator().manual_seed(1)
    assert torch.equal(layer.weight, uniform(3, 4, within=0.5, rng=generator))
    assert torch.equal(layer.bias, uniform(3, within=0.5, rng=generator))
    assert torch.equal(torch.get_rng_state(), before)
