"""Sparse arrays and matrices: what they were comes back, and nothing in them is believed."""

from __future__ import annotations

import tracemalloc
from contextlib import suppress
from typing import Any

import numpy as np
import pytest
import scipy.sparse
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.harness.bounds import DEFAULT
from grader.harness.wire import Unencodable, WireError, decode, encode
from tests.harness.frames import packed_tree, size_of, there_and_back

FORMATS = ["coo", "csr", "csc", "lil", "dok", "bsr", "dia"]


@pytest.mark.parametrize("flavour", ["array", "matrix"])
@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("shape", [(6, 8), (0, 3), (1, 1)])
def test_sparse_arrays_and_matrices_come_back_as_what_they_were(form: str, flavour: str, shape: tuple) -> None:
    dense = np.round(np.random.default_rng(1).normal(size=shape)) * 2.5
    value = getattr(scipy.sparse, f"{form}_{flavour}")(dense)
    arrived = there_and_back(value)
    assert type(arrived) is type(value)
    assert arrived.shape == value.shape
    assert arrived.dtype == value.dtype
    assert np.array_equal(arrived.toarray(), dense)
    assert type(there_and_back(arrived)) is type(value)


def test_blocks_and_unsorted_indices_stay_as_they_are() -> None:
    blocks = scipy.sparse.bsr_array(np.arange(48.0).reshape(6, 8), blocksize=(3, 2))
    assert there_and_back(blocks).blocksize == (3, 2)
    unsorted = scipy.sparse.csr_array((np.array([1.0, 2.0, 3.0]), np.array([2, 0, 2]), np.array([0, 3, 3])), (2, 3))
    arrived = there_and_back(unsorted)
    assert arrived.indices.tolist() == [2, 0, 2]
    assert arrived.toarray().tolist() == [[2, 0, 4], [0, 0, 0]]
    half_filled = scipy.sparse.csr_array((np.array([1.0, 9.0]), np.array([0, 77]), np.array([0, 1])), (1, 2))
    assert there_and_back(half_filled).toarray().tolist() == [[1, 0]]


def test_sparse_arrays_of_other_dimensions_are_told() -> None:
    with pytest.raises(Unencodable, match="1 dimensions"):
        encode(scipy.sparse.coo_array(np.ones(3)))


@pytest.mark.parametrize(
    ("head", "arrays"),
    [
        (["coo", "array", 2, 2], [[1.0], [2], [0]]),
        (["coo", "array", 2, 2], [[1.0], [0], [-1]]),
        (["coo", "array", 2, 2], [[1.0, 2.0], [0], [0]]),
        (["coo", "array", 2**31, 2], [[1.0], [0], [0]]),
        (["coo", "tensor", 2, 2], [[1.0], [0], [0]]),
        (["xyz", "array", 2, 2], [[1.0], [0], [0]]),
        (["coo", "array", 2, 2], [[1.0], [0]]),
        (["csr", "array", 2, 2], [[1.0], [0], [0, 1, 2]]),
        (["csr", "array", 2, 2], [[1.0], [0], [0, 1]]),
        (["csr", "array", 2, 2], [[1.0], [2], [0, 1, 1]]),
        (["csr", "array", 2, 2], [[1.0], [0], [0, 5, 1]]),
        (["csr", "array", 2, 2], [[1.0], [0], [1, 1, 1]]),
        (["csc", "matrix", 3, 1], [[1.0], [3], [0, 1]]),
        (["bsr", "array", 4, 4], [[[[1.0] * 3] * 3], [0], [0, 1]]),
        (["bsr", "array", 4, 4], [[[[1.0] * 2] * 2], [2], [0, 1, 1]]),
        (["bsr", "array", 4, 4], [[1.0], [0], [0, 1, 1]]),
        (["dia", "array", 2, 2], [[[1.0, 1.0]], [2]]),
        (["dia", "array", 2, 2], [[[1.0, 1.0]], [0, 1]]),
        (["dia", "array", 2, 2], [[[1.0, 1.0], [1.0, 1.0]], [0, 0]]),
        (["lil", "array", 2**21, 2], [[1.0], [0], [0]]),
        (["csr", "array", 2], [[1.0], [0], [0, 1, 1]]),
    ],
)
def test_lies_about_sparse_matrices_are_refused(head: list[Any], arrays: list[Any]) -> None:
    parts = [np.array(part) for part in arrays]
    tree = ["S", *head, *(["a", part.dtype.str, *part.shape] for part in parts)]
    with pytest.raises(WireError):
        decode(packed_tree(tree), b"".join(part.tobytes() for part in parts))


_lengths = st.one_of(st.integers(0, 5), st.integers(-1, 2**33), st.sampled_from([2**10, 2**25, 2**31 - 1, 2**64 - 1]))

_parts = st.sampled_from([("<f8", 1), ("<f8", 1, 2, 2), ("<f8", 2, 2), ("<i8", 1), ("<i8", 2), ("<i4", 3), ("<i8", 0)])


def test_many_sparse_matrices_share_one_bound() -> None:
    rows = 10, DEFAULT.sparse_objects
    matrices = [["S", "lil", "array", n, 1, ["a", "<f8", 0], ["a", "<i8", 0], ["a", "<i8", 0]] for n in rows]
    with pytest.raises(WireError, match="sparse"):
        decode(packed_tree(["l", *matrices]), b"")


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(FORMATS), _lengths, _lengths, st.lists(_parts, min_size=2, max_size=3), st.integers(1, 4))
def test_sparse_matrices_cost_little_memory(form: str, rows: int, columns: int, parts: Any, n: int) -> None:
    one = ["S", form, "array", rows, columns, *(["a", *part] for part in parts)]
    tracemalloc.start()
    with suppress(WireError):
        decode(packed_tree(["l", *[one] * n]), bytes(size_of(one) * n))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 300 * DEFAULT.sparse_objects
