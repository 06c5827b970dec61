"""Two directions: by hand, against torch's own on packed sequences, and by what padding may not change."""

import torch
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

from reference.sequences.recurrent.birnn import Bidirectional
from reference.sequences.recurrent.gru import GRU
from reference.sequences.recurrent.rnn import RNN

from ..weights import double, exact, randn
from .of_torch import of_torch

LENGTHS = torch.tensor([2, 6, 1, 5])


class Sums(torch.nn.Module):
    """A layer whose state is the sum of all inputs."""

    def forward(self, x, h0=None):
        sums = x.cumsum(0)
        return sums, sums[-1]


def test_sums_by_hand():
    """Of 1, 2, 4, and of 1, 2 with a padding of 100."""
    x = exact([[[1.0], [1.0]], [[2.0], [2.0]], [[4.0], [100.0]]])
    outputs, (ahead, back) = Bidirectional(Sums(), Sums())(x, torch.tensor([3, 2]))
    assert outputs[:, 0].tolist() == [[1.0, 7.0], [3.0, 6.0], [7.0, 4.0]]
    assert outputs[:, 1].tolist() == [[1.0, 3.0], [3.0, 2.0], [0.0, 0.0]]
    assert ahead.tolist() == back.tolist() == [[7.0], [3.0]]


def test_it_is_torch_s_on_packed_sequences():
    ahead, back = double(RNN(3, 2), seed=1), double(RNN(3, 2), seed=2)
    x = randn(3, 6, 4, 3)
    packed = pack_padded_sequence(x, LENGTHS, enforce_sorted=False)
    expected, last = of_torch(ahead, back, bidirectional=True)(packed)
    outputs, states = Bidirectional(ahead, back)(x, LENGTHS)
    torch.testing.assert_close(outputs, pad_packed_sequence(expected)[0])
    torch.testing.assert_close(torch.stack(states), last)


def test_padding_changes_nothing():
    both = Bidirectional(double(GRU(3, 2), seed=1), double(RNN(3, 5), seed=2))
    x = randn(3, 6, 4, 3)
    outputs, states = both(x, LENGTHS)
    other = x.clone()
    other[torch.arange(6)[:, None] >= LENGTHS] = 1e3
    again, states_again = both(other, LENGTHS)
    assert torch.equal(again, outputs)
    assert all(map(torch.equal, states, states_again))
    for place, length in enumerate(LENGTHS):
        alone, _ = both(x[:length, place : place + 1])
        torch.testing.assert_close(outputs[:length, place : place + 1], alone)


def test_padding_gets_no_gradient():
    both = Bidirectional(double(RNN(3, 2), seed=1), double(RNN(3, 2), seed=2))
    x = randn(3, 6, 4, 3).requires_grad_()
    outputs, states = both(x, LENGTHS)
    (outputs.sum() + sum(state.sum() for state in states)).backward()
    inside = torch.arange(6)[:, None] < LENGTHS
    assert not x.grad[~inside].any()
    assert x.grad[inside].all()
