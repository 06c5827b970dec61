"""The hidden suite of what a perceptron can say about functions: permuted units, and lines through points."""

import numpy as np

from grader.testing import assert_close, hint, points, title
from reference.deep.perceptron.network import Perceptron
from reference.deep.perceptron.symmetry import permute_hidden

from .shared import arrays, pair, random_layers, same_arrays


def cycle(rng, n):
    """A permutation of one cycle: it is not its own inverse."""
    ring, order = rng.permutation(n), np.empty(n, dtype=int)
    order[ring] = np.roll(ring, 1)
    return order


def permuted(submission, rng, sizes, layer):
    weights, biases = random_layers(rng, sizes)
    order = cycle(rng, sizes[layer + 1])
    found_weights, found_biases = pair(submission.permute_hidden(weights, biases, layer, order), "permute_hidden")
    wanted_weights, wanted_biases = permute_hidden(weights, biases, layer, order)
    same_arrays(found_weights, wanted_weights, "weights")
    same_arrays(found_biases, wanted_biases, "biases")


@title(en="Permuted units of the only hidden layer", ru="Перестановка нейронов единственного скрытого слоя")
@hint(
    en="A unit takes along its column, its bias and its row of the next matrix. New unit i is the old order[i].",
    ru="Нейрон забирает свой столбец, свой сдвиг и строку следующей матрицы. Новый нейрон i — старый order[i].",
)
def test_permuted(submission, rng):
    permuted(submission, rng, (2, 5, 3), 0)
    permuted(submission, rng, (5, 5, 5), 0)


@points("1/2")
@title(en="Permuted units of one of several hidden layers", ru="Перестановка нейронов в одном из скрытых слоёв")
@hint(
    en="Hidden layer 0 is the output of weights[0]. Two matrices and one bias change, everything else stays.",
    ru="Скрытый слой 0 — выход weights[0]. Меняются две матрицы и один сдвиг, остальное на месте.",
)
def test_permuted_deeper(submission, rng):
    for layer in (0, 1, 2):
        permuted(submission, rng, (2, 4, 4, 4, 2), layer)


def places(rng, n):
    """Increasing places, at least 1/2 apart."""
    return np.cumsum(rng.uniform(0.5, 1.5, size=n)) - n / 2


def through(submission, x, y):
    """The function that the returned network computes, by the reference."""
    weights, biases = pair(submission.interpolate(x, y), "interpolate")
    assert isinstance(biases, list | tuple), "biases must be a list of arrays"
    assert biases, "biases must be a list of two arrays"
    hidden = np.size(biases[0])
    assert 1 <= hidden <= len(x) + 1, f"{hidden} hidden units for {len(x)} points; n + 1 are enough"
    arrays(weights, [(1, hidden), (hidden, 1)], "weights")
    net = Perceptron(weights, arrays(biases, [(hidden,), (1,)], "biases"), "relu")
    return lambda at: net.forward(np.asarray(at)[:, None])[:, 0]


def close(found, expected, what):
    assert_close(found, expected, rtol=1e-7, atol=1e-7, what=what)


@title(en="Through the points", ru="Через точки")
@hint(
    en="Begin at the first value. A unit max(0, x - x_i) bends the line at x_i; its weight is the change of the slope.",
    ru="Начните с первого значения. Нейрон max(0, x - x_i) изгибает ломаную в x_i; его вес — изменение наклона.",
)
def test_through_points(submission, rng):
    for n in (3, 12, 30):
        x, y = places(rng, n), rng.normal(size=n)
        close(through(submission, x, y)(x), y, "values at the points")


@title(en="Straight between the points", ru="Прямая между точками")
@hint(
    en="The line may bend at the points only: each unit's bend -b / w lies at one of the x_i.",
    ru="Ломаная изгибается только в точках: излом -b / w каждого нейрона лежит в одном из x_i.",
)
def test_between_points(submission, rng):
    for n in (3, 12):
        x, y = places(rng, n), rng.normal(size=n)
        at = np.sort(rng.uniform(x[0], x[-1], size=50))
        close(through(submission, x, y)(at), np.interp(at, x, y), "values between the points")


@points("1/4")
@title(en="Points in any order", ru="Точки в любом порядке")
@hint(
    en="Which neighbours has a point? Sort x, and y along with it.",
    ru="Какие точки соседние? Отсортируйте x, а вместе с ним y.",
)
def test_any_order(submission, rng):
    x, y = places(rng, 8), rng.normal(size=8)
    order = cycle(rng, 8)
    close(through(submission, x[order], y[order])(x), y, "values at the points")


@points("1/4")
@title(en="One point, two points", ru="Одна точка, две точки")
@hint(
    en="Through one point: a constant, with a unit of weight 0. Through two: a single slope.",
    ru="Через одну точку — константа, с нейроном нулевого веса. Через две — единственный наклон.",
)
def test_few_points(submission, rng):
    for n in (1, 2):
        x, y = places(rng, n), rng.normal(size=n)
        at = np.linspace(x[0], x[-1], 5)
        close(through(submission, x, y)(at), np.interp(at, x, y), "values")
