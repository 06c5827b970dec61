"""What the suites share: functions to minimise that watch where they are called, and what every minimiser promises."""

import numpy as np

from grader.testing import assert_array, assert_close, counted
from grader.testing.inputs import positive_definite

C1, C2 = 1e-4, 0.9


class Problem:
    """A function, its gradient and a start; `f` and `gradient` count their calls and check their arguments."""

    def __init__(self, value, slope, start, budget=3000):
        self.value, self.slope, self.start = value, slope, np.asarray(start, dtype=float)
        self.size = self.start.size
        self.f = counted(lambda w: float(value(self.place(w))), budget=budget)
        self.gradient = counted(lambda w: np.asarray(slope(self.place(w)), dtype=float), budget=budget)

    def place(self, w):
        return assert_array(w, shape=(self.size,), kind="float", what="the point that f or gradient was called at")

    def points(self):
        """Every point at which f or the gradient was computed."""
        return [args[0] for function in (self.f, self.gradient) for args in function.calls]


def quadratic(size, condition, rng):
    """``(w - a)^T A (w - a) / 2``, its matrix and its minimum a."""
    A, a = positive_definite(rng, size, condition), rng.normal(size=size)
    return Problem(lambda w: 0.5 * (w - a) @ A @ (w - a), lambda w: A @ (w - a), a + rng.normal(size=size)), A, a


def logistic(size, rng):
    """The mean logistic loss with a ridge, and its Hessian; drawn until Newton's plain steps arrive."""
    while True:
        loss, hessian = any_logistic(size, rng)
        if newton_arrives(loss, hessian):
            return loss, hessian


def newton_arrives(problem, hessian):
    """Whether the gradient is smaller after each plain step: well away from where they go back and forth."""
    w, norm = problem.start, np.linalg.norm(problem.slope(problem.start))
    while norm > 1e-9:
        w, before = w - np.linalg.solve(hessian(w), problem.slope(w)), norm
        norm = np.linalg.norm(problem.slope(w))
        if not norm <= 0.9 * before:
            return False
    return True


def any_logistic(size, rng, ridge=0.1):
    """As `logistic`, the first that comes."""
    X, y = rng.normal(size=(8 * size, size)), np.where(rng.random(8 * size) < 0.5, -1.0, 1.0)

    def slope(w):
        return -(y / (1 + np.exp(y * (X @ w)))) @ X / len(y) + ridge * w

    def hessian(w):
        share = 1 / (1 + np.exp(-X @ w))
        return (X.T * (share * (1 - share))) @ X / len(y) + ridge * np.eye(size)

    loss = Problem(lambda w: np.logaddexp(0, -y * (X @ w)).mean() + ridge / 2 * w @ w, slope, rng.normal(size=size))
    return loss, hessian


def valley(rng, size=4, budget=3000):
    """Rosenbrock's bent valley, from a random place in it; its only minimum is at ones for fewer than 4 parameters."""

    def value(w):
        return (100 * (w[1:] - w[:-1] ** 2) ** 2 + (1 - w[:-1]) ** 2).sum()

    def slope(w):
        bend = w[1:] - w[:-1] ** 2
        g = np.zeros(size)
        g[:-1] = -400 * w[:-1] * bend - 2 * (1 - w[:-1])
        g[1:] += 200 * bend
        return g

    return Problem(value, slope, np.resize([-1.2, 1.0], size) + 0.1 * rng.normal(size=size), budget)


def shifted(size, rng):
    """Smooth, convex and not quadratic: ``sum sqrt(1 + (A w - b)^2) + |w|^2 / 20``."""
    A, b = rng.normal(size=(2 * size, size)), rng.normal(size=2 * size)

    def slope(w):
        r = A @ w - b
        return (r / np.sqrt(1 + r**2)) @ A + w / 10

    return Problem(lambda w: np.sqrt(1 + (A @ w - b) ** 2).sum() + w @ w / 20, slope, 3 * rng.normal(size=size))


def outcome(answer, size):
    """(w, iterations, converged), once it is known to be that."""
    assert isinstance(answer, tuple), "the answer must be a tuple (w, iterations, converged)"
    assert len(answer) == 3, "the answer must be a tuple (w, iterations, converged)"
    w, iterations, converged = answer
    assert_array(w, shape=(size,), kind="float", what="w")
    assert isinstance(iterations, int | np.integer), "iterations must be an int"
    assert not isinstance(iterations, bool), "iterations must be an int"
    assert isinstance(converged, bool | np.bool_), "converged must be a bool"
    return w, int(iterations), bool(converged)


def minimum(answer, problem, tolerance):
    """The point, once the gradient there is known to be small enough; how large it is, is told."""
    w, iterations, converged = outcome(answer, problem.size)
    norm = float(np.linalg.norm(problem.slope(w)))
    assert norm <= tolerance * (1 + 1e-6), f"the gradient's norm at w is {norm:.3g}, more than the tolerance"
    assert converged, "converged must be True at a point that is good enough"
    assert iterations > 0, "iterations must count the steps"
    return w


def same_by_default(minimise, problem, usual, *walls):
    """What comes without numbers is what comes with the usual ones."""
    plain, told = (
        outcome(minimise(problem.f, problem.gradient, problem.start, *walls, *numbers), problem.size)
        for numbers in ((), usual)
    )
    assert_close(plain, told, rtol=1e-9, what="(w, iterations, converged) without numbers")


def trail(minimise, problem, steps):
    """The first points of a minimiser, recovered by allowing it 1, 2, 3... steps."""
    points = [problem.start]
    for allowed in range(1, steps + 1):
        w, iterations, converged = outcome(minimise(allowed), problem.size)
        assert iterations == allowed, f"{iterations} steps were told where {allowed} were allowed and needed"
        assert not converged, "converged is True where the gradient is large"
        points.append(w)
    return points


def along(move, direction, number):
    """The move has the direction given."""
    lengths = np.linalg.norm(move) * np.linalg.norm(direction)
    assert lengths > 0, f"step {number} does not move"
    assert float(move @ direction) > (1 - 1e-7) * lengths, f"step {number} does not follow the direction -C g"


def one_where_it_will_do(problem, w, move, direction, number):
    """The move is the whole direction where that satisfies both conditions beyond the doubts of rounding."""
    here, slope = problem.value(w), problem.slope(w) @ direction
    there, slope_there = problem.value(w + direction), problem.slope(w + direction) @ direction
    slack = 1e-9 * (abs(here) + abs(slope))
    if there <= here + C1 * slope - slack and slope_there >= C2 * slope + slack:
        assert_close(move, direction, rtol=1e-6, atol=1e-9, what=f"step {number}, where the step 1 will do,")


def is_wolfe(problem, w, move, c1=C1, c2=C2):
    """Both conditions for the ``move`` from w; rounding is allowed for."""
    here, slope = problem.value(w), problem.slope(w) @ move
    there, slope_there = problem.value(w + move), problem.slope(w + move) @ move
    assert slope < 0, "the step does not lead downhill"
    slack = 1e-10 * (abs(here) + abs(slope))
    assert there <= here + c1 * slope + slack, "the first Wolfe condition does not hold: the step is too long"
    assert slope_there >= c2 * slope - slack, "the second Wolfe condition does not hold: the step is too short"
