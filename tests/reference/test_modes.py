"""Evaluation mode for a while: parts with modes of their own get them back, also after an error."""

from __future__ import annotations

import pytest
import torch
from torch import nn

from reference.modes import evaluation


def network() -> nn.Sequential:
    """In training mode, but for a part that is frozen and has a part that is not."""
    model = nn.Sequential(nn.Dropout(0.5), nn.Sequential(nn.BatchNorm1d(2), nn.Dropout(0.5)))
    model[1].eval()
    model[1][1].train()
    return model


def modes(model: nn.Module) -> list[bool]:
    return [module.training for module in model.modules()]


def test_within_nothing_is_random_and_no_statistic_moves():
    model, x = network().train(), torch.randn(5, 2)
    with evaluation(model):
        assert not any(modes(model))
        assert torch.equal(model(x), model(x))
    assert model[1][0].num_batches_tracked == 0


def test_each_part_gets_its_own_mode_back():
    model = network()
    with evaluation(model):
        pass
    assert modes(model) == [True, True, False, False, True]


def test_modes_come_back_after_an_error_and_it_goes_on():
    model = network()
    with pytest.raises(ZeroDivisionError), evaluation(model):
        raise ZeroDivisionError
    assert modes(model) == [True, True, False, False, True]
