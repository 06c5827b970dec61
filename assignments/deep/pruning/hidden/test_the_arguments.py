"""The hidden suite of all: bad arguments, and arguments that stay as they were."""

import torch

from grader.testing import assert_refused, call_unchanged, each, hint, points, title
from grader.testing.inputs import randn

from .shared import DOUBLE

ONES, EYE = torch.ones(3, dtype=DOUBLE), torch.eye(3, dtype=DOUBLE)


def a_layer(probe):
    """A sequence of one linear map from three numbers to three."""
    return probe.nn.Sequential(probe.nn.Linear(3, 3)).double()


def bad_saliency(saliency, probe):
    assert_refused("H", saliency, ONES, torch.eye(2, dtype=DOUBLE))
    assert_refused("H", saliency, ONES, 0 * EYE)


def bad_prune(prune, probe):
    assert_refused("scores", prune, ONES, torch.ones(1, dtype=DOUBLE), 1)
    for count in (-1, 4):
        assert_refused("count", prune, ONES, ONES, count)


def bad_stack(stack, probe):
    assert_refused("blocks", stack, [])


def bad_pruning(prune_blocks, probe):
    stack = probe.Stack([a_layer(probe) for _ in range(2)])
    for keep in (0, 3):
        assert_refused("keep", prune_blocks, stack, EYE, keep)


def bad_freeze(freeze, probe):
    network = probe.named({"conv10": probe.nn.Linear(2, 1), "act": probe.nn.ReLU()})
    for prefix in ("conv1", "act"):
        assert_refused("prefix", freeze, network, prefix)


def bad_transfer(transfer, probe):
    base, head = (a_layer(probe) for _ in range(2))
    y, good = torch.tensor([0, 1, 2]), {"head_steps": 1, "all_steps": 1, "rate": 0.1}
    assert_refused("y", transfer, base, head, EYE, y[:2], **good)
    for name, value in (("head_steps", -1), ("all_steps", -1), ("rate", 0.0)):
        assert_refused(name, transfer, base, head, EYE, y, **{**good, name: value})


BAD = {
    "saliency": bad_saliency,
    "prune": bad_prune,
    "ResidualStack": bad_stack,
    "prune_blocks": bad_pruning,
    "freeze": bad_freeze,
    "unfreeze": bad_freeze,
    "transfer": bad_transfer,
}


@each(tuple(BAD), worth="1/7", en="Bad arguments are refused: {name}", ru="Неверные аргументы отвергаются: {name}")
@hint(
    en="ValueError with the argument's name; look at the list in the statement.",
    ru="ValueError с именем аргумента; список есть в условии.",
)
def test_bad_arguments(submission, probe, name):
    BAD[name](getattr(submission, name), probe)


@each(
    ("saliency", "prune", "block_sizes"),
    worth="1/8",
    en="Arguments unchanged: {name}",
    ru="Аргументы не меняются: {name}",
)
@hint(
    en="Methods that end in an underscore, a[i] = 0 and x += y write into the caller's tensor.",
    ru="Методы с подчёркиванием на конце, a[i] = 0 и x += y пишут в чужой тензор.",
)
def test_unchanged(submission, probe, torch_rng, name):
    x = randn(torch_rng, 3, 3)
    stack = probe.Stack([probe.nn.Tanh()])
    arguments = {"saliency": (x[0], EYE + 0.2), "prune": (x[0], ONES, 2), "block_sizes": (stack, x)}
    call_unchanged(getattr(submission, name), *arguments[name])


@points("1/8")
@title(en="Arguments unchanged: ResidualStack", ru="Аргументы не меняются: ResidualStack")
@hint(
    en="x += block(x) writes into the caller's tensor; x = x + block(x) makes a new one.",
    ru="x += block(x) пишет в чужой тензор; x = x + block(x) создаёт новый.",
)
def test_unchanged_by_the_stack(submission, probe, torch_rng):
    call_unchanged(submission.ResidualStack([probe.nn.Tanh()]), randn(torch_rng, 3, 3))
