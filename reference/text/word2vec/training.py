"""First vectors, and batches of examples in a random order (lecture 7, section 35)."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.random import Generator

from reference.checks.arrays import Floats, Labels

BATCH = 32


def first_vectors(V: int, d: int, rng: Generator) -> tuple[Floats, Floats]:
    """``W_in`` (V, d), uniform from -1/(2d) to 1/(2d), and ``W_out`` (V, d), all 0."""
    return rng.uniform(-0.5, 0.5, size=(V, d)) / d, np.zeros((V, d))


def batches(count: int, epochs: int, rng: Generator) -> Iterator[Labels]:
    """Indices of `BATCH` examples at a time, the last of an epoch perhaps fewer; each epoch is shuffled anew."""
    for _ in range(epochs):
        order = rng.permutation(count)
        for begin in range(0, count, BATCH):
            yield order[begin : begin + BATCH]
