"""Gradient descent with a rate of its own for each coordinate (lecture 2, section 12).

Rows L02.adagrad, L02.rmsprop, L02.adadelta, L02.adam. Every function returns the iterates w_0, ..., w_steps by rows and
asks for one gradient a step, ``g_k = g(w_{k-1})`` for k = 1, 2, ...; eps always stands inside the root (most libraries
add it to the root).
J. Duchi, E. Hazan, Y. Singer, "Adaptive subgradient methods for online learning and stochastic optimization", JMLR 12
(2011); T. Tieleman, G. Hinton, "RMSProp", Coursera lecture 6.5 (2012); M. Zeiler, "ADADELTA: an adaptive learning rate
method", arXiv:1212.5701 (2012); D. P. Kingma, J. Ba, "Adam: a method for stochastic optimization", ICLR (2015).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from reference.autodiff.first_order.iterates import Gradient, gradient_at
from reference.checks.arrays import Floats, vector
from reference.checks.numbers import decay, positive, whole


def adagrad(gradient: Gradient, start: ArrayLike, mu: float, steps: int, eps: float = 1e-8) -> Floats:
    """``w_k = w_{k-1} - mu / sqrt(G_k + eps) * g_k``, G_k the sum of g_j^2 for j = 1..k, coordinate by coordinate.

    Parameters: ``gradient`` from (n,) to (n,); ``start`` (n,); the rate ``mu`` above 0; ``steps`` of at least 1;
    ``eps`` above 0.
    Returns: the iterates by rows, (steps + 1, n).
    Raises: ValueError naming ``start``, ``mu``, ``steps``, ``eps``, or ``gradient`` for what it returns.
    Complexity: O(n) a step, and one gradient; memory O(steps n), the iterates.
    Source: lecture 2, section 12; Duchi et al. 2011.
    """
    w, mu, eps = vector("start", start), positive("mu", mu), positive("eps", eps)
    total = np.zeros_like(w)
    path = [w]
    for _ in range(whole("steps", steps)):
        g = gradient_at(gradient, w)
        total = total + g**2
        w = w - mu / np.sqrt(total + eps) * g
        path.append(w)
    return np.array(path)


def rmsprop(
    gradient: Gradient, start: ArrayLike, mu: float, steps: int, gamma: float = 0.9, eps: float = 1e-8
) -> Floats:
    """``E_k = gamma * E_{k-1} + (1 - gamma) * g_k^2``, ``w_k = w_{k-1} - mu / sqrt(E_k + eps) * g_k``; E_0 = 0.

    Parameters: ``gradient`` from (n,) to (n,); ``start`` (n,); the rate ``mu`` above 0; ``steps`` of at least 1;
    ``gamma`` in [0, 1); ``eps`` above 0.
    Returns: as in `adagrad`.
    Raises: ValueError naming ``gamma``, or what `adagrad` names.
    Complexity: as in `adagrad`.
    Source: lecture 2, section 12; Tieleman, Hinton 2012.
    """
    w, mu = vector("start", start), positive("mu", mu)
    gamma, eps = decay("gamma", gamma), positive("eps", eps)
    mean = np.zeros_like(w)
    path = [w]
    for _ in range(whole("steps", steps)):
        g = gradient_at(gradient, w)
        mean = gamma * mean + (1 - gamma) * g**2
        w = w - mu / np.sqrt(mean + eps) * g
        path.append(w)
    return np.array(path)


def adadelta(gradient: Gradient, start: ArrayLike, steps: int, gamma: float = 0.9, eps: float = 1e-6) -> Floats:
    """``d_k = -RMS[d]_{k-1} / RMS[g]_k * g_k``, ``w_k = w_{k-1} + d_k``, ``RMS[x]_k = sqrt(E[x^2]_k + eps)``.

    Both means of squares are 0 at first and decay by ``gamma``; there is no learning rate.

    Parameters: ``gradient`` from (n,) to (n,); ``start`` (n,); ``steps`` of at least 1; ``gamma`` in [0, 1); ``eps``
    above 0.
    Returns: as in `adagrad`.
    Raises: ValueError naming ``gamma``, or what `adagrad` names.
    Complexity: as in `adagrad`.
    Source: lecture 2, section 12; Zeiler 2012.
    """
    w, gamma, eps = vector("start", start), decay("gamma", gamma), positive("eps", eps)
    of_gradients, of_moves = np.zeros_like(w), np.zeros_like(w)
    path = [w]
    for _ in range(whole("steps", steps)):
        g = gradient_at(gradient, w)
        of_gradients = gamma * of_gradients + (1 - gamma) * g**2
        move = -np.sqrt(of_moves + eps) / np.sqrt(of_gradients + eps) * g
        of_moves = gamma * of_moves + (1 - gamma) * move**2
        w = w + move
        path.append(w)
    return np.array(path)


def adam(
    gradient: Gradient,
    start: ArrayLike,
    mu: float,
    steps: int,
    gamma1: float = 0.9,
    gamma2: float = 0.999,
    eps: float = 1e-8,
) -> Floats:
    """``w_k = w_{k-1} - mu / sqrt(b_hat_k + eps) * m_hat_k``.

    ``m_k = gamma1 * m_{k-1} + (1 - gamma1) * g_k`` and ``b_k = gamma2 * b_{k-1} + (1 - gamma2) * g_k^2`` begin at 0,
    which ``m_hat_k = m_k / (1 - gamma1^k)`` and ``b_hat_k = b_k / (1 - gamma2^k)`` make up for.

    Parameters: ``gradient`` from (n,) to (n,); ``start`` (n,); the rate ``mu`` above 0; ``steps`` of at least 1;
    ``gamma1`` and ``gamma2`` in [0, 1); ``eps`` above 0.
    Returns: as in `adagrad`.
    Raises: ValueError naming ``gamma1``, ``gamma2``, or what `adagrad` names.
    Complexity: as in `adagrad`.
    Source: lecture 2, section 12; Kingma, Ba 2015.

    >>> adam(lambda w: 2 * w, [1.0], 0.1, 1).round(6).tolist()
    [[1.0], [0.9]]
    """
    w, mu, eps = vector("start", start), positive("mu", mu), positive("eps", eps)
    gamma1, gamma2 = decay("gamma1", gamma1), decay("gamma2", gamma2)
    m, b = np.zeros_like(w), np.zeros_like(w)
    path = [w]
    for k in range(1, whole("steps", steps) + 1):
        g = gradient_at(gradient, w)
        m = gamma1 * m + (1 - gamma1) * g
        b = gamma2 * b + (1 - gamma2) * g**2
        w = w - mu / np.sqrt(b / (1 - gamma2**k) + eps) * m / (1 - gamma1**k)
        path.append(w)
    return np.array(path)
