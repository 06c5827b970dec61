"""Tables of layers by hand, and against what the modules of torch hold."""

import pytest
import torch
from torch import nn

from reference.frameworks.instruments.summary import summary, total


class Model(nn.Module):
    """Registered in another order than run; one module runs twice, one never."""

    def __init__(self):
        super().__init__()
        self.last = nn.Linear(4, 2)
        self.unused = nn.Linear(9, 9)
        self.blocks = nn.ModuleList([nn.Sequential(nn.Linear(4, 4), nn.ReLU(inplace=True)), nn.BatchNorm1d(4)])

    def forward(self, x):
        if x.shape[1] != 4:
            raise RuntimeError("four features")
        for block in (self.blocks[0], self.blocks[1], self.blocks[0]):
            x = block(x)
        return self.last(x)


EXPECTED = [
    ("blocks.0.0", (3, 4), 20),
    ("blocks.0.1", (3, 4), 0),
    ("blocks.1", (3, 4), 8),
    ("blocks.0.0", (3, 4), 0),
    ("blocks.0.1", (3, 4), 0),
    ("last", (3, 2), 10),
]


def test_by_hand():
    assert summary(Model(), torch.ones(3, 4)) == EXPECTED


def test_convolutions_by_hand():
    """Conv2d: 3 8 9 + 8 = 224, Conv2d: 8 4 4 + 4 = 132, Linear: 4 4 4 10 + 10 = 650."""
    net = nn.Sequential(
        nn.Conv2d(3, 8, 3, padding=1), nn.MaxPool2d(4), nn.Conv2d(8, 4, 2, stride=2), nn.Flatten(), nn.Linear(64, 10)
    )
    rows = summary(net, torch.ones(2, 3, 32, 32))
    assert [row[1] for row in rows] == [(2, 8, 32, 32), (2, 8, 8, 8), (2, 4, 4, 4), (2, 64), (2, 10)]
    assert [row[2] for row in rows] == [224, 0, 132, 0, 650]


@pytest.mark.parametrize("net", [nn.Sequential(nn.Linear(4, 3), nn.PReLU(3)), nn.Linear(4, 3), nn.LSTM(4, 5)])
def test_total_is_what_the_model_has(net):
    rows = summary(net, torch.ones(7, 4))
    assert total(rows) == sum(parameter.numel() for parameter in net.parameters())
    assert total([]) == 0


def test_shapes_are_those_of_the_outputs():
    net = nn.Sequential(nn.Linear(4, 6), nn.Unflatten(1, (2, 3)), nn.Flatten(), nn.Tanh())
    x = torch.ones(5, 4)
    for name, shape, _ in summary(net, x):
        assert net[: int(name) + 1](x).shape == shape


def test_tied_parameters_count_once():
    net = nn.Sequential(nn.Linear(3, 3, bias=False), nn.Linear(3, 3))
    net[1].weight = net[0].weight
    assert [row[2] for row in summary(net, torch.ones(1, 3))] == [9, 3]


def test_a_leaf_and_tokens():
    assert summary(nn.Linear(3, 2), torch.ones(1, 3)) == [("", (1, 2), 8)]
    assert summary(nn.Embedding(10, 4), torch.tensor([[1, 2, 3]])) == [("", (1, 3, 4), 40)]


@pytest.mark.parametrize("features", [4, 5])
def test_the_model_stays_as_it_was(features):
    model = Model()
    model.blocks.eval()
    model.last.register_forward_hook(lambda *call: None)
    before = {name: value.clone() for name, value in model.state_dict().items()}
    modes = [module.training for module in model.modules()]
    x = torch.full((1, features), -1.0)
    try:
        summary(model, x)
    except RuntimeError:
        assert features == 5
    assert [module.training for module in model.modules()] == modes
    assert all(torch.equal(value, before[name]) for name, value in model.state_dict().items())
    assert [len(module._forward_hooks) for module in model.modules()].count(1) == 1
    assert sum(len(module._forward_hooks) for module in model.modules()) == 1
    assert all(parameter.grad is None and parameter.requires_grad for parameter in model.parameters())
    assert torch.equal(x, torch.full((1, features), -1.0))


def test_errors():
    for name, model, example in (
        ("model", torch.relu, torch.ones(1)),
        ("example", nn.ReLU(), [1.0]),
        ("example", nn.ReLU(), torch.ones(0, 3)),
    ):
        with pytest.raises(ValueError, match=rf"^{name} "):
            summary(model, example)
