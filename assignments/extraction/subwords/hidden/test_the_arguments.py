"""The hidden suite of the arguments: what is refused, and that they stay as they were."""

import numpy as np

from grader.testing import assert_refused, call_unchanged, each, hint
from grader.testing.inputs import fresh

W, N = np.ones((2, 3)), np.ones((5, 3))
NAN, IDS, KNOWN = np.array([[1.0, np.nan, 1.0]] * 2), np.array([0, 1]), {"a": 0, "b": 1}
TRAIN = {"buckets": 9, "window": 1, "negatives": 2, "rate": 0.1, "epochs": 1, "rng": np.random.default_rng(0)}

REFUSED = {
    "ngrams": (("word", ""), ("low", "a", 0), ("high", "a", 3, 2)),
    "bucket": (("ngram", "", 9), ("buckets", "a", 0)),
    "word_vector": (
        ("word", "", KNOWN, W, N),
        ("known", "a", {"a": 2}, W, N),
        ("known", "a", {"a": -1}, W, N),
        ("W", "a", KNOWN, NAN, N),
        (("N", "W"), "a", KNOWN, W, N[:, :2]),
    ),
    "step": (
        ("word", "", 0, IDS, KNOWN, W, N, W, 0.1),
        ("context", "a", 2, IDS, KNOWN, W, N, W, 0.1),
        ("context", "a", -1, IDS, KNOWN, W, N, W, 0.1),
        ("negatives", "a", 0, np.array([0, -1]), KNOWN, W, N, W, 0.1),
        ("negatives", "a", 0, np.array([2]), KNOWN, W, N, W, 0.1),
        (("C", "W"), "a", 0, IDS, KNOWN, W, N, W[:, :2], 0.1),
        ("rate", "a", 0, IDS, KNOWN, W, N, W, 0.0),
    ),
    "nearest": (("word", "", 1, KNOWN, W, N), ("k", "a", 0, KNOWN, W, N), ("k", "a", 2, KNOWN, W, N)),
}
OF_TRAINING = {"buckets": 0, "window": 0, "negatives": 0, "rate": 0.0, "epochs": 0}


@each(REFUSED, worth="1/8", en="Bad arguments are refused: {name}", ru="Неверные аргументы отвергаются: {name}")
@hint(
    en="ValueError with the argument's name in its text. For numpy a negative index counts from the end.",
    ru="ValueError с именем аргумента в тексте. Отрицательный номер для numpy не ошибка: он считается с конца.",
)
def test_bad_arguments(submission, name):
    for named, *arguments in REFUSED[name]:
        assert_refused(named, getattr(submission, name), *arguments)


@each(("train",), worth="1/8", en="Bad arguments are refused: {name}", ru="Неверные аргументы отвергаются: {name}")
@hint(
    en="ValueError with the argument's name: numbers below 1, a rate of 0, sentences without two words in one of them.",
    ru="ValueError с именем аргумента: числа меньше 1, rate = 0, ни одного предложения из двух слов.",
)
def test_bad_training(submission, name):
    texts = [["a", "b"]]
    for named, bad in OF_TRAINING.items():
        assert_refused(named, getattr(submission, name), texts, 2, **(TRAIN | {named: bad}))
    assert_refused("d", getattr(submission, name), texts, 0, **TRAIN)
    for bad in ([], [["a"], ["b"]], [["a", ""]]):
        assert_refused("sentences", getattr(submission, name), bad, 2, **TRAIN)


UNCHANGED = {
    "word_vector": lambda rng: ("ab", {"ab": 1}, rng.normal(size=(2, 3)), rng.normal(size=(3, 3))),
    "step": lambda rng: (
        *("ab", 0, np.array([1, 1]), {"ab": 1}),
        *(rng.normal(size=(2, 3)), rng.normal(size=(3, 3)), rng.normal(size=(2, 3)), 0.1),
    ),
    "train": lambda rng: ([["a", "b", "c"], ["d", "b"], ["c", "e"]] * 3, 2),
}


@each(UNCHANGED, worth="1/12", en="The arguments stay as they were: {name}", ru="Аргументы не меняются: {name}")
@hint(
    en="vector = W[i]; vector += … writes into W, and shuffle(sentences) into the caller's list: work on copies.",
    ru="vector = W[i]; vector += … пишет прямо в W, а shuffle(sentences) — в список вызывающего: работайте с копиями.",
)
def test_unchanged(submission, rng, name):
    named = TRAIN | {"rng": fresh(rng)} if name == "train" else {}
    call_unchanged(getattr(submission, name), *UNCHANGED[name](rng), **named)
