"""Attention against torch's own, by hand, by loops, and by finite differences."""

import math

import pytest
import torch

from reference.sequences.translation.attention import Additive, attend
from tests.reference.sequences.weights import double, exact, randn


@pytest.mark.parametrize(("b", "t", "k"), [(1, 1, 1), (3, 5, 2), (2, 4, 7)])
@pytest.mark.parametrize("masked", [False, True])
def test_attend_is_that_of_torch(b, t, k, masked):
    state, states = randn(1, b, k), randn(2, b, t, k)
    mask = torch.arange(t) < torch.arange(1, b + 1)[:, None] if masked else None
    context, weights = attend(state, states, mask)
    scaled = torch.nn.functional.scaled_dot_product_attention(
        state[:, None], states, states, None if mask is None else mask[:, None], scale=1.0
    )
    torch.testing.assert_close(context, scaled[:, 0])
    torch.testing.assert_close(weights.sum(dim=1), exact([1.0] * b))


def test_attend_by_hand():
    state, states = exact([[math.log(3), 0.0]]), exact([[[1.0, 0.0], [0.0, 1.0], [2.0, 2.0]]])
    context, weights = attend(state, states, torch.tensor([[True, True, False]]))
    torch.testing.assert_close(weights, exact([[0.75, 0.25, 0.0]]))
    torch.testing.assert_close(context, exact([[0.75, 0.25]]))


def test_additive_by_loops():
    module = double(Additive(3, 4, 5), seed=1)
    state, states = randn(1, 2, 3), randn(2, 2, 6, 4)
    context, weights = module(state, states)
    for s, h, c, a in zip(state, states, context, weights, strict=True):
        powers = [math.exp((module.v @ torch.tanh(module.W @ s + module.U @ one)).item()) for one in h]
        expected = exact([power / sum(powers) for power in powers])
        torch.testing.assert_close(a.detach(), expected)
        torch.testing.assert_close(c.detach(), sum(w * one for w, one in zip(expected, h, strict=True)))


@pytest.mark.parametrize("kind", [attend, double(Additive(3, 3, 5), seed=2)])
def test_masked_positions_change_nothing(kind):
    state, states = randn(1, 2, 3), randn(2, 2, 6, 3)
    mask = torch.tensor([[True, False, True, True, False, False], [False] * 6])
    context, weights = kind(state, states, mask)
    other = torch.where(mask[:, :, None], states, 1e6)
    torch.testing.assert_close(kind(state, other, mask), (context, weights), rtol=0, atol=0)
    assert (weights[~mask] == 0).all()
    assert not context[1].any()
    torch.testing.assert_close(kind(state[:1], states[:1][:, mask[0]])[0], context[:1])


def test_scores_of_any_size():
    state, states = 1e4 * randn(1, 2, 3), 1e4 * randn(2, 2, 5, 3)
    assert all(value.isfinite().all() for value in attend(state, states))
    assert attend(state, -states.abs(), torch.tensor([[True] + [False] * 4] * 2))[1][:, 0].eq(1).all()


@pytest.mark.parametrize("nothing", [False, True])
def test_gradcheck(nothing):
    mask = torch.tensor([[True, False, True, True], [not nothing, False, False, False]])
    inputs = randn(1, 2, 3).requires_grad_(), randn(2, 2, 4, 3).requires_grad_()
    assert torch.autograd.gradcheck(lambda *of: attend(*of, mask), inputs)
    assert torch.autograd.gradcheck(lambda *of: double(Additive(3, 3, 2), seed=3)(*of, mask), inputs)


def test_first_values():
    one, same, other = (Additive(9, 7, 25, rng=torch.Generator().manual_seed(seed)).state_dict() for seed in (1, 1, 2))
    assert {name: tuple(value.shape) for name, value in one.items()} == {"W": (25, 9), "U": (25, 7), "v": (25,)}
    for name, value in one.items():
        assert torch.equal(value, same[name])
        assert not torch.equal(value, other[name])
        assert 0.15 < value.abs().max() <= 0.2


@pytest.mark.parametrize(
    ("state", "states", "mask", "name"),
    [
        ((2, 4), (2, 5, 3), None, "state"),
        ((1, 3), (2, 5, 3), None, "state"),
        ((2, 3), (2, 3), None, "states"),
        ((2, 3), (2, 0, 3), None, "states"),
        ((2, 3), (2, 5, 3), (1, 5), "mask"),
        ((2, 3), (2, 5, 3), (2, 4), "mask"),
    ],
)
@pytest.mark.parametrize("kind", [attend, Additive(3, 3, 2)])
def test_shapes_are_checked(kind, state, states, mask, name):
    given = None if mask is None else torch.ones(mask, dtype=torch.bool)
    with pytest.raises(ValueError, match=f"^{name} must"):
        kind(torch.zeros(state), torch.zeros(states), given)


def test_sizes_and_types_are_checked():
    for place, name in enumerate(("k", "m", "size")):
        with pytest.raises(ValueError, match=f"^{name} must"):
            Additive(*(0 if place == other else 2 for other in range(3)))
    with pytest.raises(ValueError, match=r"^mask must"):
        attend(torch.zeros(1, 2), torch.zeros(1, 3, 2), torch.ones(1, 3))
