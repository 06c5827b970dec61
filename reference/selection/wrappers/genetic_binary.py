"""A genetic algorithm over subsets of features (lecture 10, section 44, L10.genetic_binary).

W. Siedlecki, J. Sklansky, "A note on genetic algorithms for large-scale feature selection", Pattern Recognition
Letters 10 (1989).
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.random import Generator

from reference.checks.numbers import whole
from reference.selection.wrappers.hill_binary import Mask, indices_of

Scored = tuple[float, Mask]


def genetic_binary(
    score: Callable[[tuple[int, ...]], float], d: int, size: int, generations: int, rng: Generator, elite: int = 1
) -> tuple[Mask, float, list[float]]:
    """The best subset, its score, and the best score of every generation, the first included.

    The first generation are ``size`` masks, all but the empty one equally likely. The next one are the ``elite`` best,
    unchanged, and children. A parent is the better of two masks drawn uniformly, with replacement; each bit of a child
    is one of two parents', by a fair coin, and then flips with the probability 1 / d. A child without features gets one
    at random. Each mask is scored once: size + generations * (size - elite) times.

    Parameters: ``score`` of a tuple of ascending indices, larger is better; ``d``, the number of features; ``size`` of
    at least 2; ``generations`` from 0 up; ``rng``, a numpy generator; ``elite`` from 1 to size - 1.
    Returns: a mask (d,), its score, and generations + 1 scores.
    Raises: ValueError naming ``d``, ``size``, ``generations`` or ``elite``.
    Complexity: O(size (d + log size)) a generation, and size + generations * (size - elite) calls of ``score``; memory
    O(size d + generations).
    Source: lecture 10, section 44; Siedlecki, Sklansky 1989.
    """
    d, size, generations = whole("d", d), whole("size", size, 2), whole("generations", generations, 0)
    elite = whole("elite", elite, 1, size - 1)
    population = _sorted([_scored(score, _random(d, rng)) for _ in range(size)])
    history = [population[0][0]]
    for _ in range(generations):
        children = [_child(_parent(population, rng), _parent(population, rng), rng) for _ in range(size - elite)]
        population = _sorted(population[:elite] + [_scored(score, child) for child in children])
        history.append(population[0][0])
    return population[0][1], population[0][0], history


def _random(d: int, rng: Generator) -> Mask:
    """Any mask but the empty one: such a draw is repeated."""
    while True:
        mask = rng.random(d) < 0.5
        if mask.any():
            return mask


def _scored(score: Callable[[tuple[int, ...]], float], mask: Mask) -> Scored:
    return float(score(indices_of(mask))), mask


def _sorted(population: list[Scored]) -> list[Scored]:
    """The best first; of equally good ones that which stood first."""
    return sorted(population, key=lambda scored: -scored[0])


def _parent(population: list[Scored], rng: Generator) -> Mask:
    """A tournament of two; the population is sorted, so the better one stands first."""
    return population[int(rng.integers(len(population), size=2).min())][1]


def _child(first: Mask, second: Mask, rng: Generator) -> Mask:
    """A bit of either parent at each place; then flips."""
    child = np.where(rng.random(len(first)) < 0.5, first, second)
    child ^= rng.random(len(child)) < 1 / len(child)
    if not child.any():
        child[rng.integers(len(child))] = True
    return child
