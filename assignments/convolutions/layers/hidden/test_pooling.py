"""The hidden suite of pooling, forward and backward."""

import numpy as np

from grader.testing import each, hint, points, title
from reference.convolutions.layers.pooling import KINDS, pool, pool_grad

from .shared import different, near

ORDINARY = (((2, 3, 6, 6), 2, 2), ((1, 2, 6, 9), 3, 3))
STEPS = (((1, 2, 6, 7), 3, 1), ((2, 1, 7, 9), 3, 2), ((1, 1, 8, 5), 2, 3), ((1, 1, 9, 5), 1, 4))
RESTS = (((1, 2, 7, 5), 2, 2), ((1, 1, 8, 10), 3, 3), ((2, 1, 8, 6), 3, 2))


def check(submission, rng, kind, shape, k, stride):
    X = different(rng, *shape)
    result = submission.pool(X, k, stride) if kind == "max" else submission.pool(X, k, stride, kind)
    near(result, pool(X, k, stride, kind), f"{kind} of X {shape}, k = {k}, stride {stride}")


def check_gradient(submission, rng, kind, shape, k, stride, X=None):
    X = different(rng, *shape) if X is None else X
    dY = rng.normal(size=pool(X, k, stride).shape)
    result = submission.pool_grad(X, dY, k, stride) if kind == "max" else submission.pool_grad(X, dY, k, stride, kind)
    near(result, pool_grad(X, dY, k, stride, kind), f"derivative, {kind} of X {shape}, k = {k}, stride {stride}")


@each(KINDS, worth="1/2", en="pool: {name}", ru="pool: {name}")
@hint(
    en="One number for each window, in each channel by itself. Pixels may all be negative.",
    ru="Одно число на окно, в каждом канале отдельно. Пиксели могут быть и все отрицательными.",
)
def test_pool(submission, rng, name):
    for shape, k, stride in ORDINARY:
        check(submission, rng, name, shape, k, stride)


@points("1/4")
@title(en="pool without a stride", ru="pool без заданного шага")
@hint(en="Windows then lie side by side: stride is k.", ru="Тогда окна стоят вплотную: шаг равен k.")
def test_pool_default(submission, rng):
    for shape, k, _ in (*ORDINARY, ((1, 1, 4, 8), 4, 4)):
        X = different(rng, *shape)
        near(submission.pool(X, k), pool(X, k), f"max of X {shape}, k = {k}, no stride")


@each(KINDS, worth="1/12", en="pool with a stride other than k: {name}", ru="pool с шагом, отличным от k: {name}")
@hint(
    en="Windows overlap where stride is less than k, and leave pixels out where it is more.",
    ru="При stride меньше k окна перекрываются, при большем — пропускают пиксели.",
)
def test_pool_steps(submission, rng, name):
    for shape, k, stride in STEPS:
        check(submission, rng, name, shape, k, stride)


@each(KINDS, worth="1/12", en="pool with a rest: {name}", ru="pool с остатком: {name}")
@hint(
    en="Rows and columns that do not fill a window give no output.",
    ru="Строки и столбцы, которые не заполняют окно, выхода не дают.",
)
def test_pool_rest(submission, rng, name):
    for shape, k, stride in RESTS:
        check(submission, rng, name, shape, k, stride)


@each(KINDS, worth="1/2", en="pool_grad: {name}", ru="pool_grad: {name}")
@hint(
    en="How does the result change when one pixel of the window, the largest or another, changes a little?",
    ru="Как изменится результат, если чуть изменить один пиксель окна — наибольший или какой-нибудь другой?",
)
def test_pool_gradient(submission, rng, name):
    for shape, k, stride in ORDINARY:
        check_gradient(submission, rng, name, shape, k, stride)


@points("1/4")
@title(en="pool_grad without a stride", ru="pool_grad без заданного шага")
@hint(en="Windows then lie side by side: stride is k.", ru="Тогда окна стоят вплотную: шаг равен k.")
def test_pool_gradient_default(submission, rng):
    for shape, k, _ in (*ORDINARY, ((1, 1, 4, 8), 4, 4)):
        X = different(rng, *shape)
        dY = rng.normal(size=pool(X, k).shape)
        near(submission.pool_grad(X, dY, k), pool_grad(X, dY, k), f"derivative of X {shape}, k = {k}, no stride")


@points("1/2")
@title(en="pool_grad: equal maxima", ru="pool_grad: равные максимумы")
@hint(
    en="Only one of them gets the derivative: the topmost, and of those in one row the leftmost.",
    ru="Производную получает только один из них: самый верхний, а в одной строке — самый левый.",
)
def test_pool_equal_maxima(submission, rng):
    for shape, k in (((2, 2, 6, 6), 2), ((1, 1, 9, 6), 3)):
        X = rng.integers(2, size=shape).astype(float)
        check_gradient(submission, rng, "max", shape, k, k, X)
        check_gradient(submission, rng, "max", shape, k, k, np.full(shape, -1.5))


@each(KINDS, worth="1/6", en="pool_grad, overlapping windows: {name}", ru="pool_grad, окна перекрываются: {name}")
@hint(
    en="A pixel of several windows gets a part from each: add, do not replace.",
    ru="Пиксель нескольких окон получает часть от каждого: прибавляйте, а не записывайте поверх.",
)
def test_pool_overlap(submission, rng, name):
    for shape, k, stride in (((2, 2, 6, 5), 3, 1), ((1, 2, 7, 9), 3, 2)):
        check_gradient(submission, rng, name, shape, k, stride)


@each(KINDS, worth="1/12", en="pool_grad, pixels of no window: {name}", ru="pool_grad, пиксели вне окон: {name}")
@hint(
    en="The derivative has the shape of X; pixels that no window holds have 0.",
    ru="Производная той же формы, что и X; у пикселей, не попавших ни в одно окно, она равна 0.",
)
def test_pool_outside(submission, rng, name):
    for shape, k, stride in (((1, 2, 7, 5), 2, 2), ((1, 1, 8, 10), 3, 3), ((2, 1, 8, 5), 2, 3)):
        check_gradient(submission, rng, name, shape, k, stride)
