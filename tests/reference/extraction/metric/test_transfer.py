"""Features of a hidden layer by hand, against a network that ends there, and what they leave behind: nothing."""

from __future__ import annotations

import pytest
import torch
from torch import nn

from reference.extraction.metric.transfer import features


def network():
    torch.manual_seed(1)
    head = nn.Sequential(nn.Flatten(), nn.Linear(12, 5), nn.ReLU(inplace=True), nn.Linear(5, 2))
    return nn.Sequential(nn.Conv2d(1, 3, 2), nn.Tanh(), head)


def test_by_hand():
    net = nn.Sequential(nn.Linear(2, 2, bias=False), nn.ReLU(inplace=True))
    with torch.no_grad():
        net[0].weight.copy_(torch.tensor([[1.0, 1.0], [1.0, -1.0]]))
    X = torch.tensor([[1.0, 2.0]])
    assert features(net, X, "0").tolist() == [[3.0, -1.0]]  # not 0: the ReLU behind it writes into another tensor
    assert features(net, X, "1").tolist() == [[3.0, 0.0]]


def test_against_a_network_that_ends_there():
    net, X = network(), torch.randn(4, 1, 3, 3, generator=torch.Generator().manual_seed(2))
    torch.testing.assert_close(features(net, X, "0"), net[0](X).flatten(1).detach())
    torch.testing.assert_close(features(net, X, "2.1"), nn.Sequential(*net[:2], *net[2][:2])(X).detach())
    torch.testing.assert_close(features(net, X, ""), net(X).detach())


def test_each_object_has_its_own_row():
    net, X = network(), torch.randn(4, 1, 3, 3, generator=torch.Generator().manual_seed(3))
    order = torch.tensor([2, 0, 3, 1])
    torch.testing.assert_close(features(net, X, "2.2")[order], features(net, X[order], "2.2"))
    assert features(nn.Sequential(nn.Flatten(0)), torch.ones(3, 1), "0").shape == (3, 1)


def test_nothing_stays_behind():
    net = nn.Sequential(nn.Linear(2, 3), nn.BatchNorm1d(3), nn.Dropout())
    net[2].eval()
    before = {name: value.clone() for name, value in net.state_dict().items()}
    assert not features(net, torch.ones(4, 2), "1").requires_grad
    with pytest.raises(RuntimeError):
        features(net, torch.ones(4, 7), "0")
    assert [part.training for part in net.modules()] == [True, True, True, False]
    assert all(torch.equal(value, before[name]) for name, value in net.state_dict().items())
    assert not any(part._forward_hooks for part in net.modules())


def test_bad_arguments_are_named():
    class Idle(nn.Sequential):
        def forward(self, x):
            return self[0](x)

    net = Idle(nn.Linear(2, 2), nn.Tanh())
    for name, call in (
        ("X", lambda: features(net, torch.ones(0, 2), "0")),
        ("layer", lambda: features(net, torch.ones(1, 2), "2")),
        ("layer", lambda: features(net, torch.ones(1, 2), "1")),  # not used
    ):
        with pytest.raises(ValueError, match=f"^{name} must"):
            call()
