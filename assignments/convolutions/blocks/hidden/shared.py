"""What the suites share: twins of the reference, and what must be equal of scores, statistics and gradients."""

import torch

from grader.testing import assert_array, assert_close, assert_equal, assert_refused, parameters, state
from grader.testing.inputs import randn
from grader.testing.twins import assert_same_gradients, assert_same_output, twins


def same_output(made, expected, shape, torch_rng, *, training=True, values=None):
    """Student's and reference's module make the same of a random picture."""
    pair = twins(made, expected, torch_rng, values=values, training=training)
    assert_same_output(pair, randn(torch_rng, *shape))


def same_statistics(made, expected, shape, torch_rng, *, values=None):
    """After two batches in training mode and one in evaluation mode the running statistics are the reference's."""
    module, expected, own = twins(made, expected, torch_rng, values=values, training=True)
    for training in (True, True, False):
        x = randn(torch_rng, *shape)
        module.train(training)
        expected.train(training)
        module(x)
        expected(x)
    found = state(module)
    for name, value in expected.state_dict().items():
        if "running" in name:
            assert own[name] in found, f"{own[name]} is missing"
            assert_close(found[own[name]], value, rtol=1e-8, atol=1e-9, what=f"{own[name]} after two batches")


def same_gradients(made, expected, shape, torch_rng):
    """Gradients of a random weighted sum of all that comes out."""
    pair = twins(made, expected, torch_rng, training=True)
    assert_same_gradients(pair, randn(torch_rng, *shape), torch_rng=torch_rng)


def floats(values):
    """What a state holds but the counters of batches."""
    return {name: value for name, value in values.items() if not name.endswith("num_batches_tracked")}


def same_parameters(made, expected):
    """Names and shapes of the parameters and of the statistics are the reference's."""
    found = floats(state(made))
    wanted = {name: tuple(value.shape) for name, value in floats(expected.state_dict()).items()}
    assert_equal(sorted(found), sorted(wanted), what="names of parameters and statistics")
    for name, shape in wanted.items():
        assert_array(found[name], shape=shape, kind="float", what=name)


def first_values(one, other):
    """Kernels differ from module to module, and stay within the bound of torch's layers."""
    found, others = parameters(one), parameters(other)
    assert_equal(sorted(found), sorted(others), what="names of the parameters of a second module")
    for name, value in found.items():
        assert isinstance(value, torch.Tensor), f"{name} must be a tensor"
        if value.dim() == 4:
            assert_array(others[name], shape=tuple(value.shape), kind="float", what=name)
            assert not torch.equal(value, others[name]), f"{name} is the same in two modules"


def refuse_sizes(kind, names):
    """A number below 1, at each place."""
    for place, name in enumerate(names):
        for bad in (0, -2):
            sizes = [2] * len(names)
            sizes[place] = bad
            assert_refused(name, kind, *sizes)


def refuse_pictures(module, channels):
    """Other axes or channels, no objects."""
    for shape in ((channels, 8, 8), (2, channels + 1, 8, 8), (2, 1, 8, 8), (0, channels, 8, 8), (2, 2, channels, 8, 8)):
        assert_refused("x", module, torch.zeros(shape))
