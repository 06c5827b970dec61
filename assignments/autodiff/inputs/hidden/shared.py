"""What the suites share: networks with the same parameters inside and here, and what must be left of them."""

import torch

from grader.testing import assert_equal, gradients, parameters
from grader.testing.twins import sequence_twins

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


def twins(probe, layers, torch_rng, **values):
    """The same network inside and here; its parameters are random, except those that are given by name."""
    return sequence_twins(probe.nn, layers, torch_rng, values=values, scale=1.5)[:2]


def left_as_it_was(probe, inside, here):
    """Nothing of a network inside has changed."""
    expected = {name: value.detach() for name, value in here.named_parameters()}
    assert_equal(parameters(inside), expected, what="parameters of the network after the call")
    nothing = dict.fromkeys(expected)
    assert_equal(gradients(inside), nothing, what="gradients in the network's parameters after the call")
    assert_equal(probe.left(inside), (True, True, 0), what="(training mode, requires_grad, hooks) after the call")
