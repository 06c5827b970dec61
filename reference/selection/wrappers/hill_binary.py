"""Hill climbing over subsets of features (lecture 10, section 44, L10.hill_binary)."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.random import Generator
from numpy.typing import ArrayLike, NDArray

from reference.checks.numbers import whole

Mask = NDArray[np.bool_]


def hill_binary(
    score: Callable[[tuple[int, ...]], float], start: ArrayLike, budget: int, rng: Generator
) -> tuple[Mask, float, list[float]]:
    """The last subset, its score, and the history: each step adds or removes one feature, unless that is worse.

    All features are equally likely, but the only one of a subset is never removed: the empty subset has no score. The
    score is computed ``budget`` times, the start included; the history holds the current subset's score after each.

    Parameters: ``score`` of a tuple of ascending indices, larger is better; ``start`` (d,), bools, d of at least 2, one
    True or more; ``budget`` of at least 1; ``rng``, a numpy generator.
    Returns: a mask (d,), its score, and ``budget`` scores.
    Raises: ValueError naming ``start`` or ``budget``.
    Complexity: O(budget d), and ``budget`` calls of ``score``; memory O(d + budget).
    Source: lecture 10, section 44; lecture only.

    >>> hill_binary(lambda subset: -len(subset), [True, True, True], 40, np.random.default_rng(0))[1]
    -1.0
    """
    current, budget = np.array(start), whole("budget", budget)
    if current.dtype != bool or current.ndim != 1 or len(current) < 2 or not current.any():
        raise ValueError("start must be a vector of two bools or more, not all False")
    value = float(score(indices_of(current)))
    history = [value]
    for _ in range(budget - 1):
        candidate = _neighbour(current, rng)
        candidate_value = float(score(indices_of(candidate)))
        if candidate_value >= value:
            current, value = candidate, candidate_value
        history.append(value)
    return current, value, history


def indices_of(mask: Mask) -> tuple[int, ...]:
    """The places of True, ascending."""
    return tuple(np.flatnonzero(mask).tolist())


def _neighbour(mask: Mask, rng: Generator) -> Mask:
    """The mask with one bit flipped, all equally likely but the last True."""
    allowed = np.flatnonzero(~mask) if mask.sum() == 1 else np.arange(len(mask))
    result = mask.copy()
    place = rng.choice(allowed)
    result[place] = not result[place]
    return result
