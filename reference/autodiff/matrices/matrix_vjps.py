"""Vector-Jacobian products of matrix functions (lecture 2, section 11).

Rows L02.vjp_sum, L02.vjp_matmul, L02.vjp_hadamard, L02.vjp_map, L02.vjp_inverse, L02.vjp_transpose, L02.vjp_permute and
L02.vjp_sort. Each function takes what its operation took, and dY, the derivative of some scalar by the operation's
result; it returns the scalar's derivatives by the inputs, of the inputs' shapes. No Jacobian is ever made.
M. Giles, "Collected matrix derivative results for forward and reverse mode algorithmic differentiation", Advances in
Automatic Differentiation (2008).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import ArrayLike

from reference.checks.arrays import Floats, array, label_vector, matrix, square


def sum_vjp(operands: Sequence[ArrayLike], dY: ArrayLike) -> list[Floats]:
    """``Y = X_1 + ... + X_n`` with numpy's broadcasting: dX_i is dY summed over the axes along which X_i was repeated.

    Parameters: ``operands``, arrays whose shapes broadcast together; ``dY`` of the sum's shape.
    Returns: a list of arrays of the operands' shapes.
    Raises: ValueError naming ``operands`` (none, or shapes that do not go together) or ``dY``.
    Complexity: O(n s) for n operands and ``dY`` of s entries.
    Source: lecture 2, section 11; Giles 2008.
    """
    shapes = [operand.shape for operand in listed("operands", operands)]
    try:
        shape = np.broadcast_shapes(*shapes)
    except ValueError:
        raise ValueError(f"operands of the shapes {shapes} cannot be added") from None
    above = array("dY", dY, shape)
    return [unbroadcast(above, own) for own in shapes]


def unbroadcast(gradient: Floats, shape: tuple[int, ...]) -> Floats:
    """``gradient`` summed over the axes along which an array of ``shape`` was repeated."""
    new = gradient.ndim - len(shape)
    gradient = gradient.sum(axis=tuple(range(new)))
    repeated = tuple(axis for axis, length in enumerate(shape) if length == 1)
    return gradient.sum(axis=repeated, keepdims=True).reshape(shape)


def matmul_vjp(X1: ArrayLike, X2: ArrayLike, dY: ArrayLike) -> tuple[Floats, Floats]:
    """``Y = X1 X2``: ``dX1 = dY X2^T``, ``dX2 = X1^T dY``.

    Parameters: ``X1`` (n, k), ``X2`` (k, m), ``dY`` (n, m).
    Returns: arrays (n, k) and (k, m).
    Raises: ValueError naming ``X1``, ``X2`` or ``dY`` of a wrong shape.
    Complexity: O(n k m).
    Source: lecture 2, section 11; Giles 2008.
    """
    left, right = matrix("X1", X1), matrix("X2", X2)
    if left.shape[1] != right.shape[0]:
        raise ValueError(f"X2 must have {left.shape[1]} rows, not {right.shape[0]}")
    above = array("dY", dY, (left.shape[0], right.shape[1]))
    return above @ right.T, left.T @ above


def hadamard_vjp(factors: Sequence[ArrayLike], dY: ArrayLike) -> list[Floats]:
    """``Y = X_1 * ... * X_n`` entry by entry: dX_i is dY times all other factors, never Y / X_i.

    The products of the factors before and behind each one are computed in two passes.

    Parameters: ``factors``, arrays of one shape; ``dY`` of that shape.
    Returns: a list of arrays of that shape.
    Raises: ValueError naming ``factors`` or ``dY``.
    Complexity: O(n s), and memory O(n s), for n factors of s entries.
    Source: lecture 2, section 11; lecture only.
    """
    arrays = listed("factors", factors)
    if any(array.shape != arrays[0].shape for array in arrays):
        raise ValueError(f"factors must be of one shape, not {[array.shape for array in arrays]}")
    above = array("dY", dY, arrays[0].shape)
    before = running_products(arrays)
    behind = running_products(arrays[::-1])[::-1]
    return [above * one * other for one, other in zip(before, behind, strict=True)]


def running_products(arrays: list[Floats]) -> list[Floats]:
    """For each array the product of those before it."""
    products = [np.ones_like(arrays[0])]
    for factor in arrays[:-1]:
        products.append(products[-1] * factor)
    return products


def map_vjp(derivative: Callable[[Floats], Floats], X: ArrayLike, dY: ArrayLike) -> Floats:
    """``Y = f(X)`` entry by entry: ``dX = f'(X) * dY``.

    Parameters: ``derivative``, f', from an array to one of its shape; ``X`` and ``dY`` of one shape.
    Returns: an array of that shape.
    Raises: ValueError naming ``X``, ``dY``, or ``derivative`` for what it returns.
    Complexity: O(s) for s entries, and one call of ``derivative``.
    Source: lecture 2, section 11; lecture only.
    """
    values = array("X", X)
    above = array("dY", dY, values.shape)
    return array("derivative", derivative(values), values.shape) * above


def inverse_vjp(X: ArrayLike, dY: ArrayLike) -> Floats:
    """``Y = X^-1``: ``dX = -Y^T dY Y^T``.

    Parameters: ``X`` and ``dY`` (n, n).
    Returns: (n, n).
    Raises: ValueError naming ``X`` (not square, singular) or ``dY``.
    Complexity: O(n^3); memory O(n^2).
    Source: lecture 2, section 11; Giles 2008.
    """
    values = square("X", X)
    above = array("dY", dY, values.shape)
    try:
        inverse = np.linalg.inv(values)
    except np.linalg.LinAlgError:
        raise ValueError("X has no inverse") from None
    return -inverse.T @ above @ inverse.T


def transpose_vjp(dY: ArrayLike, axes: Sequence[int] | None = None) -> Floats:
    """``Y = X.transpose(axes)``: axis i of Y is axis ``axes[i]`` of X; without ``axes`` their order is reversed.

    Parameters: ``dY`` of any shape; ``axes``, a permutation of its axes, or None.
    Returns: an array of X's shape.
    Raises: ValueError naming ``dY`` or ``axes``.
    Complexity: O(s) for s entries.
    Source: lecture 2, section 11; lecture only.
    """
    above = array("dY", dY)
    order = list(range(above.ndim))[::-1] if axes is None else list(axes)
    if sorted(order) != list(range(above.ndim)):
        raise ValueError(f"axes must be a permutation of 0..{above.ndim - 1}, not {order}")
    return above.transpose(np.argsort(order))


def permute_vjp(permutation: Sequence[int], dY: ArrayLike) -> Floats:
    """``Y[i] = X[permutation[i]]``: the inverse permutation puts each derivative in its place.

    Parameters: ``permutation`` of 0, ..., n - 1; ``dY`` (n,).
    Returns: (n,).
    Raises: ValueError naming ``permutation`` or ``dY``.
    Complexity: O(n log n), as the check sorts; O(n) is possible.
    Source: lecture 2, section 11; lecture only.

    >>> permute_vjp([2, 0, 1], [10.0, 20.0, 30.0]).tolist()
    [20.0, 30.0, 10.0]
    """
    order = label_vector("permutation", permutation)
    if sorted(order.tolist()) != list(range(order.size)):
        raise ValueError(f"permutation must hold each of 0..{order.size - 1} once")
    gradient = np.empty(order.size)
    gradient[order] = array("dY", dY, (order.size,))
    return gradient


def sort_vjp(X: ArrayLike, dY: ArrayLike) -> Floats:
    """``Y`` is X sorted along its last axis, upwards; equal entries keep their order (a stable sort).

    The permutation that sorting chose is taken as if it were given: its own derivative is zero or does not exist.

    Parameters: ``X`` and ``dY`` of one shape, with an axis at least.
    Returns: an array of that shape.
    Raises: ValueError naming ``X`` or ``dY``.
    Complexity: O(s log l) for s entries in rows of l along the last axis; memory O(s).
    Source: lecture 2, section 11; lecture only.
    """
    values = array("X", X)
    if values.ndim == 0:
        raise ValueError("X must have an axis")
    gradient = np.empty_like(values)
    order = np.argsort(values, axis=-1, kind="stable")
    np.put_along_axis(gradient, order, array("dY", dY, values.shape), axis=-1)
    return gradient


def listed(name: str, arrays: Sequence[ArrayLike]) -> list[Floats]:
    """Several arrays, at least one."""
    found = [array(name, values) for values in arrays]
    if not found:
        raise ValueError(f"{name} must hold at least one array")
    return found
