"""Weights and biases of layers as arguments: lists of matrices and vectors whose shapes fit (lecture 3, section 15)."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from numpy.typing import ArrayLike

from reference.checks.arrays import Floats, matrix, vector

Layers = tuple[list[Floats], list[Floats]]


def layers(weights: Sequence[ArrayLike], biases: Sequence[ArrayLike]) -> Layers:
    """Copies of both lists: each matrix (in, out) has as many rows as the one before it has columns.

    ValueError names ``weights`` or ``biases``.
    """
    if not isinstance(weights, list | tuple) or not weights:
        raise ValueError("weights must be a list of at least one matrix")
    if not isinstance(biases, list | tuple) or len(biases) != len(weights):
        raise ValueError("biases must be a list with a vector for each of the weights")
    checked = [matrix("weights", weight) for weight in weights]
    for below, above in pairwise(checked):
        if below.shape[1] != above.shape[0]:
            raise ValueError(f"weights must fit: {below.shape} is followed by {above.shape}")
    return checked, [vector("biases", bias, weight.shape[1]) for weight, bias in zip(checked, biases, strict=True)]
