"""What the two suites share: twins of the reference, and what must be equal of a step, a layer, its gradients."""

import torch

from grader.testing import assert_array, assert_close, assert_equal, assert_law, assert_refused, set_parameters
from grader.testing.inputs import randn

DOUBLE = torch.float64


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


def a_step(kind, reference, sizes, torch_rng):
    """A step of the cell is the reference's; the sizes are (batch, input, hidden)."""
    batch, inputs, hidden = sizes
    cell, expected = twins(kind, reference, (inputs, hidden), torch_rng)
    step = randn(torch_rng, batch, inputs), randn(torch_rng, batch, hidden), randn(torch_rng, batch, hidden)
    same_step(cell(*step), expected(*step))


def a_sequence(kind, reference, sizes, torch_rng):
    """What the layer makes of a sequence is the reference's; the sizes are (time, batch, input, hidden)."""
    time, batch, inputs, hidden = sizes
    layer, expected = twins(kind, reference, (inputs, hidden), torch_rng)
    x = randn(torch_rng, time, batch, inputs)
    same_layer(layer(x), expected(x))


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


def first_values(probe, kind, torch_rng, shapes):
    """What new modules (30, 16) begin with: uniform in the interval, independent, drawn from the generator given."""
    seed = int(torch.randint(2**31, (1,), generator=torch_rng))

    def made(own, *, given):
        one, second, drawn = probe.first_parameters(kind, 30, 16, seed if given else None, own)
        for found in (one, second):
            assert type(found) is dict, "the parameters must be named"
            check_parameters(found, shapes)
        return one, second, assert_array(drawn, shape=(3,), kind="float", what="what PyTorch's own generator gives")

    (one, second, drawn), (same, _, drawn_otherwise) = made(seed + 1, given=True), made(seed + 2, given=True)
    assert_equal(same, one, what="parameters drawn from the same generator again")
    assert not torch.equal(drawn, drawn_otherwise), "PyTorch's own generator is seeded anew where another one is given"
    (by_own, by_own_second, _), (by_own_again, _, _) = made(seed, given=False), made(seed, given=False)
    assert_equal(by_own_again, by_own, what="parameters drawn from PyTorch's own generator, seeded alike")
    for name, value in by_own.items():
        assert not torch.equal(value, by_own_second[name]), f"{name} is the same in the next module without a generator"
    for name, value in one.items():
        assert not torch.equal(value, second[name]), f"{name} is the same in the next module from the generator"
    values = torch.cat([value.flatten() for value in one.values()]).double() / 0.25
    assert float(values.abs().max()) <= 1 + 1e-5, "a parameter leaves its interval"
    assert len(values.unique()) > 0.99 * len(values), "values repeat: the parameters are not independent"
    for name, value in one.items():
        assert len(value.unique()) >= 0.9 * value.numel() - 1, f"values of {name} repeat"
        places = value.double() / 0.25
        assert_law(places, lambda place: (place + 1) / 2, what=f"{name} is not uniform in its interval")


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
