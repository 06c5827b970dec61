"""BERT's masking: by hand where nothing is left to chance, by torch's own loss, by counts."""

import numpy as np
import pytest
import torch

from grader.testing import assert_count
from reference.text.bert.masking import IGNORED, mask

SPECIAL, MASK, WORDS = [0, 1, 2], 3, 12


def masked(tokens, seed=0, **named):
    return mask(tokens, SPECIAL, MASK, WORDS, np.random.default_rng(seed), **named)


@pytest.fixture(scope="module")
def many():
    tokens = torch.from_numpy(np.random.default_rng(1).integers(WORDS, size=(200, 300)))
    return tokens, *masked(tokens)


def test_by_hand():
    tokens = torch.tensor([[1, 5, 3, 6, 2, 0]])
    inputs, labels = masked(tokens, share=0.0)
    assert torch.equal(inputs, tokens)
    assert (labels == IGNORED).all()
    inputs, labels = masked(tokens, share=1.0)
    assert labels.tolist() == [[-100, 5, -100, 6, -100, -100]]
    assert inputs[0, [0, 2, 4, 5]].tolist() == [1, 3, 2, 0]


def test_torch_leaves_the_others_out_of_its_loss(many):
    tokens, _, labels = many
    logits = torch.randn(*tokens.shape, WORDS, generator=torch.Generator().manual_seed(0))
    chosen = labels != IGNORED
    by_torch = torch.nn.functional.cross_entropy(logits.flatten(0, 1), labels.flatten())
    log_p = torch.log_softmax(logits, dim=-1).gather(2, tokens[:, :, None])[:, :, 0]
    assert float(by_torch) == pytest.approx(float(-log_p[chosen].mean()), rel=1e-5)


def test_counts(many):
    tokens, inputs, labels = many
    ordinary, chosen = tokens > MASK, labels != IGNORED
    count = int(chosen.sum())
    assert_count(count, int(ordinary.sum()), 0.15, "chosen")
    assert torch.equal(labels[chosen], tokens[chosen])
    assert not (chosen & ~ordinary).any()
    assert torch.equal(inputs[~chosen], tokens[~chosen])
    hidden, same = chosen & (inputs == MASK), chosen & (inputs == tokens)
    other = chosen & ~hidden & ~same
    for fate, share in ((hidden, 0.8), (same, 0.1), (other, 0.1)):
        assert_count(int(fate.sum()), count, share, "fate of a chosen token")
    for token in range(4, WORDS):
        assert_count(int((inputs[other] == token).sum()), int(other.sum()), 1 / 8, "another token")
    assert inputs[other].min() > MASK


def test_two_tokens_become_each_other():
    inputs, _ = mask(torch.full((1, 2000), 1), [0], 3, 4, np.random.default_rng(0), 1.0)
    assert set(inputs.unique().tolist()) == {1, 2, 3}
    assert inputs.dtype == torch.int64


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ((torch.zeros(3, dtype=torch.int64), [0], 1, 9), "tokens"),
        ((torch.zeros(0, 3, dtype=torch.int64), [0], 1, 9), "tokens"),
        ((torch.zeros(2, 3), [0], 1, 9), "tokens"),
        ((torch.tensor([[9]]), [0], 1, 9), "tokens"),
        ((torch.tensor([[-1]]), [0], 1, 9), "tokens"),
        ((torch.tensor([[3]]), [9], 1, 9), "special"),
        ((torch.tensor([[3]]), [0], 9, 9), "mask_id"),
        ((torch.tensor([[3]]), [0, 2], 1, 4), "words"),
        ((torch.tensor([[3]]), [0], 1, 9, 1.1), "share"),
    ],
)
def test_errors(given, name):
    with pytest.raises(ValueError, match=f"^{name} must"):
        mask(*given[:4], np.random.default_rng(0), *given[4:])
