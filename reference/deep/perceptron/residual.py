"""The skip connection: a block whose input is added to its output (lecture 3, section 15, L03.skip).

K. He, X. Zhang, S. Ren, J. Sun, "Deep residual learning for image recognition", CVPR (2016).
"""

from __future__ import annotations

from typing import Protocol

from numpy.typing import ArrayLike

from reference.checks.arrays import Floats, array, matrix


class Block(Protocol):
    """What a residual block may have inside. ``backward`` belongs to the last ``forward``."""

    def forward(self, X: Floats) -> Floats: ...

    def backward(self, dY: Floats) -> Floats: ...


class Residual:
    """``Y = X + inner(X)``. The derivative by X is that through ``inner`` and, past it, the derivative by Y itself.

    Parameters: ``inner``, with ``forward`` from (n, m) to (n, m) and ``backward``; each is called once a call.
    Returns: a block from X (n, m) to Y (n, m).
    Raises: ValueError naming ``inner`` whose output has another shape than its input, or ``X`` that is no matrix.
    Complexity: O(n m), and a pass of ``inner``, forward or backward.
    Source: lecture 3, section 15; He et al. 2016.
    """

    def __init__(self, inner: Block) -> None:
        self.inner = inner

    def forward(self, X: ArrayLike) -> Floats:
        """From X (n, m) to Y (n, m)."""
        values = matrix("X", X)
        added = self.inner.forward(values)
        if added.shape != values.shape:
            raise ValueError(f"inner must keep the shape {values.shape}, not make {added.shape} of it")
        return values + added

    def backward(self, dY: ArrayLike) -> Floats:
        """From the derivative by Y to that by X, both (n, m)."""
        above = array("dY", dY)
        return above + self.inner.backward(above)
