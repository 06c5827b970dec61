"""Simulated annealing (lecture 1, section 7, L01.annealing).

S. Kirkpatrick, C. D. Gelatt, M. P. Vecchi, "Optimization by simulated annealing", Science 220 (1983).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

from numpy.random import Generator

from reference.checks.numbers import not_negative


def acceptance(d: float, t: float) -> float:
    """The probability of a step that makes the loss greater by d at the temperature t: exp(-d/t).

    1 where d is not positive; 0 where d is positive and t is 0.

    Parameters: ``d``, the change of the loss; ``t``, the temperature, in the loss's units, from 0 up.
    Returns: a probability.
    Raises: ValueError naming ``t`` (negative, NaN).
    Complexity: O(1).
    Source: lecture 1, section 7; Kirkpatrick et al. 1983.
    """
    t = not_negative("t", t, infinite=True)
    if d <= 0:
        return 1.0
    return math.exp(-d / t) if t > 0 else 0.0


def simulated_annealing(
    loss: Callable[[Any], float],
    start: Any,
    mutate: Callable[[Any], Any],
    temperatures: Sequence[float],
    rng: Generator,
) -> tuple[Any, float, list[float]]:
    """The best object that was met, its loss, and the history.

    For each temperature one mutation of the current object is evaluated and takes its place with the probability
    `acceptance`. The history holds the loss of the current object, at the start and after each step; of equally good
    objects the first is the best.

    Parameters: ``loss``, a function of an object; ``start``; ``mutate`` from an object to a new one; ``temperatures``
    (steps,), from 0 up; ``rng``, a numpy generator.
    Returns: the best object, its loss, and the losses (steps + 1,).
    Raises: ValueError naming ``temperatures``.
    Complexity: O(steps), and steps + 1 evaluations of the loss; memory O(steps), the history.
    Source: lecture 1, section 7; Kirkpatrick et al. 1983.
    """
    for t in temperatures:
        not_negative("temperatures", t, infinite=True)
    current, current_loss = start, float(loss(start))
    best, best_loss, history = current, current_loss, [current_loss]
    for t in temperatures:
        candidate = mutate(current)
        candidate_loss = float(loss(candidate))
        if rng.random() < acceptance(candidate_loss - current_loss, t):
            current, current_loss = candidate, candidate_loss
            if current_loss < best_loss:
                best, best_loss = current, current_loss
        history.append(current_loss)
    return best, best_loss, history
