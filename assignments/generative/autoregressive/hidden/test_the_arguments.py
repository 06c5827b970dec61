"""The hidden suite of wrong arguments, and of arguments that stay as they were."""

import torch

from grader.testing import assert_refused, call_unchanged, each, hint
from grader.testing.inputs import randn

from .shared import random_images

NAMES = ("log_prob", "sample", "MaskedConv", "PixelCNN", "RowLSTM")


def refusals(name, function):
    """Pairs of the name of a wrong argument and the call that gives it."""
    match name:
        case "log_prob":
            wrong = [torch.zeros(shape) for shape in ((2, 3, 3), (2, 2, 3, 3), (0, 1, 3, 3))]
            wrong += [torch.tensor([[[[0.0, value], [1.0, 1.0]]]]) for value in (0.5, 2.0, -1.0)]
            for images in wrong:
                yield "images", lambda images=images: function(torch.zeros_like, images)
        case "sample":
            for place, argument in enumerate(("n", "h", "w")):
                sizes = [2, 2, 2]
                sizes[place] = 0
                yield argument, lambda sizes=sizes: function(torch.zeros_like, *sizes)
        case "MaskedConv":
            given = {"kind": "A", "c_in": 2, "c_out": 2, "k": 3}
            for argument, value in (("kind", "C"), ("c_in", 0), ("c_out", 0), ("k", 0), ("k", 4)):
                yield argument, lambda given={**given, argument: value}: function(**given)
            yield "x", lambda: function(**given)(torch.zeros(2, 3, 4, 4))
        case _:
            yield "width", lambda: function(width=0)
            if name == "PixelCNN":
                yield "layers", lambda: function(layers=0)
            for shape in ((2, 2, 4, 4), (2, 4, 4), (0, 1, 4, 4)):
                yield "x", lambda shape=shape: function()(torch.zeros(shape))


@each(NAMES, worth="1/3", en="Wrong arguments are refused: {name}", ru="Неверные аргументы отвергаются: {name}")
@hint(
    en="ValueError whose text has the argument's name. The list stands in the statement.",
    ru="ValueError, в тексте которого есть имя аргумента. Список — в условии.",
)
def test_refuses(submission, name):
    for argument, call in refusals(name, getattr(submission, name)):
        assert_refused(argument, call)


@each(
    ("log_prob", "MaskedConv", "PixelCNN", "RowLSTM"),
    worth="1/12",
    en="The arguments stay as they were: {name}",
    ru="Аргументы не меняются: {name}",
)
@hint(
    en="Operations that end in an underscore, += and writing by an index change what you were given.",
    ru="Операции с подчёркиванием на конце, += и запись по индексу меняют то, что вам дали.",
)
def test_unchanged(submission, torch_rng, name):
    function = getattr(submission, name)
    if name == "log_prob":
        call_unchanged(function, torch.zeros_like, random_images(torch_rng, 3, 2, 3))
    else:
        module = function("B", 1, 2, 3) if name == "MaskedConv" else function()
        call_unchanged(module, randn(torch_rng, 2, 1, 3, 4).float())
