"""Derivatives of matrix functions, and blocks. Check it with `grader check autodiff/matrix-derivatives solution.py`."""

import numpy as np


def mse(predicted: np.ndarray, target: np.ndarray) -> float:
    """The mean of the squared differences over all n k entries of two matrices (n, k)."""
    raise NotImplementedError("start here: compare the shapes before you subtract")


def mse_gradient(predicted: np.ndarray, target: np.ndarray) -> np.ndarray:
    """The derivative of mse by each predicted number, (n, k)."""
    raise NotImplementedError("the derivative of a square, divided by the number of entries")


def contraction(pattern: str, a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """c[z] += a[x] * b[y] in loops over all letters of a pattern such as "ij,jk->ik"."""
    raise NotImplementedError("find out how far each letter runs, then loop over all of them")


def contraction_vjp(pattern: str, a: np.ndarray, b: np.ndarray, dC: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """(da, db): the derivatives by both operands, given that by the result."""
    raise NotImplementedError("the same loops with other statements inside")


def sum_vjp(operands: list[np.ndarray], dY: np.ndarray) -> list[np.ndarray]:
    """Y = X_1 + ... + X_n with broadcasting; the derivatives by each operand, of its shape."""
    raise NotImplementedError("along which axes was each operand repeated?")


def matmul_vjp(X1: np.ndarray, X2: np.ndarray, dY: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Y = X1 X2."""
    raise NotImplementedError("the shapes leave only one possibility")


def hadamard_vjp(factors: list[np.ndarray], dY: np.ndarray) -> list[np.ndarray]:
    """Y = X_1 * ... * X_n entry by entry."""
    raise NotImplementedError("multiply the others; a factor may be zero")


def map_vjp(derivative, X: np.ndarray, dY: np.ndarray) -> np.ndarray:
    """Y = f(X) entry by entry; derivative is f'."""
    raise NotImplementedError("the chain rule for each entry")


def inverse_vjp(X: np.ndarray, dY: np.ndarray) -> np.ndarray:
    """Y = X^-1."""
    raise NotImplementedError("mind the minus and the transpositions")


def transpose_vjp(dY: np.ndarray, axes: tuple[int, ...] | None = None) -> np.ndarray:
    """Y = X.transpose(axes)."""
    raise NotImplementedError("which transposition undoes this one?")


def permute_vjp(permutation: np.ndarray, dY: np.ndarray) -> np.ndarray:
    """Y[i] = X[permutation[i]]."""
    raise NotImplementedError("where did the entry Y[i] come from?")


def sort_vjp(X: np.ndarray, dY: np.ndarray) -> np.ndarray:
    """Y is X sorted along its last axis; stable."""
    raise NotImplementedError("a permutation that X itself has chosen")


class Linear:
    """Y = X weight + bias."""

    def __init__(self, weight: np.ndarray, bias: np.ndarray) -> None:
        raise NotImplementedError("keep both")

    def forward(self, X: np.ndarray) -> np.ndarray:
        """Y (n, k) of X (n, m); remember what backward needs."""
        raise NotImplementedError("compute Y")

    def backward(self, dY: np.ndarray) -> np.ndarray:
        """The derivative by X; sets weight_gradient and bias_gradient."""
        raise NotImplementedError("three derivatives: by X, by weight, by bias")


class Map:
    """Y = function(X) entry by entry."""

    def __init__(self, function, derivative) -> None:
        raise NotImplementedError("keep both")


class Sequential:
    """Blocks one after the other: a block itself."""

    def __init__(self, blocks: list) -> None:
        raise NotImplementedError("keep the blocks")


class Parallel:
    """The sum of what the blocks make of the same X: a block itself."""

    def __init__(self, blocks: list) -> None:
        raise NotImplementedError("keep the blocks")
