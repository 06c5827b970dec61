"""The hidden suite of all rows: bad arguments, and arguments that stay as they were."""

import numpy as np

from grader.testing import assert_refused, call_unchanged, each, hint
from grader.testing.inputs import orthogonal, with_one

from .shared import mixing, mixtures

X = np.array([[0.0, 1.0], [2.0, 1.0], [3.0, -4.0], [1.0, 2.5]])
TWICE = np.hstack([X[:, :1], X[:, :1]])
CONSTANT = np.hstack([X[:, :1], np.full((4, 1), 2.0)])
NOT_TABLES = (X[0], X[:0], with_one(np.nan), with_one(np.inf))
SINGULAR = (TWICE, CONSTANT, X[:2])
UNIT, NAN = np.eye(2), np.array([[1.0, np.nan], [0.0, 1.0]])

REFUSED = {
    "whiten": [("X", bad) for bad in (*NOT_TABLES, *SINGULAR)],
    "fastica_step": [
        *(("Z", bad, UNIT) for bad in NOT_TABLES),
        *(("W", X, bad) for bad in (NAN, np.eye(3), np.ones((1, 2)))),
        ("g", X, UNIT, "sine"),
    ],
    "fastica": [
        *(("X", bad, UNIT) for bad in (*NOT_TABLES, *SINGULAR)),
        *(("start", X, bad) for bad in (NAN, np.eye(3), np.ones((2, 2)))),
        ("g", X, UNIT, "sine"),
        ("steps", X, UNIT, "tanh", 0),
        ("tol", X, UNIT, "tanh", 5, 0.0),
    ],
    "cca": [
        *(("X", bad, X[: len(bad)] if bad.ndim == 2 and len(bad) else X, 1) for bad in (*NOT_TABLES, TWICE, CONSTANT)),
        *(("Y", X, bad, 1) for bad in (with_one(np.nan), TWICE, CONSTANT)),
        (("X", "Y"), X, X[:3], 1),
        *(("k", X, X, bad) for bad in (0, 3)),
        ("k", X, X[:, :1], 2),
        ("ridge", X, X, 1, -0.5),
    ],
}


@each(REFUSED, worth="1/4", en="Bad arguments are refused: {name}", ru="Неверные аргументы отвергаются: {name}")
@hint(
    en="ValueError with the argument's name: shapes, NaN, ranges, and features that depend on each other.",
    ru="ValueError с именем аргумента: формы, NaN, границы и линейно зависимые признаки.",
)
def test_bad_arguments(submission, name):
    for named, *arguments in REFUSED[name]:
        assert_refused(named, getattr(submission, name), *arguments)


UNCHANGED = {
    "whiten": lambda rng: (mixtures(rng, 20, ("uniform", "laplace")),),
    "fastica_step": lambda rng: (mixtures(rng, 20, ("uniform", "laplace")), orthogonal(rng, 2)),
    "fastica": lambda rng: (mixtures(rng, 20, ("uniform", "laplace")), mixing(rng, 2), "tanh", 3),
    "cca": lambda rng: (rng.normal(size=(20, 3)) + 1.0, rng.normal(size=(20, 2)) + 1.0, 2, 0.5),
}


@each(UNCHANGED, worth="1/8", en="The arguments stay as they were: {name}", ru="Аргументы не меняются: {name}")
@hint(
    en="X -= mean writes into the caller's array; X - mean is a new one.",
    ru="X -= mean пишет в чужой массив, X - mean — это новый.",
)
def test_unchanged(submission, rng, name):
    call_unchanged(getattr(submission, name), *UNCHANGED[name](rng))
