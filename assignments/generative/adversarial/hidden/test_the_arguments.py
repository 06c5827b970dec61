"""The hidden suite of bad arguments, and of arguments that stay as they were."""

import torch

from grader.testing import assert_refused, call_unchanged, each, hint
from grader.testing.inputs import randn

from .shared import DOUBLE, LATENT, a_generator, a_network

LOGITS, NONE = torch.zeros(3, 1, dtype=DOUBLE), torch.zeros(0, dtype=DOUBLE)
NAN, ENDLESS = (torch.full((3, 1), value, dtype=DOUBLE) for value in (torch.nan, torch.inf))
X, Y, EPS = torch.ones(3, 2, dtype=DOUBLE), torch.tensor([0, 1, 1]), torch.ones(3, dtype=DOUBLE)


def two_kinds(function, probe, torch_rng):
    for wrong in (NONE, NAN, ENDLESS):
        yield "real", lambda wrong=wrong: function(wrong, LOGITS)
        yield "fake", lambda wrong=wrong: function(LOGITS, wrong)


def one_kind(function, probe, torch_rng):
    for wrong in (NONE, NAN, ENDLESS):
        yield "fake", lambda wrong=wrong: function(wrong)


def training(function, probe, torch_rng, **more):
    width = more.get("classes", 0)
    networks = [a_network(probe, torch_rng, size + width, out).made for size, out in ((LATENT, 2), (2, 1))]
    good = {"X": X, "steps": 1, "batch": 2, "rate": 0.1, "latent": LATENT, "rng": a_generator(torch_rng), **more}
    either = ("X", "y") if more else "X"  # objects of another number or shape do not fit to y as well
    bad = [("X", wrong * X) for wrong in (torch.nan, -torch.inf)]
    bad += [("rate", 0.0), ("steps", 0), ("batch", 0), ("latent", 0)]
    if more:
        bad += [("y", Y[:2]), ("y", Y.double()), ("y", Y + 1), ("y", Y - 1), ("classes", 0)]
    for wrong in (X[:0], X[:, 0]):
        yield either, lambda wrong=wrong: function(*networks, **{**good, "X": wrong})
    for name, value in bad:
        yield name, lambda name=name, value=value: function(*networks, **{**good, name: value})


def with_labels(function, probe, torch_rng):
    return training(function, probe, torch_rng, y=Y, classes=2)


def critic(function, probe, torch_rng):
    net = a_network(probe, torch_rng, 2, 1).made
    good = {"real": X, "fake": X, "eps": EPS, "lam": 1.0}
    bad = [("fake", X[:2]), ("fake", torch.ones(3, 1, dtype=DOUBLE)), ("eps", EPS[:2]), ("lam", -1.0)]
    for name, value in (*bad, ("eps", EPS + 0.1), ("eps", -EPS)):
        yield name, lambda name=name, value=value: function(net, **{**good, name: value})


def fading(function, probe, torch_rng):
    old, new = torch.ones(2, 3, 4, 4, dtype=DOUBLE), torch.ones(2, 3, 8, 8, dtype=DOUBLE)
    for alpha in (-0.1, 1.1):
        yield "alpha", lambda alpha=alpha: function(old, new, alpha)
    for wrong in (old, new[:1], new[:, :1], new[:, :, :, :4]):
        yield "new", lambda wrong=wrong: function(old, wrong, 0.5)


def growing(function, probe, torch_rng):
    yield "latent", lambda: function(0, 2)
    yield "channels", lambda: function(2, 0)
    net = function(2, 3)
    for wrong in (torch.zeros(4, 3), torch.zeros(2), torch.zeros(0, 2)):
        yield "z", lambda wrong=wrong: net(wrong)
    net.grow()
    for alpha in (-0.1, 1.1):
        yield "alpha", lambda alpha=alpha: net(torch.zeros(4, 2), alpha)


BAD = {
    "objective": two_kinds,
    "discriminator_loss": two_kinds,
    "generator_loss": one_kind,
    "train_gan": training,
    "train_cgan": with_labels,
    "critic_objective": two_kinds,
    "critic_loss": critic,
    "fade": fading,
    "Growing": growing,
}


@each(tuple(BAD), worth="1/6", en="Wrong arguments are refused: {name}", ru="Неверные аргументы отвергаются: {name}")
@hint(
    en="ValueError whose text has the argument's name. The list stands in the statement.",
    ru="ValueError, в тексте которого есть имя аргумента. Список — в условии.",
)
def test_errors(submission, probe, torch_rng, name):
    for wrong, call in BAD[name](getattr(submission, name), probe, torch_rng):
        assert_refused(wrong, call)


@each(
    ("generator_loss", "train_gan", "critic_loss", "fade"),
    worth="1/8",
    en="Arguments stay as they were: {name}",
    ru="Аргументы не меняются: {name}",
)
@hint(
    en="Operations that end in an underscore, and -=, *= on tensors, write into the caller's tensor.",
    ru="Операции с подчёркиванием на конце, а также -=, *= пишут прямо в чужой тензор.",
)
def test_unchanged(submission, probe, torch_rng, name):
    function = getattr(submission, name)
    if name == "generator_loss":
        for saturating in (False, True):
            call_unchanged(function, randn(torch_rng, 4, 1), saturating)
    elif name == "train_gan":
        networks = [a_network(probe, torch_rng, *sizes).made for sizes in ((LATENT, 2), (2, 1))]
        given = {"batch": 3, "rate": 0.1, "latent": LATENT, "rng": a_generator(torch_rng)}
        call_unchanged(function, *networks, randn(torch_rng, 5, 2), 2, **given)
    elif name == "critic_loss":
        real, fake, eps = randn(torch_rng, 3, 2), randn(torch_rng, 3, 2), EPS / 2
        call_unchanged(function, a_network(probe, torch_rng, 2, 1).made, real, fake, eps, 10.0)
    else:
        call_unchanged(function, randn(torch_rng, 2, 1, 3, 3), randn(torch_rng, 2, 1, 6, 6), 0.3)
