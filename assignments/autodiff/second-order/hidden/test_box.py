"""The hidden suite of second-order methods: L-BFGS in a box."""

import numpy as np

from grader.testing import assert_close, assert_equal, hint, points, title

from .shared import Problem, logistic, outcome, quadratic, same_by_default, shifted, valley


def a_box(problem, rng):
    """Around the start; most sides are near it, some are infinitely far away."""
    low, high = problem.start - rng.uniform(0, 1, problem.size), problem.start + rng.uniform(0, 1, problem.size)
    low[rng.random(problem.size) < 0.2] = -np.inf
    high[rng.random(problem.size) < 0.2] = np.inf
    return low, high


def never_outside(problem, low, high):
    """Every evaluation was within the box, to the last bit."""
    seen = problem.points()
    assert seen, "neither f nor gradient was called"
    for w in seen:
        beyond = float(np.maximum(low - w, w - high).max())
        assert beyond <= 0, f"f or gradient was called at a point outside of the box, by {beyond:.3g}"


def boxed(submission, problem, low, high, *numbers, tolerance=1e-5):
    """The minimum in the box, once it is known to be one as far as the gradient can tell."""
    answer = submission.lbfgsb(problem.f, problem.gradient, problem.start, low, high, *numbers)
    w, _, converged = outcome(answer, problem.size)
    never_outside(problem, low, high)
    assert ((low <= w) & (w <= high)).all(), "w is outside of the box"
    left = float(np.abs(w - np.clip(w - problem.slope(w), low, high)).max())
    assert left <= tolerance * (1 + 1e-6), f"an entry of the projected gradient is {left:.3g}, above the tolerance"
    assert converged, "converged must be True at a point that is good enough"
    return w


@points(2)
@title(en="The minimum in a box", ru="Минимум в брусе")
@hint(
    en="The free minimum moved into the box is not the minimum in the box, unless the parameters do not interact.",
    ru="Свободный минимум, сдвинутый в брус, — не минимум в брусе, если параметры влияют друг на друга.",
)
def test_box(submission, rng):
    for problem in (quadratic(6, 100.0, rng)[0], logistic(5, rng)[0], shifted(6, rng), quadratic(2, 20.0, rng)[0]):
        low, high = a_box(problem, rng)
        boxed(submission, problem, low, high, 5, 1e-5, 500)


@title(en="A valley cut off by walls", ru="Овраг, перегороженный стенками")
@hint(
    en="Walls that were met have to be let go again when the gradient leads away from them.",
    ru="Достигнутую стенку нужно отпускать, когда градиент ведёт от неё.",
)
def test_box_valley(submission, rng):
    for size in (2, 3):
        problem = valley(rng, size)
        high = np.where(np.arange(size) == 0, float(rng.uniform(0.2, 0.8)), 2.0)
        low = np.full(size, -2.0)
        boxed(submission, problem, low, high, 10, 1e-5, 1000)


@title(en="Nothing is computed outside of the box", ru="Вне бруса ничего не вычисляется")
@hint(
    en="Trial steps count too, and so does rounding: 0.1 + (0.3 - 0.1) is more than 0.3.",
    ru="Пробные шаги тоже считаются, и округление тоже: 0.1 + (0.3 - 0.1) больше 0.3.",
)
def test_never_outside(submission, rng):
    for problem in (valley(rng, 2), valley(rng, 5), shifted(4, rng)):
        low, high = a_box(problem, rng)
        submission.lbfgsb(problem.f, problem.gradient, problem.start, low, high, 3, 1e-5, 40)
        never_outside(problem, low, high)
    low = rng.uniform(0.05, 0.15, size=20)
    high = low + rng.uniform(0.1, 0.3, size=20)
    pull = rng.uniform(0.5, 2.0, size=20)
    uphill = Problem(lambda w: -pull @ w, lambda w: -pull, low)
    assert_close(boxed(submission, uphill, low, high), high, rtol=1e-9, what="w")


@title(en="Boxes of every kind", ru="Брусы всех видов")
@hint(
    en="Bounds may be infinite or equal, and the start may lie outside: then it is moved to the nearest point first.",
    ru="Границы бывают бесконечными и равными, а старт — снаружи: тогда его сначала сдвигают в ближайшую точку.",
)
def test_box_kinds(submission, rng):
    walls = np.full(6, np.inf)
    free, _, a = quadratic(6, 50.0, rng)
    assert_close(boxed(submission, free, -walls, walls), a, rtol=0, atol=1e-4, what="w without bounds")
    problem, A, a = quadratic(4, 10.0, rng)
    low, high = np.full(4, -9.0), np.full(4, 9.0)
    low[1] = high[1] = problem.start[1] = float(rng.uniform(-1, 1))
    others = [0, 2, 3]
    expected = np.array([a[0], low[1], a[2], a[3]])
    expected[others] -= np.linalg.solve(A[np.ix_(others, others)], A[others, 1] * (low[1] - a[1]))
    assert_close(boxed(submission, problem, low, high), expected, rtol=0, atol=1e-4, what="w with a fixed entry")
    outside, _, a = quadratic(3, 10.0, rng)
    outside.start = a + np.array([9.0, -9.0, 9.0])
    assert_close(boxed(submission, outside, a - 1, a + 1), a, rtol=0, atol=1e-4, what="w from outside")
    w, iterations, converged = outcome(submission.lbfgsb(outside.f, outside.gradient, a + 5, a + 1, a + 1), 3)
    assert_close(w, a + 1, what="w in a box of one point")
    assert (iterations, converged) == (0, True), f"a box of one point: {iterations} steps, converged = {converged}"
    problem = valley(rng, 4)
    _, iterations, converged = outcome(
        submission.lbfgsb(problem.f, problem.gradient, problem.start, -walls[:4], walls[:4], max_iter=2), 4
    )
    assert (iterations, converged) == (2, False), f"max_iter = 2: {iterations} steps, converged = {converged}"


@title(en="L-BFGS-B: good enough, never good enough, usual values", ru="L-BFGS-B: остановка и значения по умолчанию")
@hint(
    en="Entries of w - P(w - g) that equal the tolerance are good enough; where f falls for ever nothing is.",
    ru="Числа в w - P(w - g), равные tolerance, уже достаточно малы; а если f убывает без конца, converged — False.",
)
def test_box_stops(submission, rng):
    bowl, walls = Problem(lambda w: w @ w / 4, lambda w: w / 2, [6.0, -8.0]), np.full(2, 20.0)
    answer = submission.lbfgsb(bowl.f, bowl.gradient, bowl.start, -walls, walls, tolerance=4.0)
    assert_equal(
        outcome(answer, 2), (bowl.start, 0, True), what="the answer for entries of 3 and -4 and a tolerance of 4"
    )
    falling = Problem(lambda w: w.sum(), lambda w: np.ones(2), rng.normal(size=2), budget=4000)
    answer = submission.lbfgsb(falling.f, falling.gradient, falling.start, np.full(2, -np.inf), walls)
    assert not outcome(answer, 2)[2], "converged is True where the function has no minimum"
    long, wide = valley(rng, 5), np.full(5, 9.0)
    w, _, converged = outcome(submission.lbfgsb(long.f, long.gradient, long.start, -wide, wide, max_iter=3), 5)
    assert not converged, "converged is True where the gradient is large"
    assert long.value(w) < long.value(long.start), "f is not smaller than at the start after 3 steps"
    for problem in (quadratic(5, 30.0, rng)[0], valley(rng, 60, budget=6000)):
        low, high = a_box(problem, rng)
        same_by_default(submission.lbfgsb, problem, (10, 1e-6, 200), low - 1, high + 1)
