"""Generation, mutation and crossover of real vectors (lecture 1, section 7, L01.operators_real)."""

from __future__ import annotations

import numpy as np
from numpy.random import Generator
from numpy.typing import ArrayLike

from reference.checks.arrays import Floats, vector
from reference.checks.numbers import not_negative, probability, whole


def rand_real(m: int, rng: Generator) -> Floats:
    """A random vector of N(0, 1)^m, of shape (m,). Raises ValueError naming ``m`` when it is below 1."""
    m = whole("m", m)
    return rng.standard_normal(m)


def mutate_real(x: ArrayLike, eps: float, rng: Generator, share: float = 1.0) -> Floats:
    """``x`` with noise of standard deviation ``eps`` added to a random subset of its coordinates.

    Each coordinate belongs to the subset with probability ``share``, whatever the others do; the rest stays as it
    was, to the bit. Raises ValueError naming ``eps`` (negative) or ``share`` (outside of [0, 1]).
    """
    eps, share = not_negative("eps", eps), probability("share", share)
    x = vector("x", x)  # (m,)
    chosen = rng.random(x.shape) < share
    return np.where(chosen, x + eps * rng.standard_normal(x.shape), x)


def cross_real(x1: ArrayLike, x2: ArrayLike) -> Floats:
    """The middle between two parents. Raises ValueError naming ``x2`` when their shapes differ."""
    x1 = vector("x1", x1)
    x2 = vector("x2", x2, len(x1))
    return (x1 + x2) / 2
