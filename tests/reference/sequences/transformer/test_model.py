"""The transformer against torch's blocks one after the other, by hand, and by what padding and future change."""

import pytest
import torch
from torch import nn

from reference.sequences.attention.positional import positional
from reference.sequences.transformer.model import Transformer

from ..weights import double
from .theirs import block

SIZES = 7, 9, 6, 2, 5, 2


def tokens(seed, rows, length, below):
    return torch.randint(1, below, (rows, length), generator=torch.Generator().manual_seed(seed))


def test_as_torch():
    model, source, target = double(Transformer(*SIZES), 0), tokens(1, 3, 5, 7), tokens(2, 3, 4, 9)
    source[1, 3:], source[2, 1:], target[2, 2:] = 0, 0, 0
    memory = model.source.weight[source] + positional(5, 6)
    for ours in model.encoder:
        memory = block(nn.TransformerEncoderLayer, ours, 2)(memory, src_key_padding_mask=source == 0)
    y = model.target.weight[target] + positional(4, 6)
    future = torch.ones(4, 4).bool().triu(1)
    for ours in model.decoder:
        theirs = block(nn.TransformerDecoderLayer, ours, 2)
        keys = {"tgt_key_padding_mask": target == 0, "memory_key_padding_mask": source == 0}
        y = theirs(y, memory, tgt_mask=future, **keys)
    torch.testing.assert_close(model(source, target), y @ model.head.weight.T + model.head.bias)


def test_by_hand():
    """Without blocks that do anything: scores are the normalised sum of embedding and position, through the head."""
    model = Transformer(3, 2, 2, 1, 1, 1).double()
    with torch.no_grad():
        for name, value in model.named_parameters():
            value.fill_(1.0 if ".norm" in name and name.endswith("weight") else 0.0)
        model.target.weight.copy_(torch.tensor([[0.0, 0.0], [5.0, 0.0]]))
        model.head.weight.copy_(torch.eye(2))
    # position 0 is (0, 1), position 1 is (sin 1, cos 1): (5, 1) and (5.84, 0.54) are both (1, -1) when normalised
    found = model(torch.tensor([[1, 2]]), torch.tensor([[1, 1]]))
    torch.testing.assert_close(found, torch.tensor([[[1.0, -1.0]] * 2]).double(), rtol=0, atol=1e-4)


def test_padding_of_any_length_changes_nothing():
    model, source, target = double(Transformer(*SIZES), 0), tokens(1, 2, 4, 7), tokens(2, 2, 3, 9)
    for more in (1, 6):
        zeros = torch.zeros(2, more, dtype=torch.int64)
        longer = model(torch.cat([source, zeros], dim=1), torch.cat([target, zeros], dim=1))
        torch.testing.assert_close(longer[:, :3], model(source, target))


def test_the_future_changes_nothing():
    model, source, target = double(Transformer(*SIZES), 0), tokens(1, 2, 4, 7), tokens(2, 2, 5, 9)
    other = target.clone()
    other[:, 2:] = target[:, 2:] % 8 + 1
    one, two = model(source, target), model(source, other)
    assert torch.equal(one[:, :2], two[:, :2])
    assert not torch.equal(one[:, 2], two[:, 2])


def test_the_order_of_the_source_matters():
    model, source, target = double(Transformer(*SIZES), 0), torch.tensor([[1, 2, 3]]), torch.tensor([[1, 2]])
    assert (model(source, target) - model(source.flip(1), target)).abs().max() > 1e-3


def test_first_values():
    one, same = (Transformer(40, 50, 32, 2, 4, 2, rng=torch.Generator().manual_seed(1)).state_dict() for _ in range(2))
    assert all(torch.equal(value, same[name]) for name, value in one.items())
    assert float(one["source.weight"].std()) == pytest.approx(0.7, abs=0.08)
    assert float(one["target.weight"].std()) == pytest.approx(0.7, abs=0.08)
    assert not torch.equal(one["encoder.0.linear1.weight"], one["encoder.1.linear1.weight"])


def test_wrong_sizes():
    for place, name in enumerate(("n_source", "n_target", "d", "heads", "d_ff", "blocks")):
        sizes = [2] * 6
        sizes[place] = 0
        with pytest.raises(ValueError, match=f"^{name} must"):
            Transformer(*sizes)


def test_wrong_tokens():
    model, good = Transformer(*SIZES), torch.ones(2, 3, dtype=torch.int64)
    for bad in (good.double(), good[0], good[:, :0], 7 * good, -good):
        with pytest.raises(ValueError, match=r"^source must"):
            model(bad, good)
    for bad in (good.int(), 9 * good, good[:1]):
        with pytest.raises(ValueError, match=r"^target must"):
            model(good, bad)
