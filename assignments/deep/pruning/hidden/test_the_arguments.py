"""The hidden suite of all: bad arguments, and arguments that stay as they were."""

import torch

from grader.testing import assert_refused, call_unchanged, each, hint, together
from grader.testing.inputs import randn

from .shared import DOUBLE, built

ONES, EYE = torch.ones(3, dtype=DOUBLE), torch.eye(3, dtype=DOUBLE)


def bad_saliency(saliency, probe):
    assert_refused("H", saliency, ONES, torch.eye(2, dtype=DOUBLE))
    assert_refused("H", saliency, ONES, 0 * EYE)


def bad_prune(prune, probe):
    assert_refused("scores", prune, ONES, torch.ones(1, dtype=DOUBLE), 1)
    for count in (-1, 4):
        assert_refused("count", prune, ONES, ONES, count)


def bad_stack(stack, probe):
    assert_refused("blocks", stack, [])


def bad_freeze(freeze, probe):
    network = probe.named({"conv10": probe.nn.Linear(2, 1), "act": probe.nn.ReLU()})
    for prefix in ("conv1", "act"):
        assert_refused("prefix", freeze, network, prefix)


def bad_transfer(transfer, probe):
    base, head = (built(probe.nn, (("Linear", 3, 3),)) for _ in range(2))
    y, good = torch.tensor([0, 1, 2]), {"head_steps": 1, "all_steps": 1, "rate": 0.1}
    assert_refused("y", transfer, base, head, EYE, y[:2], **good)
    for name, value in (("head_steps", -1), ("all_steps", -1), ("rate", 0.0)):
        assert_refused(name, transfer, base, head, EYE, y, **{**good, name: value})


BAD = {
    "saliency": bad_saliency,
    "prune": bad_prune,
    "ResidualStack": bad_stack,
    "freeze": bad_freeze,
    "unfreeze": bad_freeze,
    "transfer": bad_transfer,
}
REFUSED = hint(
    en="ValueError with the argument's name; look at the list in the statement.",
    ru="ValueError с именем аргумента; список есть в условии.",
)


@each(tuple(BAD), worth="1/6", en="Bad arguments are refused: {name}", ru="Неверные аргументы отвергаются: {name}")
@REFUSED
def test_bad_arguments(submission, probe, name):
    BAD[name](getattr(submission, name), probe)


@together("ResidualStack", "prune_blocks", because="it prunes the stack of the same solution")
@each(
    ("prune_blocks",), worth="1/4", en="Bad arguments are refused: {name}", ru="Неверные аргументы отвергаются: {name}"
)
@REFUSED
def test_bad_keep(submission, probe, name):
    stack = submission.ResidualStack([built(probe.nn, (("Linear", 3, 3),)) for _ in range(2)])
    for keep in (0, 3):
        assert_refused("keep", submission.prune_blocks, stack, EYE, keep)


@each(("saliency", "prune"), worth="1/8", en="Arguments unchanged: {name}", ru="Аргументы не меняются: {name}")
@hint(
    en="Methods that end in an underscore, and a[i] = 0, write into the caller's tensor: clone() first.",
    ru="Методы с подчёркиванием на конце и a[i] = 0 пишут в чужой тензор: сначала clone().",
)
def test_unchanged(submission, torch_rng, name):
    others = (EYE + 0.2,) if name == "saliency" else (ONES, 2)
    call_unchanged(getattr(submission, name), randn(torch_rng, 3), *others)
