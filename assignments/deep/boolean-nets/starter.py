"""Threshold units. Check it with `grader check deep/boolean-nets solution.py`."""

import numpy as np


def unit(X: np.ndarray, w: np.ndarray, b: float) -> np.ndarray:
    """[X w + b > 0] for each row of X (n, m): ints 0 and 1, (n,)."""
    raise NotImplementedError("start here: one product of a matrix and a vector")


def gate(name: str) -> tuple[np.ndarray, float]:
    """The w and b of `and`, `or` and `not`."""
    raise NotImplementedError("which sums must be above 0?")


def run(layers: list[tuple[np.ndarray, np.ndarray]], X: np.ndarray) -> np.ndarray:
    """Ints 0 and 1, (n, k): each layer (W, b) is [H W + b > 0] of the layer before."""
    raise NotImplementedError("loop over the layers")


def xor() -> list[tuple[np.ndarray, np.ndarray]]:
    """Layers from two arguments to their XOR."""
    raise NotImplementedError("compose it of units that you have")


def from_dnf(terms: list[dict[int, bool]], m: int) -> list[tuple[np.ndarray, np.ndarray]]:
    """Two layers for an OR of terms, each an AND of literals {index: bool}."""
    raise NotImplementedError("first a single term: its weights, then its bias")


def from_cnf(clauses: list[dict[int, bool]], m: int) -> list[tuple[np.ndarray, np.ndarray]]:
    """Two layers for an AND of clauses, each an OR of literals {index: bool}."""
    raise NotImplementedError("at which inputs does a clause fail?")


def from_table(table: np.ndarray) -> list[tuple[np.ndarray, np.ndarray]]:
    """Two layers for the function with these 2^m values."""
    raise NotImplementedError("a term for each 1 of the table")
