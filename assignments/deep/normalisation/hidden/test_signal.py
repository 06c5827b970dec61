"""The hidden suite of the signal by layers."""

import itertools

import numpy as np

from grader.testing import assert_array, assert_close, each, hint
from reference.deep.normalisation.signal import FUNCTIONS, gradient_signal, signal

EXPECTED = {"signal": signal, "gradient_signal": gradient_signal}
NAMES = tuple(EXPECTED)


def a_net(rng, sizes, n):
    """Weights, objects whose mean is not 0, and a gradient by the outputs."""
    weights = [rng.normal(size=pair) / np.sqrt(pair[0]) for pair in itertools.pairwise(sizes)]
    return weights, rng.normal(size=(n, sizes[0])) + 0.7, rng.normal(size=(n, sizes[-1])) + 0.3


def same(found, expected):
    """Each variance by its ratio to the right one, since they may be tiny; a variance of 0 is 0."""
    assert_array(found, shape=expected.shape, kind="real", what="variances")
    zero = expected == 0
    ratio = np.where(zero, found + 1, found / np.where(zero, 1, expected))
    assert_close(ratio, np.ones_like(expected), rtol=1e-7, what="the variances by the right ones")


def compare(submission, name, activation, net):
    weights, X, dY = net
    arguments = (weights, X, activation) if name == "signal" else (weights, X, activation, dY)
    same(getattr(submission, name)(*arguments), EXPECTED[name](*arguments))


@each(tuple(FUNCTIONS), worth="1/2", en="signal: {name}", ru="signal: {name}")
@hint(
    en="X comes first, then the outputs of each layer after its activation; the mean of all entries is subtracted.",
    ru="Сначала X, затем выходы каждого слоя после функции активации; среднее всех элементов вычитается.",
)
def test_signal(submission, rng, name):
    for sizes in ((4, 6, 3), (5, 5, 5, 5, 5)):
        weights, X, _ = a_net(rng, sizes, 8)
        same(submission.signal(weights, X, name), signal(weights, X, name))


@each(tuple(FUNCTIONS), worth="1/2", en="gradient_signal: {name}", ru="gradient_signal: {name}")
@hint(
    en="Each layer backwards: multiply by the derivative at the sums, then by the transposed weights. dY stands last.",
    ru="Каждый слой в обратную сторону: умножьте на производную в точке суммы, затем на транспонированные веса. dY — "
    "последний.",
)
def test_gradient_signal(submission, rng, name):
    for sizes in ((4, 6, 3), (5, 5, 5, 5, 5)):
        weights, X, dY = a_net(rng, sizes, 8)
        same(submission.gradient_signal(weights, X, name, dY), gradient_signal(weights, X, name, dY))


@each(NAMES, worth="1/4", en="One layer, one object, one neuron: {name}", ru="Один слой, объект, нейрон: {name}")
@hint(
    en="The answer has a number more than there are layers; an axis of length 1 stays; relu has the derivative 0 at 0.",
    ru="В ответе на число больше, чем слоёв; ось длины 1 сохраняется; производная relu в нуле равна 0.",
)
def test_small(submission, rng, name):
    for sizes, n in (((4, 3), 5), ((3, 4, 2), 1), ((1, 1, 1), 6)):
        compare(submission, name, "tanh", a_net(rng, sizes, n))
    weights, X, dY = a_net(rng, (3, 5, 2), 6)
    X[::2] = 0.0
    compare(submission, name, "relu", (weights, X, dY))


@each(NAMES, worth="1/4", en="Thirty layers: {name}", ru="Тридцать слоёв: {name}")
@hint(
    en="With the variance 1/n relu halves the signal in every layer; what is left after thirty is no zero.",
    ru="При дисперсии 1/n relu вдвое ослабляет сигнал на каждом слое; оставшееся после тридцати — ещё не ноль.",
)
def test_thirty_layers(submission, rng, name):
    for factor in (1.0, 2.0):
        weights = [rng.normal(size=(32, 32)) * np.sqrt(factor / 32) for _ in range(30)]
        compare(submission, name, "relu", (weights, rng.normal(size=(20, 32)), rng.normal(size=(20, 32))))
