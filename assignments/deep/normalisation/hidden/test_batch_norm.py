"""The hidden suite of batch normalisation."""

import numpy as np

from grader.testing import assert_array, assert_close, hint, points, title
from reference.deep.normalisation.batch_norm import BatchNorm


def same(found, expected, what, *, rtol=1e-9, atol=1e-9):
    assert_close(found, expected, rtol=rtol, atol=atol, what=what)


def a_batch(rng, n, d):
    """Columns of different means and deviations."""
    return rng.normal(size=d) * 3 + rng.normal(size=(n, d)) * (0.5 + rng.random(d))


def twins(submission, rng, d, **settings):
    """The student's layer and the reference's, with the same random gamma and beta."""
    layer, expected = submission.BatchNorm(d, **settings), BatchNorm(d, **settings)
    gamma, beta = 0.5 + rng.random(d), rng.normal(size=d)
    layer.gamma, layer.beta = gamma, beta
    expected.gamma, expected.beta = gamma, beta
    return layer, expected


def with_statistics(rng, *layers):
    """Gives these layers the same random running statistics."""
    mean, variance = rng.normal(size=3), 0.5 + rng.random(3)
    for layer in layers:
        layer.running_mean, layer.running_var = mean, variance


def same_running(layer, expected):
    same(layer.running_mean, expected.running_mean, "running_mean")
    same(layer.running_var, expected.running_var, "running_var")


@points("1/2")
@title(en="A new layer", ru="Новый слой")
@hint(
    en="gamma and running_var begin with ones, beta and running_mean with zeros, all of shape (d,).",
    ru="gamma и running_var начинают с единиц, beta и running_mean — с нулей; у всех форма (d,).",
)
def test_new_layer(submission):
    layer = submission.BatchNorm(3)
    for name, value in (("gamma", 1.0), ("beta", 0.0), ("running_mean", 0.0), ("running_var", 1.0)):
        same(assert_array(getattr(layer, name), shape=(3,), what=name), np.full(3, value), name)


@title(en="A batch in training", ru="Пакет при обучении")
@hint(
    en="Mean and variance of each column, over the objects; the variance that normalises has n below.",
    ru="Среднее и дисперсия каждого столбца по объектам; в дисперсии, на которую нормируют, делят на n.",
)
def test_forward(submission, rng):
    layer, expected = submission.BatchNorm(4), BatchNorm(4)
    for n in (4, 9, 2):  # n = d once: a wrong axis would go unnoticed by its shape
        X = a_batch(rng, n, 4)
        same(layer.forward(X), expected.forward(X), "outputs in training")


@points("1/2")
@title(en="gamma and beta", ru="gamma и beta")
@hint(
    en="gamma multiplies the normalised values, beta is added last; forward reads both from the layer.",
    ru="gamma умножает нормированные значения, beta прибавляется в конце; forward берёт обе из слоя.",
)
def test_gamma_and_beta(submission, rng):
    layer, expected = twins(submission, rng, 3)
    X = a_batch(rng, 8, 3)
    same(layer.forward(X), expected.forward(X), "outputs")


@points("1/2")
@title(en="eps of one's own", ru="Своё значение eps")
@hint(
    en="eps is added to the variance, below the root.",
    ru="eps прибавляется к дисперсии, под корнем.",
)
def test_eps(submission, rng):
    for eps in (2.0, 1e-3):
        layer, expected, X = submission.BatchNorm(3, eps=eps), BatchNorm(3, eps=eps), a_batch(rng, 7, 3)
        same(layer.forward(X), expected.forward(X), f"outputs with eps = {eps}")


@title(en="Running statistics", ru="Накопленные статистики")
@hint(
    en="A new value enters with the weight momentum; running_var takes the variance with n - 1 below.",
    ru="Новое значение входит с весом momentum; в running_var идёт дисперсия, в которой делят на n - 1.",
)
def test_running(submission, rng):
    for settings in ({}, {"momentum": 0.4}):
        layer, expected = submission.BatchNorm(3, **settings), BatchNorm(3, **settings)
        for n in (3, 2, 8):
            X = a_batch(rng, n, 3)
            layer.forward(X)
            expected.forward(X)
            same_running(layer, expected)


@title(en="Prediction", ru="Предсказание")
@hint(
    en="With train=False the running statistics normalise, and they stay as they are.",
    ru="При train=False нормируют накопленные статистики, и сами они не меняются.",
)
def test_prediction(submission, rng):
    layer, expected = twins(submission, rng, 3)
    with_statistics(rng, layer, expected)
    for n in (6, 1, 2):
        X = a_batch(rng, n, 3)
        same(layer.forward(X, train=False), expected.forward(X, train=False), "outputs in prediction")
        same_running(layer, expected)


@title(en="The gradient by X", ru="Градиент по X")
@hint(
    en="Each entry of X changes the mean and the variance of its column too, so the gradient has three parts.",
    ru="Каждый элемент X меняет ещё среднее и дисперсию своего столбца, поэтому в градиенте три слагаемых.",
)
def test_backward(submission, rng):
    layer, expected = twins(submission, rng, 3, eps=0.1)
    for n in (7, 2, 12):
        X, dY = a_batch(rng, n, 3), rng.normal(size=(n, 3))
        layer.forward(X)
        expected.forward(X)
        same(layer.backward(dY), expected.backward(dY), "the gradient by X", rtol=1e-7)


@points("1/2")
@title(en="Gradients by gamma and beta", ru="Градиенты по gamma и beta")
@hint(
    en="Sums over the objects, new ones in each call of backward: nothing is added to the old ones.",
    ru="Это суммы по объектам, новые в каждом вызове backward: к прежним ничего не прибавляется.",
)
def test_parameter_gradients(submission, rng):
    layer, expected = twins(submission, rng, 3)
    X = a_batch(rng, 7, 3)
    layer.forward(X)
    expected.forward(X)
    for _ in range(2):
        dY = rng.normal(size=(7, 3))
        layer.backward(dY)
        expected.backward(dY)
        same(layer.gamma_gradient, expected.gamma_gradient, "gamma_gradient")
        same(layer.beta_gradient, expected.beta_gradient, "beta_gradient")


@points("1/2")
@title(en="Backwards after a prediction", ru="Обратный проход после предсказания")
@hint(
    en="In prediction mean and variance are constants, so the gradient by X has one part only.",
    ru="При предсказании среднее и дисперсия — константы, поэтому в градиенте по X одно слагаемое.",
)
def test_backward_after_prediction(submission, rng):
    layer, expected = twins(submission, rng, 3)
    for train, n in ((True, 8), (False, 5)):
        with_statistics(rng, layer, expected)
        X, dY = a_batch(rng, n, 3), rng.normal(size=(n, 3))
        layer.forward(X, train=train)
        expected.forward(X, train=train)
    same(layer.backward(dY), expected.backward(dY), "the gradient by X", rtol=1e-7)
    same(layer.gamma_gradient, expected.gamma_gradient, "gamma_gradient")
    same(layer.beta_gradient, expected.beta_gradient, "beta_gradient")


@points("1/4")
@title(en="A constant column", ru="Постоянный столбец")
@hint(
    en="Its variance is 0, and eps keeps the division from failing: beta comes out.",
    ru="Его дисперсия равна 0, и от деления на ноль спасает eps: получается beta.",
)
def test_constant_column(submission, rng):
    layer, expected = twins(submission, rng, 2)
    X = np.column_stack([np.full(6, float(rng.integers(1, 9))), rng.normal(size=6)])
    same(layer.forward(X), expected.forward(X), "outputs")


@points("1/4")
@title(en="Columns far from zero", ru="Столбцы вдали от нуля")
@hint(
    en="The mean of squares minus the square of the mean loses all digits there; take differences from the mean first.",
    ru="Средний квадрат минус квадрат среднего теряет там все цифры; сначала вычтите среднее.",
)
def test_far_from_zero(submission, rng):
    layer, expected, X = submission.BatchNorm(2), BatchNorm(2), 1e6 + rng.normal(size=(20, 2))
    same(layer.forward(X), expected.forward(X), "outputs", atol=1e-7)
