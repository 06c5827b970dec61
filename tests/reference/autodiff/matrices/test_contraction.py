"""The general product against torch.einsum, and against the lecture's loops written out."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
import torch

from reference.autodiff.matrices.contraction import contraction, contraction_vjp

LENGTHS = {"i": 2, "j": 3, "k": 4, "l": 1, "m": 2}
PATTERNS = [
    "ij,jk->ik",
    "ij,jk->ki",
    "ij,ij->",
    "ij,ij->ij",
    "ij,kj->ik",
    "i,j->ij",
    "i,j->ji",
    "i,i->",
    "i,j->",
    "ij,j->i",
    "mij,mjk->mik",
    "ijk,kj->i",
    "ii,i->i",
    "ii,ij->j",
    "iij,jj->i",
    "iii,i->",
    "ij,k->k",
    "ij,k->",
    "ij,k->jk",
    "jl,lk->jk",
    ",ij->ji",
    "i,->i",
    ",->",
    "ijkl,lmji->mk",
]


def operands(pattern, seed=0):
    rng = np.random.default_rng(seed)
    left, _, right = pattern.partition("->")[0].partition(",")
    return [rng.normal(size=[LENGTHS[letter] for letter in own]) for own in (left, right)]


@pytest.mark.parametrize("pattern", PATTERNS)
def test_against_torch(pattern):
    a, b = operands(pattern)
    left, right = (torch.tensor(array, requires_grad=True) for array in (a, b))
    result = torch.einsum(pattern, left, right)
    np.testing.assert_allclose(contraction(pattern, a, b), result.detach().numpy(), rtol=1e-12, atol=1e-14)
    dC = np.random.default_rng(1).normal(size=tuple(result.shape))
    result.backward(torch.tensor(dC))
    for found, expected in zip(contraction_vjp(pattern, a, b, dC), (left, right), strict=True):
        assert found.shape == tuple(expected.shape)
        np.testing.assert_allclose(found, expected.grad.numpy(), rtol=1e-12, atol=1e-14)


def loops(pattern, a, b, dC):
    """The lecture's loops, one step at a time: da and db."""
    inside, of_c = pattern.split("->")
    of_a, of_b = inside.split(",")
    runs = {**dict(zip(of_a, a.shape, strict=True)), **dict(zip(of_b, b.shape, strict=True))}
    da, db = np.zeros_like(a), np.zeros_like(b)
    for step in itertools.product(*map(range, runs.values())):
        at = dict(zip(runs, step, strict=True))
        x, y, z = (tuple(at[letter] for letter in own) for own in (of_a, of_b, of_c))
        da[x] += dC[z] * b[y]
        db[y] += dC[z] * a[x]
    return da, db


@pytest.mark.parametrize("pattern", PATTERNS)
def test_the_derivative_against_loops(pattern):
    a, b = operands(pattern, 2)
    dC = np.random.default_rng(3).normal(size=contraction(pattern, a, b).shape)
    for found, expected in zip(contraction_vjp(pattern, a, b, dC), loops(pattern, a, b, dC), strict=True):
        np.testing.assert_allclose(found, expected, rtol=1e-12, atol=1e-14)


def test_entries_off_the_diagonal_get_zero():
    da, db = contraction_vjp("ii,i->i", [[1.0, 2.0], [3.0, 4.0]], [5.0, 6.0], [1.0, 10.0])
    assert da.tolist() == [[5.0, 0.0], [0.0, 60.0]]
    assert db.tolist() == [1.0, 40.0]


def test_arguments_stay_and_integers_are_taken():
    a, b = np.array([[1, 2], [3, 4]]), np.array([1, 0])
    da, db = contraction_vjp("ij,j->i", a, b, np.array([0.5, 0.25]))
    assert da.tolist() == [[0.5, 0.0], [0.25, 0.0]]
    assert db.tolist() == [1.25, 2.0]
    assert a.tolist() == [[1, 2], [3, 4]]


@pytest.mark.parametrize(
    ("pattern", "a", "b", "named"),
    [
        ("ij,jk", (2, 3), (3, 2), "pattern"),
        ("ij->ij", (2, 3), (3, 2), "pattern"),
        ("ij,jk->iz", (2, 3), (3, 2), "pattern"),
        ("ij,jk->ii", (2, 3), (3, 2), "pattern"),
        ("iJ,Jk->ik", (2, 3), (3, 2), "pattern"),
        ("ijk,jk->i", (2, 3), (3, 2), "a must"),
        ("ii,jk->i", (2, 3), (3, 2), "a has"),
        ("ij,jkl->i", (2, 3), (3, 2), "b must"),
        ("ij,jk->ik", (2, 3), (2, 3), "b has"),
        ("ij,jk->ik", (0, 3), (3, 2), "a must"),
    ],
)
def test_bad_arguments_are_named(pattern, a, b, named):
    with pytest.raises(ValueError, match=named):
        contraction(pattern, np.zeros(a), np.zeros(b))
    with pytest.raises(ValueError, match=named):
        contraction_vjp(pattern, np.zeros(a), np.zeros(b), np.zeros((2, 2)))


@pytest.mark.parametrize("shape", [(2,), (4, 2), (1, 1), ()])
def test_a_bad_derivative_is_named(shape):
    with pytest.raises(ValueError, match="dC"):
        contraction_vjp("ij,jk->ik", np.zeros((2, 3)), np.zeros((3, 4)), np.zeros(shape))
