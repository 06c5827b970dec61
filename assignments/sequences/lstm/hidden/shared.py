"""What the two suites share: twins of the reference, and what must be equal of a step, a layer, its gradients."""

import pytest
import torch

from grader.testing import assert_array, assert_close, assert_equal, set_parameters

DOUBLE = torch.float64


def randn(torch_rng, *shape):
    return torch.randn(shape, generator=torch_rng, dtype=DOUBLE)


def twins(kind, reference, sizes, torch_rng):
    """The student's module and the reference's, in double precision, with the same random parameters."""
    expected = reference(*sizes).double()
    values = {name: randn(torch_rng, *value.shape) for name, value in expected.named_parameters()}
    return twin(kind, expected, sizes, values), expected


def twin(kind, expected, sizes, values):
    """The student's module with these parameters, which the reference's gets as well."""
    expected.load_state_dict(values)
    module = kind(*sizes).double()
    set_parameters(module, values)
    return module


def check_parameters(found, shapes):
    """The names, shapes and kinds of a module's parameters."""
    assert_equal(sorted(found), sorted(shapes), what="names of the parameters")
    for name, shape in shapes.items():
        assert_array(found[name], shape=shape, kind="float", what=name)


def same_step(result, expected):
    """A pair (h, c) like the reference's."""
    assert_close(result, tuple(value.detach() for value in expected), rtol=1e-9, atol=1e-11, what="(h, c)")


def same_layer(result, expected):
    """(outputs, (h, c)) like the reference's."""
    outputs, (h, c) = expected
    wanted = (outputs.detach(), (h.detach(), c.detach()))
    assert_close(result, wanted, rtol=1e-9, atol=1e-11, what="(outputs, (h, c))")


def same_gradients(probe, layer, expected, torch_rng):
    """Gradients of a random weighted sum of all that a layer (2 -> 3) returns."""
    x, h, c = randn(torch_rng, 6, 4, 2), randn(torch_rng, 4, 3), randn(torch_rng, 4, 3)
    weights = [randn(torch_rng, 6, 4, 3), randn(torch_rng, 4, 3), randn(torch_rng, 4, 3)]
    found = probe.layer_gradients(layer, x, h, c, weights)
    inputs = [value.requires_grad_() for value in (x, h, c)]
    outputs, (last_h, last_c) = expected(x, (h, c))
    ((outputs * weights[0]).sum() + (last_h * weights[1]).sum() + (last_c * weights[2]).sum()).backward()
    wanted = {name: value.grad for name, value in zip("xhc", inputs, strict=True)}
    wanted.update({name: value.grad for name, value in expected.named_parameters()})
    assert_close(found, wanted, rtol=1e-8, atol=1e-10, what="gradients")


def refuse(cell_kind, layer_kind):
    """What both kinds of cell and layer must refuse."""
    for sizes, name in (((0, 3), "input_size"), ((2, -1), "hidden_size")):
        with pytest.raises(ValueError, match=name):
            cell_kind(*sizes)
    zeros = torch.zeros
    cell, layer = cell_kind(2, 3), layer_kind(2, 3)
    for x, h, c, name in (
        (zeros(4, 3), zeros(4, 3), zeros(4, 3), "x"),
        (zeros(2), zeros(4, 3), zeros(4, 3), "x"),
        (zeros(4, 2), zeros(1, 3), zeros(4, 3), "h"),
        (zeros(4, 2), zeros(4, 3), zeros(4, 1), "c"),
    ):
        with pytest.raises(ValueError, match=rf"\b{name}\b"):
            cell(x, h, c)
    for x, state, name in (
        (zeros(5, 4, 3), None, "x"),
        (zeros(4, 2), None, "x"),
        (zeros(0, 4, 2), None, "x"),
        (zeros(5, 4, 2), (zeros(1, 3), zeros(4, 3)), "state"),
        (zeros(5, 4, 2), (zeros(4, 3), zeros(3)), "state"),
    ):
        with pytest.raises(ValueError, match=rf"\b{name}\b"):
            layer(x, state)
