"""The hidden suite of S-cells and C-cells."""

import numpy as np

from grader.testing import hint, points, title
from reference.convolutions.layers.neocognitron import c_layer, s_layer

from .shared import different, near


def check(submission, X, templates, threshold, what):
    near(submission.s_layer(X, templates, threshold), s_layer(X, templates, threshold), what)


@title(en="s_layer: the cosine", ru="s_layer: косинус")
@hint(
    en="Both lengths, that of the window and that of the template, are taken over all channels.",
    ru="Обе длины, окна и шаблона, считаются по всем каналам.",
)
def test_s_layer(submission, rng):
    for shape, templates in (((1, 1, 5, 6), (1, 1, 3, 3)), ((2, 3, 5, 4), (4, 3, 2, 2))):
        check(submission, rng.normal(size=shape), 3 * rng.normal(size=templates), 0.0, f"templates {templates}")


@points("1/2")
@title(en="s_layer: the threshold", ru="s_layer: порог")
@hint(
    en="A cosine of 1 still gives 1, a cosine at the threshold or below gives 0.",
    ru="Косинус 1 по-прежнему даёт 1, косинус на пороге и ниже — 0.",
)
def test_s_layer_threshold(submission, rng):
    templates = rng.normal(size=(2, 1, 2, 2))
    X = rng.normal(size=(2, 1, 6, 6))
    X[:, 0, 1:3, 2:4], X[:, 0, 4:6, 3:5] = templates[:, 0], -templates[:, 0]
    for threshold in (0.3, 0.75):
        check(submission, X, templates, threshold, f"threshold {threshold}")


@points("1/2")
@title(en="s_layer: blank windows", ru="s_layer: пустые окна")
@hint(
    en="What does an S-cell answer to a vector of zeros? Numbers may add up to 0 without being zeros.",
    ru="Что отвечает S-клетка на нулевой вектор? Сумма чисел бывает равна 0 и тогда, когда сами числа — не нули.",
)
def test_s_layer_blank(submission, rng):
    X = np.zeros((2, 1, 6, 7))
    X[1, 0, 1:3, 1:3] = rng.normal(size=(2, 2))
    templates = rng.normal(size=(2, 1, 2, 2))
    check(submission, X, templates, 0.0, "windows of zeros")
    X[0, 0, 3:5, 4:6] = templates[1, 0] = [[2.0, -1.0], [-2.0, 1.0]]
    check(submission, X, templates, 0.0, "windows of zeros; a window and a template whose sum is 0")


@points("1/4")
@title(en="s_layer: dark and bright images", ru="s_layer: тёмные и яркие изображения")
@hint(
    en="A cosine does not change when a vector is multiplied by a positive number. Is anything added to a denominator?",
    ru="Косинус не меняется, если вектор умножить на положительное число. Не прибавлено ли что-то к знаменателю?",
)
def test_s_layer_brightness(submission, rng):
    X, templates = rng.normal(size=(1, 2, 5, 5)), rng.normal(size=(2, 2, 3, 3))
    for brightness in (1e-12, 1e12):
        check(submission, brightness * X, templates, 0.0, f"an image {brightness} times as bright")


@points("1/2")
@title(en="c_layer: blocks", ru="c_layer: блоки")
@hint(
    en="Blocks do not overlap: each begins k cells after the one before. What would a weaker cell add? Nothing.",
    ru="Блоки не перекрываются: каждый следующий начинается через k клеток. Что добавит более слабая клетка? Ничего.",
)
def test_c_layer(submission, rng):
    for shape, k in (((2, 3, 6, 4), 2), ((1, 2, 6, 9), 3), ((1, 1, 3, 2), 1), ((1, 2, 4, 4), 4)):
        S = np.abs(different(rng, *shape))
        near(submission.c_layer(S, k), c_layer(S, k), f"S {shape}, k = {k}")


@points("1/4")
@title(en="c_layer: a block that is not full", ru="c_layer: неполный блок")
@hint(
    en="Rows and columns at the end that do not fill a block are left out.",
    ru="Строки и столбцы в конце, которые не заполняют блок, отбрасываются.",
)
def test_c_layer_rest(submission, rng):
    for shape, k in (((1, 2, 7, 5), 2), ((2, 1, 5, 8), 3)):
        S = np.abs(different(rng, *shape))
        near(submission.c_layer(S, k), c_layer(S, k), f"S {shape}, k = {k}")
