"""Evolutionary search. Check it with `grader check hyperparameters/evolutionary-search solution.py`."""

import numpy as np


def rand_real(m: int, rng) -> np.ndarray:
    """A random vector of N(0, 1)^m."""
    raise NotImplementedError("start here: one call of rng")


def mutate_real(x: np.ndarray, eps: float, rng, share: float = 1.0) -> np.ndarray:
    """x with noise of standard deviation eps on a random subset of its coordinates."""
    raise NotImplementedError("a coin for each coordinate, then the noise")


def cross_real(x1: np.ndarray, x2: np.ndarray) -> np.ndarray:
    """The middle between two parents."""
    raise NotImplementedError("(x1 + x2) / 2")


def rand_mixed(space: dict, rng) -> dict:
    """A random setting of a space of numbers and categories."""
    raise NotImplementedError("draw every parameter by its kind")


def mutate_mixed(setting: dict, space: dict, rng, eps: float = 0.1, shift: int = 2) -> dict:
    """The setting with one parameter changed."""
    raise NotImplementedError("choose the parameter, then change it by its kind")


def cross_mixed(first: dict, second: dict, space: dict, rng) -> dict:
    """A child of two settings."""
    raise NotImplementedError("a coin for categories, a mean for numbers")


def to_onehot(category, categories: list) -> np.ndarray:
    """1 at the place of the category, 0 elsewhere."""
    raise NotImplementedError("a row of the identity matrix")


def from_onehot(x: np.ndarray, categories: list):
    """The category at the largest entry."""
    raise NotImplementedError("argmax")


def setting_from_vector(x: np.ndarray, space: dict) -> dict:
    """The setting of a mixed space that a vector of numbers stands for."""
    raise NotImplementedError("how many entries does each parameter take, and how are they read?")


def hill_climbing(loss, start, mutate, budget: int) -> tuple:
    """The last object that was not worse, its loss, and the history."""
    raise NotImplementedError("mutate the current object; keep what is not worse")


def acceptance(d: float, t: float) -> float:
    """The probability of a step that makes the loss greater by d at the temperature t."""
    raise NotImplementedError("mind t = 0")


def simulated_annealing(loss, start, mutate, temperatures, rng) -> tuple:
    """The best object that was met, its loss, and the history."""
    raise NotImplementedError("like hill climbing, but the current object is not always the best")


def genetic(loss, rand, mutate, cross, size: int, generations: int, rng, elite: int = 1) -> tuple:
    """The best object, its loss, and the best loss of every generation."""
    raise NotImplementedError("a population; tournaments; children; the elite")
