"""The walk along time, and sequences of many lengths: by hand, against torch's packed sequences, by turning twice.

And what holds of all layers: large inputs make no NaN, and arguments stay as they were.
"""

import pytest
import torch
from torch.nn.utils.rnn import pad_packed_sequence, pad_sequence

from reference.sequences.recurrent.birnn import Bidirectional
from reference.sequences.recurrent.gru import GRU
from reference.sequences.recurrent.layer import at_the_end, own_lengths, turned, unroll
from reference.sequences.recurrent.rnn import RNN
from reference.sequences.recurrent.shapes import many_to_one
from reference.sequences.recurrent.stacked import Stacked

from ..weights import double, exact, randn

LENGTHS = torch.tensor([2, 5, 1, 4])


def test_sums_by_hand():
    states, last = unroll(lambda inputs, h: h + inputs, exact([[[1.0]], [[2.0]], [[4.0]]]), exact([[10.0]]), 1, 1)
    assert states.flatten().tolist() == [11.0, 13.0, 17.0]
    assert last.item() == 17.0


def test_turned_as_torch_turns_a_list():
    x = randn(1, 5, 4, 3)
    parts = [x[:length, place].flip(0) for place, length in enumerate(LENGTHS)]
    inside = torch.arange(5)[:, None] < LENGTHS
    torch.testing.assert_close(turned(x, LENGTHS) * inside[:, :, None], pad_sequence(parts))
    assert torch.equal(turned(turned(x, LENGTHS), LENGTHS), x)


def test_padding_stays_where_it_is():
    x = randn(2, 5, 4, 3)
    outside = torch.arange(5)[:, None] >= LENGTHS
    assert torch.equal(turned(x, LENGTHS)[outside], x[outside])


def test_the_end_is_that_of_packed_sequences():
    x = randn(3, 5, 4, 3)
    packed = torch.nn.utils.rnn.pack_padded_sequence(x, LENGTHS, enforce_sorted=False)
    unpacked, lengths = pad_packed_sequence(packed)
    assert torch.equal(at_the_end(unpacked, lengths), at_the_end(x, LENGTHS))
    assert torch.equal(at_the_end(x, own_lengths(x, None)), x[-1])


@pytest.mark.parametrize(
    "lengths", [torch.tensor([0, 1]), torch.tensor([1, 4]), torch.ones(2), torch.tensor([1]), [1, 2], torch.ones(2, 1)]
)
def test_lengths_are_checked(lengths):
    with pytest.raises(ValueError, match=r"^lengths must"):
        own_lengths(torch.zeros(3, 2, 1), lengths)


@pytest.mark.parametrize("kind", [RNN, GRU])
def test_large_inputs_make_no_nan(kind):
    outputs, h = double(kind(2, 3), seed=1)(1e5 * randn(2, 6, 4, 2))
    assert outputs.isfinite().all()
    assert torch.equal(outputs[-1], h)


@pytest.mark.parametrize("kind", [RNN, GRU])
def test_nothing_is_written_into_the_arguments(kind):
    layer, above = double(kind(2, 3), seed=1), double(kind(3, 3), seed=2)
    x, lengths, states = randn(3, 5, 4, 2), LENGTHS.clone(), [randn(4, 4, 3), randn(5, 4, 3)]
    given = [value.clone() for value in (x, lengths, *states)]
    first, again = ([*states] for _ in range(2))
    layer(x, states[0])
    Stacked([layer, above])(x, first)
    Bidirectional(layer, layer)(x, lengths)
    many_to_one(layer, torch.nn.Identity(), x, lengths)
    assert all(map(torch.equal, (x, lengths, *states), given))
    assert all(one is other for one, other in zip(first, again, strict=True))
