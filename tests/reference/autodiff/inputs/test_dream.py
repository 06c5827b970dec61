"""Gradient ascent against closed forms, a search on a grid, and its own promise."""

import math

import pytest
import torch
from torch import nn

from reference.autodiff.inputs.dream import dream, excitation

from .networks import linear, small


def bump():
    """tanh(x + 1) - tanh(x - 1): one summit, at 0."""
    first, last = nn.Linear(1, 2).double(), linear([1.0, -1.0])
    first.load_state_dict({"weight": torch.ones(2, 1), "bias": torch.tensor([1.0, -1.0])})
    return nn.Sequential(first, nn.Tanh(), last)


def test_excitation_is_a_mean_over_places():
    network, x = small(4)
    assert excitation(network, x, 0, 2).item() == pytest.approx(
        sum(network[0](x)[2].flatten().tolist()) / 36, rel=1e-12
    )
    assert excitation(network, x, 6, 1).item() == pytest.approx(network(x)[1].item(), rel=1e-12)


def test_a_linear_unit_by_hand():
    """The gradient is the unit's row (3, 4), whose mean square is 12.5, wherever x is."""
    x, values = dream(
        nn.Sequential(linear([1.0, 1.0], [3.0, 4.0])), torch.tensor([1.0, 0.0]).double(), 0, 1, rate=0.5, steps=2
    )
    size = math.sqrt(12.5)
    torch.testing.assert_close(x, torch.tensor([1 + 3 / size, 4 / size]).double())
    torch.testing.assert_close(values, torch.tensor([3, 3 + 12.5 / size, 3 + 25 / size]).double())


@pytest.mark.parametrize("seed", range(4))
def test_it_rises_step_by_step(seed):
    network, x = small(seed)
    for layer, unit in ((0, 1), (4, 3), (6, 0)):
        found, values = dream(network, x, layer, unit, rate=0.5, steps=15)
        assert (values.diff() > 0).all()
        assert values[0].item() == excitation(network, x, layer, unit).item()
        assert values[-1].item() == excitation(network, found, layer, unit).item()


@pytest.mark.parametrize("seed", range(4))
def test_the_first_step_against_finite_differences(seed):
    network, x = small(seed)
    found, _ = dream(network, x, 4, 2, rate=1e-3, steps=1)
    steps = 1e-6 * torch.eye(x.numel()).double().reshape(-1, *x.shape)
    slopes = torch.stack([excitation(network, x + s, 4, 2) - excitation(network, x - s, 4, 2) for s in steps]) / 2e-6
    expected = slopes / slopes.square().mean().sqrt()
    torch.testing.assert_close((found - x).flatten() / 1e-3, expected, rtol=1e-6, atol=1e-6)


def test_the_rate_is_halved_and_stays_so():
    """From 1.5 by steps of 2 to the summit at 0: to -0.5; then 1.5 (2), 0.5 (1), 0 (1/2)."""
    x, values = dream(bump(), torch.tensor([1.5]).double(), 2, 0, rate=2.0, steps=2)
    assert x.item() == pytest.approx(0.0, abs=1e-12)
    assert values.tolist() == pytest.approx([math.tanh(z + 1) - math.tanh(z - 1) for z in (1.5, -0.5, 0.0)], rel=1e-12)


def test_the_summit_against_a_grid():
    x, values = dream(bump(), torch.tensor([2.3]).double(), 2, 0, rate=1.0, steps=100)
    assert x.item() == pytest.approx(0.0, abs=1e-5)
    assert len(values) < 101
    grid = torch.linspace(-3, 3, 601).double()
    assert values[-1].item() == pytest.approx((torch.tanh(grid + 1) - torch.tanh(grid - 1)).max().item(), abs=1e-9)


def test_a_unit_that_sleeps():
    """A ReLU below 0 has no gradient: nothing to follow, and no 0 / 0."""
    network = nn.Sequential(linear([1.0, 1.0]), nn.ReLU())
    x = torch.tensor([-1.0, -2.0]).double()
    found, values = dream(network, x, 1, 0)
    assert torch.equal(found, x)
    assert values.tolist() == [0.0]


def test_the_network_and_x_are_left_as_they_were():
    network, x = small(5)
    kept = x.clone()
    found, values = dream(network, x, 4, 0, steps=3)
    assert torch.equal(x, kept)
    assert not found.requires_grad
    assert not values.requires_grad
    assert all(p.grad is None and p.requires_grad for p in network.parameters())
    single = dream(network.float(), x.float(), 4, 0, steps=3)
    assert [part.dtype for part in single] == [torch.float32] * 2


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({"x": torch.ones(2, dtype=torch.int64)}, "x"),
        ({"x": torch.tensor([1.0, torch.inf]).double()}, "x"),
        ({"layer": 2}, "layer"),
        ({"layer": -1}, "layer"),
        ({"unit": 3}, "unit"),
        ({"unit": -1}, "unit"),
        ({"rate": 0.0}, "rate"),
        ({"steps": 0}, "steps"),
    ],
)
def test_bad_arguments(changes, name):
    network = nn.Sequential(linear([1.0, 2.0], [0.0, 1.0], [1.0, 0.0]), nn.Tanh())
    arguments = {"x": torch.ones(2).double(), "layer": 1, "unit": 0} | changes
    with pytest.raises(ValueError, match=rf"\b{name}\b"):
        dream(network, **arguments)
