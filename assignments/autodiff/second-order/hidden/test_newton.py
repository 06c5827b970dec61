"""The hidden suite of second-order methods: Newton-Raphson."""

import numpy as np

from grader.testing import assert_array, assert_close, assert_equal, counted, hint, title
from grader.testing.inputs import orthogonal
from reference.autodiff.second_order.newton import newton, newton_step

from .shared import logistic, minimum, outcome, quadratic


@title(en="One Newton step", ru="Один шаг Ньютона")
@hint(
    en="A minus, the factor mu, and H d = g; H is symmetric, but not always positive definite.",
    ru="Минус, множитель mu и система H d = g; H симметрична, но не всегда положительно определена.",
)
def test_newton_step(submission, rng):
    for size in (1, 2, 5):
        basis = orthogonal(rng, size)
        H = (basis * rng.uniform(0.5, 3.0, size) * np.resize([-1.0, 1.0], size)) @ basis.T
        H, g, mu = (H + H.T) / 2, rng.normal(size=size), float(rng.uniform(0.1, 2.0))
        assert_close(submission.newton_step(g, H, mu), newton_step(g, H, mu), rtol=1e-9, what="step")
        assert_close(submission.newton_step(g, H), newton_step(g, H), rtol=1e-9, what="step with mu = 1")


@title(en="The system is solved, not inverted", ru="Система решается, а не обращается")
@hint(
    en="For a badly conditioned H the residual H d - g is large when H^-1 was computed first.",
    ru="При плохо обусловленной H невязка H d - g велика, если сначала вычислить H^-1.",
)
def test_solved(submission, rng):
    places = np.arange(8.0)
    H = 1.0 / (places[:, None] + places + 1 + float(rng.uniform(0, 0.5)))  # near Hilbert's matrix
    for _ in range(5):
        g = H @ rng.uniform(0.5, 2.0, size=8)
        d = assert_array(submission.newton_step(g, H), shape=(8,), kind="float", what="step")
        residual = float(np.abs(H @ d + g).max())
        assert residual < 1e-12, f"H d differs from -g by {residual:.2g}, although rounding allows for 1e-14"


@title(en="Newton's method comes to the minimum fast", ru="Метод Ньютона быстро приходит к минимуму")
@hint(
    en="One step for a quadratic function; the Hessian of each new point for any other.",
    ru="Для квадратичной функции хватает одного шага; для остальных в каждой точке нужен свой гессиан.",
)
def test_newton(submission, rng):
    problem, A, a = quadratic(5, 50.0, rng)
    answer = submission.newton(problem.gradient, lambda w: A, problem.start)
    assert_close(minimum(answer, problem, 1e-8), a, rtol=0, atol=1e-8, what="w")
    assert_equal(outcome(answer, 5)[1], 1, what="steps for a quadratic function")
    problem, hessian = logistic(4, rng)
    expected = newton(problem.slope, hessian, problem.start)
    answer = submission.newton(problem.gradient, hessian, problem.start)
    assert_close(minimum(answer, problem, 1e-8), expected[0], rtol=0, atol=1e-7, what="w")
    assert_equal(outcome(answer, 4)[1], expected[1], what="steps for a logistic loss")
    half = submission.newton(problem.gradient, hessian, problem.start, 0.5, 1e-6, 3)
    assert_close(half, newton(problem.slope, hessian, problem.start, 0.5, 1e-6, 3), rtol=1e-7, what="with mu = 0.5")


@title(en="When Newton's method stops", ru="Когда метод Ньютона останавливается")
@hint(
    en="Look at the gradient before each step and once more after the last: is its norm at most the tolerance? The "
    "Hessian is needed once a step.",
    ru="Перед каждым шагом и ещё раз после последнего проверяйте, что норма градиента не больше tolerance; гессиан "
    "нужен один раз на шаг.",
)
def test_newton_stops(submission, rng):
    problem, inner = logistic(3, rng)
    hessian = counted(inner, budget=100)
    best, steps, _ = outcome(submission.newton(problem.gradient, hessian, problem.start), 3)
    assert_equal(hessian.count, steps, what="Hessians computed")
    assert_equal(problem.gradient.count, steps + 1, what="gradients computed")
    there = outcome(submission.newton(problem.gradient, inner, best, tolerance=1e-7), 3)
    assert_equal(there, (best, 0, True), what="from the minimum")
    _, A, a = quadratic(3, 5.0, rng)
    last = outcome(submission.newton(lambda w: A @ (w - a), lambda w: A, a + 1, max_iter=1), 3)
    assert_equal(last[1:], (1, True), what="(iterations, converged) when the last step arrives")
    short = outcome(submission.newton(lambda w: A @ (w - a), lambda w: A, a + 1, 0.5, 1e-8, 2), 3)
    assert_equal(short[1:], (2, False), what="(iterations, converged) when it does not")
    slow = outcome(submission.newton(lambda w: A @ (w - a), lambda w: A, a + 1, 0.1), 3)
    assert_equal(slow[1:], (50, False), what="(iterations, converged) by the usual tolerance and max_iter")
    for start, tolerance, steps in (([3.0, 4.0], 5.0, 0), ([6.0, 8.0], 5.0, 1), ([3.0, 4.0], 4.5, 1)):
        half = submission.newton(lambda w: w, lambda w: 2 * np.eye(2), np.array(start), 1.0, tolerance, 1)
        what = f"(iterations, converged) from a norm of {np.linalg.norm(start):g} for a tolerance of {tolerance}"
        assert_equal(outcome(half, 2)[1:], (steps, True), what=what)
