"""The public tests of BERT: small cases with their answers written out."""

import numpy as np
import torch

from grader.testing import assert_array, assert_close, assert_equal, assert_refused, set_parameters, state, title

TOKENS, SEGMENTS = torch.tensor([[1, 4, 2, 5, 2], [1, 3, 2, 0, 0]]), torch.tensor([[0, 0, 0, 1, 1], [0, 0, 0, 0, 0]])


def rng():
    return np.random.default_rng(1)


@title(en="Masking where nothing is left to chance", ru="Маскирование без случайности")
def test_mask(submission):
    tokens = torch.tensor([[1, 7, 8, 9, 2]])
    inputs, labels = submission.mask(tokens, [0, 1, 2], 3, 10, rng(), 0.0)
    assert_equal(inputs, tokens, what="inputs for share=0")
    assert_equal(labels, torch.full((1, 5), -100), what="labels for share=0")
    inputs, labels = submission.mask(tokens, [0, 1, 2], 3, 10, rng(), 1.0)
    assert_equal(labels, torch.tensor([[-100, 7, 8, 9, -100]]), what="labels for share=1")
    assert_equal(inputs[0, [0, 4]], torch.tensor([1, 2]), what="special tokens")


@title(en="The only two pairs of the statement", ru="Две пары из условия")
def test_sentence_pairs(submission):
    pairs = submission.sentence_pairs([["a", "b"], ["c"]], 60, rng())
    assert_equal(sorted({tuple(pair) for pair in pairs}), [("a", "b", 1), ("a", "c", 0)], what="pairs")


@title(
    en="Shapes, and logits of a model whose heads have biases alone", ru="Формы и логиты, если у голов только сдвиги"
)
def test_bert(submission):
    model = submission.Bert(6, 4, 2, 8, 1, 5)
    zeros = {name: torch.zeros_like(value) for name, value in state(model).items() if "head" in name}
    set_parameters(model, {**zeros, "word_head.bias": torch.arange(6.0), "pair_head.bias": torch.tensor([0.0, 2.0])})
    words, pairs = model(TOKENS, SEGMENTS)
    assert_close(words, torch.arange(6.0).expand(2, 5, 6), what="logits of words")
    assert_close(pairs, torch.tensor([[0.0, 2.0], [0.0, 2.0]]), what="logits of pairs")


@title(en="Padding does not change the vector of a text", ru="Дополнение не меняет вектор текста")
def test_embed(submission):
    model = submission.Bert(6, 4, 2, 8, 1, 5, rng=torch.Generator().manual_seed(0))
    found = assert_array(submission.embed(model, TOKENS, SEGMENTS), shape=(2, 4), what="vectors of texts")
    alone = submission.embed(model, TOKENS[1:, :3], SEGMENTS[1:, :3])
    assert_close(found[1:], alone, rtol=1e-4, atol=1e-5, what="the vector without padding")


@title(en="Bad arguments", ru="Неверные аргументы")
def test_errors(submission):
    assert_refused("heads", submission.Bert, 6, 4, 3, 8, 1, 5)
    assert_refused("share", submission.mask, TOKENS, [0, 1, 2], 3, 6, rng(), 2.0)
