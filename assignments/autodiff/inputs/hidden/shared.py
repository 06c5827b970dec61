"""What the suites share: networks with the same parameters inside and here, and what must be left of them."""

import torch
from torch import nn

from grader.testing import assert_equal, gradients, parameters, set_parameters
from grader.testing.inputs import randn

DOUBLE = torch.float64

# A picture (2, 8, 8): the modules put out (3, 6, 6), the same, (3, 3, 3), (4, 2, 2), the same, (16), (5).
SMOOTH = (
    ("Conv2d", 2, 3, 3),
    ("Tanh",),
    ("AvgPool2d", 2),
    ("Conv2d", 3, 4, 2),
    ("Tanh",),
    ("Flatten", 0),
    ("Linear", 16, 5),
)
# As in VGG each ReLU works in place; the last two modules take a picture (3, 8, 8) only.
STACK = (
    ("Conv2d", 3, 4, 3),
    ("ReLU", True),
    ("MaxPool2d", 2),
    ("Conv2d", 4, 5, 2),
    ("ReLU", True),
    ("Flatten", 0),
    ("Linear", 20, 2),
)


def built(modules, layers):
    """A sequence of modules out of torch.nn, the one here or the one inside."""
    return modules.Sequential(*(getattr(modules, kind)(*arguments) for kind, *arguments in layers)).double()


def twins(probe, layers, torch_rng, **given):
    """The same network inside and here; its parameters are random, except those that are given by name."""
    inside, here = built(probe.nn, layers), built(nn, layers)
    for name, value in here.named_parameters():
        given.setdefault(name, 1.5 * value[0].numel() ** -0.5 * randn(torch_rng, *value.shape))
    here.load_state_dict(given)
    set_parameters(inside, given)
    return inside, here


def left_as_it_was(probe, inside, here):
    """Nothing of a network inside has changed."""
    expected = {name: value.detach() for name, value in here.named_parameters()}
    assert_equal(parameters(inside), expected, what="parameters of the network after the call")
    nothing = dict.fromkeys(expected)
    assert_equal(gradients(inside), nothing, what="gradients in the network's parameters after the call")
    assert_equal(probe.left(inside), (True, True, 0), what="(training mode, requires_grad, hooks) after the call")
