"""Networks of configurations: by hand, against torch's functions, and against `trace`."""

import numpy as np
import pytest
import torch
from torch import nn
from torch.nn import functional

from reference.convolutions.architectures.configuration import trace
from reference.convolutions.architectures.networks import build

from .random_networks import network


def run(config, modules, x):
    """A configuration by torch's functions."""
    for layer, module in zip(config, modules, strict=True):
        match layer:
            case ("conv", _, _, stride, padding):
                x = functional.conv2d(x, module.weight, module.bias, stride, padding)
            case ("pool", kernel, stride):
                x = x.unfold(2, kernel, stride).unfold(3, kernel, stride).amax(dim=(4, 5))
            case ("adaptive", size):
                x = functional.adaptive_avg_pool2d(x, size)
            case ("flatten",):
                x = x.reshape(len(x), -1)
            case ("linear", _):
                x = x @ module.weight.T + module.bias
            case _:
                x = x.clamp(min=0)
    return x


@pytest.mark.parametrize("seed", range(20))
def test_against_functions_of_torch(seed):
    config, shape = network(np.random.default_rng(seed))
    net = build(config, shape).double()
    x = torch.randn(2, *shape, generator=torch.Generator().manual_seed(seed), dtype=torch.float64)
    torch.testing.assert_close(net(x), run(config, net, x))


@pytest.mark.parametrize("seed", range(20))
def test_it_does_what_trace_says(seed):
    config, shape = network(np.random.default_rng(seed))
    net, x = build(config, shape), torch.zeros(2, *shape)
    for module, (_, expected, parameters) in zip(net, trace(config, shape), strict=True):
        x = module(x)
        assert x.shape == (2, *expected)
        assert sum(parameter.numel() for parameter in module.parameters()) == parameters


def test_by_hand():
    """The largest of 2 x 2, halved and moved by 1; what is below 0 becomes 0."""
    net = build([("pool", 2, 2), ("conv", 1, 1, 1, 0), ("relu",)], (1, 2, 4))
    with torch.no_grad():
        net[1].weight.fill_(0.5)
        net[1].bias.fill_(1.0)
    x = torch.tensor([[[[1.0, 6.0, -9.0, -7.0], [2.0, 3.0, -8.0, -5.0]]]])
    assert net(x).tolist() == [[[[4.0, 0.0]]]]


def test_kinds_of_modules():
    net = build(
        [("conv", 1, 1, 1, 0), ("pool", 1, 1), ("adaptive", 1), ("flatten",), ("linear", 1), ("relu",)], (1, 1, 1)
    )
    kinds = [nn.Conv2d, nn.MaxPool2d, nn.AdaptiveAvgPool2d, nn.Flatten, nn.Linear, nn.ReLU]
    assert [type(module) for module in net] == kinds
