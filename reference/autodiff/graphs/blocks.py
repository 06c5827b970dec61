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
    """What blocks can do. ``backward`` belongs to the last ``forward``, and may be called again."""

    def forward(self, X: Floats) -> Floats: ...

    def backward(self, dY: Floats) -> Floats: ...


class Linear:
    """``Y = X weight + bias`` for objects by rows.

    ``backward`` also sets ``weight_gradient`` and ``bias_gradient``, those of the last call alone.

    Parameters: ``weight`` (m, k), ``bias`` (k,).
    Returns: a block from X (n, m) to Y (n, k).
    Raises: ValueError naming ``weight``, ``bias``, ``X`` or ``dY`` of a wrong shape; RuntimeError for ``backward``
    before ``forward``.
    Complexity: O(n m k) a pass, forward or backward; memory O(n m + m k).
    Source: lecture 2, section 10; lecture only.

    >>> Linear([[2.0], [1.0]], [0.5]).forward([[1.0, 3.0]]).tolist()
    [[5.5]]
    """

    def __init__(self, weight: ArrayLike, bias: ArrayLike) -> None:
        self.weight = matrix("weight", weight)
        self.bias = array("bias", bias, (self.weight.shape[1],))
        self.weight_gradient = np.zeros_like(self.weight)
        self.bias_gradient = np.zeros_like(self.bias)
        self._X: Floats | None = None

    def forward(self, X: ArrayLike) -> Floats:
        """From X (n, m) to Y (n, k)."""
        values = matrix("X", X, len(self.weight))
        self._X = values
        return values @ self.weight + self.bias  # (n, k)

    def backward(self, dY: ArrayLike) -> Floats:
        """From the derivative by Y (n, k) to that by X (n, m)."""
        X = remembered(self._X)
        above = array("dY", dY, (len(X), len(self.bias)))
        self.weight_gradient = X.T @ above
        self.bias_gradient = above.sum(axis=0)
        return above @ self.weight.T  # (n, m)


class Map:
    """``Y = function(X)`` entry by entry.

    Parameters: ``function`` and its ``derivative``, both from an array to one of the same shape.
    Returns: a block for arrays of any shape.
    Raises: ValueError naming ``X`` or ``dY``; RuntimeError for ``backward`` before ``forward``.
    Complexity: O(s) a pass for X of s entries, and one call of ``function`` or ``derivative``; memory O(s).
    Source: lecture 2, section 10; lecture only.
    """

    def __init__(self, function: Function, derivative: Function) -> None:
        self.function = function
        self.derivative = derivative
        self._X: Floats | None = None

    def forward(self, X: ArrayLike) -> Floats:
        """From X to Y, of the same shape."""
        self._X = array("X", X)
        return self.function(self._X)

    def backward(self, dY: ArrayLike) -> Floats:
        """From the derivative by Y to that by X, of the same shape."""
        X = remembered(self._X)
        return self.derivative(X) * array("dY", dY, X.shape)


class Sequential:
    """Blocks one after the other: each takes what the one before it gave.

    Parameters: ``blocks``, in the order of ``forward``.
    Returns: a block.
    Raises: ValueError naming ``blocks`` (none).
    Complexity: O(b) for b blocks, and one pass of each; memory as the blocks' together.
    Source: lecture 2, section 10; lecture only.
    """

    def __init__(self, blocks: Sequence[Block]) -> None:
        self.blocks = at_least_one(blocks)

    def forward(self, X: Floats) -> Floats:
        """The Y of the last block."""
        for block in self.blocks:
            X = block.forward(X)
        return X

    def backward(self, dY: Floats) -> Floats:
        """From the derivative by the last Y to that by the first X."""
        for block in reversed(self.blocks):
            dY = block.backward(dY)
        return dY


class Parallel:
    """The sum of what blocks make of the same X. X is used several times, so its derivatives add up.

    Parameters: ``blocks`` with equal shapes of X and of Y.
    Returns: a block.
    Raises: ValueError naming ``blocks`` (none).
    Complexity: as in `Sequential`, and the sum of b results.
    Source: lecture 2, section 10; lecture only.
    """

    def __init__(self, blocks: Sequence[Block]) -> None:
        self.blocks = at_least_one(blocks)

    def forward(self, X: Floats) -> Floats:
        """The sum of the blocks' Y."""
        first, *others = [block.forward(X) for block in self.blocks]
        return sum(others, first)

    def backward(self, dY: Floats) -> Floats:
        """The sum of the blocks' derivatives by X."""
        first, *others = [block.backward(dY) for block in self.blocks]
        return sum(others, first)


def at_least_one(blocks: Sequence[Block]) -> list[Block]:
    """The blocks as a list. ValueError names ``blocks``."""
    if not blocks:
        raise ValueError("blocks must hold at least one block")
    return list(blocks)


def remembered(X: Floats | None) -> Floats:
    """The X that the last forward has stored. Raises RuntimeError before the first."""
    if X is None:
        raise RuntimeError("call forward first")
    return X
