"""The hidden suite of the activation functions and their derivatives."""

import numpy as np

from grader.testing import each, hint, points, title
from reference.deep.perceptron import activations

from .shared import NAMES, near

BOTH = ("activation", "activation_grad")


def compare(submission, function, name, x, **given):
    found = getattr(submission, function)(name, x, **given)
    near(found, getattr(activations, function)(name, x, **given), f'{function}("{name}", x)')


def away_from_zero(rng, *shape):
    """Numbers of both signs, none at a bend."""
    return rng.choice([-1.0, 1.0], size=shape) * rng.uniform(0.05, 4.0, size=shape)


@each(NAMES, worth="1/6", en="Values: {name}", ru="Значения: {name}")
@hint(
    en="Compute the function at -2, 0.5 and 3 by hand. Each formula stands in the table of the statement.",
    ru="Посчитайте функцию вручную в точках -2, 0.5 и 3. Все формулы есть в таблице условия.",
)
def test_values(submission, rng, name):
    x = np.concatenate([away_from_zero(rng, 12), rng.uniform(10.0, 11.0, size=2)])
    compare(submission, "activation", name, x)


@each(NAMES, worth="1/6", en="Derivatives: {name}", ru="Производные: {name}")
@hint(
    en="Compare with (f(x + h) - f(x - h)) / 2h for h = 1e-5: by which factor or sign is yours off?",
    ru="Сравните с (f(x + h) - f(x - h)) / 2h при h = 1e-5: на какой множитель или знак ошибка?",
)
def test_derivatives(submission, rng, name):
    compare(submission, "activation_grad", name, away_from_zero(rng, 12))


@points("1/2")
@title(en="The derivatives of the three ReLUs at 0", ru="Производные трёх ReLU в нуле")
@hint(
    en="At 0 there is a bend. The statement says which side counts there; table 3.1 of the lecture says otherwise.",
    ru="В нуле излом. Какая сторона считается, сказано в условии; в таблице 3.1 лекции иначе.",
)
def test_at_zero(submission, rng):
    x = np.concatenate([[0.0], away_from_zero(rng, 3), [0.0]])
    for name in ("relu", "leaky", "prelu"):
        compare(submission, "activation_grad", name, x)


def huge(rng):
    return np.array([-1000.0, 1000.0, *rng.uniform(710.0, 1000.0, size=2), *rng.uniform(-1000.0, -710.0, size=2)])


@each(BOTH, worth="1/2", en="|x| = 1000: {name}", ru="|x| = 1000: {name}")
@hint(
    en="e^1000 is infinity, and infinity by infinity is NaN. Which power has a negative exponent for every x? "
    "A derivative may be written by the function itself.",
    ru="e^1000 — бесконечность, а бесконечность на бесконечность — NaN. У какой степени показатель всегда отрицателен? "
    "Производную можно выразить через саму функцию.",
)
def test_huge(submission, rng, name):
    for function in ("sigmoid", "tanh", "softplus", "lecun"):
        compare(submission, name, function, huge(rng))


@each(BOTH, worth="1/8", en="Another a of lecun: {name}", ru="Другое a у lecun: {name}")
@hint(en="a is a keyword argument; its default is 0.1.", ru="a — именованный аргумент; по умолчанию он равен 0.1.")
def test_another_a(submission, rng, name):
    compare(submission, name, "lecun", away_from_zero(rng, 9), a=float(rng.uniform(0.3, 2.0)))


@each(BOTH, worth="1/8", en="Another beta of prelu: {name}", ru="Другое beta у prelu: {name}")
@hint(
    en="beta is a keyword argument and may be negative or above 1: a maximum of x and beta x is another function then.",
    ru="beta — именованный аргумент, он бывает отрицательным и больше 1: максимум из x и beta x тогда другая функция.",
)
def test_another_beta(submission, rng, name):
    for low, high in ((0.3, 0.9), (1.5, 2.0), (-0.9, -0.3)):
        compare(submission, name, "prelu", away_from_zero(rng, 9), beta=float(rng.uniform(low, high)))


@each(BOTH, worth="1/8", en="Whole numbers: {name}", ru="Целые числа: {name}")
@hint(
    en="An array made like an array of whole numbers cuts fractions off. Turn x into floats first.",
    ru="Массив, созданный по образцу целочисленного, отбрасывает дробную часть. Сначала сделайте x вещественным.",
)
def test_whole_numbers(submission, rng, name):
    x = rng.permutation(np.array([-3, -2, -1, 1, 2, 3]))
    for function in NAMES:
        compare(submission, name, function, x)


@each(BOTH, worth="1/8", en="Arrays of any number of axes: {name}", ru="Массивы с любым числом осей: {name}")
@hint(en="The result has the shape of x.", ru="Форма результата та же, что у x.")
def test_shapes(submission, rng, name):
    for shape in ((1,), (3, 2), (2, 3, 2)):
        for function in NAMES:
            compare(submission, name, function, away_from_zero(rng, *shape))


@points("3/4")
@title(en="The derivative of the parametric ReLU by beta", ru="Производная параметрического ReLU по beta")
@hint(
    en="Write the function as a function of beta. Where does beta stand at all, and what is it multiplied by?",
    ru="Запишите функцию как функцию от beta. Где beta вообще есть и на что она умножается?",
)
def test_beta_grad(submission, rng):
    x = np.concatenate([[0.0], away_from_zero(rng, 10)])
    near(submission.prelu_beta_grad(x), activations.prelu_beta_grad(x), "prelu_beta_grad(x)")


def noise(rng, *shape):
    """Numbers and noise; in a good part of them the noise decides on which side of 0 the sum is."""
    return rng.uniform(-1.5, 1.5, size=shape), 1.5 * rng.normal(size=shape)


@title(en="Noisy ReLU", ru="Шумный ReLU")
@hint(
    en="sigmoid(x) is the variance. By what must noise of variance 1 be multiplied to have it?",
    ru="sigmoid(x) — это дисперсия. На что умножить шум с дисперсией 1, чтобы получить её?",
)
def test_noisy_relu(submission, rng):
    for shape in ((20,), (5, 4)):
        x, drawn = noise(rng, *shape)
        near(submission.noisy_relu(x, drawn), activations.noisy_relu(x, drawn), "noisy_relu(x, noise)")


@points("3/2")
@title(en="Noisy ReLU: the derivative", ru="Шумный ReLU: производная")
@hint(
    en="x stands twice: by itself and below the root. The sum with the noise decides whether the result is cut off.",
    ru="x входит дважды: сам по себе и под корнем. Обрезан ли результат, решает сумма вместе с шумом.",
)
def test_noisy_relu_grad(submission, rng):
    for shape in ((20,), (5, 4)):
        x, drawn = noise(rng, *shape)
        near(submission.noisy_relu_grad(x, drawn), activations.noisy_relu_grad(x, drawn), "noisy_relu_grad(x, noise)")


@points("1/4")
@title(en="Noisy ReLU: the derivative at 0", ru="Шумный ReLU: производная в нуле")
@hint(en="Where the result is 0, the derivative is 0.", ru="Там, где результат равен 0, производная равна 0.")
def test_noise_at_zero(submission):
    x, drawn = np.array([0.0, 0.0, -1.0]), np.array([0.0, 1.0, -1.0])
    near(submission.noisy_relu_grad(x, drawn), activations.noisy_relu_grad(x, drawn), "noisy_relu_grad(x, noise)")


@each(("noisy_relu", "noisy_relu_grad"), worth="1/8", en="|x| = 1000: {name}", ru="|x| = 1000: {name}")
@hint(
    en="At -1000 sigmoid(x) is 0 in floats. What do you divide by, and can the root be cancelled?",
    ru="В точке -1000 вычисленная sigmoid(x) равна 0. На что вы делите и нельзя ли сократить на корень?",
)
def test_noise_far_away(submission, rng, name):
    x, drawn = huge(rng), rng.normal(size=6)
    near(getattr(submission, name)(x, drawn), getattr(activations, name)(x, drawn), f"{name}(x, noise)")
