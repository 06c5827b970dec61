"""Shapes and counts: by hand, against torch's own layers on the meta device, and by what a picture's size changes."""

import numpy as np
import pytest
import torch

from reference.convolutions.architectures.configuration import count, trace
from reference.convolutions.architectures.networks import build

from .random_networks import network

SMALL = [("conv", 4, 3, 1, 1), ("relu",), ("pool", 2, 2), ("flatten",), ("linear", 5)]


def by_torch(config, shape):
    """Shapes and counts of real layers, which have no numbers in them."""
    with torch.device("meta"):
        x, rows = torch.zeros(1, *shape), []
        for layer, module in zip(config, build(config, shape), strict=True):
            x = module(x)
            rows.append((layer[0], tuple(x.shape[1:]), sum(p.numel() for p in module.parameters())))
    return rows


def test_by_hand():
    """4 (2 * 9 + 1) = 76; (7 - 2) // 2 + 1 = 3; 4 * 3 * 2 = 24; 5 (24 + 1) = 125."""
    assert trace(SMALL, (2, 7, 5)) == [
        ("conv", (4, 7, 5), 76),
        ("relu", (4, 7, 5), 0),
        ("pool", (4, 3, 2), 0),
        ("flatten", (24,), 0),
        ("linear", (5,), 125),
    ]
    assert count(SMALL, (2, 7, 5)) == 201


@pytest.mark.parametrize("seed", range(30))
def test_as_torch(seed):
    config, shape = network(np.random.default_rng(seed))
    rows = trace(config, shape)
    assert rows == by_torch(config, shape)
    assert count(config, shape) == sum(row[2] for row in rows)


def test_what_came_is_not_changed():
    config = list(SMALL)
    trace(config, (2, 7, 5))
    assert config == SMALL


def test_after_adaptive_the_size_of_the_picture_does_not_count():
    config = [("conv", 3, 3, 2, 0), ("adaptive", 4), ("flatten",), ("linear", 10)]
    assert {count(config, (1, side, side + 3)) for side in (3, 8, 50)} == {30 + 10 * 49}


def test_a_map_that_no_memory_holds():
    assert count([("flatten",), ("linear", 10**6)], (10, 1000, 100)) == 10**12 + 10**6
    assert type(count([("conv", 2, 1, 1, 0)], (np.int64(3), 1, 1))) is int


@pytest.mark.parametrize("shape", [(3, 8), (1, 3, 8, 8), (0, 8, 8), (3, -1, 8), (3, 8.0, 8), (3, True, 8)])
def test_shape_is_checked(shape):
    for function in (trace, count, build):
        with pytest.raises(ValueError, match=r"^shape must"):
            function([("relu",)], shape)


@pytest.mark.parametrize(
    "config",
    [
        [("dropout", 1)],
        [()],
        [("conv", 4, 3)],
        [("relu", 1)],
        [("conv", 0, 3, 1, 1)],
        [("conv", 4, 3, 0, 1)],
        [("conv", 4, 3, 1, -1)],
        [("conv", 4, 3, 1.0, 1)],
        [("pool", 0, 1)],
        [("pool", 2, 0)],
        [("adaptive", 0)],
        [("conv", 4, 9, 1, 0)],
        [("conv", 4, 11, 1, 1)],
        [("pool", 9, 1)],
        [("linear", 4)],
        [("flatten",), ("linear", 0)],
        [("flatten",), ("conv", 4, 1, 1, 0)],
        [("flatten",), ("pool", 1, 1)],
        [("flatten",), ("adaptive", 1)],
    ],
)
def test_layers_are_checked(config):
    for function in (trace, count, build):
        with pytest.raises(ValueError, match=r"^config: "):
            function([("relu",), *config], (2, 8, 8))
