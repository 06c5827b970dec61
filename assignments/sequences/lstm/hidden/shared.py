"""What the two suites share: steps and sequences of twins of the reference, and what must be refused."""

import torch

from grader.testing import assert_refused
from grader.testing.inputs import randn
from grader.testing.twins import assert_same_output, twins

DOUBLE = torch.float64


def a_step(kind, reference, sizes, torch_rng):
    """A step of the cell is the reference's; the sizes are (batch, input, hidden)."""
    batch, inputs, hidden = sizes
    pair = twins(kind(inputs, hidden), reference(inputs, hidden), torch_rng)
    step = randn(torch_rng, batch, inputs), randn(torch_rng, batch, hidden), randn(torch_rng, batch, hidden)
    assert_same_output(pair, *step, what="(h, c)")


def a_sequence(kind, reference, sizes, torch_rng):
    """What the layer makes of a sequence is the reference's; the sizes are (time, batch, input, hidden)."""
    time, batch, inputs, hidden = sizes
    pair = twins(kind(inputs, hidden), reference(inputs, hidden), torch_rng)
    same_layer(pair, randn(torch_rng, time, batch, inputs))


def same_layer(pair, *arguments):
    assert_same_output(pair, *arguments, what="(outputs, (h, c))")


def a_state(torch_rng):
    """A pair (h, c) of four objects for a layer of three units."""
    return randn(torch_rng, 4, 3), randn(torch_rng, 4, 3)


def refuse_steps(kind):
    """What a cell must refuse."""
    refuse_sizes(kind)
    zeros, cell = torch.zeros, kind(2, 3)
    for name, x, h, c in (
        ("x", zeros(4, 3), zeros(4, 3), zeros(4, 3)),
        ("x", zeros(2), zeros(4, 3), zeros(4, 3)),
        ("h", zeros(4, 2), zeros(1, 3), zeros(4, 3)),
        ("c", zeros(4, 2), zeros(4, 3), zeros(4, 1)),
    ):
        assert_refused(name, cell, x, h, c)


def refuse_sequences(kind):
    """What a layer must refuse."""
    refuse_sizes(kind)
    zeros, layer = torch.zeros, kind(2, 3)
    for name, x, state in (
        ("x", zeros(5, 4, 3), None),
        ("x", zeros(4, 2), None),
        ("x", zeros(0, 4, 2), None),
        ("x", zeros(5, 0, 2), None),
        ("state", zeros(5, 4, 2), (zeros(1, 3), zeros(4, 3))),
        ("state", zeros(5, 4, 2), (zeros(4, 3), zeros(3))),
    ):
        assert_refused(name, layer, x, state)


def refuse_sizes(kind):
    assert_refused("input_size", kind, 0, 3)
    assert_refused("hidden_size", kind, 2, -1)
