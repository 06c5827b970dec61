"""What the suites share: parameters by name, masks, first values, arguments to refuse."""

import torch

from grader.testing import assert_array, assert_equal, assert_refused, parameters
from grader.testing.twins import assert_first_values

NAMES = ("d", "heads", "d_ff")


def shapes_of(module):
    """Names and shapes of the parameters of a module of the reference."""
    return {name: tuple(value.shape) for name, value in module.named_parameters()}


def bounds_of(module, d, d_ff):
    """How far from 0 the linear maps of a block of the reference may begin, by name."""
    bounds = {}
    for name, _ in module.named_parameters():
        if not name.startswith("norm"):
            bounds[name] = (d_ff if name.startswith("linear2") else d) ** -0.5
    return bounds


def check_first_values(kind, expected, sizes, torch_rng):
    """Linear maps begin uniform, no two of them alike, and normalisations with 1 and 0."""
    assert_first_values(lambda rng: kind(*sizes, rng=rng), torch_rng, bounds_of(expected, sizes[0], sizes[2]))
    found = parameters(kind(*sizes))
    for name, value in found.items():
        if name.startswith("norm"):
            assert_array(value, kind="float", what=name)
            wanted = torch.ones_like(value) if name.endswith("weight") else torch.zeros_like(value)
            assert_equal(value, wanted, what=name)


def up_to(lengths, longest):
    """Bools (b, 1, longest): the first places of each object may be looked at, so many as it is long."""
    return torch.arange(longest) < torch.tensor(lengths)[:, None, None]


def refuse_blocks(kind):
    """Sizes that both kinds of blocks must refuse."""
    for place, name in enumerate(NAMES):
        sizes = [4, 2, 3]
        sizes[place] = 0
        assert_refused(name, kind, *sizes)
    assert_refused("heads", kind, 4, 3, 3)
