"""A genetic algorithm with tournaments and elitism (lecture 1, section 7, L01.genetic).

A. E. Eiben, J. E. Smith, "Introduction to evolutionary computing", 2nd ed., Springer 2015, chapters 3 and 5.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from numpy.random import Generator

from reference.checks.numbers import whole

Scored = tuple[float, Any]


def genetic(
    loss: Callable[[Any], float],
    rand: Callable[[], Any],
    mutate: Callable[[Any], Any],
    cross: Callable[[Any, Any], Any],
    size: int,
    generations: int,
    rng: Generator,
    elite: int = 1,
) -> tuple[Any, float, list[float]]:
    """The best object, its loss, and the best loss of every generation, the first included.

    A generation has ``size`` objects: the ``elite`` best of the one before and children. A child is the mutated
    cross of two parents; a parent is the better of two objects that are drawn uniformly, with replacement. Each
    object is evaluated once: size + generations * (size - elite) evaluations.

    Parameters: ``loss``, a function of an object; ``rand`` makes a random one; ``mutate`` from one to a new one;
    ``cross`` from two to a new one; ``size`` of at least 2; ``generations`` from 0 up; ``rng``, a numpy generator;
    ``elite`` from 1 to size - 1.
    Returns: the object, its loss, and the losses (generations + 1,).
    Raises: ValueError naming ``size``, ``generations`` or ``elite``.
    Complexity: O(size log size) a generation, and size + generations * (size - elite) evaluations of the loss; memory
    O(size + generations) with ``size`` objects at a time.
    Source: lecture 1, section 7; Eiben, Smith 2015.
    """
    size, generations = whole("size", size, 2), whole("generations", generations, 0)
    elite = whole("elite", elite, 1, size - 1)
    population = _sorted([_scored(loss, rand()) for _ in range(size)])
    history = [population[0][0]]
    for _ in range(generations):
        children = []
        for _ in range(size - elite):
            child = mutate(cross(_parent(population, rng), _parent(population, rng)))
            children.append(_scored(loss, child))
        population = _sorted(population[:elite] + children)
        history.append(population[0][0])
    return population[0][1], population[0][0], history


def _scored(loss: Callable[[Any], float], x: Any) -> Scored:
    return float(loss(x)), x


def _sorted(population: list[Scored]) -> list[Scored]:
    return sorted(population, key=lambda scored: scored[0])  # objects need not be comparable


def _parent(population: list[Scored], rng: Generator) -> Any:
    """A tournament of two; the population is sorted, so the better one stands first."""
    return population[int(rng.integers(len(population), size=2).min())][1]
