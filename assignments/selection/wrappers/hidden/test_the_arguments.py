"""The hidden suite of bad arguments, and of arguments that stay as they were."""

import numpy as np

from grader.testing import assert_refused, call_unchanged, each, hint
from grader.testing.inputs import fresh

X, Y = np.arange(12.0).reshape(6, 2), np.zeros(6)
WITH_NAN = np.where(X == 3, np.nan, X)


def mean(X):
    return X.mean(axis=1)


def loss(y, p):
    return float(np.mean((y - p) ** 2))


WRONG = {
    "sfs": [("d", (len, 0, 1)), ("k", (len, 4, 0)), ("k", (len, 4, 5))],
    "sbe": [("d", (len, 0, 1)), ("k", (len, 4, 0)), ("k", (len, 4, 5))],
    "permutation_importance": [
        ("X", (mean, loss, X[:, 0], Y)),
        ("X", (mean, loss, X[:0], Y[:0])),
        ("X", (mean, loss, WITH_NAN, Y)),
        ("y", (mean, loss, X, Y[:5])),
        ("repeats", (mean, loss, X, Y, 0)),
    ],
    "hill_binary": [
        ("start", (len, np.zeros(3, dtype=bool), 5)),
        ("start", (len, np.ones(1, dtype=bool), 5)),
        ("start", (len, np.ones((2, 2), dtype=bool), 5)),
        ("budget", (len, np.ones(3, dtype=bool), 0)),
    ],
    "genetic_binary": [
        ("d", (len, 0, 4, 2)),
        ("size", (len, 3, 1, 2)),
        ("generations", (len, 3, 4, -1)),
        ("elite", (len, 3, 4, 2, 0)),
        ("elite", (len, 3, 4, 2, 4)),
    ],
}
BEFORE_RNG = {"permutation_importance": 4, "hill_binary": 3, "genetic_binary": 4}


@each(WRONG, worth="1/4", en="Wrong arguments are refused: {name}", ru="Неверные аргументы отвергаются: {name}")
@hint(
    en="ValueError whose text has the argument's name. The list stands in the statement.",
    ru="ValueError, в тексте которого есть имя аргумента. Список — в условии.",
)
def test_errors(submission, rng, name):
    place = BEFORE_RNG.get(name)
    for argument, given in WRONG[name]:
        complete = given if place is None else (*given[:place], fresh(rng), *given[place:])
        assert_refused(argument, getattr(submission, name), *complete)


@each(
    ("permutation_importance", "hill_binary"),
    worth="1/4",
    en="The arguments stay as they were: {name}",
    ru="Аргументы не меняются: {name}",
)
@hint(
    en="rng.shuffle(X[:, j]) and mask[j] = not mask[j] write into what you were given: make a copy first.",
    ru="rng.shuffle(X[:, j]) и mask[j] = not mask[j] пишут в то, что вам дали: сначала сделайте копию.",
)
def test_unchanged(submission, rng, name):
    if name == "hill_binary":
        given = (lambda subset: 0.0, np.array([True, False, True, True]), 20, fresh(rng))
    else:
        given = (mean, loss, rng.normal(size=(20, 3)), rng.normal(size=20), fresh(rng))
    call_unchanged(getattr(submission, name), *given)
