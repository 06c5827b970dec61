"""The hidden suite of bad arguments, and of arguments that stay as they were."""

import torch

from grader.testing import assert_refused, call_unchanged, each, hint, take

from .shared import a_disk, a_generator, classes, randn

NAMES = ("Radial", "image_net", "Parts", "part_batches", "evaluate", "fit")
X, Y, NAN = torch.ones(4, 3), torch.tensor([0, 1, 1, 0]), torch.full((4, 3), torch.nan)
BAD_DATA = (("X", {"X": X[:0]}), ("X", {"X": NAN}), ("y", {"y": Y[:3]}), ("y", {"y": Y.float()}))


def refusals(name, submission, probe, torch_rng):
    """Pairs of the name of a wrong argument and the call that gives it."""
    function = getattr(submission, name)
    _, _, read = a_disk(torch_rng, (2, 2))
    match name:
        case "Radial":
            yield "n_in", lambda: function(0, 2)
            yield "n_out", lambda: function(2, -1)
            layer = function(2, 3)
            for shape in ((4, 3), (4, 1), (2,), (0, 2)):
                yield "x", lambda shape=shape: layer(torch.zeros(shape))
        case "image_net":
            for wrong in (0, -1):
                yield "classes", lambda wrong=wrong: function(wrong)
        case "Parts":
            for wrong in ([], [2, 0], [3, -1]):
                yield "sizes", lambda wrong=wrong: function(read, wrong)
        case "part_batches":
            for wrong in ([], [2, 0]):
                yield "sizes", lambda wrong=wrong: take(function(read, wrong, 2, a_generator(torch_rng)), 1)
            yield "batch", lambda: take(function(read, [2, 2], 0, a_generator(torch_rng)), 1)
        case "evaluate" | "fit":
            model, given = probe.linear(torch.ones(2, 3), torch.ones(2)), {"X": X, "y": Y, "batch": 2}
            wrong_ones = [*BAD_DATA, ("batch", {"batch": 0})]
            if name == "fit":
                given |= {"epochs": 1, "rate": 0.1, "rng": a_generator(torch_rng), "X_val": X, "y_val": Y}
                wrong_ones += [("epochs", {"epochs": 0}), ("rate", {"rate": 0.0}), ("rate", {"rate": -0.1})]
                wrong_ones += [("X_val", {"X_val": NAN}), ("y_val", {"y_val": Y[:1]})]
            for wrong, changed in wrong_ones:
                yield wrong, lambda changed=changed: function(model, **{**given, **changed})


@each(NAMES, worth="1/4", en="Wrong arguments are refused: {name}", ru="Неверные аргументы отвергаются: {name}")
@hint(
    en="ValueError whose text has the argument's name. The list stands in the statement.",
    ru="ValueError, в тексте которого есть имя аргумента. Список — в условии.",
)
def test_errors(submission, probe, torch_rng, name):
    for wrong, call in refusals(name, submission, probe, torch_rng):
        assert_refused(wrong, call)


@each(
    ("Radial", "image_net", "evaluate", "fit"),
    worth="1/8",
    en="Objects stay as they were: {name}",
    ru="Объекты не меняются: {name}",
)
@hint(
    en="Operations that end in an underscore, and -=, *= on tensors, write into X; shuffle the numbers of rows, not X.",
    ru="Операции с подчёркиванием на конце, а также -=, *= пишут прямо в X; перемешивайте номера строк, а не сам X.",
)
def test_unchanged(submission, probe, torch_rng, name):
    X, y = randn(torch_rng, 5, 4), classes(torch_rng, 5)
    function = getattr(submission, name)
    if name == "Radial":
        call_unchanged(function(4, 2).double(), X)
    elif name == "image_net":
        call_unchanged(function(), randn(torch_rng, 1, 3, 32, 32).float())
    else:
        model, given = probe.linear(randn(torch_rng, 3, 4), randn(torch_rng, 3)), {"batch": 2}
        if name == "fit":
            given |= {"epochs": 1, "rate": 0.1, "rng": a_generator(torch_rng), "X_val": X[:3], "y_val": y[:3]}
        call_unchanged(function, model, X, y, **given)
