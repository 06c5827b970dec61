"""The hidden suite of the arguments: what is refused, and that they stay as they were."""

import numpy as np

from grader.testing import assert_refused, call_unchanged, each, hint

SCORES = np.array([0.3, 0.1, 0.2])


def first(part):
    return np.zeros(len(part), dtype=int)


REFUSED = {
    "hybrid": (
        ("scores", np.array([1.0, np.nan]), 1, len, 1),
        ("keep", SCORES, 4, len, 1),
        ("keep", SCORES, 0, len, 1),
        ("k", SCORES, 2, len, 3),
        ("k", SCORES, 2, len, 0),
    ),
    "vote_sets": (
        ("sets", [], 3, 1),
        ("sets", [[0], [3]], 3, 1),
        ("sets", [[0], [-1]], 3, 1),
        ("votes", [[0], [1]], 3, 0),
        ("votes", [[0], [1]], 3, 3),
    ),
    "vote_models": (
        ("models", [], [], np.ones((2, 3))),
        ("sets", [first, first], [[0]], np.ones((2, 3))),
        ("sets", [first], [[]], np.ones((2, 3))),
        ("sets", [first], [[3]], np.ones((2, 3))),
        ("sets", [first], [[-1]], np.ones((2, 3))),
        ("X", [first], [[0]], np.array([[np.nan]])),
    ),
    "merge_rankings": (
        ("R", np.array([[0, 1], [1, 1]])),
        ("R", np.array([[1, 2], [2, 1]])),
        ("R", np.array([0, 1])),
    ),
    "merge_scores": (
        ("S", np.array([[1.0, np.nan]])),
        ("S", np.ones(3)),
        ("S", np.zeros((0, 3))),
        ("how", np.ones((2, 3)), "max"),
    ),
}


@each(REFUSED, worth="1/10", en="Bad arguments are refused: {name}", ru="Неверные аргументы отвергаются: {name}")
@hint(
    en="ValueError with the argument's name in its text. For numpy a negative index counts from the end.",
    ru="ValueError с именем аргумента в тексте. Отрицательный номер numpy отсчитывает с конца и не жалуется.",
)
def test_bad_arguments(submission, name):
    for named, *arguments in REFUSED[name]:
        assert_refused(named, getattr(submission, name), *arguments)


UNCHANGED = {
    "hybrid": lambda rng: (rng.normal(size=6), 4, lambda subset: float(sum(subset)), 2),
    "merge_scores": lambda rng: (rng.normal(size=(3, 4)),),
}


@each(UNCHANGED, worth="1/8", en="The arguments stay as they were: {name}", ru="Аргументы не меняются: {name}")
@hint(
    en="-=, /= and the assignment scores[i] = … write into the caller's array.",
    ru="-=, /= и присваивание scores[i] = … пишут прямо в массив вызывающего.",
)
def test_unchanged(submission, rng, name):
    call_unchanged(getattr(submission, name), *UNCHANGED[name](rng))
