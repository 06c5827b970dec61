"""The gated recurrent unit: by hand, against torch's own where both agree, and by finite differences."""

import math

import pytest
import torch

from reference.sequences.recurrent.gru import GRU

from ..weights import double, exact, randn


def sigmoid(z):
    return 1 / (1 + math.exp(-z))


def test_a_step_by_hand():
    layer = GRU(1, 1).double()
    layer.load_state_dict(
        {"weight_z": exact([[1.0, 2.0]]), "weight_r": exact([[0.5, -1.0]]), "weight_h": exact([[3.0, 1.0]])}
    )
    h, x = 0.25, 0.5
    z, r = sigmoid(h + 2 * x), sigmoid(0.5 * h - x)
    expected = (1 - z) * h + z * math.tanh(3 * r * h + x)
    assert layer(exact([[[x]]]), exact([[h]]))[1].item() == pytest.approx(expected, rel=1e-14)


@pytest.mark.parametrize(("time", "batch", "m", "k"), [(1, 1, 1, 1), (6, 3, 5, 2), (4, 4, 2, 7)])
def test_it_is_torch_s_where_r_may_act_before_or_after(time, batch, m, k):
    """A diagonal matrix lets r through, so torch's order gives the same; torch's z is 1 - z here, so the sign turns."""
    layer = double(GRU(m, k), seed=time)
    with torch.no_grad():
        layer.weight_h[:, :k] = torch.diag(layer.weight_h[:, :k].diagonal())
    rows = torch.cat([layer.weight_r, -layer.weight_z, layer.weight_h]).detach()
    theirs = torch.nn.GRU(m, k, bias=False).double()
    theirs.load_state_dict({"weight_ih_l0": rows[:, k:], "weight_hh_l0": rows[:, :k]})
    x, h0 = randn(1, time, batch, m), randn(2, batch, k)
    expected, last = theirs(x, h0[None])
    torch.testing.assert_close(layer(x, h0), (expected, last[0]))


def test_gradcheck_through_time():
    layer = double(GRU(2, 2), seed=3)
    names = [name for name, _ in layer.named_parameters()]
    weights = [value.detach().clone().requires_grad_() for value in layer.parameters()]
    x, h0 = randn(1, 3, 2, 2).requires_grad_(), randn(2, 2, 2).requires_grad_()

    def run(x, h0, *values):
        return torch.func.functional_call(layer, dict(zip(names, values, strict=True)), (x, h0))

    assert torch.autograd.gradcheck(run, (x, h0, *weights))


def test_a_shut_gate_keeps_the_state():
    layer = double(GRU(1, 3), seed=4)
    with torch.no_grad():
        layer.weight_z.zero_()[:, -1] = -1e3
    x, h0 = torch.ones(50, 2, 1).double(), randn(5, 2, 3)
    assert torch.equal(layer(x, h0)[1], h0)


def test_states_stay_below_one():
    layer = double(GRU(2, 3), seed=5)
    assert layer(100 * randn(6, 20, 4, 2))[0].abs().max() <= 1


def test_parameters():
    one, same = (GRU(9, 4, rng=torch.Generator().manual_seed(5)).state_dict() for _ in range(2))
    assert {name: tuple(value.shape) for name, value in one.items()} == {f"weight_{gate}": (4, 13) for gate in "zrh"}
    for name, value in one.items():
        assert torch.equal(value, same[name])
        assert 0 < value.abs().max() <= 0.5


@pytest.mark.parametrize(("x", "h0", "name"), [((5, 4, 3), (4, 3), "x"), ((5, 4, 2), (1, 3), "h0")])
def test_bad_shapes_are_refused(x, h0, name):
    with pytest.raises(ValueError, match=f"^{name} must be of shape"):
        GRU(2, 3)(torch.zeros(x), torch.zeros(h0))
