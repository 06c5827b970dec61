"""The row LSTM: by hand, against torch's LSTM in one column, by who depends on whom, by finite differences."""

import math

import pytest
import torch

from reference.generative.autoregressive.likelihood import log_prob
from reference.generative.autoregressive.pixelrnn import RowLSTM

from .networks import all_images, dependence, double, randn


def test_by_hand():
    """Gates at a half but for the candidate, which sees the pixel to the left, and the forget gate, which sees h."""
    network = RowLSTM(1).double()
    with torch.no_grad():
        for value in network.parameters():
            value.zero_()
        network.inputs.weight[2, 0, 2] = 1.0
        network.states.weight[0, 0, 0] = 10.0  # above and to the left
        network.head.weight.fill_(1.0)
    found = network(torch.tensor([[[[1.0, 0.0, 0.0], [0.0, 0.0, 0.0]]]], dtype=torch.float64))[0, 0]
    c = math.tanh(1) / 2
    h = math.tanh(c) / 2
    torch.testing.assert_close(found[0], torch.tensor([0.0, h, 0.0], dtype=torch.float64))
    torch.testing.assert_close(found[1], torch.tensor([0.0, math.tanh(c / 2) / 2, 0.0], dtype=torch.float64))


def test_one_column_is_torchs_lstm():
    """No pixel stands to the left, and the state above has no neighbours."""
    network, x = double(RowLSTM(3), 1), randn(2, 2, 1, 6, 1)
    theirs = torch.nn.LSTM(1, 3).double()
    with torch.no_grad():
        # torch's rows: input, forget, candidate, output
        states = network.states.weight[:, :, 1].chunk(4)
        theirs.weight_hh_l0.copy_(torch.cat([states[1], states[0], states[2], states[3]]))
        bias = network.inputs.bias.chunk(4)
        theirs.bias_ih_l0.copy_(torch.cat([bias[1], bias[0], bias[2], bias[3]]))
        theirs.bias_hh_l0.zero_()
        theirs.weight_ih_l0.zero_()
        h = theirs(x[:, 0].transpose(0, 1))[0]  # (h, n, width)
    expected = h @ network.head.weight[0, :, 0, 0] + network.head.bias  # (h, n)
    torch.testing.assert_close(network(x)[:, 0, :, 0], expected.T)


def test_it_is_a_law_of_images():
    network = double(RowLSTM(4), 3)
    depends = dependence(network, randn(4, 1, 1, 3, 5))
    assert not depends.triu().any()
    assert depends[1, 0]
    assert depends[2 * 5 + 1, 0]  # two rows above
    assert log_prob(network, all_images(3, 3)).exp().sum().item() == pytest.approx(1, rel=1e-12)


def test_finite_differences():
    network = double(RowLSTM(2), 5)

    def run(x, *values):
        named = dict(zip(dict(network.named_parameters()), values, strict=True))
        return torch.func.functional_call(network, named, (x,))

    values = [value.detach().clone().requires_grad_() for value in network.parameters()]
    assert torch.autograd.gradcheck(run, (randn(6, 1, 1, 3, 4).requires_grad_(), *values))


def test_parameters():
    shapes = {name: tuple(value.shape) for name, value in RowLSTM().named_parameters()}
    assert shapes == {
        "inputs.weight": (64, 1, 3),
        "inputs.bias": (64,),
        "states.weight": (64, 16, 3),
        "head.weight": (1, 16, 1, 1),
        "head.bias": (1,),
    }


@pytest.mark.parametrize("shape", [(2, 2, 4, 4), (2, 4, 4), (0, 1, 4, 4)])
def test_x_is_checked(shape):
    with pytest.raises(ValueError, match=r"^x must"):
        RowLSTM(2)(torch.zeros(shape))


def test_width_is_checked():
    with pytest.raises(ValueError, match=r"^width must"):
        RowLSTM(0)
