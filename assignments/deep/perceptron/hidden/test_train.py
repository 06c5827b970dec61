"""The hidden suite of training: the history, the steps, clipping, and two rings that are learned."""

import numpy as np

from grader.testing import assert_array, assert_close, depends, hint, limit, points, title, together
from reference.deep.perceptron.network import Perceptron
from reference.deep.perceptron.training import train

from .shared import arrays, random_layers, same_arrays


def computed(weights, biases):
    """Forward and backward for a network of the probe, by the reference; parameters are checked on their way."""
    shapes, ends = [one.shape for one in weights], [one.shape for one in biases]

    def net(weights, biases):
        return Perceptron(arrays(weights, shapes, "net.weights"), arrays(biases, ends, "net.biases"))

    def forward(weights, biases, X):
        return net(weights, biases).forward(assert_array(X, shape=(None, shapes[0][0]), what="X given to net.forward"))

    def backward(weights, biases, X, dY):
        made = net(weights, biases)
        outputs = made.forward(X)
        dX = made.backward(assert_array(dY, shape=outputs.shape, what="dY given to net.backward"))
        return dX, made.weight_gradients, made.bias_gradients

    return forward, backward


def twins(probe, rng, sizes):
    """A network inside whose computation is the reference's, and the reference's with the same parameters."""
    weights, biases = random_layers(rng, sizes)
    return probe.network(weights, biases, *computed(weights, biases)), Perceptron(weights, biases)


def problem(rng, n, m, k):
    return rng.normal(size=(n, m)), 2 * rng.normal(size=(n, k))


def compare(submission, probe, rng, sizes, *arguments, rtol=1e-8):
    """The parameters after training are the reference's."""
    net, expected = twins(probe, rng, sizes)
    X, Y = problem(rng, 7, sizes[0], sizes[-1])
    submission.train(net, X, Y, *arguments)
    train(expected, X, Y, *arguments)
    same_arrays(net.weights, expected.weights, "net.weights", rtol)
    same_arrays(net.biases, expected.biases, "net.biases", rtol)


@points("3/4")
@title(en="Training: the history", ru="Обучение: история ошибки")
@hint(
    en="A number for each step: the mean over all n k entries, before the parameters change.",
    ru="По числу на шаг: среднее по всем n k элементам, до изменения параметров.",
)
def test_history(submission, probe, rng):
    X, Y = problem(rng, 5, 2, 3)
    for rate, steps in ((0.3, 1), (1e-12, 4)):
        net, expected = twins(probe, rng, (2, 4, 3))
        error = float(((expected.forward(X) - Y) ** 2).mean())
        found = assert_array(submission.train(net, X, Y, rate, steps), shape=(steps,), what="history")
        assert_close(found, np.full(steps, error), rtol=1e-6, what="history")


@title(en="Training: one step", ru="Обучение: один шаг")
@hint(
    en="The derivative of the mean square is 2 (output - Y) / (n k); then against the gradient, weights and biases.",
    ru="Производная среднего квадрата — 2 (выход - Y) / (n k); затем против градиента — и веса, и сдвиги.",
)
def test_one_step(submission, probe, rng):
    compare(submission, probe, rng, (3, 2), 0.2, 1)
    compare(submission, probe, rng, (2, 4, 3), 0.2, 1)


@points("3/4")
@title(en="Training: several steps", ru="Обучение: несколько шагов")
@hint(
    en="Each step begins with a forward pass of its own; all parameters move at once, after backward. "
    "However little the error changes, no step is left out.",
    ru="Каждый шаг начинается со своего прямого прохода; все параметры сдвигаются сразу, после backward. "
    "Как бы мало ни менялась ошибка, делаются все шаги.",
)
def test_steps(submission, probe, rng):
    for rate in (0.1, 1e-6):
        compare(submission, probe, rng, (2, 4, 1), rate, 5)


@points("1/2")
@title(en="Training: clipping", ru="Обучение: обрезание")
@hint(
    en="One norm over the gradients of all weights and biases; without clip nothing is clipped.",
    ru="Одна норма по градиентам всех весов и сдвигов; без clip ничего не обрезается.",
)
def test_clip(submission, probe, rng):
    for bound in (0.05, 1e6):
        compare(submission, probe, rng, (2, 4, 3), 0.2, 3, bound, rtol=1e-4)  # clip_global has tests of its own


def rings(rng, n):
    """Points of two rings, and -1 or 1 for the outer and the inner."""
    inner = rng.permutation(np.arange(n) % 2)
    angle, radius = rng.uniform(0, 2 * np.pi, size=n), np.where(inner == 1, 1.0, 2.4) + 0.2 * rng.normal(size=n)
    return radius[:, None] * np.stack([np.cos(angle), np.sin(angle)], axis=1), 2.0 * inner[:, None] - 1.0


@points("3/2")
@limit(seconds=60)
@title(en="Two rings are told apart", ru="Сеть различает два кольца")
@hint(
    en="Watch the history: it must fall to about 0.1. If it does not, compare the gradients with finite differences.",
    ru="Следите за историей: ошибка должна упасть примерно до 0.1. Если нет, сверьте градиенты с конечными разностями.",
)
@depends("test_forward", "test_weight_gradients", "test_bias_gradients", "test_one_step")
@together("train", "Perceptron", because="train works on the network, and what both have learned is measured")
def test_rings(submission, rng):
    weights = [rng.normal(size=(2, 10)), rng.normal(size=(10, 1)) / 3]
    biases = [rng.normal(size=10), np.zeros(1)]
    net = submission.Perceptron(weights, biases)
    submission.train(net, *rings(rng, 120), 0.1, 500)
    learned = Perceptron(
        arrays(net.weights, [(2, 10), (10, 1)], "weights"), arrays(net.biases, [(10,), (1,)], "biases")
    )
    X, Y = rings(rng, 400)
    share = float((np.sign(learned.forward(X)) == Y).mean())
    assert share >= 0.95, f"of new points {share:.0%} are told apart, not 95 %"
