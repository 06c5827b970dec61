"""LeNet-5: by hand, against loops over windows, and against torch's layers put together."""

import math

import pytest
import torch
from torch import nn

from reference.convolutions.architectures.lenet import LeNet5


def pictures(seed, n=3):
    return torch.randn(n, 1, 32, 32, generator=torch.Generator().manual_seed(seed), dtype=torch.float64)


def test_parameters_by_hand():
    """6 (25 + 1), 16 (150 + 1), 120 (400 + 1), 84 (120 + 1), 10 (84 + 1)."""
    counts = {name: sum(p.numel() for p in layer.parameters()) for name, layer in LeNet5().named_children()}
    assert counts == {"c1": 156, "c3": 2416, "c5": 48120, "f6": 10164, "output": 850}
    assert sum(counts.values()) == 61706


def test_one_path_by_hand():
    """Each layer reads one value of the one before, so a constant picture goes through four tanh."""
    net = LeNet5().double()
    with torch.no_grad():
        for parameter in net.parameters():
            parameter.zero_()
        net.c1.weight[2, 0, 4, 0] = 0.5
        net.c3.weight[7, 2, 1, 1] = 2.0
        net.c5.weight[3, 7 * 25] = 1.5
        net.f6.weight[80, 3] = -1.0
        net.output.weight[9, 80] = 3.0
        net.output.bias[9] = 1.0
        scores = net(torch.full((1, 1, 32, 32), 0.8).double())
    value = math.tanh(0.5 * 0.8)
    for weight in (2.0, 1.5, -1.0):
        value = math.tanh(weight * value)
    assert scores[0, :9].tolist() == [0.0] * 9
    assert scores[0, 9].item() == pytest.approx(3.0 * value + 1.0, rel=1e-7)


def windows(maps, weight, bias):
    """A convolution place by place."""
    size, side = weight.shape[-1], maps.shape[-1] - weight.shape[-1] + 1
    rows = [
        [
            (maps[:, None, :, i : i + size, j : j + size] * weight).sum(dim=(2, 3, 4)) + bias
            for j in range(side)
        ]
        for i in range(side)
    ]  # fmt: skip
    return torch.stack([torch.stack(row, dim=-1) for row in rows], dim=-2)


def means(maps):
    n, channels, side, _ = maps.shape
    return maps.reshape(n, channels, side // 2, 2, side // 2, 2).mean(dim=(3, 5))


def test_against_loops():
    net, x = LeNet5().double(), pictures(1)
    maps = means(torch.tanh(windows(x, net.c1.weight, net.c1.bias)))
    maps = means(torch.tanh(windows(maps, net.c3.weight, net.c3.bias)))
    values = torch.tanh(maps.reshape(3, -1) @ net.c5.weight.T + net.c5.bias)
    values = torch.tanh(values @ net.f6.weight.T + net.f6.bias)
    torch.testing.assert_close(net(x), values @ net.output.weight.T + net.output.bias)


def test_against_layers_of_torch():
    net, x = LeNet5().double(), pictures(2)
    same = nn.Sequential(
        net.c1, nn.Tanh(), nn.AvgPool2d(2), net.c3, nn.Tanh(), nn.AvgPool2d(2), nn.Flatten(),
        net.c5, nn.Tanh(), net.f6, nn.Tanh(), net.output,
    )  # fmt: skip
    torch.testing.assert_close(net(x), same(x))


def test_gradients_are_those_of_finite_differences():
    net, x, direction = LeNet5().double(), pictures(3), pictures(4)
    x.requires_grad_()
    (slope,) = torch.autograd.grad(net(x).sum(), x)
    step = 1e-6 * direction
    with torch.no_grad():
        change = (net(x + step).sum() - net(x - step).sum()) / 2e-6
    assert (slope * direction).sum().item() == pytest.approx(change.item(), rel=1e-6)


def test_objects_do_not_see_each_other():
    net, x = LeNet5().double(), pictures(5)
    torch.testing.assert_close(torch.cat([net(x[i : i + 1]) for i in range(3)]), net(x))


@pytest.mark.parametrize("shape", [(1, 32, 32), (2, 1, 28, 28), (2, 3, 32, 32), (0, 1, 32, 32), (2, 1, 32, 33)])
def test_shapes_are_checked(shape):
    with pytest.raises(ValueError, match=r"^x must"):
        LeNet5()(torch.zeros(shape))
