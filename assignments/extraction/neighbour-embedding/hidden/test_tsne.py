"""The hidden suite of symmetric SNE and t-SNE."""

import numpy as np

from grader.testing import assert_array, assert_close, depends, hint, points, title
from reference.extraction.neighbours.divergence import kl
from reference.extraction.neighbours.tsne import (
    joint,
    symmetric_gradient,
    symmetric_q,
    tsne,
    tsne_gradient,
    tsne_q,
)

from .shared import groups, of_objects, right_neighbours, some_pairs, some_rows

ROOM = 1.3  # times the divergence that the reference reaches


def embedding(found, n, d):
    """What `tsne` returned, once it is a pair and Y has the right shape."""
    assert isinstance(found, tuple | list), "tsne must return a pair (Y, history)"
    Y, history = found if len(found) == 2 else (None, None)
    return assert_array(Y, shape=(n, d), kind="float", what="Y"), history


@points("1/2")
@title(en="Probabilities of pairs", ru="Вероятности пар")
@hint(en="All of them sum to 1, and there are n rows.", ru="Сумма всех чисел равна 1, а строк n.")
def test_joint(submission, rng):
    for n in (2, 9):
        P = some_rows(rng, n)
        assert_close(submission.joint(P), joint(P), atol=1e-14, what="the probabilities")


@points("3/4")
@title(en="Symmetric SNE: probabilities of the embedding", ru="Симметричное SNE: вероятности вложения")
@hint(
    en="One sum for the whole table, over all pairs of different objects, both (k, l) and (l, k).",
    ru="Сумма одна на всю таблицу: по всем парам разных объектов, и (k, l), и (l, k).",
)
def test_symmetric_q(submission, rng):
    for n, d in ((2, 1), (9, 2), (20, 3)):
        Y = rng.normal(size=(n, d))
        assert_close(submission.symmetric_q(Y), symmetric_q(Y), atol=1e-14, what="Q")


@points("1/2")
@title(en="Symmetric SNE: all objects far apart", ru="Симметричное SNE: все объекты далеко друг от друга")
@hint(
    en="All exponentials vanish, and 0 is divided by 0: subtract the largest exponent first.",
    ru="Все экспоненты обратились в 0, и 0 делится на 0: сначала вычтите наибольший показатель.",
)
def test_symmetric_q_far_apart(submission, rng):
    places = 40.0 * rng.permutation(6)[:, None] + rng.random((6, 1)) / 100
    assert_close(submission.symmetric_q(places), symmetric_q(places), atol=1e-14, what="Q")


@points("3/4")
@title(en="Symmetric SNE: the gradient", ru="Симметричное SNE: градиент")
@hint(
    en="Compare with differences of KL(P || Q), moving one number of Y by 1e-6: is it twice too small, or of the other "
    "sign?",
    ru="Сравните с разностями KL(P || Q), сдвигая одно число в Y на 1e-6: не вдвое ли он меньше, не другого ли знака?",
)
def test_symmetric_gradient(submission, rng):
    for n, d in ((3, 1), (12, 2), (10, 3)):
        P, Y = some_pairs(rng, n), rng.normal(size=(n, d))
        assert_close(submission.symmetric_gradient(P, Y), symmetric_gradient(P, Y), atol=1e-11, what="the gradient")


@points("3/4")
@title(en="t-SNE: probabilities of the embedding", ru="t-SNE: вероятности вложения")
@hint(
    en="One divided by one plus the squared distance; one sum for the whole table, without its diagonal.",
    ru="Единица, делённая на единицу плюс квадрат расстояния; сумма одна на всю таблицу, без диагонали.",
)
def test_tsne_q(submission, rng):
    for n, d in ((2, 1), (9, 2), (20, 3)):
        Y = 3 * rng.normal(size=(n, d))
        assert_close(submission.tsne_q(Y), tsne_q(Y), atol=1e-14, what="Q")


@points("5/4")
@title(en="t-SNE: the gradient", ru="t-SNE: градиент")
@hint(
    en="Compare with differences of KL(P || Q), moving one number of Y by 1e-6. The kernel stands in the gradient once "
    "more, beside p - q.",
    ru="Сравните с разностями KL(P || Q), сдвигая одно число в Y на 1e-6. Ядро входит в градиент ещё раз, рядом с p - "
    "q.",
)
def test_tsne_gradient(submission, rng):
    for n, d in ((3, 1), (12, 2), (10, 3)):
        P, Y = some_pairs(rng, n), 2 * rng.normal(size=(n, d))
        assert_close(submission.tsne_gradient(P, Y), tsne_gradient(P, Y), atol=1e-11, what="the gradient")


@points("1/2")
@title(en="t-SNE: the gradient of equal and of far objects", ru="t-SNE: градиент совпадающих и далёких объектов")
@hint(
    en="No force acts between equal objects, and none may be NaN; no root is needed.",
    ru="Между совпадающими объектами силы нет, и NaN быть не должно; корень здесь не нужен.",
)
def test_tsne_gradient_of_equal_objects(submission, rng):
    Y = rng.normal(size=(8, 2))
    Y[[1, 2]], Y[5] = Y[0], 1e4
    P = some_pairs(rng, 8)
    assert_close(submission.tsne_gradient(P, Y), tsne_gradient(P, Y), atol=1e-11, what="the gradient")


@points("5/4")
@title(en="t-SNE: steps without exaggeration", ru="t-SNE: шаги без усиления")
@hint(
    en="V <- momentum V - rate gradient, then Y <- Y + V; V begins with zeros. In the first quarter the momentum is "
    "0.5, then 0.8.",
    ru="V <- momentum V - rate gradient, затем Y <- Y + V; вначале V — нули. В первой четверти инерция 0.5, потом 0.8.",
)
def test_tsne_steps(submission, rng):
    X, start = rng.normal(size=(15, 4)), rng.normal(size=(15, 2))
    for steps in (1, 8):
        Y, _ = embedding(submission.tsne(X, 4.0, start, steps, 2.0, exaggeration=1.0), 15, 2)
        expected, _ = tsne(X, 4.0, start, steps, 2.0, exaggeration=1.0)
        assert_close(Y - start, expected - start, rtol=1e-4, atol=1e-6, what=f"how far Y has moved in steps: {steps},")


@points("3/4")
@title(en="t-SNE: exaggeration", ru="t-SNE: усиление")
@hint(
    en="P times the exaggeration in the first steps // 4 steps, P itself after them; it is 12 unless another is given.",
    ru="В первых steps // 4 шагах P умножается на усиление, потом — нет; без аргумента оно равно 12.",
)
def test_tsne_exaggeration(submission, rng):
    X, start = rng.normal(size=(15, 4)), rng.normal(size=(15, 2))
    for steps, more in ((4, (5.0,)), (3, (5.0,)), (7, ()), (8, (3,))):
        Y, _ = embedding(submission.tsne(X, 4.0, start, steps, 0.5, *more), 15, 2)
        expected, _ = tsne(X, 4.0, start, steps, 0.5, *more)
        assert_close(Y - start, expected - start, rtol=1e-4, atol=1e-6, what=f"how far Y has moved in steps: {steps},")


@points("1/2")
@title(en="t-SNE: the history", ru="t-SNE: история")
@hint(
    en="After each step the divergence from P to the Q of the new Y, with P itself, never with the exaggerated one.",
    ru="После каждого шага — расстояние от P до Q нового Y, причём с самой P, а не с усиленной.",
)
def test_tsne_history(submission, rng):
    X, start = rng.normal(size=(15, 4)), rng.normal(size=(15, 2))
    P = of_objects(X, 4.0)
    for steps in (1, 5):  # without exaggeration, and with one step of it
        Y, history = embedding(submission.tsne(X, 4.0, start, steps, 0.5, 4.0), 15, 2)
        assert_array(history, shape=(steps,), kind="float", what="history")
        assert_close(history[-1], kl(P, tsne_q(Y)), rtol=1e-5, what="the last divergence")
    before = [submission.tsne(X, 4.0, start, steps, 0.5, 4.0)[0] for steps in (1, 2, 3)]
    _, history = embedding(submission.tsne(X, 4.0, start, 3, 0.5, 4.0), 15, 2)
    assert_close(history, np.array([kl(P, tsne_q(Y)) for Y in before]), rtol=1e-5, what="the divergences")
    _, history = embedding(submission.tsne(X, 4.0, start, 4, 1e-9, 4.0), 15, 2)  # Y hardly moves
    assert_close(history, np.full(4, kl(P, tsne_q(start))), rtol=1e-5, what="the divergences, one step exaggerated,")


@depends("test_tsne_steps", "test_tsne_exaggeration")
@points("5/4")
@title(en="t-SNE: four groups", ru="t-SNE: четыре группы")
@hint(
    en="After 200 steps groups must be apart and the divergence as small as this method makes it from the same start.",
    ru="После 200 шагов группы должны разойтись, а расстояние KL — стать таким же малым, какое даёт этот метод из того "
    "же начала.",
)
def test_tsne_of_groups(submission, rng):
    (X, labels), _ = groups(rng, 4, 20, 6)
    start = 0.1 * rng.normal(size=(80, 2))
    Y, _ = embedding(submission.tsne(X, 10.0, start, 200, 20.0, 4.0), 80, 2)
    P = of_objects(X, 10.0)
    found, least = kl(P, tsne_q(Y)), kl(P, tsne_q(tsne(X, 10.0, start, 200, 20.0, 4.0)[0]))
    assert found <= ROOM * least, f"the divergence is {found:.3f}; the method itself reaches {least:.3f}"
    share = right_neighbours(Y, labels)
    assert share >= 0.9, f"{share:.0%} of the objects have a nearest neighbour of their own group, 90 % must"
