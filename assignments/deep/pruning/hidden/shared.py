"""What the suites share: the same models inside and here."""

import torch

from grader.testing import assert_close, assert_equal, set_state, state
from grader.testing.twins import sequence_twins
from reference.deep.pruning.blocks import ResidualStack

DOUBLE = torch.float64
SMOOTH = (("Linear", 3, 3), ("Tanh",))
NOISY = (("Linear", 3, 3), ("BatchNorm1d", 3), ("Dropout", 0.5))
PICTURES = (("Conv2d", 2, 2, 3, 1, 1), ("Tanh",))


def twins(probe, layers, torch_rng):
    """The same sequence of modules inside and here."""
    return sequence_twins(probe.nn, layers, torch_rng)[:2]


def stacks(made, probe, torch_rng, layers=SMOOTH, count=4):
    """A stack made inside, the student's or the probe's, and the reference's, with equal blocks."""
    pairs = [twins(probe, layers, torch_rng) for _ in range(count)]
    return made([inside for inside, _ in pairs]), ResidualStack([here for _, here in pairs])


def scaled(stack, expected, factors):
    """The blocks' parameters, those of block i multiplied by the i-th factor."""
    values = dict(expected.state_dict())
    for number, factor in enumerate(factors):
        for name, _ in expected.named_parameters():
            if name.startswith(f"blocks.{number}."):
                values[name] = factor * values[name]
    expected.load_state_dict(values)
    set_state(stack, {name: value for name, value in values.items() if value.is_floating_point()})


def same(found, expected, what, *, rtol=1e-8, atol=1e-10):
    assert_close(found, expected.detach(), rtol=rtol, atol=atol, what=what)


def same_state(module, expected, what, *, exactly=False):
    """The same names, and the same parameters and buffers."""
    wanted = {name: value.detach().clone() for name, value in expected.state_dict().items()}
    if exactly:
        assert_equal(state(module), wanted, what=what)
    else:
        assert_close(state(module), wanted, rtol=1e-8, atol=1e-10, what=what)
