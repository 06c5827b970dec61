"""Random search under a budget of evaluations (lecture 1, section 6, L01.random).

J. Bergstra, Y. Bengio, "Random search for hyper-parameter optimization", JMLR 13 (2012).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

from numpy.random import Generator

from reference.checks.numbers import whole

Setting = dict[str, Any]
Distribution = tuple[Any, ...]


def random_search(
    objective: Callable[[Setting], float], space: Mapping[str, Distribution], budget: int, rng: Generator
) -> tuple[Setting, float, list[tuple[Setting, float]]]:
    """The best of ``budget`` random settings, and the history of all in their order.

    Of equal losses the first wins; the objective is called ``budget`` times.

    Parameters: ``objective``, a function of a setting; ``space``, a distribution for each name: ("uniform", low, high),
    ("log-uniform", low, high), ("integer", low, high), both ends included, or ("category", [values]); ``budget``, the
    number of evaluations; ``rng``, a numpy generator.
    Returns: the best setting, its loss, and pairs of setting and loss, (budget,).
    Raises: ValueError naming ``budget`` (below 1) or the parameter whose distribution is none of these.
    Complexity: O(budget p) for p parameters, and ``budget`` evaluations of the objective; memory O(budget p), the
    history.
    Source: lecture 1, section 6; Bergstra, Bengio 2012.
    """
    budget = whole("budget", budget)
    for name, distribution in space.items():
        check(name, distribution)
    history: list[tuple[Setting, float]] = []
    for _ in range(budget):
        setting = {name: draw(distribution, rng) for name, distribution in space.items()}
        history.append((setting, float(objective(dict(setting)))))
    best, loss = min(history, key=lambda pair: pair[1])
    return best, loss, history


def check(name: str, distribution: Distribution) -> None:
    """Raise ValueError that names the parameter whose distribution cannot be drawn from."""
    kind, *parameters = distribution
    if kind == "category" and len(parameters) == 1 and len(parameters[0]) > 0:
        return
    if kind in ("uniform", "log-uniform", "integer") and len(parameters) == 2:
        low, high = parameters
        if low <= high and (kind != "log-uniform" or low > 0):
            return
    raise ValueError(f"space: {name} has no distribution that can be drawn from ({distribution!r})")


def draw(distribution: Distribution, rng: Generator) -> Any:
    """One value of a distribution."""
    kind, *parameters = distribution
    if kind == "category":
        return parameters[0][int(rng.integers(len(parameters[0])))]
    low, high = parameters
    if kind == "integer":
        return int(rng.integers(low, high, endpoint=True))
    if kind == "log-uniform":
        return math.exp(rng.uniform(math.log(low), math.log(high)))
    return float(rng.uniform(low, high))
