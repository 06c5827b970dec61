"""Generation, mutation and crossover of real vectors (lecture 1, section 7, L01.operators_real)."""

from __future__ import annotations

import numpy as np
from numpy.random import Generator
from numpy.typing import ArrayLike

from reference.checks.arrays import Floats, vector
from reference.checks.numbers import not_negative, probability, whole


def rand_real(m: int, rng: Generator) -> Floats:
    """A random vector of N(0, 1)^m.

    Parameters: ``m``, the number of coordinates; ``rng``, a numpy generator.
    Returns: (m,).
    Raises: ValueError naming ``m`` (below 1).
    Complexity: O(m).
    Source: lecture 1, section 7; lecture only.
    """
    m = whole("m", m)
    return rng.standard_normal(m)


def mutate_real(x: ArrayLike, eps: float, rng: Generator, share: float = 1.0) -> Floats:
    """``x`` with noise of standard deviation ``eps`` added to a random subset of its coordinates.

    Each coordinate belongs to the subset with probability ``share``, whatever the others do; the rest stays as it
    was, to the bit.

    Parameters: ``x`` (m,); the deviation ``eps`` from 0 up, in the units of ``x``; ``rng``, a numpy generator;
    ``share``, a probability.
    Returns: (m,), a new vector.
    Raises: ValueError naming ``x``, ``eps`` or ``share``.
    Complexity: O(m).
    Source: lecture 1, section 7; lecture only.
    """
    eps, share = not_negative("eps", eps), probability("share", share)
    x = vector("x", x)  # (m,)
    chosen = rng.random(x.shape) < share
    return np.where(chosen, x + eps * rng.standard_normal(x.shape), x)


def cross_real(x1: ArrayLike, x2: ArrayLike) -> Floats:
    """The middle between two parents.

    Parameters: ``x1`` and ``x2`` (m,).
    Returns: (m,).
    Raises: ValueError naming ``x1`` or ``x2`` (another length).
    Complexity: O(m).
    Source: lecture 1, section 7; lecture only.

    >>> cross_real([1, 2], [2, 4]).tolist()
    [1.5, 3.0]
    """
    x1 = vector("x1", x1)
    x2 = vector("x2", x2, len(x1))
    return (x1 + x2) / 2
