"""Frozen layers: by hand, against an optimiser of torch over all parameters, and what transfer leaves alone."""

from __future__ import annotations

import copy

import pytest
import torch
from torch import nn

from reference.deep.pruning.freezing import freeze, transfer, unfreeze


def named():
    torch.manual_seed(1)
    inner = nn.ModuleDict({"conv": nn.Conv2d(1, 2, 3), "norm": nn.BatchNorm2d(2)})
    return nn.ModuleDict({"conv1": nn.Linear(2, 3), "conv10": nn.Linear(3, 1), "inner": inner})


def wants(model):
    return {name for name, parameter in model.named_parameters() if parameter.requires_grad}


def pair():
    torch.manual_seed(2)
    base = nn.Sequential(nn.Linear(3, 8), nn.BatchNorm1d(8), nn.Tanh()).double()
    return base, nn.Linear(8, 3).double(), torch.randn(30, 3, dtype=torch.float64), torch.randint(3, (30,))


def values(module):
    return {name: value.clone() for name, value in module.state_dict().items()}


@pytest.mark.parametrize(
    ("prefix", "count"), [("conv1", 9), ("conv10", 4), ("inner", 24), ("inner.norm", 4), ("conv1.bias", 3)]
)
def test_by_hand(prefix, count):
    model = named()
    everything = wants(model)
    assert freeze(model, prefix) == count
    assert everything - wants(model) == {name for name in everything if name == prefix or name.startswith(prefix + ".")}
    assert freeze(model, prefix) == count
    assert unfreeze(model, prefix) == count
    assert wants(model) == everything


def test_an_optimiser_over_all_parameters_does_not_move_what_is_frozen():
    base, head, X, y = pair()
    model = nn.Sequential(base, head)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1, momentum=0.9, weight_decay=0.1)
    nn.functional.cross_entropy(model(X), y).backward()
    freeze(model, "0")
    before = values(model)
    optimizer.step()
    moved = {name for name, value in model.state_dict().items() if not torch.equal(value, before[name])}
    assert moved == {"1.weight", "1.bias"}


def test_transfer_against_sgd_over_the_head_and_then_over_all():
    base, head, X, y = pair()
    twin_base, twin_head = copy.deepcopy(base), copy.deepcopy(head)
    found, expected = transfer(base, head, X, y, head_steps=4, all_steps=3, rate=0.5), []
    for steps, train in ((4, False), (3, True)):
        twin_base.train(train)
        trained = [*twin_head.parameters(), *(twin_base.parameters() if train else [])]
        optimizer = torch.optim.SGD(trained, lr=0.5)
        for _ in range(steps):
            optimizer.zero_grad()
            loss = nn.functional.cross_entropy(twin_head(twin_base(X)), y)
            expected.append(loss.item())
            loss.backward()
            optimizer.step()
    assert found.tolist() == pytest.approx(expected, rel=1e-9)
    for own, twin in ((base, twin_base), (head, twin_head)):
        for name, value in own.state_dict().items():
            torch.testing.assert_close(value, twin.state_dict()[name], rtol=1e-9, atol=1e-12)


def test_the_base_stays_as_it_was_to_the_bit_and_then_moves():
    base, head, X, y = pair()
    nn.functional.cross_entropy(head(base(X)), y).backward()  # gradients and statistics of before
    before, first = values(base), values(head)
    transfer(base, head, X, y, head_steps=5, all_steps=0, rate=0.5)
    assert all(torch.equal(value, before[name]) for name, value in base.state_dict().items())
    assert not torch.equal(head.weight, first["weight"])
    assert all(parameter.requires_grad for parameter in (*base.parameters(), *head.parameters()))
    assert all(module.training for module in (*base.modules(), *head.modules()))
    transfer(base, head, X, y, head_steps=0, all_steps=1, rate=0.5)
    del before["0.bias"]  # the normalisation takes it away: its gradient is zero but for rounding
    assert not any(torch.equal(base.state_dict()[name], value) for name, value in before.items())


def test_the_loss_falls():
    base, head, X, y = pair()
    losses = transfer(base, head, X, y, head_steps=20, all_steps=20, rate=0.1)
    assert (losses[1:20] < losses[:19]).all()
    assert losses[-1] < losses[20]


def test_bad_arguments_are_named():
    base, head, X, y = pair()
    good = {"head_steps": 1, "all_steps": 1, "rate": 0.1}
    for name, call in (
        ("prefix", lambda: freeze(base, "3")),
        ("prefix", lambda: unfreeze(base, "")),
        ("prefix", lambda: freeze(base, "2")),  # a module without parameters
        ("X", lambda: transfer(base, head, X[:0], y[:0], **good)),
        ("y", lambda: transfer(base, head, X, y[:5], **good)),
        ("y", lambda: transfer(base, head, X, y.double(), **good)),
        ("head_steps", lambda: transfer(base, head, X, y, **{**good, "head_steps": -1})),
        ("all_steps", lambda: transfer(base, head, X, y, **{**good, "all_steps": -1})),
        ("rate", lambda: transfer(base, head, X, y, **{**good, "rate": 0.0})),
    ):
        with pytest.raises(ValueError, match=f"^{name} must"):
            call()
