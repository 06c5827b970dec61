"""A linear SVM with squared hinge loss, trained in the primal by Newton's method (lecture 10, section 43, L10.svm_rfe).

O. Chapelle, "Training a support vector machine in the primal", Neural Computation 19 (2007).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from reference.checks.arrays import Floats, matrix, signs
from reference.checks.numbers import positive

STEPS = 200
ENOUGH = 1e-12  # of the sum of all objects' norms


def linear_svm(X: ArrayLike, y: ArrayLike, C: float = 1.0) -> tuple[Floats, float]:
    """The minimum of ``|w|^2 / 2 + C sum max(0, 1 - y (w x + b))^2``; b is not penalised.

    The function is convex and smooth, with one minimum once there are both classes.

    Parameters: ``X`` (n, d), objects by rows; ``y`` (n,), -1 or 1, both at least once; ``C`` above 0.
    Returns: w (d,) and b.
    Raises: ValueError naming ``X``, ``y`` (another length, other labels, one class only) or ``C``.
    Complexity: O(n d^2 + d^3) a step of Newton's method, at most 200 of them; memory O(n d + d^2).
    Source: lecture 10, section 43; Chapelle 2007.

    >>> w, b = linear_svm([[-1.0], [3.0]], [-1, 1], 10.0)
    >>> [round(float(value), 6) for value in (w[0], b)]
    [0.496894, -0.496894]
    """
    X = matrix("X", X)
    y, C = signs("y", y, len(X)), positive("C", C)
    if len(np.unique(y)) == 1:
        raise ValueError("y must hold both classes")
    extended = np.column_stack([X, np.ones(len(X))])
    solution = np.zeros(X.shape[1] + 1)
    enough = ENOUGH * 2 * C * np.linalg.norm(extended, axis=1).sum()
    for _ in range(STEPS):
        slope = gradient(solution, extended, y, C)
        if np.linalg.norm(slope) <= enough:
            break
        step = np.linalg.lstsq(_curvature(solution, extended, y, C), -slope, rcond=None)[0]
        rate, before = 1.0, objective(solution, extended, y, C)
        while rate > 1e-9 and objective(solution + rate * step, extended, y, C) > before + 1e-4 * rate * (slope @ step):
            rate /= 2
        solution = solution + rate * step
    return solution[:-1], float(solution[-1])


def objective(solution: Floats, extended: Floats, y: Floats, C: float) -> float:
    """The value that is minimised; ``solution`` is w and b, ``extended`` the objects with a last column of ones."""
    return float(solution[:-1] @ solution[:-1] / 2 + C * (_missing(solution, extended, y) ** 2).sum())


def gradient(solution: Floats, extended: Floats, y: Floats, C: float) -> Floats:
    """Its gradient by w and b."""
    slope = -2 * C * (_missing(solution, extended, y) * y) @ extended
    slope[:-1] += solution[:-1]
    return slope


def _missing(solution: Floats, extended: Floats, y: Floats) -> Floats:
    """What each object's margin lacks of 1."""
    return np.maximum(0, 1 - y * (extended @ solution))


def _curvature(solution: Floats, extended: Floats, y: Floats, C: float) -> Floats:
    """The matrix of second derivatives: only objects whose margin is below 1 count."""
    active = extended[_missing(solution, extended, y) > 0]
    return 2 * C * active.T @ active + np.diag([1.0] * (extended.shape[1] - 1) + [0.0])
