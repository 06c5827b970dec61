"""Wrappers: subsets of features chosen by what a model makes of them.

Check the file at home with `grader check selection/wrappers solution.py`.
"""

from collections.abc import Callable

import numpy as np

Score = Callable[[tuple[int, ...]], float]


def sfs(score: Score, d: int, k: int) -> list[int]:
    """k indices in the order in which they are added, each with the largest score of its step."""
    raise NotImplementedError("at each step ask about every feature that is left")


def sbe(score: Score, d: int, k: int) -> list[int]:
    """d - k indices in the order in which they are removed, each leaving the largest score of its step."""
    raise NotImplementedError("the mirror of sfs: without which feature is the score the largest?")


def permutation_importance(
    predict: Callable[[np.ndarray], np.ndarray],
    loss: Callable[[np.ndarray, np.ndarray], float],
    X: np.ndarray,
    y: np.ndarray,
    rng: np.random.Generator,
    repeats: int = 5,
) -> np.ndarray:
    """How much the loss grows, on average, when one column of X (n, d) is shuffled: (d,)."""
    raise NotImplementedError("the loss before; then a copy of X for each shuffle")


def hill_binary(
    score: Score, start: np.ndarray, budget: int, rng: np.random.Generator
) -> tuple[np.ndarray, float, list[float]]:
    """The last mask (d,), its score, and the current mask's score after each of the `budget` questions."""
    raise NotImplementedError("flip one bit of a copy, ask, keep what is not worse")


def genetic_binary(
    score: Score, d: int, size: int, generations: int, rng: np.random.Generator, elite: int = 1
) -> tuple[np.ndarray, float, list[float]]:
    """The best mask (d,), its score, and the best score of each generation, the first included."""
    raise NotImplementedError("keep masks together with their scores; a function for a parent, one for a child")
