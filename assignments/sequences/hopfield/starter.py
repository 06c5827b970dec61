"""Hopfield network: fill in the functions.

Check the file at home with `grader check sequences/hopfield solution.py`.
"""

import numpy as np


def hebbian(patterns: np.ndarray) -> np.ndarray:
    """Weights (n, n) that store patterns (p, n) of -1 and 1; zeros on the diagonal."""
    raise NotImplementedError("one matrix product gives all the sums")


def energy(W: np.ndarray, s: np.ndarray) -> float:
    """The energy of a state s (n,)."""
    raise NotImplementedError("mind the one half")


def update(W: np.ndarray, s: np.ndarray, i: int) -> np.ndarray:
    """The state after unit i has taken the sign of its field; a field of 0 changes nothing."""
    raise NotImplementedError("copy s, then look at the field of unit i")


def recall(
    W: np.ndarray,
    start: np.ndarray,
    rng: np.random.Generator | None = None,
    order: np.ndarray | None = None,
    max_sweeps: int = 100,
) -> tuple[np.ndarray, list[float], bool]:
    """The state in which the network comes to rest, the energy at the start and after each unit, whether it rests."""
    raise NotImplementedError("sweeps, until one of them changes nothing")
