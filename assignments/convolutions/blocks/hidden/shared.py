"""What the suites share: twins of the reference, and what must be equal of scores, statistics and gradients."""

import torch

from grader.testing import assert_array, assert_close, assert_equal, assert_refused, parameters, set_state, state, vjp
from grader.testing.inputs import randn

COUNTER = "num_batches_tracked"


def floats(values):
    """What a state holds but the counters of batches."""
    return {name: value for name, value in values.items() if not name.endswith(COUNTER)}


def random_state(torch_rng, module):
    """Normal values for parameters, scaled by how many values come in, and statistics that are no first values."""
    found = {}
    for name, value in floats(module.state_dict()).items():
        drawn = randn(torch_rng, *value.shape)
        if name.endswith("running_var"):
            drawn = 0.5 + drawn.abs()
        elif value.dim() > 1:
            drawn = drawn * value[0].numel() ** -0.5
        found[name] = drawn
    return found


def twins(made, expected, torch_rng, *, training=True):
    """A student's module and the reference's in double precision, with the same random parameters and statistics.

    The student's gets them by their names, or in their order where the names are others; the third tells its names.
    """
    values = random_state(torch_rng, expected.double())
    expected.load_state_dict(values, strict=False)
    expected.train(training)
    module = made.double()
    names = list(floats(state(module)))
    assert len(names) == len(values), f"there are {len(names)} parameters and statistics, not {len(values)}"
    own = dict(zip(values, values if set(names) == set(values) else names, strict=True))
    set_state(module, {own[name]: value for name, value in values.items()})
    module.train(training)
    return module, expected, own


def same(found, expected, what):
    assert_close(found, expected.detach(), rtol=1e-8, atol=1e-9, what=what)


def same_output(made, expected, shape, torch_rng, *, training=True):
    """Student's and reference's module make the same of a random picture."""
    module, expected, _ = twins(made, expected, torch_rng, training=training)
    x = randn(torch_rng, *shape)
    same(module(x), expected(x), "what comes out")


def same_statistics(made, expected, shape, torch_rng):
    """After two batches in training mode and one in evaluation mode the running statistics are the reference's."""
    module, expected, own = twins(made, expected, torch_rng)
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
            same(found[own[name]], value, f"{own[name]} after two batches")


def same_gradients(made, expected, shape, torch_rng):
    """Gradients of a random weighted sum of all that comes out."""
    module, expected, own = twins(made, expected, torch_rng)
    x = randn(torch_rng, *shape)
    place = x.clone().requires_grad_()
    output = expected(place)
    weights = randn(torch_rng, *output.shape)
    (output * weights).sum().backward()
    found = vjp(module, (x,), weights, parameters=module)
    assert_close(found.gradients[0], place.grad, rtol=1e-6, atol=1e-8, what="the gradient by x")
    wanted = {own[name]: value.grad for name, value in expected.named_parameters()}
    assert_close(found.parameters, wanted, rtol=1e-6, atol=1e-8, what="gradients by the parameters")


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
