"""The causal mask by hand, and what cannot be stretched to the scores."""

import pytest
import torch

from reference.sequences.attention.masks import causal_mask, stretched


def test_by_hand():
    assert causal_mask(1).tolist() == [[True]]
    assert causal_mask(3).tolist() == [[True, False, False], [True, True, False], [True, True, True]]


def test_as_torch():
    theirs = torch.nn.Transformer.generate_square_subsequent_mask(7)  # 0 where one may look, else minus infinity
    assert torch.equal(causal_mask(7), theirs == 0)


@pytest.mark.parametrize("n", [0, -1, 2.0, True])
def test_wrong_lengths(n):
    with pytest.raises(ValueError, match=r"^n must"):
        causal_mask(n)


@pytest.mark.parametrize("mask", [torch.ones(2, 3), torch.ones(3, 2).bool(), torch.ones(1, 1, 2, 3).bool(), [[True]]])
def test_wrong_masks(mask):
    with pytest.raises(ValueError, match=r"^mask must"):
        stretched(mask, (4, 2, 3))


@pytest.mark.parametrize("shape", [(2, 3), (4, 2, 3), (4, 1, 3), (1, 2, 3), (3,), ()])
def test_stretched(shape):
    assert stretched(torch.ones(shape).bool(), (4, 2, 3)).shape == (4, 2, 3)
