"""Hybrids and ensembles of selectors. To check: `grader check selection/combinations solution.py`."""

from collections.abc import Callable

import numpy as np


def hybrid(scores: np.ndarray, keep: int, score: Callable[[tuple[int, ...]], float], k: int) -> list[int]:
    """The `keep` features with the largest scores; of these the k that forward selection chooses, in its order."""
    raise NotImplementedError("start here: which features does the filter keep?")


def vote_sets(sets: list[list[int]], d: int, votes: int) -> np.ndarray:
    """The features that are in at least `votes` of the sets, ascending."""
    raise NotImplementedError("count the sets that hold each feature")


def vote_models(models: list[Callable[[np.ndarray], np.ndarray]], sets: list[list[int]], X: np.ndarray) -> np.ndarray:
    """For each object the class that is predicted most often, (n,)."""
    raise NotImplementedError("first what each model predicts from its own columns, then the votes")


def merge_rankings(R: np.ndarray) -> np.ndarray:
    """The features in the order of their mean places, (d,)."""
    raise NotImplementedError("mean places first, then an order with ties")


def merge_scores(S: np.ndarray, how: str = "mean") -> np.ndarray:
    """The mean or the median over the rows, each scaled from 0 to 1, (d,)."""
    raise NotImplementedError("scale each row by itself")
