"""One and many: by hand, against torch's own layers, and by what may not depend on what."""

import pytest
import torch

from reference.sequences.recurrent.rnn import RNN
from reference.sequences.recurrent.shapes import many_to_many, many_to_one, one_to_many

from ..weights import double, exact, randn
from .of_torch import of_torch

LENGTHS = torch.tensor([2, 6, 1, 5])


class Sums(torch.nn.Module):
    """A layer whose state is the sum of all inputs, and of the first state."""

    def forward(self, x, h0=None):
        sums = x.cumsum(0) + (0 if h0 is None else h0)
        return sums, sums[-1]


def doubled(h):
    return 2 * h


def test_sums_by_hand():
    x = exact([[[1.0], [1.0]], [[2.0], [2.0]], [[4.0], [100.0]]])
    assert many_to_one(Sums(), doubled, x, torch.tensor([3, 2])).tolist() == [[14.0], [6.0]]
    assert many_to_one(Sums(), doubled, x).tolist() == [[14.0], [206.0]]
    assert many_to_many(Sums(), doubled, x)[:, 0].tolist() == [[2.0], [6.0], [14.0]]


def test_one_to_many_by_hand():
    """The state 1 gives 2; 1 + 2 gives 6; 3 + 6 gives 18."""
    assert one_to_many(Sums(), doubled, exact([[1.0]]), 3).flatten().tolist() == [2.0, 6.0, 18.0]


def test_torch_s_layer_gives_the_same():
    layer, head = double(RNN(3, 4), seed=1), double(torch.nn.Linear(4, 3), seed=2)
    theirs, x = of_torch(layer), randn(3, 6, 4, 3)
    torch.testing.assert_close(many_to_many(layer, head, x), head(theirs(x)[0]))
    alone = [head(theirs(x[:length, place])[0][-1]) for place, length in enumerate(LENGTHS)]
    torch.testing.assert_close(many_to_one(layer, head, x, LENGTHS), torch.stack(alone))
    inputs, state, answers = x[:1], None, []
    for _ in range(5):
        outputs, state = theirs(inputs, state)
        inputs = head(outputs)
        answers.append(inputs[0])
    torch.testing.assert_close(one_to_many(layer, head, x[0], 5), torch.stack(answers))


def test_the_future_and_padding_change_nothing():
    layer, head = double(RNN(3, 4), seed=1), double(torch.nn.Linear(4, 2), seed=2)
    x = randn(3, 6, 4, 3)
    other = torch.cat([x[:3], 1 + x[3:]])
    assert torch.equal(many_to_many(layer, head, x)[:3], many_to_many(layer, head, other)[:3])
    short = torch.tensor([3, 1, 2, 3])
    assert torch.equal(many_to_one(layer, head, x, short), many_to_one(layer, head, other, short))


def test_bad_arguments_are_refused():
    layer, head = RNN(2, 3), torch.nn.Linear(3, 2)
    for name, bad in (
        ("x", lambda: many_to_one(layer, head, torch.zeros(4, 2))),
        ("lengths", lambda: many_to_one(layer, head, torch.zeros(5, 4, 2), torch.tensor([1, 2, 6, 1]))),
        ("first", lambda: one_to_many(layer, head, torch.zeros(1, 4, 2), 2)),
        ("steps", lambda: one_to_many(layer, head, torch.zeros(4, 2), 0)),
        ("x", lambda: many_to_many(layer, head, torch.zeros(0, 4, 2))),
    ):
        with pytest.raises(ValueError, match=f"^{name} must"):
            bad()
