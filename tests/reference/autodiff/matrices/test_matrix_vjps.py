"""Each vector-Jacobian product against torch, and its edge cases by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest
import torch

from reference.autodiff.matrices.matrix_vjps import (
    hadamard_vjp,
    inverse_vjp,
    map_vjp,
    matmul_vjp,
    permute_vjp,
    sort_vjp,
    sum_vjp,
    transpose_vjp,
)


def by_torch(operation, inputs, dY):
    """The derivatives of ``sum(operation(*inputs) * dY)``."""
    tensors = [torch.tensor(array, requires_grad=True) for array in inputs]
    operation(*tensors).backward(torch.tensor(dY))
    return [tensor.grad.numpy() for tensor in tensors]


def same(found, expected):
    assert len(found) == len(expected)
    for one, other in zip(found, expected, strict=True):
        assert one.shape == other.shape
        np.testing.assert_allclose(one, other, rtol=1e-10, atol=1e-12)


@pytest.fixture
def rng():
    return np.random.default_rng(7)


@pytest.mark.parametrize(
    "shapes",
    [
        [(3, 4)],
        [(3, 4), (3, 4)],
        [(3, 4), (4,)],
        [(3, 1), (1, 4), (3, 4)],
        [(3, 1), (4,)],
        [(), (2, 3)],
        [(1,), (1, 1)],
        [(2, 1, 3), (5, 1), (1, 1, 1), ()],
    ],
)
def test_sum(shapes, rng):
    inputs = [rng.normal(size=shape) for shape in shapes]
    dY = rng.normal(size=np.broadcast_shapes(*shapes))
    same(sum_vjp(inputs, dY), by_torch(lambda *xs: sum(xs[1:], xs[0]) * 1.0, inputs, dY))


@pytest.mark.parametrize(("n", "k", "m"), [(2, 3, 4), (1, 1, 1), (5, 1, 2), (1, 6, 1)])
def test_matmul(n, k, m, rng):
    inputs, dY = [rng.normal(size=(n, k)), rng.normal(size=(k, m))], rng.normal(size=(n, m))
    same(matmul_vjp(*inputs, dY), by_torch(torch.matmul, inputs, dY))


@pytest.mark.parametrize("count", [1, 2, 3, 6])
@pytest.mark.parametrize("zeros", [0.0, 0.4])
def test_hadamard(count, zeros, rng):
    factors = [rng.normal(size=(4, 3)) * (rng.random((4, 3)) >= zeros) for _ in range(count)]
    dY = rng.normal(size=(4, 3))
    same(hadamard_vjp(factors, dY), by_torch(lambda *xs: math.prod(xs[1:], start=xs[0]) * 1.0, factors, dY))


def test_hadamard_with_zero_factors_by_hand():
    found = hadamard_vjp([[2.0, 0.0, 0.0], [0.0, 0.0, 3.0], [5.0, 7.0, 4.0]], [1.0, 1.0, 2.0])
    assert [gradient.tolist() for gradient in found] == [[0.0, 0.0, 24.0], [10.0, 0.0, 0.0], [0.0, 0.0, 0.0]]


@pytest.mark.parametrize(
    ("function", "derivative"),
    [(torch.sin, np.cos), (torch.exp, np.exp), (lambda x: x**3, lambda x: 3 * x**2)],
)
@pytest.mark.parametrize("shape", [(3, 4), (5,), (), (2, 1, 3)])
def test_map(function, derivative, shape, rng):
    X, dY = rng.normal(size=shape), rng.normal(size=shape)
    same([map_vjp(derivative, X, dY)], by_torch(function, [X], dY))


@pytest.mark.parametrize("n", [1, 2, 5])
def test_inverse(n, rng):
    X, dY = rng.normal(size=(n, n)) + 3 * np.eye(n), rng.normal(size=(n, n))
    same([inverse_vjp(X, dY)], by_torch(torch.linalg.inv, [X], dY))


def test_inverse_of_an_ill_conditioned_matrix(rng):
    X, dY = np.array([[1.0, 1.0], [1.0, 1.0 + 1e-5]]), rng.normal(size=(2, 2))
    (expected,) = by_torch(torch.linalg.inv, [X], dY)
    np.testing.assert_allclose(inverse_vjp(X, dY), expected, rtol=1e-8, atol=1e-8 * np.abs(expected).max())


@pytest.mark.parametrize(
    ("shape", "axes"),
    [
        ((3, 4), None),
        ((3, 4), (0, 1)),
        ((5,), (0,)),
        ((2, 3, 4), (1, 2, 0)),
        ((2, 3, 4), None),
        ((2, 3, 4, 5), (3, 0, 2, 1)),
    ],
)
def test_transpose(shape, axes, rng):
    X = rng.normal(size=shape)
    order = tuple(axes) if axes is not None else tuple(range(len(shape)))[::-1]
    dY = rng.normal(size=X.transpose(order).shape)
    same([transpose_vjp(dY, axes)], by_torch(lambda x: x.permute(order), [X], dY))


@pytest.mark.parametrize("n", [1, 2, 9])
def test_permute(n, rng):
    permutation, dY = rng.permutation(n), rng.normal(size=n)
    same([permute_vjp(permutation, dY)], by_torch(lambda x: x[torch.tensor(permutation)], [rng.normal(size=n)], dY))


@pytest.mark.parametrize("shape", [(1,), (8,), (3, 5), (2, 3, 4)])
def test_sort(shape, rng):
    X, dY = rng.normal(size=shape), rng.normal(size=shape)
    same([sort_vjp(X, dY)], by_torch(lambda x: torch.sort(x, dim=-1, stable=True).values, [X], dY))


def test_sort_with_ties_is_stable(rng):
    X, dY = rng.integers(3, size=(4, 50)).astype(float), rng.normal(size=(4, 50))
    same([sort_vjp(X, dY)], by_torch(lambda x: torch.sort(x, dim=-1, stable=True).values, [X], dY))
    assert sort_vjp([2, 1, 2, 1], [0.5, 1.5, 2.5, 3.5]).tolist() == [2.5, 0.5, 3.5, 1.5]


Z = np.zeros


@pytest.mark.parametrize(
    ("call", "named"),
    [
        (lambda: sum_vjp([], Z(1)), "operands"),
        (lambda: sum_vjp([Z(2), Z(3)], Z(3)), "operands"),
        (lambda: sum_vjp([Z((2, 1)), Z(3)], Z(3)), "dY"),
        (lambda: matmul_vjp(Z(2), Z((2, 1)), Z(1)), "X1"),
        (lambda: matmul_vjp(Z((2, 3)), Z((2, 3)), Z((2, 3))), "X2"),
        (lambda: matmul_vjp(Z((2, 3)), Z((3, 2)), Z((3, 3))), "dY"),
        (lambda: hadamard_vjp([], Z(1)), "factors"),
        (lambda: hadamard_vjp([Z((2, 1)), Z((2, 2))], Z((2, 2))), "factors"),
        (lambda: hadamard_vjp([Z((2, 1))], Z((2, 2))), "dY"),
        (lambda: map_vjp(np.cos, Z(3), Z((3, 1))), "dY"),
        (lambda: map_vjp(np.cos, np.full(3, np.nan), Z(3)), "X"),
        (lambda: map_vjp(lambda x: Z(2), Z(3), Z(3)), "derivative"),
        (lambda: inverse_vjp(Z((2, 3)), Z((2, 3))), "X"),
        (lambda: inverse_vjp([[1.0, 2.0], [2.0, 4.0]], Z((2, 2))), "X"),
        (lambda: inverse_vjp(np.eye(2), Z((2, 1))), "dY"),
        (lambda: transpose_vjp(Z((2, 3)), (0, 0)), "axes"),
        (lambda: transpose_vjp(Z((2, 3)), (0,)), "axes"),
        (lambda: transpose_vjp(Z((2, 0))), "dY"),
        (lambda: permute_vjp([0, 2], Z(2)), "permutation"),
        (lambda: permute_vjp([0, 0], Z(2)), "permutation"),
        (lambda: permute_vjp([[0, 1]], Z(2)), "permutation"),
        (lambda: permute_vjp([1, 0], Z(3)), "dY"),
        (lambda: sort_vjp(1.0, 1.0), "X"),
        (lambda: sort_vjp(Z((2, 3)), Z(3)), "dY"),
    ],
)
def test_bad_arguments_are_named(call, named):
    with pytest.raises(ValueError, match=named):
        call()
