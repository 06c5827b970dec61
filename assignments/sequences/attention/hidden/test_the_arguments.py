"""The hidden suite of all parts: bad arguments, and arguments that stay as they were."""

import torch

from grader.testing import assert_refused, call_unchanged, each, hint
from grader.testing.inputs import randn

ones = torch.ones
MASK = torch.ones(2, 5).bool()


def refuse_scaled(scaled):
    for name, arguments in (
        ("Q", (ones(3), ones(4, 3), ones(4, 3))),
        ("Q", (ones(0, 3), ones(4, 3), ones(4, 3))),
        (("Q", "K"), (ones(2, 3), ones(4, 1), ones(4, 3))),
        (("Q", "K"), (ones(2, 2, 3), ones(1, 4, 3), ones(2, 4, 3))),
        (("K", "V"), (ones(2, 3), ones(4, 3), ones(1, 3))),
        (("Q", "K", "V"), (ones(2, 2, 3), ones(2, 4, 3), ones(1, 4, 3))),
        ("mask", (ones(2, 3), ones(4, 3), ones(4, 3), MASK)),
        ("mask", (ones(2, 3), ones(5, 3), ones(5, 3), MASK.double())),
    ):
        assert_refused(name, scaled, *arguments)


def refuse_self_attention(kind):
    assert_refused("d", kind, 0, 3)
    assert_refused("d_k", kind, 3, 0)
    for shape in ((4, 3), (2, 4, 2), (2, 0, 3), (0, 4, 3)):
        assert_refused("x", kind(3, 2), ones(shape))
    assert_refused("mask", kind(3, 2), ones(1, 4, 3), MASK)


def refuse_multihead(kind):
    assert_refused("d", kind, 0, 1)
    for heads in (0, -1, 3, 8):
        assert_refused("heads", kind, 4, heads)
    layer = kind(4, 2)
    for shape in ((3, 4), (2, 3, 5), (0, 3, 4)):
        assert_refused("x", layer, ones(shape))
    for shape in ((3, 4), (2, 3, 5), (2, 0, 4)):
        assert_refused("memory", layer, ones(2, 3, 4), ones(shape))
    assert_refused(("x", "memory"), layer, ones(2, 3, 4), ones(1, 3, 4))
    assert_refused("mask", layer, ones(2, 2, 4), ones(2, 6, 4), MASK)
    assert_refused("mask", layer, ones(3, 2, 4), ones(3, 5, 4), MASK.expand(2, 2, 5).clone())


def refuse_sizes(function, names):
    for place, name in enumerate(names):
        for bad in (0, -2):
            sizes = [3] * len(names)
            sizes[place] = bad
            assert_refused(name, function, *sizes)


def refuse_layer_norm(function):
    for name, arguments in (
        ("x", (torch.tensor(1.0), ones(1), ones(1))),
        ("x", (ones(0, 3), ones(3), ones(3))),
        ("gamma", (ones(2, 3), ones(1), ones(3))),
        ("beta", (ones(2, 3), ones(3), ones(2, 3))),
        ("eps", (ones(2, 3), ones(3), ones(3), 0.0)),
    ):
        assert_refused(name, function, *arguments)


def refuse_layer_norm_grad(function):
    for name, arguments in (
        ("x", (ones(0, 3), ones(3), ones(0, 3))),
        ("gamma", (ones(2, 3), ones(2), ones(2, 3))),
        ("dy", (ones(2, 3), ones(3), ones(1, 3))),
        ("eps", (ones(2, 3), ones(3), ones(2, 3), 0.0)),
    ):
        assert_refused(name, function, *arguments)


REFUSALS = {
    "scaled": refuse_scaled,
    "SelfAttention": refuse_self_attention,
    "MultiHead": refuse_multihead,
    "causal_mask": lambda function: refuse_sizes(function, ["n"]),
    "positional": lambda function: refuse_sizes(function, ["n", "d"]),
    "layer_norm": refuse_layer_norm,
    "layer_norm_grad": refuse_layer_norm_grad,
}


@each(REFUSALS, worth="1/4", en="Wrong arguments are refused: {name}", ru="Неверные аргументы отвергаются: {name}")
@hint(
    en="ValueError with the argument's name; shapes that would be broadcast silently count as wrong too, but for mask.",
    ru="ValueError с именем аргумента; формы, которые молча растянулись бы (broadcasting), тоже неверны — кроме mask.",
)
def test_bad_arguments(submission, name):
    REFUSALS[name](getattr(submission, name))


@each(
    ("scaled", "MultiHead", "layer_norm", "layer_norm_grad"),
    worth="1/8",
    en="The arguments stay as they were: {name}",
    ru="Аргументы не меняются: {name}",
)
@hint(
    en="Operations that end in an underscore, and +=, *= on tensors, write into the caller's memory.",
    ru="Операции с подчёркиванием на конце, а также += и *= пишут прямо в память вызывающего.",
)
def test_unchanged(submission, torch_rng, name):
    function, x, gamma = getattr(submission, name), randn(torch_rng, 2, 3, 4), randn(torch_rng, 4)
    mask = torch.tensor([[True, False, False], [False, False, False], [True, True, True]])
    match name:
        case "scaled":
            call_unchanged(function, x, randn(torch_rng, 2, 3, 4), randn(torch_rng, 2, 3, 2), mask)
        case "MultiHead":
            call_unchanged(function(4, 2).double(), x, randn(torch_rng, 2, 3, 4), mask)
        case "layer_norm":
            call_unchanged(function, x, gamma, randn(torch_rng, 4))
        case _:
            call_unchanged(function, x, gamma, randn(torch_rng, 2, 3, 4))
