"""Hopfield network: Hebbian weights, energy, recall one unit at a time (lecture 6, section 26, L06.hopfield).

J. J. Hopfield, "Neural networks and physical systems with emergent collective computational abilities", Proceedings of
the National Academy of Sciences 79 (1982). States are -1 and 1, there are no thresholds. The lecture names the network
only.
"""

from __future__ import annotations

import numpy as np
from numpy.random import Generator
from numpy.typing import ArrayLike

from reference.checks.arrays import Floats, matrix, signs, square
from reference.checks.numbers import whole
from reference.checks.randomness import generator


def hebbian(patterns: ArrayLike) -> Floats:
    """``W = (1/n) sum x x^T`` over the patterns, with zeros on the diagonal.

    Parameters: ``patterns`` (p, n) of -1 and 1, a pattern a row.
    Returns: weights (n, n).
    Raises: ValueError naming ``patterns``.
    Complexity: O(p n^2); memory O(n^2).
    Source: lecture 6, section 26; Hopfield 1982.

    >>> hebbian([[1, -1, 1, 1]])[0].tolist()
    [0.0, -0.25, 0.25, 0.25]
    """
    X = matrix("patterns", patterns)
    signs("patterns", X.ravel())
    W = X.T @ X / X.shape[1]
    np.fill_diagonal(W, 0.0)
    return W


def energy(W: ArrayLike, s: ArrayLike) -> float:
    """``E = -1/2 s^T W s``.

    Parameters: ``W`` (n, n), symmetric; ``s`` (n,) of -1 and 1.
    Returns: the energy.
    Raises: ValueError naming ``W`` or ``s``.
    Complexity: O(n^2).
    Source: lecture 6, section 26; Hopfield 1982.
    """
    W = square("W", W)
    s = signs("s", s, len(W))
    return float(-0.5 * s @ W @ s)


def update(W: ArrayLike, s: ArrayLike, i: int) -> Floats:
    """The state after the update of one unit, which takes the sign of its field ``h_i = sum_j W_ij s_j``.

    Where the field is 0 the unit stays as it is.

    Parameters: ``W`` (n, n), symmetric, zeros on the diagonal; ``s`` (n,) of -1 and 1; ``i`` from 0 to n - 1.
    Returns: the new state (n,).
    Raises: ValueError naming ``W``, ``s`` or ``i``.
    Complexity: O(n^2), as the whole matrix is checked; O(n) is possible.
    Source: lecture 6, section 26; Hopfield 1982.

    >>> update([[0.0, -1.0], [-1.0, 0.0]], [1, 1], 0).tolist()
    [-1.0, 1.0]
    """
    W = square("W", W)
    s = signs("s", s, len(W))
    return _updated(W, s, whole("i", i, 0, len(s) - 1))


def recall(
    W: ArrayLike,
    start: ArrayLike,
    rng: Generator | None = None,
    order: ArrayLike | None = None,
    max_sweeps: int = 100,
) -> tuple[Floats, list[float], bool]:
    """The state that recall ends in, the energies on the way, and whether it is stable.

    A sweep updates every unit once, each in the state that the one before has left. It goes in ``order`` or, without
    one, in a new random order each time. Recall ends after a sweep that has changed nothing, or after ``max_sweeps``.

    Parameters: ``W`` and ``start`` as in `update`; ``rng``, needed where ``order`` is None and left alone otherwise;
    ``order`` (n,), each unit once; ``max_sweeps`` of at least 1.
    Returns: the last state (n,); the energies at the start and after each unit, n a sweep; whether the last sweep has
    changed nothing.
    Raises: ValueError naming ``W``, ``start``, ``rng``, ``order`` or ``max_sweeps``.
    Complexity: O(n^3) a sweep, as the energy is computed anew after each unit; O(n^2) is possible, as the field tells
    its change. Memory O(n^2 + max_sweeps n).
    Source: lecture 6, section 26; Hopfield 1982.
    """
    W = square("W", W)
    s = signs("start", start, len(W))
    fixed = [] if order is None else _permutation(order, len(s))
    drawn = generator("rng", rng) if order is None else None
    energies = [energy(W, s)]
    for _ in range(whole("max_sweeps", max_sweeps)):
        before = s
        for i in fixed if drawn is None else drawn.permutation(len(s)):
            s = _updated(W, s, i)
            energies.append(energy(W, s))
        if np.array_equal(s, before):
            return s, energies, True
    return s, energies, False


def _updated(W: Floats, s: Floats, i: int) -> Floats:
    field = W[i] @ s
    after = s.copy()
    if field != 0:
        after[i] = np.sign(field)
    return after


def _permutation(order: ArrayLike, n: int) -> list[int]:
    units = np.asarray(order)
    if units.dtype.kind not in "iu" or units.shape != (n,) or sorted(units.tolist()) != list(range(n)):
        raise ValueError(f"order must hold each unit from 0 to {n - 1} once")
    return units.tolist()
