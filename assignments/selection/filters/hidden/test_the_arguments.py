"""The hidden suite of the arguments: what is refused, and that they stay as they were."""

import numpy as np

from grader.testing import assert_refused, call_unchanged, each, hint

X, Y = np.array([[1.0, 2.0], [0.0, 4.0], [3.0, 1.0]]), np.array([1.0, 0.0, 2.0])
C, NAN = np.array([0, 1, 1]), np.array([1.0, np.nan, 2.0])
OF_MATRICES = [("X", Y, Y), ("X", X[:0], Y[:0]), ("X", X * NAN[:, None], Y), ("y", X, Y[:2]), ("y", X, NAN)]
OF_VECTORS = [("x", X, C), ("x", Y[:0], C[:0]), ("x", NAN, C), ("c", Y, C[:2])]
OF_CATEGORIES = [("a", C[:0], C[:0]), ("a", np.array([C]), C), ("c", C, C[:2]), ("c", C[:2], C)]
OF_SCORES = [("scores", Y[:0]), ("scores", X), ("scores", NAN)]
NEGATIVE = ("scores", np.array([1.0, -0.5, 2.0]))


def with_last(cases, *last):
    return [(*case, *last) for case in cases]


REFUSED = {
    "euclid": OF_MATRICES,
    "pearson": OF_MATRICES,
    "spearman": OF_MATRICES,
    "pairwise": [*OF_VECTORS, ("c", Y, np.zeros(3, dtype=int)), ("c", Y, np.arange(3))],
    "conditional_variance": OF_VECTORS,
    "info_gain": OF_CATEGORIES,
    "gini_gain": OF_CATEGORIES,
    "chi2": OF_CATEGORIES,
    "top": [*with_last(OF_SCORES, 1), ("k", Y, 0), ("k", Y, 4)],
    "above": [*with_last(OF_SCORES, 1.0), ("t", Y, float("nan"))],
    "integral": [*with_last([*OF_SCORES, NEGATIVE], 0.5), ("share", Y, 0.0), ("share", Y, 1.5)],
    "broken_stick": [*OF_SCORES, NEGATIVE],
    "elbow": OF_SCORES,
    "select": [(*case, lambda x, y: 1.0, lambda scores: np.array([0])) for case in OF_MATRICES],
}


@each(REFUSED, worth="1/14", en="Bad arguments are refused: {name}", ru="Неверные аргументы отвергаются: {name}")
@hint(en="ValueError with the argument's name in its text.", ru="ValueError с именем аргумента в тексте.")
def test_errors(submission, name):
    for argument, *arguments in REFUSED[name]:
        assert_refused(argument, getattr(submission, name), *arguments)


SCORES = np.array([3.0, 9.0, 1.0, 4.0])
UNCHANGED = {
    **dict.fromkeys(("euclid", "pearson", "spearman"), (X, Y)),
    **dict.fromkeys(("pairwise", "conditional_variance"), (Y, C)),
    **dict.fromkeys(("info_gain", "gini_gain", "chi2"), (np.array([2, 0, 2]), C)),
    "integral": (SCORES, 0.5),
    "broken_stick": (SCORES,),
    "elbow": (SCORES,),
}


@each(UNCHANGED, worth="1/22", en="The arguments stay as they were: {name}", ru="Аргументы не меняются: {name}")
@hint(
    en="x -= x.mean(), scores.sort() and x[:] = … write into the caller's array.",
    ru="x -= x.mean(), scores.sort() и x[:] = … пишут прямо в массив вызывающего кода.",
)
def test_unchanged(submission, name):
    call_unchanged(getattr(submission, name), *UNCHANGED[name])
