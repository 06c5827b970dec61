"""Features against forward hooks."""

import pytest
import torch
from torch import nn

from reference.autodiff.inputs.features import features

from .networks import linear, small


@pytest.mark.parametrize("layers", [[0], [6, 0, 3], [2, 2], [1, 4]])
def test_features_against_hooks(layers):
    network, x = small(1)
    seen = {}
    for number, module in enumerate(network):
        module.register_forward_hook(lambda module, inputs, output, number=number: seen.setdefault(number, output))
    network(x)
    torch.testing.assert_close(features(network, x, layers), [seen[layer] for layer in layers], rtol=0, atol=0)


def test_modules_that_work_in_place():
    plain, x = small(2)
    inplace, _ = small(2, inplace=True)
    torch.testing.assert_close(features(inplace, x, [0, 1]), features(plain, x, [0, 1]), rtol=0, atol=0)
    only = nn.Sequential(nn.ReLU(inplace=True))
    kept = x.clone()
    features(only, x, [0])
    assert torch.equal(x, kept)


def test_modules_behind_the_last_one_are_not_run():
    """A picture of another size, which the flat layers could not take."""
    network, _ = small(3)
    assert features(network, torch.ones(2, 12, 20).double(), [1])[0].shape == (3, 10, 18)


@pytest.mark.parametrize("layers", [[], [0, 2], [-1], [True], ["0"]])
def test_layers_that_the_network_does_not_have(layers):
    network = nn.Sequential(linear([1.0, 2.0], [0.0, 1.0]), nn.Tanh())
    with pytest.raises(ValueError, match=r"^layers "):
        features(network, torch.ones(2).double(), layers)
