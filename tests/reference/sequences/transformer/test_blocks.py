"""Blocks against torch's layers with the same weights, by hand, and by what masks do."""

import pytest
import torch
from torch import nn

from reference.sequences.attention.masks import causal_mask
from reference.sequences.transformer.blocks import DecoderBlock, EncoderBlock

from ..weights import double, exact, randn
from .theirs import block


@pytest.mark.parametrize("heads", [1, 2, 3])
def test_the_encoder_is_that_of_torch(heads):
    ours = double(EncoderBlock(6, heads, 5), heads)
    theirs = block(nn.TransformerEncoderLayer, ours, heads)
    x, padding = randn(1, 3, 4, 6), torch.arange(4) >= torch.tensor([[4], [2], [1]])
    torch.testing.assert_close(ours(x), theirs(x))
    torch.testing.assert_close(ours(x, ~padding[:, None]), theirs(x, src_key_padding_mask=padding))
    torch.testing.assert_close(ours(x, causal_mask(4)), theirs(x, src_mask=~causal_mask(4)))


@pytest.mark.parametrize("heads", [1, 2])
def test_the_decoder_is_that_of_torch(heads):
    ours = double(DecoderBlock(4, heads, 5), heads)
    theirs = block(nn.TransformerDecoderLayer, ours, heads)
    y, memory = randn(1, 3, 4, 4), randn(2, 3, 5, 4)
    padding = torch.arange(5) >= torch.tensor([[5], [3], [1]])
    torch.testing.assert_close(ours(y, memory), theirs(y, memory))
    expected = theirs(y, memory, tgt_mask=~causal_mask(4), memory_key_padding_mask=padding)
    torch.testing.assert_close(ours(y, memory, causal_mask(4), ~padding[:, None]), expected)


def test_gradients_are_those_of_torch():
    ours = double(DecoderBlock(4, 2, 3), 0)
    theirs = block(nn.TransformerDecoderLayer, ours, 2)
    y, memory, weights = randn(1, 2, 3, 4), randn(2, 2, 5, 4), randn(3, 2, 3, 4)
    (ours(y, memory) * weights).sum().backward()
    (theirs(y, memory) * weights).sum().backward()
    torch.testing.assert_close(ours.cross.w_o.grad, theirs.multihead_attn.out_proj.weight.grad)
    torch.testing.assert_close(ours.linear1.weight.grad, theirs.linear1.weight.grad)
    torch.testing.assert_close(ours.norm1.weight.grad, theirs.norm1.weight.grad)


def silent(module):
    """All parameters are 0 but the scales of the normalisations."""
    with torch.no_grad():
        for name, value in module.double().named_parameters():
            value.fill_(1.0 if name.startswith("norm") and name.endswith("weight") else 0.0)
    return module


def test_by_hand():
    """Attention and the inner layer give 0: what remains is the vector, normalised; then (2, 0) is added."""
    x = exact([[[1.0, 5.0], [3.0, -3.0]]])
    encoder, decoder = silent(EncoderBlock(2, 1, 3)), silent(DecoderBlock(2, 1, 3))
    expected = exact([[[-1.0, 1.0], [1.0, -1.0]]])
    for made in (encoder(x), decoder(x, x)):
        torch.testing.assert_close(made, expected, rtol=0, atol=1e-4)
    with torch.no_grad():
        encoder.linear1.bias.copy_(exact([1.0, -1.0, 1.0]))
        encoder.linear2.weight.copy_(exact([[1.0, 1.0, 1.0], [0.0, 0.0, 0.0]]))
    torch.testing.assert_close(encoder(x), exact([[[0.0, 0.0], [1.0, -1.0]]]), rtol=0, atol=1e-2)


def test_the_future_changes_nothing():
    made, y, memory = double(DecoderBlock(4, 2, 5), 0), randn(1, 2, 6, 4), randn(2, 2, 3, 4)
    other = y.clone()
    other[:, 3:] = 10 * randn(3, 2, 3, 4)
    one, two = (made(values, memory, causal_mask(6)) for values in (y, other))
    assert torch.equal(one[:, :3], two[:, :3])
    assert not torch.equal(one[:, 3:], two[:, 3:])


def test_first_values():
    one, same = (DecoderBlock(8, 2, 50, rng=torch.Generator().manual_seed(1)).state_dict() for _ in range(2))
    assert one["linear1.weight"].shape == (50, 8)
    for name, value in one.items():
        assert torch.equal(value, same[name])
        if name.startswith("norm"):
            assert torch.equal(value, torch.ones(8) if name.endswith("weight") else torch.zeros(8))
        else:
            assert value.abs().max() <= (50 if name.startswith("linear2") else 8) ** -0.5
    assert not torch.equal(one["attention.w_q"], one["cross.w_q"])


@pytest.mark.parametrize("kind", [EncoderBlock, DecoderBlock])
def test_wrong_sizes(kind):
    for sizes, name in (((0, 1, 1), "d"), ((4, 3, 1), "heads"), ((4, 0, 1), "heads"), ((4, 2, 0), "d_ff")):
        with pytest.raises(ValueError, match=f"^{name} must"):
            kind(*sizes)


def test_wrong_arguments():
    with pytest.raises(ValueError, match=r"^x must"):
        EncoderBlock(4, 2, 3)(torch.ones(2, 3, 5))
    for y, memory, name in (
        ((2, 4), (2, 3, 4), "y"),
        ((2, 3, 4), (1, 3, 4), "memory"),
        ((2, 3, 4), (2, 3, 5), "memory"),
    ):
        with pytest.raises(ValueError, match=f"^{name} must"):
            DecoderBlock(4, 2, 3)(torch.ones(y), torch.ones(memory))
