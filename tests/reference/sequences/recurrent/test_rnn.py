"""The simple recurrent layer and its way back: by hand, against torch's own, and by finite differences."""

import math

import pytest
import torch

from reference.sequences.recurrent.rnn import RNN, bptt

from ..weights import double, exact, randn
from .of_torch import of_torch

SIZES = [(1, 1, 1, 1), (6, 3, 5, 2), (4, 4, 2, 7)]  # time, batch, m, k


def test_two_steps_by_hand():
    layer = RNN(1, 1).double()
    layer.load_state_dict({"weight": exact([[2.0, 1.0]]), "bias": exact([0.5])})
    outputs, h = layer(exact([[[1.0]], [[-1.0]]]), exact([[-0.5]]))
    first = math.tanh(2 * -0.5 + 1 + 0.5)
    assert outputs.flatten().tolist() == pytest.approx([first, math.tanh(2 * first - 1 + 0.5)], rel=1e-14)
    assert torch.equal(h, outputs[-1])


@pytest.mark.parametrize(("time", "batch", "m", "k"), SIZES)
@pytest.mark.parametrize("given", [False, True])
def test_the_layer_is_that_of_torch(time, batch, m, k, given):
    layer, x = double(RNN(m, k), seed=time), randn(1, time, batch, m)
    state = randn(2, batch, k) if given else None
    expected, last = of_torch(layer)(x, state[None] if given else None)
    torch.testing.assert_close(layer(x, state), (expected, last[0]))


@pytest.mark.parametrize(("time", "batch", "m", "k"), SIZES)
def test_the_way_back_is_that_of_autograd(time, batch, m, k):
    layer, x, h0 = double(RNN(m, k), seed=time), randn(1, time, batch, m), randn(2, batch, k)
    by_outputs = randn(3, time, batch, k)
    leaves = [x.requires_grad_(), h0.requires_grad_()]
    (of_torch(layer)(x, h0[None])[0] * by_outputs).sum().backward()
    (layer(x.detach(), h0.detach())[0] * by_outputs).sum().backward()
    with torch.inference_mode():
        found = bptt(layer.weight, layer.bias, x, h0, by_outputs)
    wanted = (layer.weight.grad, layer.bias.grad, *(leaf.grad for leaf in leaves))
    torch.testing.assert_close(tuple(found[name] for name in ("weight", "bias", "x", "h0")), wanted)


def test_the_way_back_by_finite_differences():
    arguments = [randn(1, 2, 5), randn(2, 2), randn(3, 4, 2, 3), randn(4, 2, 2)]
    by_outputs, layer, step = randn(5, 4, 2, 2), RNN(3, 2).double(), 1e-6

    def loss(weight, bias, x, h0):
        layer.load_state_dict({"weight": weight, "bias": bias})
        with torch.no_grad():
            return float((layer(x, h0)[0] * by_outputs).sum())

    for place, found in enumerate(bptt(*arguments, by_outputs).values()):
        direction = randn(6, *found.shape)
        up, down = ([*arguments] for _ in range(2))
        up[place], down[place] = arguments[place] + step * direction, arguments[place] - step * direction
        assert (loss(*up) - loss(*down)) / (2 * step) == pytest.approx(float((found * direction).sum()), rel=1e-6)


def test_without_losses_there_are_no_gradients():
    found = bptt(randn(1, 2, 5), randn(2, 2), randn(3, 4, 2, 3), randn(4, 2, 2), torch.zeros(4, 2, 2).double())
    assert all(not value.any() for value in found.values())


def test_first_parameters_come_from_the_generator():
    one, same = (RNN(9, 4, rng=torch.Generator().manual_seed(5)).state_dict() for _ in range(2))
    for name, value in one.items():
        assert torch.equal(value, same[name])
        assert 0 < value.abs().max() <= 0.5


@pytest.mark.parametrize(
    ("name", "shapes"),
    [
        ("weight", ((3, 3), (3,), (5, 4, 2), (4, 3), (5, 4, 3))),
        ("bias", ((3, 5), (1,), (5, 4, 2), (4, 3), (5, 4, 3))),
        ("x", ((3, 5), (3,), (5, 4, 3), (4, 3), (5, 4, 3))),
        ("h0", ((3, 5), (3,), (5, 4, 2), (1, 3), (5, 4, 3))),
        ("dH", ((3, 5), (3,), (5, 4, 2), (4, 3), (1, 4, 3))),
    ],
)
def test_bad_shapes_are_refused(name, shapes):
    with pytest.raises(ValueError, match=f"^{name} must"):
        bptt(*map(torch.zeros, shapes))


@pytest.mark.parametrize(("x", "h0", "name"), [((5, 4, 3), (4, 3), "x"), ((5, 4, 2), (1, 3), "h0")])
def test_the_layer_refuses_bad_shapes(x, h0, name):
    with pytest.raises(ValueError, match=f"^{name} must be of shape"):
        RNN(2, 3)(torch.zeros(x), torch.zeros(h0))
