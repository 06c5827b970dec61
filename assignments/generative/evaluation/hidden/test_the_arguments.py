"""The hidden suite of all: bad arguments, and arguments that stay as they were."""

import numpy as np

from grader.testing import assert_refused, call_unchanged, each, hint

HALF, COST, X = np.full(2, 0.5), 1 - np.eye(2), np.arange(6.0).reshape(3, 2)
NAN = np.where(X == 4, np.nan, X)


def flat(x):
    return np.zeros(len(x))


# the function: for each bad call the name that the error must tell, and the arguments
REFUSED = {
    "wasserstein_1d": [
        ("a", [], HALF),
        ("b", HALF, [0.5, np.nan]),
        ("wa", HALF, HALF, [1.0]),
        ("wa", HALF, HALF, [0.0, 0.0]),
        ("wb", HALF, HALF, None, [2.0, -1.0]),
    ],
    "transport": [("p", 2 * HALF, HALF, COST), ("q", HALF, [1.5, -0.5], COST), ("cost", HALF, HALF, np.ones((2, 3)))],
    "sinkhorn": [
        ("p", 2 * HALF, HALF, COST, 0.1, 5),
        ("cost", HALF, HALF, np.ones((2, 3)), 0.1, 5),
        ("eps", HALF, HALF, COST, 0.0, 5),
        ("steps", HALF, HALF, COST, 0.1, 0),
    ],
    "coverage": [
        ("samples", NAN, X, 1.0),
        ("centers", X, X[:, :1], 1.0),
        ("radius", X, X, -1.0),
        ("least", X, X, 1.0, 1.5),
    ],
    "nearest_training": [("samples", X[:0], X), ("samples", X[0], X), ("train", X, NAN), ("train", X, X[:, :1])],
    "assess": [
        ("train", X, X[:, :1], flat, 0.1, 0.0),
        ("log_density", X, X + 9, lambda x: np.zeros(2), 0.1, 0.0),
        ("log_density", X, X + 9, lambda x: np.full(3, np.nan), 0.1, 0.0),
        ("copy_radius", X, X, flat, -0.1, 0.0),
    ],
}


@each(REFUSED, worth="1/8", en="Wrong arguments are refused: {name}", ru="Неверные аргументы отвергаются: {name}")
@hint(
    en="ValueError with the argument's name; look at the list in the statement.",
    ru="ValueError с именем аргумента; список есть в условии.",
)
def test_bad_arguments(submission, name):
    for argument, *arguments in REFUSED[name]:
        assert_refused(argument, getattr(submission, name), *arguments)


@each(
    ("wasserstein_1d", "sinkhorn", "assess"),
    worth="1/12",
    en="The arguments stay as they were: {name}",
    ru="Аргументы не меняются: {name}",
)
@hint(
    en="a.sort(), cost /= eps and x -= y write into the caller's array.",
    ru="a.sort(), cost /= eps и x -= y пишут в чужой массив.",
)
def test_unchanged(submission, rng, name):
    X, Y = rng.normal(size=(2, 5, 2))
    arguments = {
        "wasserstein_1d": (X[:, 0], Y[:, 0], rng.random(5), rng.random(5)),
        "sinkhorn": (HALF, HALF, COST + rng.random((2, 2)), 0.5, 2),
        "assess": (X, Y, flat, 0.1, -1.0),
    }
    call_unchanged(getattr(submission, name), *arguments[name])
