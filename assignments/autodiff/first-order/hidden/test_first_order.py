"""The hidden suite of first-order methods."""

import numpy as np

from grader.testing import (
    assert_array,
    assert_close,
    assert_equal,
    assert_refused,
    call_unchanged,
    counted,
    each,
    hint,
    points,
    title,
)
from reference.autodiff.first_order import gradient_descent
from reference.autodiff.first_order.adaptive import adadelta, adagrad, adam, rmsprop
from reference.autodiff.first_order.gradient_descent import momentum, nesterov

# Name, reference, and what stands between start and steps; everything else at its default.
METHODS = {
    "gradient_descent": (gradient_descent.gradient_descent, (0.05,)),
    "momentum": (momentum, (0.02,)),
    "nesterov": (nesterov, (0.02,)),
    "adagrad": (adagrad, (0.3,)),
    "rmsprop": (rmsprop, (0.02,)),
    "adadelta": (adadelta, ()),
    "adam": (adam, (0.05,)),
}


def near(found, expected, what="points"):
    assert_close(found, expected, rtol=1e-7, atol=1e-9, what=what)


def slope_of(rng, n):
    """The gradient of a convex function that is not a quadratic, and a start: no coordinate is like another."""
    M = rng.normal(size=(n, n)) / np.sqrt(n)
    A, b = 0.3 * M @ M.T + np.diag(np.linspace(0.5, 3.0, n)), rng.normal(size=n)

    def slope(w):
        return A @ w - b + 0.5 * np.sin(w)

    return slope, rng.uniform(1.0, 3.0, size=n) * rng.choice([-1.0, 1.0], size=n)


def compare(submission, name, rng, *before, after=(), steps=12):
    """The student's points and the reference's on problems of several sizes. ``before`` stands before steps."""
    reference = METHODS[name][0]
    for n in (1, 2, 5):
        slope, start = slope_of(rng, n)
        found = getattr(submission, name)(slope, start, *before, steps, *after)
        near(found, reference(slope, start, *before, steps, *after), f"points of {name}, n = {n}")


def places(asked):
    """Where a counted gradient was asked for."""
    return [arguments[0] if arguments else None for arguments in asked.calls]


@points(2)
@title(en="Gradient descent", ru="Градиентный спуск")
@hint(
    en="Against the gradient; start is the first row; every row is an array of its own.",
    ru="Против градиента; start — первая строка; каждая строка — отдельный массив.",
)
def test_gradient_descent(submission, rng):
    compare(submission, "gradient_descent", rng, float(rng.uniform(0.02, 0.2)))
    compare(submission, "gradient_descent", rng, 0.1, steps=1)


@title(en="Momentum: the first steps", ru="Импульсный спуск: первые шаги")
@hint(
    en="v_0 = 0 and the step uses the old v, so w_1 = w_0; then w_2 = w_1 - mu g(w_0).",
    ru="v_0 = 0, а шаг использует старое v, поэтому w_1 = w_0; затем w_2 = w_1 - mu g(w_0).",
)
def test_momentum_begins(submission, rng):
    slope, start = slope_of(rng, 3)
    mu = float(rng.uniform(0.05, 0.2))
    found = submission.momentum(slope, start, mu, 2, 0.8)
    near(found, np.array([start, start, start - mu * slope(start)]))


@points(2)
@title(en="Momentum: many steps", ru="Импульсный спуск: много шагов")
@hint(en="gamma multiplies the old v, mu the gradient.", ru="gamma умножает старое v, mu — градиент.")
def test_momentum(submission, rng):
    for gamma in (0.0, 0.5, 0.9):
        compare(submission, "momentum", rng, float(rng.uniform(0.02, 0.1)), after=(gamma,))


@title(en="Nesterov: where the gradient is taken", ru="Метод Нестерова: где берётся градиент")
@hint(en="At w_k - v_k, v_k without any factor.", ru="В точке w_k - v_k, без множителя при v_k.")
def test_nesterov_looks_ahead(submission, rng):
    slope, start = slope_of(rng, 3)
    asked = counted(slope, budget=6)
    submission.nesterov(asked, start, 0.1, 6, 0.8)
    near(places(asked), list(nesterov(slope, start, 0.1, 6, 0.8)[1:]), "places of the gradient")


@points(2)
@title(en="Nesterov: many steps", ru="Метод Нестерова: много шагов")
@hint(en="It differs from momentum in one place only.", ru="Отличается от импульсного спуска только в одном месте.")
def test_nesterov(submission, rng):
    for gamma in (0.0, 0.5, 0.9):
        compare(submission, "nesterov", rng, float(rng.uniform(0.02, 0.1)), after=(gamma,))


@points(2)
@title(en="Adagrad", ru="Adagrad")
@hint(
    en="G is a sum of squares for each coordinate, the present gradient included.",
    ru="G — сумма квадратов для каждой координаты, включая текущий градиент.",
)
def test_adagrad(submission, rng):
    compare(submission, "adagrad", rng, float(rng.uniform(0.1, 0.5)), after=(1e-12,))


@title(en="Adagrad: eps inside the root", ru="Adagrad: eps под корнем")
@hint(en="sqrt(G + eps), not sqrt(G) + eps.", ru="sqrt(G + eps), а не sqrt(G) + eps.")
def test_adagrad_eps(submission, rng):
    compare(submission, "adagrad", rng, 0.3, after=(float(rng.uniform(0.3, 2.0)),))


@points(2)
@title(en="RMSProp", ru="RMSProp")
@hint(
    en="gamma multiplies the old mean, 1 - gamma the new square; the step uses the new mean.",
    ru="gamma умножает старое среднее, 1 - gamma — новый квадрат; шаг использует новое среднее.",
)
def test_rmsprop(submission, rng):
    for gamma in (0.0, 0.3, 0.9):
        compare(submission, "rmsprop", rng, float(rng.uniform(0.01, 0.05)), after=(gamma, 1e-12))


@title(en="RMSProp: eps inside the root", ru="RMSProp: eps под корнем")
@hint(en="sqrt(E + eps), not sqrt(E) + eps.", ru="sqrt(E + eps), а не sqrt(E) + eps.")
def test_rmsprop_eps(submission, rng):
    compare(submission, "rmsprop", rng, 0.1, after=(0.8, float(rng.uniform(0.3, 2.0))))


@title(en="Adadelta: the first step", ru="Adadelta: первый шаг")
@hint(
    en="Nothing has moved yet: RMS[d] is sqrt(eps), and RMS[g] already knows the first gradient.",
    ru="Движения ещё не было: RMS[d] = sqrt(eps), а RMS[g] уже учитывает первый градиент.",
)
def test_adadelta_begins(submission, rng):
    slope, start = slope_of(rng, 3)
    g, gamma, eps = slope(start), 0.7, float(rng.uniform(0.01, 0.1))
    moved = start - np.sqrt(eps) / np.sqrt((1 - gamma) * g**2 + eps) * g
    near(submission.adadelta(slope, start, 1, gamma, eps), np.array([start, moved]))


@points(2)
@title(en="Adadelta: many steps", ru="Adadelta: много шагов")
@hint(
    en="RMS[d] is that of the step before; afterwards the square of the new move goes into it.",
    ru="RMS[d] берётся с предыдущего шага; потом в него входит квадрат нового сдвига.",
)
def test_adadelta(submission, rng):
    for gamma, eps in ((0.9, 1e-4), (0.5, 0.05), (0.0, 0.05)):
        compare(submission, "adadelta", rng, after=(gamma, eps), steps=15)


@points(2)
@title(en="Adam", ru="Adam")
@hint(
    en="Two means with two gammas; both are corrected with their own gamma to the power of the step's number.",
    ru="Два средних с двумя gamma; каждое исправляется своей gamma в степени номера шага.",
)
def test_adam(submission, rng):
    for gamma1, gamma2 in ((0.9, 0.999), (0.5, 0.8), (0.0, 0.9), (0.9, 0.0)):
        compare(submission, "adam", rng, float(rng.uniform(0.05, 0.2)), after=(gamma1, gamma2, 1e-12))


@title(en="Adam: a gradient that is always the same", ru="Adam: постоянный градиент")
@hint(
    en="Both corrected means are then exact from the first step on: every step is mu g / sqrt(g^2 + eps).",
    ru="Тогда оба исправленных средних точны с первого шага: каждый шаг равен mu g / sqrt(g^2 + eps).",
)
def test_adam_constant(submission, rng):
    g = rng.uniform(0.1, 5.0, size=3) * np.array([1.0, -1.0, 1.0])
    found = submission.adam(lambda w: g, np.zeros(3), 0.1, 8, 0.8, 0.9, 1e-12)
    near(found, np.outer(np.arange(9), -0.1 * g / np.sqrt(g**2 + 1e-12)))


@title(en="Adam: eps inside the root", ru="Adam: eps под корнем")
@hint(en="sqrt(b + eps), b being corrected already.", ru="sqrt(b + eps), где b уже исправлено.")
def test_adam_eps(submission, rng):
    compare(submission, "adam", rng, 0.2, after=(0.8, 0.9, float(rng.uniform(0.3, 2.0))))


@each(METHODS, worth="2/7", en="One gradient a step: {name}", ru="Один градиент на шаг: {name}")
@hint(
    en="A gradient is expensive: keep it in a variable. All methods but Nesterov's ask at the point where they are.",
    ru="Градиент дорог: сохраните его в переменной. Все методы, кроме Нестерова, берут его в текущей точке.",
)
def test_one_gradient_a_step(submission, rng, name):
    slope, start = slope_of(rng, 2)
    rates, asked = METHODS[name][1], counted(slope, budget=5)
    found = assert_array(getattr(submission, name)(asked, start, *rates, 5), shape=(6, 2), kind="float", what="points")
    assert_equal(asked.count, 5, what="gradients in 5 steps")
    if name != "nesterov":
        near(places(asked), list(found[:-1]), "places of the gradients")


@each(METHODS, worth="1/7", en="A gradient that is zero: {name}", ru="Нулевой градиент: {name}")
@hint(
    en="eps keeps 0 / 0 away, also in a single coordinate that never has a gradient.",
    ru="eps спасает от 0 / 0, в том числе в одной координате, где градиента никогда нет.",
)
def test_zero_gradient(submission, rng, name):
    reference, rates = METHODS[name]
    slope, start = slope_of(rng, 1)
    start = np.array([start[0], float(rng.normal())])

    def half(w):
        return np.array([slope(w[:1])[0], 0.0])

    near(getattr(submission, name)(half, start, *rates, 6), reference(half, start, *rates, 6))
    still = getattr(submission, name)(np.zeros_like, start, *rates, 3)
    near(still, np.array([start] * 4), "points where the gradient is zero everywhere")


@each(
    tuple(METHODS)[1:], worth="1/6", en="Usual values when none are given: {name}", ru="Значения по умолчанию: {name}"
)
@hint(en="They stand in the table of the statement.", ru="Они указаны в таблице условия.")
def test_defaults(submission, rng, name):
    reference, rates = METHODS[name]
    slope, start = slope_of(rng, 3)

    def small(w):
        return 1e-4 * slope(w)  # where eps = 1e-8 can be felt

    found = assert_array(getattr(submission, name)(small, start, *rates, 8), shape=(9, 3), kind="float", what="points")
    expected = reference(small, start, *rates, 8)
    assert_close(found - start, expected - start, rtol=1e-6, atol=1e-12, what="moves")


@each(
    METHODS,
    worth="3/14",
    en="A start of whole numbers; a single step: {name}",
    ru="Целые числа в start; единственный шаг: {name}",
)
@hint(en="An array of whole numbers cannot hold fractions.", ru="Целочисленный массив не хранит дробей.")
def test_whole_numbers(submission, rng, name):
    reference, rates = METHODS[name]
    slope, _ = slope_of(rng, 3)
    whole = np.array([2, -1, 3])
    for steps in (1, 4):
        near(getattr(submission, name)(slope, whole, *rates, steps), reference(slope, whole, *rates, steps))


@each(METHODS, worth="1/14", en="The start stays as it was: {name}", ru="start не меняется: {name}")
@hint(en="w -= ... changes what start refers to.", ru="w -= ... меняет то, на что ссылается start.")
def test_unchanged(submission, rng, name):
    slope, start = slope_of(rng, 3)
    call_unchanged(getattr(submission, name), slope, start, *METHODS[name][1], 4)


GAMMAS = {
    "momentum": ["gamma"],
    "nesterov": ["gamma"],
    "rmsprop": ["gamma"],
    "adadelta": ["gamma"],
    "adam": ["gamma1", "gamma2"],
}


@each(METHODS, worth="2/7", en="Bad arguments: {name}", ru="Неверные аргументы: {name}")
@hint(
    en="start is a finite vector, not empty; steps is at least 1; mu and eps are above 0, gamma at least 0 and less "
    "than 1; numpy adds (n,) and (n, 1) without a word, so the shape of the gradient is checked as well.",
    ru="start — конечный непустой вектор; steps не меньше 1; mu и eps больше 0, каждая gamma не меньше 0 и меньше 1; "
    "numpy молча складывает (n,) и (n, 1), поэтому проверяется и форма градиента.",
)
def test_errors(submission, name):
    method, rates, w = getattr(submission, name), METHODS[name][1], np.ones(2)
    for bad in (np.zeros(0), np.zeros((2, 2)), np.array([1.0, np.nan]), np.array([np.inf])):
        assert_refused("start", method, np.zeros_like, bad, *rates, 2)
    for bad in (0, -2):
        assert_refused("steps", method, np.zeros_like, w, *rates, bad)
    for bad in (0.0, -0.1) if rates else ():
        assert_refused("mu", method, np.zeros_like, w, bad, 3)
    for gamma in GAMMAS.get(name, []):
        for bad in (-0.1, 1.0, 1.5):
            assert_refused(gamma, method, np.zeros_like, w, *rates, 3, **{gamma: bad})
    for bad in (0.0, -1e-8) if name in ("adagrad", "rmsprop", "adadelta", "adam") else ():
        assert_refused("eps", method, np.zeros_like, w, *rates, 3, eps=bad)
    for bad in (np.ones(1), np.ones((2, 1)), np.ones(3), np.array([1.0, np.nan])):
        assert_refused("gradient", method, lambda at, answer=bad: answer, w, *rates, 3)
