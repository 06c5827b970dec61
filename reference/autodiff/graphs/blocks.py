"""Differentiable blocks that are composed into new blocks (lecture 2, section 10, L02.blocks).

A block computes Y from X in ``forward`` and remembers what it needs; ``backward`` turns the derivative of some scalar
by Y into that by X. A block knows nothing of the function that it is a part of, so a composition of blocks is a block.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import ArrayLike

from reference.checks.arrays import Floats, array, matrix

Function = Callable[[Floats], Floats]


class Block(Protocol):
    """What blocks can do. ``backward`` speaks of the last ``forward``, and may be called again."""

    def forward(self, X: Floats) -> Floats: ...

    def backward(self, dY: Floats) -> Floats: ...


class Linear:
    """``Y = X weight + bias`` for objects by rows: X (n, m), weight (m, k), bias (k,), Y (n, k).

    ``backward`` also sets ``weight_gradient`` and ``bias_gradient``, those of the last call alone.
    Raises: ValueError naming ``weight``, ``bias``, ``X`` or ``dY`` of a wrong shape.
    """

    def __init__(self, weight: ArrayLike, bias: ArrayLike) -> None:
        self.weight = matrix("weight", weight)
        self.bias = array("bias", bias, (self.weight.shape[1],))
        self.weight_gradient = np.zeros_like(self.weight)
        self.bias_gradient = np.zeros_like(self.bias)
        self._X: Floats | None = None

    def forward(self, X: ArrayLike) -> Floats:
        values = matrix("X", X, len(self.weight))
        self._X = values
        return values @ self.weight + self.bias  # (n, k)

    def backward(self, dY: ArrayLike) -> Floats:
        X = remembered(self._X)
        above = array("dY", dY, (len(X), len(self.bias)))
        self.weight_gradient = X.T @ above
        self.bias_gradient = above.sum(axis=0)
        return above @ self.weight.T  # (n, m)


class Map:
    """``Y = function(X)`` entry by entry; ``derivative`` is the function's. Arrays of any shape."""

    def __init__(self, function: Function, derivative: Function) -> None:
        self.function = function
        self.derivative = derivative
        self._X: Floats | None = None

    def forward(self, X: ArrayLike) -> Floats:
        self._X = array("X", X)
        return self.function(self._X)

    def backward(self, dY: ArrayLike) -> Floats:
        X = remembered(self._X)
        return self.derivative(X) * array("dY", dY, X.shape)


class Sequential:
    """Blocks one after the other: each takes what the one before it gave. ValueError when there are none."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self.blocks = at_least_one(blocks)

    def forward(self, X: Floats) -> Floats:
        for block in self.blocks:
            X = block.forward(X)
        return X

    def backward(self, dY: Floats) -> Floats:
        for block in reversed(self.blocks):
            dY = block.backward(dY)
        return dY


class Parallel:
    """The sum of what blocks make of the same X. X is used several times, so its derivatives add up."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self.blocks = at_least_one(blocks)

    def forward(self, X: Floats) -> Floats:
        first, *others = [block.forward(X) for block in self.blocks]
        return sum(others, first)

    def backward(self, dY: Floats) -> Floats:
        first, *others = [block.backward(dY) for block in self.blocks]
        return sum(others, first)


def at_least_one(blocks: Sequence[Block]) -> list[Block]:
    if not blocks:
        raise ValueError("blocks must hold at least one block")
    return list(blocks)


def remembered(X: Floats | None) -> Floats:
    """What the last forward has left. Raises RuntimeError before the first."""
    if X is None:
        raise RuntimeError("call forward first")
    return X
