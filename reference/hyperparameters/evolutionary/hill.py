"""Hill climbing (lecture 1, section 7, L01.hill)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from reference.checks.numbers import whole


def hill_climbing(
    loss: Callable[[Any], float], start: Any, mutate: Callable[[Any], Any], budget: int
) -> tuple[Any, float, list[float]]:
    """The last object that took the place of the one before it, its loss, and the history.

    The loss is evaluated first at the start, then at a mutation of the current object, which takes its place if it is
    not worse. The history holds the loss of the current object after each evaluation.

    Parameters: ``loss``, a function of an object; ``start``, an object; ``mutate``, a function from an object to a new
    one; ``budget``, the number of evaluations.
    Returns: the last object, its loss, and the losses (budget,).
    Raises: ValueError naming ``budget`` (below 1).
    Complexity: O(budget), and ``budget`` evaluations of the loss; memory O(budget), the history.
    Source: lecture 1, section 7; lecture only.
    """
    budget = whole("budget", budget)
    current, current_loss = start, float(loss(start))
    history = [current_loss]
    for _ in range(budget - 1):
        candidate = mutate(current)
        candidate_loss = float(loss(candidate))
        if candidate_loss <= current_loss:
            current, current_loss = candidate, candidate_loss
        history.append(current_loss)
    return current, current_loss, history
