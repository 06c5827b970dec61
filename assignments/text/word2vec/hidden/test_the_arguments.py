"""The hidden suite of the arguments: what is refused, and that they stay as they were."""

import numpy as np

from grader.testing import assert_refused, call_unchanged, each, hint
from grader.testing.inputs import fresh

W = np.ones((3, 2))
NAN = np.array([[1.0, np.nan], [1.0, 1.0], [1.0, 1.0]])
IDS = [np.array([0, 1, 2])]
ONE, TWO = np.array([1]), np.array([0, 1])
TRAIN = {"window": 1, "rate": 0.1, "epochs": 1, "rng": np.random.default_rng(0)}
BOTH = {
    "negative-ids": ("ids", [np.array([0, -1])], 3, 2, {}),
    "ids-beyond-V": ("ids", IDS, 2, 2, {}),
    "no-neighbours": ("ids", [ONE, ONE], 3, 2, {}),
    "d": ("d", IDS, 3, 0, {}),
    "window": ("window", IDS, 3, 2, {"window": 0}),
    "rate": ("rate", IDS, 3, 2, {"rate": 0.0}),
    "epochs": ("epochs", IDS, 3, 2, {"epochs": 0}),
}

REFUSED = {
    "build": (("min_count", [["a"]], 0),),
    "encode": (("words", [["a"]], []), ("words", [["a"]], ["a", "<unk>"]), ("words", [["a"]], ["<unk>", "a", "a"])),
    "keep_probability": (("counts", np.array([1, -1])), ("counts", np.zeros(2)), ("t", np.ones(2), 0.0)),
    "subsample": (
        ("ids", IDS, np.ones(2), 0.1, TRAIN["rng"]),
        ("ids", [np.array([-1])], np.ones(2), 0.1, TRAIN["rng"]),
        ("t", IDS, np.ones(3), 0.0, TRAIN["rng"]),
    ),
    "windows": (("window", IDS, 0), ("ids", [np.array([0, -1])], 1)),
    "noise": (("counts", np.array([1.0, np.nan])), ("counts", np.array([1, -1])), ("counts", np.zeros(2))),
    "cbow": (
        ("W_in", NAN, W, ONE[:, None], ONE),
        ("W_out", W, W[:, :1], ONE[:, None], ONE),
        ("contexts", W, W, np.array([[3]]), ONE),
        ("contexts", W, W, np.array([[-2]]), ONE),
        ("contexts", W, W, np.array([[0, 1], [-1, -1]]), TWO),
        ("targets", W, W, ONE[:, None], np.array([-1])),
        ("targets", W, W, ONE[:, None], np.array([3])),
        ("targets", W, W, TWO[:, None], ONE),
    ),
    "skipgram": (
        ("W_in", NAN, W, ONE, ONE, ONE[:, None]),
        ("W_out", W, W[:, :1], ONE, ONE, ONE[:, None]),
        ("centers", W, W, np.array([-1]), ONE, ONE[:, None]),
        ("contexts", W, W, ONE, np.array([3]), ONE[:, None]),
        ("contexts", W, W, TWO, ONE, TWO[:, None]),
        ("negatives", W, W, ONE, ONE, np.array([[-1]])),
        ("negatives", W, W, TWO, TWO, ONE[:, None]),
    ),
    "nearest": (("W", NAN, 0, 1), ("i", W, 3, 1), ("i", W, -1, 1), ("k", W, 0, 0), ("k", W, 0, 3)),
}


@each(REFUSED, worth="1/9", en="Bad arguments are refused: {name}", ru="Неверные аргументы отвергаются: {name}")
@hint(
    en="ValueError with the argument's name in its text. For numpy a negative index counts from the end.",
    ru="ValueError с именем аргумента в тексте. Отрицательный номер для numpy не ошибка: он считается с конца.",
)
def test_bad_arguments(submission, name):
    for named, *arguments in REFUSED[name]:
        assert_refused(named, getattr(submission, name), *arguments)


@each(("train_cbow", "train_skipgram"), worth="1/4", en="Bad arguments of {name}", ru="Неверные аргументы: {name}")
@hint(
    en="ids from 0, below V, and some sentence of two words; d, window and epochs at least 1; rate above 0.",
    ru="ids от 0 и меньше V, хотя бы в одном предложении два слова; d, window и epochs не меньше 1; rate больше 0.",
)
def test_bad_training(submission, name):
    more = {"negatives": 2} if name == "train_skipgram" else {}
    for named, ids, V, d, changed in BOTH.values():
        assert_refused(named, getattr(submission, name), ids, V, d, **(TRAIN | more | changed))
    if more:
        assert_refused("negatives", getattr(submission, name), IDS, 3, 2, **TRAIN, negatives=0)


UNCHANGED = {
    "subsample": lambda rng: ([rng.integers(3, size=9)], rng.uniform(1.0, 9.0, size=3), 0.1, fresh(rng)),
    "cbow": lambda rng: (
        *(rng.normal(size=(4, 2)), rng.normal(size=(4, 2))),
        *(np.array([[0, -1], [3, 2]]), np.array([1, 1])),
    ),
    "nearest": lambda rng: (rng.normal(size=(4, 2)), 1, 2),
    "train_cbow": lambda rng: ([rng.permutation(9)[:4] for _ in range(9)], 9, 2),
}


@each(UNCHANGED, worth="1/8", en="The arguments stay as they were: {name}", ru="Аргументы не меняются: {name}")
@hint(
    en="/=, sort() and contexts[contexts < 0] = 0 write into the caller's arrays; "
    "ids[i] = … and shuffle(ids) into the caller's list.",
    ru="/=, sort() и contexts[contexts < 0] = 0 пишут прямо в массивы вызывающего, "
    "ids[i] = … и shuffle(ids) — в его список.",
)
def test_unchanged(submission, rng, name):
    named = TRAIN | {"rng": fresh(rng)} if name == "train_cbow" else {}
    call_unchanged(getattr(submission, name), *UNCHANGED[name](rng), **named)
