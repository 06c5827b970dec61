"""The hidden suite of L11.one_shot: centroids, classes that are added, ties, modes."""

import torch

from grader.testing import assert_close, assert_equal, hint, points, state, title
from grader.testing.inputs import randn
from grader.testing.twins import sequence_twins
from reference.extraction.metric.one_shot import OneShot

from .shared import DOUBLE, NOISY, SMOOTH


def classifiers(submission, probe, torch_rng, layers=SMOOTH):
    """The student's classifier and the reference's around equal networks."""
    made, expected, _ = sequence_twins(probe.nn, layers, torch_rng)
    return submission.OneShot(made.eval()), OneShot(expected.eval())


def add(both, name, objects):
    for one in both:
        one.add(name, objects)


def same_centroids(made, expected):
    """They are compared name by name; their order shows in ties."""
    assert_close(made.centroids, expected.centroids, rtol=1e-8, atol=1e-10, what="centroids")


@points("1/2")
@title(en="OneShot: centroids", ru="OneShot: центроиды")
@hint(
    en="The centroid is the mean of the embeddings as they come out of the network, neither of objects nor of vectors "
    "made of length 1. Its shape is (d,).",
    ru="Центроид — среднее эмбеддингов в том виде, в каком их выдала сеть: не объектов и не векторов, приведённых к "
    "длине 1. Его форма — (d,).",
)
def test_centroids(submission, probe, torch_rng):
    both = classifiers(submission, probe, torch_rng)
    for name, count in (("many", 6), ("one", 1)):
        add(both, name, randn(torch_rng, count, 5))
    same_centroids(*both)


@title(en="OneShot: the most similar class", ru="OneShot: самый похожий класс")
@hint(
    en="The cosine: both vectors are divided by their lengths, and the largest one wins.",
    ru="Косинус: оба вектора делятся на свои длины, побеждает наибольшее значение.",
)
def test_classify(submission, probe, torch_rng):
    """The network is the identity, and the lengths differ, so that neither a distance nor a dot product will do."""
    made, expected = submission.OneShot(probe.nn.Identity()), OneShot(torch.nn.Identity())
    for number, scale in enumerate((0.1, 1.0, 3.0, 10.0)):
        add((made, expected), f"class {number}", scale * (randn(torch_rng, 1, 4) + 0.1 * randn(torch_rng, 3, 4)))
    for scale in (0.1, 1.0, 20.0):
        X = scale * randn(torch_rng, 30, 4)
        assert_equal(made.classify(X), expected.classify(X), what="classes")


@points("1/2")
@title(en="OneShot: a class is added", ru="OneShot: добавляется класс")
@hint(
    en="A new class changes no other centroid, and those of before are known still. Asking changes nothing.",
    ru="Новый класс не меняет других центроидов, и прежние классы не забываются. Вопросы ничего не меняют.",
)
def test_adding(submission, probe, torch_rng):
    made, expected = both = classifiers(submission, probe, torch_rng)
    X = randn(torch_rng, 40, 5)
    for number, name in enumerate(("zoe", "ann", "max")):
        before = made.centroids
        add(both, name, randn(torch_rng, 1 + number, 5))
        after = made.centroids
        assert_equal({known: after.get(known) for known in before}, before, what="centroids of the classes before")
        assert_equal(made.classify(X), expected.classify(X), what="classes")
    assert_equal(made.centroids, after, what="centroids after a question")


@points("1/2")
@title(en="OneShot: evaluation mode", ru="OneShot: режим предсказания")
@hint(
    en="Evaluation mode in add and in classify, and afterwards each module in its own mode: note all of them first.",
    ru="Режим предсказания и в add, и в classify; потом каждому модулю возвращается его режим: сначала запомните все.",
)
def test_one_shot_modes(submission, probe, torch_rng):
    made, expected, _ = sequence_twins(probe.nn, NOISY, torch_rng)
    before, modes = state(made), probe.modes(probe.partly_frozen(made, 1))
    both = submission.OneShot(made), OneShot(expected)
    add(both, "first", randn(torch_rng, 8, 5))
    add(both, "second", randn(torch_rng, 3, 5))
    same_centroids(*both)
    assert_equal(probe.modes(made), modes, what="modes after add")
    X = randn(torch_rng, 20, 5)
    assert_equal(both[0].classify(X), both[1].classify(X), what="classes")
    assert_equal(probe.modes(made), modes, what="modes after classify")
    assert_equal(state(made), before, what="parameters and buffers of the network")


@points("1/2")
@title(en="OneShot: ties, zero vectors, one class", ru="OneShot: равенство, нулевые векторы, один класс")
@hint(
    en="Of equal similarities the class added first wins, not the first by the alphabet; a zero vector has the "
    "similarity 0 to all, and no NaN arises.",
    ru="При равенстве побеждает класс, добавленный раньше, а не первый по алфавиту; у нулевого вектора сходство со "
    "всеми равно 0, и NaN не возникает.",
)
def test_one_shot_ties(submission, probe):
    made = submission.OneShot(probe.nn.Identity())
    X = torch.tensor([[0.0, 5.0], [3.0, 0.0], [0.0, 0.0], [-1.0, -1.0]], dtype=DOUBLE)
    made.add("up", X[:1])
    assert_equal(made.classify(X), ["up"] * 4, what="classes, where there is one")
    for name, center in (
        ("again up", [0.0, 2.0]),
        ("right", [1.0, 0.0]),
        ("also right", [4.0, 0.0]),
        ("0", [0.0, 0.0]),
    ):
        made.add(name, torch.tensor([center], dtype=DOUBLE))
    assert_equal(made.classify(X), ["up", "right", "up", "0"], what="classes")
