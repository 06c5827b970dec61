"""Layers one above the other, and their mixture: by hand, against torch's own, and by what may not depend on what."""

import pytest
import torch

from reference.sequences.recurrent.gru import GRU
from reference.sequences.recurrent.rnn import RNN
from reference.sequences.recurrent.stacked import Stacked, mix

from ..weights import double, exact, randn


@pytest.mark.parametrize("given", [False, True])
def test_it_is_torch_s(given):
    layers = [double(RNN(m, 3), seed=m) for m in (2, 3, 3)]
    theirs = torch.nn.RNN(2, 3, 3).double()
    for number, layer in enumerate(layers):
        weight_h, weight_x = layer.weight.detach().split([3, layer.m], dim=1)
        own = {"weight_hh": weight_h, "weight_ih": weight_x, "bias_ih": layer.bias, "bias_hh": 0 * layer.bias}
        with torch.no_grad():
            for name, value in own.items():
                getattr(theirs, f"{name}_l{number}").copy_(value)
    x, states = randn(1, 6, 4, 2), randn(2, 3, 4, 3) if given else None
    expected, last = theirs(x, states)
    outputs, own_last = Stacked(layers)(x, None if states is None else list(states))
    torch.testing.assert_close(outputs, expected)
    torch.testing.assert_close(torch.stack(own_last), last)


def test_one_layer_is_that_layer():
    layer, x = double(GRU(2, 3), seed=1), randn(1, 6, 4, 2)
    outputs, states = Stacked([layer])(x)
    assert torch.equal(outputs, layer(x)[0])
    assert [tuple(state.shape) for state in states] == [(4, 3)]


def test_two_halves_of_a_sequence_are_the_whole():
    both, x = Stacked([double(GRU(2, 3), seed=1), double(RNN(3, 5), seed=2)]), randn(1, 7, 4, 2)
    whole, last = both(x)
    first, states = both(x[:3])
    second, again = both(x[3:], states)
    torch.testing.assert_close((torch.cat([first, second]), again), (whole, last))


def test_mixtures_by_hand():
    states = exact([1.0, 3.0]).reshape(2, 1, 1, 1)
    scores = exact([0.0, torch.log(torch.tensor(3.0)).item()])
    assert mix(states, scores, 2.0).item() == pytest.approx(2 * (1 / 4 + 9 / 4), rel=1e-6)


def test_mixtures_do_not_depend_on_a_shift_of_the_scores():
    states, scores = randn(1, 3, 5, 4, 2), randn(2, 3)
    torch.testing.assert_close(mix(states, scores + 1000, 0.7), mix(states, scores, 0.7))
    expected = 0.7 * torch.tensordot(torch.softmax(scores, 0), states, dims=1)
    torch.testing.assert_close(mix(states, scores, 0.7), expected)


def test_bad_arguments_are_refused():
    with pytest.raises(ValueError, match=r"^layers must"):
        Stacked([])
    both = Stacked([RNN(2, 3), RNN(3, 3)])
    with pytest.raises(ValueError, match=r"^states must"):
        both(torch.zeros(5, 4, 2), [torch.zeros(4, 3)])
    with pytest.raises(ValueError, match=r"^x must"):
        both(torch.zeros(4, 2))
    with pytest.raises(ValueError, match=r"^scores must"):
        mix(torch.zeros(2, 5, 4, 3), torch.zeros(3), 1.0)
    with pytest.raises(ValueError, match=r"^gamma must"):
        mix(torch.zeros(2, 5, 4, 3), torch.zeros(2), float("nan"))
