"""Natural gradient descent (lecture 2, section 13, L02.natural).

S. Amari, "Natural gradient works efficiently in learning", Neural Computation 10 (1998). As in the lecture, the Fisher
matrix is estimated by the covariance of the loss's gradients over the training objects: the mean is subtracted, and
the sum divided by n. (Elsewhere the second moment stands in its place; at an optimum the two agree.)
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import ArrayLike

from reference.checks.arrays import Floats, array, label_vector, matrix, vector
from reference.checks.numbers import not_negative, positive, whole

Blocks = Sequence[Sequence[int]]


def fisher_matrix(G: ArrayLike, blocks: Blocks | None = None) -> Floats:
    """``F = 1/n sum_i (g_i - mean) (g_i - mean)^T``, zero between parameters of different blocks.

    Parameters: ``G`` (n, p), a gradient a row; ``blocks``, lists of indices in which each of 0..p-1 stands once, or
    None for one block.
    Returns: (p, p).
    Raises: ValueError naming ``G`` or ``blocks``.
    Complexity: O(n p^2); with blocks of b parameters O(n p b + p^2). Memory O(n p + p^2).
    Source: lecture 2, section 13; Amari 1998.
    """
    gradients = matrix("G", G)
    fisher = np.zeros((gradients.shape[1], gradients.shape[1]))
    for block in partition(blocks, gradients.shape[1]):
        fisher[np.ix_(block, block)] = covariance(gradients[:, block])
    return fisher


def natural_step(G: ArrayLike, g: ArrayLike, mu: float, damping: float, blocks: Blocks | None = None) -> Floats:
    """The change of w: ``-mu (F + damping I)^-1 g``, solved block by block; without blocks F is full.

    Parameters: ``G`` (n, p), gradients of the objects; ``g`` (p,), the gradient to be changed; ``mu`` above 0;
    ``damping`` from 0 up; ``blocks`` as in `fisher_matrix`: no (p, p) matrix is made for them.
    Returns: (p,).
    Raises: ValueError naming ``G``, ``g``, ``mu``, ``blocks``, or ``damping`` (negative, or 0 where F is singular).
    Complexity: O(n p^2 + p^3), and memory O(n p + p^2); with blocks of b parameters O(n p b + p b^2), and memory
    O(n p + b^2).
    Source: lecture 2, section 13; Amari 1998.
    """
    gradients = matrix("G", G)
    slope = array("g", g, gradients.shape[1:])
    mu, damping = positive("mu", mu), not_negative("damping", damping)
    step = np.empty_like(slope)
    for block in partition(blocks, slope.size):
        damped = covariance(gradients[:, block]) + damping * np.eye(len(block))
        try:
            step[block] = -mu * np.linalg.solve(damped, slope[block])
        except np.linalg.LinAlgError:
            raise ValueError("damping must be positive, since the Fisher matrix is singular") from None
    return step


def natural_descent(
    per_object: Callable[[Floats], ArrayLike],
    start: ArrayLike,
    mu: float,
    damping: float,
    steps: int,
    blocks: Blocks | None = None,
) -> Floats:
    """The parameters after ``steps`` natural steps against the mean gradient.

    Parameters: ``per_object`` from (p,) to the objects' gradients (n, p), called once a step; ``start`` (p,); ``mu``,
    ``damping`` and ``blocks`` as in `natural_step`; ``steps`` of at least 1.
    Returns: w (p,).
    Raises: ValueError naming ``start``, ``steps``, or what `natural_step` names.
    Complexity: O(steps) times that of `natural_step`, and one call of ``per_object`` a step.
    Source: lecture 2, section 13; Amari 1998.
    """
    w = vector("start", start)
    for _ in range(whole("steps", steps)):
        gradients = matrix("per_object", per_object(w.copy()))
        w = w + natural_step(gradients, gradients.mean(axis=0), mu, damping, blocks)
    return w


def covariance(gradients: Floats) -> Floats:
    """Of the columns, divided by n."""
    centred = gradients - gradients.mean(axis=0)
    return centred.T @ centred / len(centred)


def partition(blocks: Blocks | None, size: int) -> list[np.ndarray]:
    """Arrays of indices; one of all when there are no blocks. ValueError names ``blocks`` that are no partition."""
    if blocks is None:
        return [np.arange(size)]
    arrays = [label_vector("blocks", block) for block in blocks]
    if not arrays or not np.array_equal(np.sort(np.concatenate(arrays)), np.arange(size)):
        raise ValueError(f"blocks must hold each of 0..{size - 1} once")
    return arrays
