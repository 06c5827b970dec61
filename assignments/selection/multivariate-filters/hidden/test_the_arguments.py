"""The hidden suite of the arguments: what is refused, and that they stay as they were."""

import numpy as np

from grader.testing import assert_refused, call_unchanged, each, hint

X, Y = np.array([[1.0, 2.0], [0.0, 4.0], [3.0, 1.0]]), np.array([1.0, 0.0, 2.0])
C = np.array([[0, 1, 1], [1, 0, 1], [1, 1, 2], [0, 0, 1]])
CLASSES = np.array([0, 1, 1, 0])
R = np.eye(2)

REFUSED = {
    "merit": [
        ("r_fc", np.zeros(0), np.zeros((0, 0))),
        ("r_fc", np.array([0.5, -0.5]), R),
        ("r_ff", np.ones(2), np.eye(3)),
        ("r_ff", np.ones(2), np.ones(2)),
        ("r_ff", np.ones(2), -np.ones((2, 2))),
    ],
    "cfs": [
        ("X", Y, Y),
        ("X", X[:0], Y[:0]),
        ("X", X * np.nan, Y),
        ("y", X, Y[:2]),
        ("y", X, Y * np.nan),
        ("patience", X, Y, 0),
    ],
    "blanket": [
        ("X", C[0], 0, [0], 1),
        *(("f", C, bad, [0, 1], 1) for bad in (3, -1)),
        *(("active", C, 0, [1, bad], 1) for bad in (3, -1)),
        ("size", C, 0, [1, 2], 0),
    ],
    "expected_kl": [
        ("X", C[0], CLASSES, 0, [1]),
        ("y", C, CLASSES[:2], 0, [1]),
        *(("f", C, CLASSES, bad, [1]) for bad in (3, -1)),
        *(("blanket", C, CLASSES, 0, [1, bad]) for bad in (3, -1)),
        ("blanket", C, CLASSES, 0, [1, 0]),
    ],
    "markov_filter": [
        ("X", C[:0], CLASSES[:0], 1, 1),
        ("y", C, CLASSES[:2], 1, 1),
        ("keep", C, CLASSES, 0, 1),
        ("keep", C, CLASSES, 4, 1),
        ("size", C, CLASSES, 1, 0),
    ],
}


@each(REFUSED, worth="3/20", en="Bad arguments are refused: {name}", ru="Неверные аргументы отвергаются: {name}")
@hint(en="ValueError with the argument's name in its text.", ru="ValueError с именем аргумента в тексте.")
def test_errors(submission, name):
    for argument, *arguments in REFUSED[name]:
        assert_refused(argument, getattr(submission, name), *arguments)


UNCHANGED = {
    "merit": (np.array([0.4, 0.6]), np.array([[1.0, 0.3], [0.3, 1.0]])),
    "cfs": (X, Y),
    "blanket": (C, 1, [2, 1, 0], 2),
    "expected_kl": (C, CLASSES, 0, [2, 1]),
    "markov_filter": (C, CLASSES, 1, 1),
}


@each(UNCHANGED, worth="1/20", en="The arguments stay as they were: {name}", ru="Аргументы не меняются: {name}")
@hint(
    en="fill_diagonal, remove, sort and -= write into what the caller gave.",
    ru="fill_diagonal, remove, sort и -= пишут прямо в то, что дал вызывающий код.",
)
def test_unchanged(submission, name):
    call_unchanged(getattr(submission, name), *UNCHANGED[name])
