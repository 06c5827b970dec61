"""Generation, mutation and crossover of real vectors (lecture 1, section 7, L01.operators_real)."""

from __future__ import annotations

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

Vector = NDArray[np.float64]


def rand_real(m: int, rng: Generator) -> Vector:
    """A random vector of N(0, 1)^m, of shape (m,). Raises ValueError naming ``m`` when it is below 1."""
    if isinstance(m, bool) or not isinstance(m, int | np.integer) or m < 1:
        raise ValueError(f"m must be a whole number of at least 1, not {m!r}")
    return rng.standard_normal(m)


def mutate_real(x: Vector, eps: float, rng: Generator, share: float = 1.0) -> Vector:
    """``x`` with noise of standard deviation ``eps`` added to a random subset of its coordinates.

    Each coordinate belongs to the subset with probability ``share``, whatever the others do; the rest stays as it
    was, to the bit. Raises ValueError naming ``eps`` (negative) or ``share`` (outside of [0, 1]).
    """
    if not eps >= 0:
        raise ValueError(f"eps must not be negative, not {eps!r}")
    if not 0 <= share <= 1:
        raise ValueError(f"share must lie in [0, 1], not {share!r}")
    x = np.asarray(x, dtype=float)  # (m,)
    chosen = rng.random(x.shape) < share
    return np.where(chosen, x + eps * rng.standard_normal(x.shape), x)


def cross_real(x1: Vector, x2: Vector) -> Vector:
    """The middle between two parents. Raises ValueError naming ``x2`` when their shapes differ."""
    x1, x2 = np.asarray(x1, dtype=float), np.asarray(x2, dtype=float)
    if x1.shape != x2.shape:
        raise ValueError(f"x2 must have the shape of x1, {x1.shape}, not {x2.shape}")
    return (x1 + x2) / 2
