"""The public tests: small cases with their answers written out."""

import math

import torch

from grader.testing import assert_array, assert_close, assert_equal, assert_refused, parameters, set_parameters, title

TABLE = torch.tensor([[0.0, 0.6, 0.4], [0.4, 0.3, 0.3], [0.9, 0.1, 0.0]]).double()  # a row for each word before


@title(en="attend: the example of the statement", ru="attend: пример из условия")
def test_attend(submission):
    state, states = torch.tensor([[math.log(3), 0.0]]), torch.tensor([[[1.0, 0.0], [0.0, 1.0], [2.0, 2.0]]])
    expected = torch.tensor([[0.75, 0.25]]), torch.tensor([[0.75, 0.25, 0.0]])
    found = submission.attend(state, states, torch.tensor([[True, True, False]]))
    assert_close(found, expected, atol=1e-6, what="(context, weights)")


@title(en="Additive: two positions with the same state", ru="Additive: две позиции с одинаковым состоянием")
def test_additive(submission):
    context, weights = submission.Additive(3, 2, 4)(torch.ones(1, 3), torch.tensor([[[1.0, 5.0], [1.0, 5.0]]]))
    assert_close(weights, torch.tensor([[0.5, 0.5]]), atol=1e-6, what="weights")
    assert_close(context, torch.tensor([[1.0, 5.0]]), atol=1e-5, what="context")


@title(en="Seq2Seq: shapes", ru="Seq2Seq: формы")
def test_shapes(submission):
    model = submission.Seq2Seq(6, 3, 4)
    tokens, lengths = torch.tensor([[1, 2, 3], [4, 5, 0]]), torch.tensor([3, 2])
    state = assert_array(model.encode(tokens, lengths), shape=(2, 4), kind="float", what="state")
    log_p, state = model.step(torch.tensor([0, 0]), state)
    assert_close(log_p.exp().sum(dim=1), torch.ones(2), atol=1e-5, what="sums of the probabilities")
    assert_array(state, shape=(2, 4), kind="float", what="the next state")
    log_p = model(tokens, lengths, torch.ones(2, 5, dtype=torch.long), 0)
    assert_array(log_p, shape=(2, 5, 6), kind="float", what="log p")


@title(en="greedy: one word over and over", ru="greedy: всё время одно слово")
def test_greedy(submission):
    model = submission.Seq2Seq(4, 3, 2)
    zeros = {name: torch.zeros_like(value) for name, value in parameters(model).items()}
    set_parameters(model, {**zeros, "head.bias": torch.tensor([0.0, 0.0, 5.0, 0.0])})
    tokens, lengths = torch.tensor([[1], [3]]), torch.tensor([1, 1])
    assert_equal(model.greedy(tokens, lengths, 0, 1, 3), [[2, 2, 2], [2, 2, 2]], what="words")
    assert_equal(model.greedy(tokens, lengths, 0, 2, 3), [[], []], what="words, where 2 is the end")


@title(en="beam: the example of the statement", ru="beam: пример из условия")
def test_beam(submission):
    def step(token, state):
        return TABLE[token].log(), state

    for width, words, p in ((1, [1], 0.24), (2, [2], 0.36)):
        expected = words, math.log(p)
        found = submission.beam(step, None, 0, 0, width, 5)
        assert_close(found, expected, atol=1e-9, what=f"(words, log p) of width {width}")


@title(en="A width of 0", ru="Ширина 0")
def test_refused(submission):
    assert_refused("width", submission.beam, lambda token, state: (TABLE[token].log(), state), None, 0, 0, 0, 5)
