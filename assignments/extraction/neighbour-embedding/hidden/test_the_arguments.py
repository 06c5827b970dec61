"""The hidden suite of all: bad arguments, and arguments that stay as they were."""

import numpy as np
import torch

from grader.testing import assert_refused, call_unchanged, each, hint, points, title
from grader.testing.inputs import randn

from .shared import some_pairs, some_rows

HALF, EYE, X = np.full(2, 0.5), np.eye(2), np.arange(10.0).reshape(5, 2) ** 2
P, LINE, NAN = np.ones((5, 5)) / 25, X[0], np.where(X == 4, np.nan, X)
BAD_Y = [("Y", LINE), ("Y", X[:1]), ("Y", NAN)]
BAD_PAIRS = [("P", P[:4], X), ("P", -P, X), ("P", P[:4, :4], X), ("Y", P, NAN)]
RUN = (X, 2.0, X[:, :1], 2, 0.1)
# the function: for each bad call the name that the error must tell, and the arguments
REFUSED = {
    "kl": [("p", 2 * HALF, HALF), ("p", [-0.5, 1.5], HALF), ("q", HALF, HALF + 0.1), ("q", HALF, np.ones(3) / 3)],
    "kl_gaussian": [
        ("m2", HALF, EYE, np.ones(3), EYE),
        ("S1", HALF, -EYE, HALF, EYE),
        ("S2", HALF, EYE, HALF, np.array([[1.0, 0.5], [0.0, 1.0]])),
        ("S2", HALF, EYE, HALF, np.eye(3)),
    ],
    "conditional": [("X", NAN, 2.0), ("X", LINE, 2.0), *(("perplexity", X, bad) for bad in (1.0, 4.0, -2.0))],
    "sne_q": BAD_Y,
    "sne_gradient": BAD_PAIRS,
    "joint": [("P", P[:4]), ("P", -P)],
    "symmetric_q": BAD_Y,
    "symmetric_gradient": BAD_PAIRS,
    "tsne_q": BAD_Y,
    "tsne_gradient": BAD_PAIRS,
    "tsne": [
        ("X", NAN, *RUN[1:]),
        ("perplexity", X, 4.0, *RUN[2:]),
        ("start", X, 2.0, X[:4], 2, 0.1),
        ("steps", *RUN[:3], 0, 0.1),
        ("rate", *RUN[:4], 0.0),
        ("exaggeration", *RUN, -1.0),
    ],
    "tsne_loss": [(name, *map(torch.tensor, arrays)) for name, *arrays in (*BAD_PAIRS, ("Y", P[:1, :1], X[:1]))],
}


@each(REFUSED, worth="1/13", en="Bad arguments are refused: {name}", ru="Неверные аргументы отвергаются: {name}")
@hint(
    en="ValueError with the argument's name; look at the list in the statement.",
    ru="ValueError с именем аргумента; список есть в условии.",
)
def test_bad_arguments(submission, name):
    for argument, *arguments in REFUSED[name]:
        assert_refused(argument, getattr(submission, name), *arguments)


@points("1/13")
@title(en="Bad arguments are refused: parametric_tsne", ru="Неверные аргументы отвергаются: parametric_tsne")
@hint(
    en="ValueError with the argument's name; look at the list in the statement.",
    ru="ValueError с именем аргумента; список есть в условии.",
)
def test_bad_training(submission, probe):
    net, rows = probe.nn.Linear(2, 1).double(), torch.tensor(X)
    for name, *arguments in (
        ("X", torch.tensor(NAN), 2.0, 1, 0.1),
        ("perplexity", rows, 4.0, 1, 0.1),
        ("steps", rows, 2.0, 0, 0.1),
        ("rate", rows, 2.0, 1, 0.0),
    ):
        assert_refused(name, submission.parametric_tsne, net, *arguments)


@each(
    ("kl", "joint", "tsne", "tsne_loss"),
    worth="1/8",
    en="Arguments unchanged: {name}",
    ru="Аргументы не меняются: {name}",
)
@hint(
    en="P += ..., P[i, i] = ... and methods that end in an underscore write into the caller's array.",
    ru="P += ..., P[i, i] = ... и методы с подчёркиванием на конце пишут в чужой массив.",
)
def test_unchanged(submission, rng, torch_rng, name):
    pairs = some_pairs(rng, 5)
    arguments = {
        "kl": (pairs, pairs[::-1] / 2 + 1 / 50),
        "joint": (some_rows(rng, 5),),
        "tsne": (rng.normal(size=(5, 3)), 2.0, rng.normal(size=(5, 2)), 4, 0.5),
        "tsne_loss": (torch.tensor(pairs), randn(torch_rng, 5, 2)),
    }
    call_unchanged(getattr(submission, name), *arguments[name])
