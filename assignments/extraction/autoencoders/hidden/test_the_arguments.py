"""The hidden suite of all: bad arguments, and arguments that stay as they were."""

import torch

from grader.testing import assert_refused, call_unchanged, each, hint

from .shared import DOUBLE, coders, some_objects

ONES = torch.ones(3, 5, dtype=DOUBLE)
NAN = torch.where(torch.eye(5, dtype=torch.bool)[:3], torch.nan, ONES)
BAD = (NAN, ONES[:0], ONES[0])


def bad_network(network, model, probe):
    for name, given in (("n", (0, 4, 2)), ("hidden", (5, -1, 2)), ("m", (5, 4, 0)), ("activation", (5, 4, 2, "step"))):
        assert_refused(name, network, *given)
    for x in (NAN, ONES[:, :4], ONES[0]):
        assert_refused("x", network(5, 4, 2).double(), x)


def bad_restoration(restoration, model, probe):
    for x in BAD:
        assert_refused("x", restoration, model, x)


def bad_weight(name):
    def refused(loss, model, probe):
        assert_refused("x", loss, model, NAN, 0.5)
        for weight in (-0.1, float("nan")):
            assert_refused(name, loss, model, ONES, weight)

    return refused


def bad_noise(denoising_loss, model, probe):
    assert_refused("x", denoising_loss, model, NAN, ONES)
    for noise in (ONES[:1], ONES[:, :1], NAN):
        assert_refused("noise", denoising_loss, model, ONES, noise)


def bad_training(train, model, probe):
    assert_refused("X", train, model, NAN, probe.squares, 3, 0.1)
    for steps in (0, -1):
        assert_refused("steps", train, model, ONES, probe.squares, steps, 0.1)
    for rate in (0.0, -0.1):
        assert_refused("rate", train, model, ONES, probe.squares, 3, rate)


REFUSED = {
    "Autoencoder": bad_network,
    "restoration": bad_restoration,
    "sparse_loss": bad_weight("tau"),
    "denoising_loss": bad_noise,
    "contractive_loss": bad_weight("lam"),
    "train": bad_training,
}


@each(tuple(REFUSED), worth="1/8", en="Bad arguments are refused: {name}", ru="Неверные аргументы отвергаются: {name}")
@hint(
    en="ValueError with the argument's name; look at the list in the statement.",
    ru="ValueError с именем аргумента; список есть в условии.",
)
def test_bad_arguments(submission, probe, torch_rng, name):
    REFUSED[name](getattr(submission, name), coders(probe, torch_rng).made, probe)


@each(
    ("restoration", "sparse_loss", "denoising_loss", "train"),
    worth="1/8",
    en="Arguments unchanged: {name}",
    ru="Аргументы не меняются: {name}",
)
@hint(
    en="x -= y, x += noise and methods that end in an underscore write into the caller's tensor.",
    ru="x -= y, x += noise и методы с подчёркиванием на конце пишут в чужой тензор.",
)
def test_unchanged(submission, probe, torch_rng, name):
    x = some_objects(torch_rng)
    further = {"sparse_loss": (0.5,), "denoising_loss": (x / 3,), "train": (probe.squares, 2, 0.1)}
    call_unchanged(getattr(submission, name), coders(probe, torch_rng).made, x, *further.get(name, ()))
