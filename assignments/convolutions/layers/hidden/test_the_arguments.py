"""The hidden suite of all layers: whole numbers, bad arguments, and arguments that stay as they were."""

import numpy as np

from grader.testing import assert_refused, call_unchanged, each, hint
from reference.convolutions.layers.convolution import conv, conv_grad
from reference.convolutions.layers.neocognitron import s_layer
from reference.convolutions.layers.network_in_network import global_average, mlpconv, pointwise
from reference.convolutions.layers.pooling import pool, pool_grad
from reference.convolutions.layers.transposed_convolution import transposed

from .shared import exactly, near

WHOLE = {f.__name__: f for f in (conv, conv_grad, pool, pool_grad, transposed, pointwise, s_layer)}
DOUBLE = WHOLE | {"mlpconv": mlpconv, "global_average": global_average}
ZEROS, ONES = np.zeros, np.ones
IMAGE, KERNEL = ONES((1, 2, 4, 5)), ONES((3, 2, 2, 3))
FLAT, TURNED, NAN = ONES((4, 5)), ONES((1, 2, 5, 4)), np.full((1, 2, 4, 5), np.nan)
PERCEPTRON = (IMAGE, KERNEL, ONES(3), ONES((4, 3)), ONES(4), ONES((2, 4)), ONES(2))


def perceptron(place, value):
    """The arguments of mlpconv, one of them another one."""
    return (*PERCEPTRON[:place], value, *PERCEPTRON[place + 1 :])


BAD = {
    "pad": [
        ("X", FLAT, 1), ("X", NAN, 1), ("p", IMAGE, -1), ("p", IMAGE, 4, "mirror"), ("p", IMAGE, 5, "circular"),
        ("p", TURNED, 4, "mirror"), ("p", TURNED, 5, "circular"),
        ("mode", IMAGE, 1, "reflect"), ("p", IMAGE, 1.5), ("X", ONES((0, 2, 4, 5)), 1),
    ],
    "conv_size": [
        ("i", 0, 1), ("k", 5, 0), ("k", 4, 7, 1, 1), ("s", 5, 3, 0), ("p", 5, 3, 1, -1),
    ],
    "pool_size": [("i", 0, 1, 1), ("k", 5, 0, 1), ("k", 4, 5, 1), ("s", 5, 3, 0)],
    "receptive_field": [("layers", [(3, 0)]), ("layers", [(0, 1)]), ("layers", [(3, 1, 1)]), ("layers", [3, 1])],
    "conv": [
        ("X", FLAT, KERNEL), ("X", NAN, KERNEL), ("K", IMAGE, ONES((3, 1, 2, 2))), ("K", IMAGE, ONES((2, 2))),
        ("K", IMAGE, ONES((1, 2, 5, 1))), ("K", IMAGE, ONES((1, 2, 1, 8)), None, 1, 1), ("b", IMAGE, KERNEL, ONES(1)),
        ("b", IMAGE, KERNEL, np.full(3, np.inf)), ("stride", IMAGE, KERNEL, None, 1.5),
        ("b", IMAGE, KERNEL, ONES((3, 1))), ("stride", IMAGE, KERNEL, None, 0), ("padding", IMAGE, KERNEL, None, 1, -1),
    ],
    "conv_grad": [
        ("X", NAN, KERNEL, ONES((1, 3, 3, 3))), ("K", IMAGE, ONES((3, 1, 2, 3)), ONES((1, 3, 3, 3))),
        ("dY", IMAGE, KERNEL, ONES((1, 3, 1, 3))), ("dY", IMAGE, KERNEL, ONES((3, 1, 3, 3))),
        ("dY", IMAGE, KERNEL, ONES((1, 3, 3, 3)), 1, 1),
        ("dY", IMAGE, KERNEL, np.full((1, 3, 3, 3), np.inf)), ("stride", IMAGE, KERNEL, ONES((1, 3, 3, 3)), 0),
        ("padding", IMAGE, KERNEL, ONES((1, 3, 3, 3)), 1, -1),
    ],
    "pool": [
        ("X", FLAT, 2), ("X", NAN, 2), ("k", IMAGE, 0), ("k", IMAGE, 5), ("stride", IMAGE, 2, 0),
        ("kind", IMAGE, 2, 2, "median"), ("k", IMAGE, 2.5),
    ],
    "pool_grad": [
        ("X", FLAT, ONES((1, 2, 2, 2)), 2), ("dY", IMAGE, ONES((1, 1, 2, 2)), 2), ("dY", IMAGE, ONES((1, 2, 3, 3)), 2),
        ("k", IMAGE, ONES((1, 2, 1, 1)), 5), ("stride", IMAGE, ONES((1, 2, 2, 2)), 2, -1),
        ("kind", IMAGE, ONES((1, 2, 2, 2)), 2, 2, "last"),
    ],
    "transposed": [
        ("Y", FLAT, KERNEL), ("Y", NAN, ONES((2, 3, 2, 2))), ("K", IMAGE, KERNEL), ("K", IMAGE, ONES((2, 2))),
        ("stride", IMAGE, ONES((2, 3, 2, 2)), 0), ("padding", IMAGE, ONES((2, 3, 2, 2)), 1, -1),
        ("padding", IMAGE, ONES((2, 3, 1, 1)), 1, 2), ("output_padding", IMAGE, ONES((2, 3, 2, 2)), 2, 0, 2),
        ("output_padding", IMAGE, ONES((2, 3, 2, 2)), 2, 0, -1),
    ],
    "pointwise": [
        ("X", FLAT, ONES((3, 2))), ("W", IMAGE, ONES((3, 1))), ("W", IMAGE, ONES(2)),
        ("W", IMAGE, np.full((3, 2), np.inf)),
        ("b", IMAGE, ONES((3, 2)), ONES(1)),
    ],
    "mlpconv": [
        ("X", *perceptron(0, FLAT)), ("K", *perceptron(1, ONES((3, 1, 2, 3)))), ("b", *perceptron(2, ONES(1))),
        ("W1", *perceptron(3, ONES((4, 1)))), ("b1", *perceptron(4, ONES(1))), ("W2", *perceptron(5, ONES((2, 3)))),
        ("b2", *perceptron(6, np.full(2, np.nan))),
    ],
    "global_average": [("X", FLAT), ("X", NAN), ("X", ONES((1, 2, 0, 5)))],
    "s_layer": [
        ("X", FLAT, ONES((1, 2, 2, 2)), 0.5), ("templates", IMAGE, ONES((1, 1, 2, 2)), 0.5),
        ("templates", IMAGE, ONES((1, 2, 2, 3)), 0.5), ("templates", IMAGE, ONES((1, 2, 5, 5)), 0.5),
        ("templates", IMAGE, ZEROS((1, 2, 2, 2)), 0.5), ("threshold", IMAGE, ONES((1, 2, 2, 2)), 1.0),
        ("threshold", IMAGE, ONES((1, 2, 2, 2)), -0.1),
    ],
    "c_layer": [("S", FLAT, 2), ("S", NAN, 2), ("k", IMAGE, 0), ("k", IMAGE, 5)],
}  # fmt: skip
CHANGED = tuple(name for name in BAD if name not in ("conv_size", "pool_size"))


def some_arguments(name, rng, draw):
    """Ordinary arguments: the images and one more array are drawn by ``draw``, the others are normal numbers."""
    X, normal = draw((1, 2, 4, 6)), rng.normal
    return {
        "pad": (X, 1, "edge"),
        "receptive_field": ([(3, 2), (2, 2), (5, 1)],),
        "conv": (X, normal(size=(3, 2, 2, 2)), normal(size=3)),
        "conv_grad": (X, draw((3, 2, 2, 2)), normal(size=(1, 3, 3, 5))),
        "pool": (X, 2, 2, "mean"),
        "pool_grad": (X, normal(size=(1, 2, 2, 3)), 2, 2),
        "transposed": (X, normal(size=(2, 3, 2, 2))),
        "pointwise": (X, normal(size=(3, 2)), normal(size=3)),
        "mlpconv": (X, *(value + normal(size=value.shape) for value in PERCEPTRON[1:])),
        "global_average": (X,),
        "s_layer": (X, draw((2, 2, 2, 2)), 0.0),
        "c_layer": (np.abs(X), 2),
    }[name]


def same(compare, result, expected, name):
    """One array, or several in a tuple or a list, by this comparison."""
    if not isinstance(expected, tuple):
        compare(result, expected, name)
    else:
        assert isinstance(result, tuple | list), f"{name} must return a tuple of {len(expected)} arrays"
        compare(list(result), list(expected), name)


@each(WHOLE, worth="1/14", en="Whole numbers: {name}", ru="Целые числа: {name}")
@hint(
    en="An array that is made like one of whole numbers holds whole numbers: np.zeros_like, np.empty_like.",
    ru="Массив, созданный по образцу целочисленного (np.zeros_like, np.empty_like), хранит только целые.",
)
def test_whole_numbers(submission, rng, name):
    arguments = some_arguments(name, rng, lambda shape: rng.integers(1, 9, size=shape))
    same(near, getattr(submission, name)(*arguments), WHOLE[name](*arguments), name)


@each(DOUBLE, worth="1/36", en="Double precision: {name}", ru="Двойная точность: {name}")
@hint(
    en="Nine digits must agree: no float32 on the way, and nothing small added to a denominator.",
    ru="Должны совпасть девять знаков: никакого float32 по пути и никаких малых добавок к знаменателю.",
)
def test_double_precision(submission, rng, name):
    arguments = some_arguments(name, rng, lambda shape: rng.normal(size=shape))
    same(exactly, getattr(submission, name)(*arguments), DOUBLE[name](*arguments), name)


@each(BAD, worth="1/7", en="Bad arguments: {name}", ru="Неверные аргументы: {name}")
@hint(
    en="ValueError with the argument's name; shapes that numpy would broadcast silently count as wrong too.",
    ru="ValueError с именем аргумента; формы, которые numpy молча растянул бы (broadcasting), тоже неверны.",
)
def test_bad_arguments(submission, name):
    for named, *arguments in BAD[name]:
        assert_refused(named, getattr(submission, name), *arguments)


@each(CHANGED, worth="1/24", en="The arguments stay as they were: {name}", ru="Аргументы не меняются: {name}")
@hint(
    en="+= and *= on an argument, or on a slice of it, write into the caller's array; pop and reverse change a list.",
    ru="+= и *= над аргументом или его срезом пишут прямо в массив вызывающего; pop и reverse меняют список.",
)
def test_unchanged(submission, rng, name):
    call_unchanged(getattr(submission, name), *some_arguments(name, rng, lambda shape: rng.normal(size=shape)))
