"""The hidden suite of second-order methods: the Wolfe step, BFGS and L-BFGS."""

import math
from itertools import pairwise

import numpy as np
import pytest

from grader.testing import assert_close, depends, hint, points, title
from grader.testing.inputs import orthogonal
from reference.autodiff.second_order.bfgs import bfgs_update
from reference.autodiff.second_order.lbfgs import lbfgs_direction

from .shared import (
    Problem,
    along,
    is_wolfe,
    logistic,
    minimum,
    one_where_it_will_do,
    outcome,
    quadratic,
    same_by_default,
    shifted,
    trail,
    valley,
)


def number(value):
    """A step: a positive finite number."""
    assert isinstance(value, int | float | np.number), "a step must be a number"
    assert not isinstance(value, bool), "a step must be a number"
    assert 0 < value < math.inf, "a step must be positive and finite"
    return float(value)


def curved(count, size, rng):
    """Steps, and changes of the gradient that belong to one positive definite Hessian."""
    basis = orthogonal(rng, size)
    S = rng.normal(size=(count, size))
    return S, S @ (basis * rng.uniform(0.5, 5.0, size)) @ basis.T


@title(en="The step satisfies the Wolfe conditions", ru="Шаг удовлетворяет условиям Вольфе")
@hint(
    en="Too long by the first condition: shrink; too short by the second: grow. Both have to hold in the end.",
    ru="По первому условию шаг слишком велик — уменьшайте, по второму слишком мал — увеличивайте. В конце верны оба.",
)
def test_wolfe(submission, rng):
    for problem in (quadratic(4, 30.0, rng)[0], logistic(3, rng)[0], shifted(3, rng), valley(rng)):
        w = problem.start
        for scale in (1e-4, 1e-2, 1.0, 100.0, 1e4):
            turned = -problem.slope(w) * rng.uniform(0.2, 1.0, w.size) * scale
            step = number(submission.wolfe_step(problem.f, problem.gradient, w, turned))
            is_wolfe(problem, w, step * turned)
            step = number(submission.wolfe_step(problem.f, problem.gradient, w, turned, 0.1, 0.4))
            is_wolfe(problem, w, step * turned, 0.1, 0.4)


@title(en="The step 1 is taken where it will do", ru="Шаг 1 берётся везде, где он годится")
@hint(
    en="Try 1 first, and return it when both conditions hold, even where another step is better.",
    ru="Сначала пробуйте 1 и верните его, если оба условия выполнены, даже если другой шаг лучше.",
)
def test_wolfe_one(submission, rng):
    problem, _, a = quadratic(4, 30.0, rng)
    w = problem.start
    for share in (0.12, 0.3, 0.7, 1.0, 1.5, 1.95):  # of the way to the minimum
        step = submission.wolfe_step(problem.f, problem.gradient, w, share * (a - w))
        assert_close(number(step), 1.0, rtol=1e-12, what="the step")


@title(en="Where the function ends, and where it never does", ru="Где функция кончается и где убывает без конца")
@hint(
    en="Comparisons with NaN are False: ask whether the first condition holds, not whether it fails.",
    ru="Сравнения с NaN ложны: спрашивайте, выполнено ли первое условие, а не нарушено ли оно.",
)
def test_wolfe_domain(submission, rng):
    for outside in (math.nan, math.inf):

        def value(w, outside=outside):
            return float((w - np.log(w)).sum()) if (w > 0).all() else outside

        def slope(w):
            return 1 - 1 / w if (w > 0).all() else np.full(w.size, np.nan)

        problem = Problem(value, slope, rng.uniform(2, 4, size=3))
        direction = -float(rng.uniform(20, 90)) * problem.slope(problem.start)
        step = number(submission.wolfe_step(problem.f, problem.gradient, problem.start, direction))
        assert (problem.start + step * direction > 0).all(), "the step leads to where f does not exist"
        is_wolfe(problem, problem.start, step * direction)
    falling = Problem(lambda w: w.sum(), lambda w: np.ones(2), np.zeros(2), budget=200)
    with pytest.raises(RuntimeError):
        submission.wolfe_step(falling.f, falling.gradient, falling.start, -np.ones(2))


@title(en="The update of BFGS", ru="Пересчёт матрицы в BFGS")
@hint(
    en="Check that the new matrix maps y to s and is symmetric; rho is 1 / (y^T s); outer products of the right pairs.",
    ru="Проверьте, что новая матрица переводит y в s и симметрична; rho = 1 / (y^T s); внешние произведения тех пар.",
)
def test_bfgs_update(submission, rng):
    for size in (1, 2, 6):
        S, Y = curved(4, size, rng)
        C = np.eye(size)
        for s, y in zip(S, Y, strict=True):
            found = submission.bfgs_update(C, s, y)
            C = bfgs_update(C, s, y)
            assert_close(found, C, rtol=1e-8, atol=1e-9, what="the new matrix")


@title(en="BFGS comes to the minimum", ru="BFGS приходит к минимуму")
@hint(
    en="Without C it is gradient descent, which long ellipses and bent valleys slow down by orders of magnitude.",
    ru="Без C это градиентный спуск, который на вытянутых эллипсах и в кривых оврагах медленнее на порядки.",
)
def test_bfgs(submission, rng):
    for problem in (quadratic(8, 1e3, rng)[0], logistic(5, rng)[0], shifted(6, rng), valley(rng, 3)):
        minimum(submission.bfgs(problem.f, problem.gradient, problem.start, 1e-5), problem, 1e-5)
    far = Problem(lambda w: np.logaddexp(w, -w).sum(), np.tanh, np.array([30.0]))
    assert_close(minimum(submission.bfgs(far.f, far.gradient, far.start), far, 1e-6), np.zeros(1), atol=1e-5, what="w")


@title(en="Every step of BFGS", ru="Каждый шаг BFGS")
@hint(
    en="The first matrix is I, unscaled; then each step goes along -C g and satisfies the Wolfe conditions.",
    ru="Первая матрица — I без множителя; дальше каждый шаг идёт вдоль -C g и удовлетворяет условиям Вольфе.",
)
def test_bfgs_steps(submission, rng):
    for problem in (valley(rng, 4), quadratic(8, 1e3, rng)[0]):
        walked = trail(lambda k, p=problem: submission.bfgs(p.f, p.gradient, p.start, max_iter=k), problem, 6)
        C = np.eye(problem.size)
        for k, (w, after) in enumerate(pairwise(walked), start=1):
            g = problem.slope(w)
            along(after - w, -C @ g, k)
            is_wolfe(problem, w, after - w)
            one_where_it_will_do(problem, w, after - w, -C @ g, k)
            C = bfgs_update(C, after - w, problem.slope(after) - g)


USUAL = {"bfgs": (1e-6, 200), "lbfgs": (10, 1e-6, 200)}


def either(en, ru):
    """A case for BFGS and one for L-BFGS, each half a point."""
    marks = {name: [points("1/2"), title(en=f"{en}: {name}", ru=f"{ru}: {name}")] for name in USUAL}
    return pytest.mark.parametrize("name", [pytest.param(name, id=name, marks=marks[name]) for name in USUAL])


@either("When it stops", "Когда метод останавливается")
@hint(
    en="At once at a minimum; after max_iter steps; where the Euclidean norm of the gradient is at most the tolerance.",
    ru="Сразу, если это минимум; после max_iter шагов; если евклидова норма градиента не больше tolerance.",
)
def test_stops(submission, rng, name):
    minimise = getattr(submission, name)
    problem, _, a = quadratic(3, 10.0, rng)
    w, iterations, converged = outcome(minimise(problem.f, problem.gradient, a), 3)
    assert_close(w, a, what="w from the minimum")
    assert (iterations, converged) == (0, True), f"from the minimum: {iterations} steps, converged = {converged}"
    for start, tolerance, steps in (([6.0, 8.0], 5.0, 0), ([12.0, 16.0], 5.0, 1), ([6.0, 8.0], 4.5, 1)):
        bowl = Problem(lambda w: w @ w / 4, lambda w: w / 2, start)  # half the way each step; a norm of 5, exactly
        answer = minimise(bowl.f, bowl.gradient, bowl.start, tolerance=tolerance, max_iter=1)
        _, iterations, converged = outcome(answer, 2)
        assert (iterations, converged) == (steps, True), (
            f"{iterations} steps and converged = {converged} instead of {steps} and True for a tolerance of {tolerance}"
        )


@either("Where no step is found", "Если шаг не найден")
@hint(
    en="The point reached is returned, not the start, with the steps made until then and converged = False.",
    ru="Возвращается достигнутая точка, а не старт, число сделанных до неё шагов и converged = False.",
)
def test_point_reached(submission, rng, name):
    minimise = getattr(submission, name)
    falling = Problem(lambda w: w.sum(), lambda w: np.ones(2), rng.normal(size=2))
    w, iterations, converged = outcome(minimise(falling.f, falling.gradient, falling.start), 2)
    assert_close(w, falling.start, what="w where no step was found")
    assert (iterations, converged) == (0, False), f"no minimum: {iterations} steps, converged = {converged}"
    # a first step of 1 along -g, and after it only slopes between -1.1 and -1, for ever
    bent = Problem(lambda w: (3 * np.exp(-w) - w).sum(), lambda w: -3 * np.exp(-w) - 1, rng.uniform(0, 0.2, size=2))
    w, iterations, converged = outcome(minimise(bent.f, bent.gradient, bent.start), 2)
    assert_close(w, bent.start - bent.slope(bent.start), rtol=1e-9, what="the point reached")
    assert (iterations, converged) == (1, False), f"after one step: {iterations} steps, converged = {converged}"


@either("Usual values when none are given", "Значения по умолчанию")
@hint(
    en="They stand in the signatures of the statement; max_iter is a limit even far from a minimum.",
    ru="Они указаны в сигнатурах в условии; max_iter ограничивает число шагов и вдали от минимума.",
)
def test_defaults(submission, rng, name):
    minimise, long = getattr(submission, name), valley(rng, 60, budget=9000)  # for three runs
    for problem in (quadratic(5, 30.0, rng)[0], long):
        same_by_default(minimise, problem, USUAL[name])
    _, iterations, converged = outcome(minimise(long.f, long.gradient, long.start), 60)
    assert (iterations, converged) == (200, False), f"{iterations} steps in a valley that is longer"


@title(en="The direction of L-BFGS equals that of BFGS", ru="Направление L-BFGS совпадает с направлением BFGS")
@hint(
    en="From the newest pair to the oldest, scaling by the newest pair's gamma, and back in the other order.",
    ru="От самой новой пары к самой старой, умножение на gamma самой новой, затем в обратном порядке.",
)
def test_lbfgs_direction(submission, rng):
    for count, size in ((0, 3), (1, 1), (1, 4), (3, 4), (6, 2), (5, 9)):
        S, Y = curved(count, size, rng)
        g = rng.normal(size=size)
        found = submission.lbfgs_direction(g, S, Y)
        C = np.eye(size) * ((S[-1] @ Y[-1]) / (Y[-1] @ Y[-1]) if count else 1.0)
        for s, y in zip(S, Y, strict=True):
            C = bfgs_update(C, s, y)
        assert_close(found, -C @ g, rtol=1e-7, atol=1e-9, what=f"direction from {count} pairs")


@points("1/2")
@depends("test_lbfgs_direction")
@title(en="The direction of L-BFGS makes no matrix", ru="Направление L-BFGS не строит матрицу")
@hint(
    en="A matrix of 200,000 by 200,000 numbers takes 320 GB; the two loops need vectors only.",
    ru="Матрица 200 000 на 200 000 чисел занимает 320 ГБ; двум циклам нужны только векторы.",
)
def test_lbfgs_direction_large(submission, rng):
    S = rng.normal(size=(3, 200_000))
    Y, g = S * rng.uniform(0.5, 2.0, 200_000), rng.normal(size=200_000)
    assert_close(submission.lbfgs_direction(g, S, Y), lbfgs_direction(g, S, Y), rtol=1e-7, atol=1e-8, what="direction")


@points("1/2")
@title(en="L-BFGS makes no matrix", ru="L-BFGS не строит матрицу")
@hint(
    en="A matrix of 50,000 by 50,000 numbers takes 20 GB; the two loops need vectors only.",
    ru="Матрица 50 000 на 50 000 чисел занимает 20 ГБ; двум циклам нужны только векторы.",
)
def test_lbfgs_large(submission, rng):
    scale = rng.uniform(1.0, 3.0, 50_000)
    wide = Problem(lambda w: scale @ w**2 / 2, lambda w: scale * w, rng.normal(size=50_000))
    minimum(submission.lbfgs(wide.f, wide.gradient, wide.start, 5, 1e-4), wide, 1e-4)


@title(en="L-BFGS comes to the minimum", ru="L-BFGS приходит к минимуму")
@hint(
    en="Any memory will do, 1 pair as well; without curvature it would be gradient descent.",
    ru="Годится любая память, даже из одной пары; без кривизны это был бы градиентный спуск.",
)
def test_lbfgs(submission, rng):
    for memory in (1, 4, 10):
        for problem in (quadratic(8, 200.0, rng)[0], logistic(5, rng)[0], shifted(6, rng), valley(rng, 3)):
            answer = submission.lbfgs(problem.f, problem.gradient, problem.start, memory, 1e-5, 1000)
            minimum(answer, problem, 1e-5)


@title(en="Every step of L-BFGS; what it remembers", ru="Каждый шаг L-BFGS; что он помнит")
@hint(
    en="The direction comes from the last `memory` pairs, neither more nor fewer, the newest among them.",
    ru="Направление строится по последним memory парам — не больше и не меньше, включая самую новую.",
)
def test_lbfgs_steps(submission, rng):
    for memory in (1, 3, 20):
        problem = valley(rng, 4)
        walked = trail(
            lambda k, p=problem, m=memory: submission.lbfgs(p.f, p.gradient, p.start, m, max_iter=k), problem, 6
        )
        slopes = [problem.slope(w) for w in walked]
        for k in range(6):
            first = max(0, k - memory)
            S = np.reshape(np.diff(walked[first : k + 1], axis=0), (-1, 4))
            Y = np.reshape(np.diff(slopes[first : k + 1], axis=0), (-1, 4))
            move, direction = walked[k + 1] - walked[k], lbfgs_direction(slopes[k], S, Y)
            along(move, direction, k + 1)
            is_wolfe(problem, walked[k], move)
            one_where_it_will_do(problem, walked[k], move, direction, k + 1)
