"""Gradient descent, with momentum and with Nesterov's gradient ahead (lecture 2, section 12).

Rows L02.gd, L02.momentum, L02.nesterov. Every function returns the iterates w_0, ..., w_steps by rows and asks for one
gradient a step. As in the lecture the step uses the old v, and v_0 = 0, so with momentum the first step does not move.
A. Cauchy, "Méthode générale pour la résolution des systèmes d'équations simultanées", Comptes Rendus 25 (1847);
B. Polyak, "Some methods of speeding up the convergence of iteration methods", USSR Computational Mathematics and
Mathematical Physics 4 (1964); Y. Nesterov, "A method of solving a convex programming problem with convergence rate
O(1/k^2)", Soviet Mathematics Doklady 27 (1983).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from reference.autodiff.first_order.iterates import Gradient, gradient_at
from reference.checks.arrays import Floats, vector
from reference.checks.numbers import decay, positive, whole


def gradient_descent(gradient: Gradient, start: ArrayLike, mu: float, steps: int) -> Floats:
    """``w_{k+1} = w_k - mu * g(w_k)``.

    Parameters: ``gradient`` from (n,) to (n,); ``start`` (n,); the rate ``mu`` above 0; ``steps`` of at least 1.
    Returns: the iterates by rows, (steps + 1, n).
    Raises: ValueError naming ``start``, ``mu``, ``steps``, or ``gradient`` for what it returns.
    Complexity: O(n) a step, and one gradient; memory O(steps n), the iterates.
    Source: lecture 2, section 12; Cauchy 1847.

    >>> gradient_descent(lambda w: 2 * w, [1.0], 0.25, 2).tolist()
    [[1.0], [0.5], [0.25]]
    """
    w, mu = vector("start", start), positive("mu", mu)
    path = [w]
    for _ in range(whole("steps", steps)):
        w = w - mu * gradient_at(gradient, w)
        path.append(w)
    return np.array(path)


def momentum(gradient: Gradient, start: ArrayLike, mu: float, steps: int, gamma: float = 0.9) -> Floats:
    """``w_{k+1} = w_k - v_k``, ``v_{k+1} = gamma * v_k + mu * g(w_k)``, v_0 = 0.

    The gradient is one step late, so on ``lambda / 2 * w^2`` this settles only where ``mu * lambda < 1 - gamma``.

    Parameters: ``gradient`` from (n,) to (n,); ``start`` (n,); the rate ``mu`` above 0; ``steps`` of at least 1;
    ``gamma`` in [0, 1).
    Returns: as in `gradient_descent`.
    Raises: ValueError naming ``gamma``, or what `gradient_descent` names.
    Complexity: as in `gradient_descent`.
    Source: lecture 2, section 12; Polyak 1964.
    """
    w, mu, gamma = vector("start", start), positive("mu", mu), decay("gamma", gamma)
    v = np.zeros_like(w)
    path = [w]
    for _ in range(whole("steps", steps)):
        w, v = w - v, gamma * v + mu * gradient_at(gradient, w)
        path.append(w)
    return np.array(path)


def nesterov(gradient: Gradient, start: ArrayLike, mu: float, steps: int, gamma: float = 0.9) -> Floats:
    """``w_{k+1} = w_k - v_k``, ``v_{k+1} = gamma * v_k + mu * g(w_k - v_k)``, v_0 = 0.

    In the lecture's form the gradient ahead is that at w_{k+1}; from w_1 on these are the iterates which most
    libraries, whose step uses the new v, get by plain momentum.

    Parameters: ``gradient`` from (n,) to (n,); ``start`` (n,); the rate ``mu`` above 0; ``steps`` of at least 1;
    ``gamma`` in [0, 1).
    Returns: as in `gradient_descent`.
    Raises: ValueError naming ``gamma``, or what `gradient_descent` names.
    Complexity: as in `gradient_descent`.
    Source: lecture 2, section 12; Nesterov 1983.
    """
    w, mu, gamma = vector("start", start), positive("mu", mu), decay("gamma", gamma)
    v = np.zeros_like(w)
    path = [w]
    for _ in range(whole("steps", steps)):
        w, v = w - v, gamma * v + mu * gradient_at(gradient, w - v)
        path.append(w)
    return np.array(path)
