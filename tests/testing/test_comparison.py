"""Strict comparison: every pair that the usual comparisons wrongly let through is refused here."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
import torch
from scipy.sparse import csr_array

from grader.testing import assert_array, assert_close, assert_equal, assert_same_partition

NAN = float("nan")


@pytest.mark.parametrize(
    ("actual", "expected"),
    [
        (np.empty(0), np.full(3, 5.0)),
        (np.empty(0), 5.0),
        (0.5, np.full(10, 0.5)),
        (np.full(10, 0.5), 0.5),
        (NAN, 1.0),
        (np.array([1.0, NAN]), np.array([1.0, 2.0])),
        (np.array([1.0, np.inf]), np.array([1.0, -np.inf])),
        (np.array([1 + 0j]), np.array([1.0])),
        (np.array([True]), np.array([1.0])),
        (np.array([2]), np.array([1.0])),
        (np.array([2]), np.array([2.5])),
        (np.array([1]), np.array([np.inf])),
        (np.array([1]), np.array([1 + 0j])),
        (np.array([1.0]), np.array([1])),
        (np.array([True]), np.array([1])),
        ([1.0], [1.0, 2.0]),
        ((1.0,), [1.0]),
        ({"a": 1.0}, {"a": 1.0, "b": 2.0}),
        ("1.0", 1.0),
        (None, 1.0),
        (torch.ones(2), np.ones(2)),
        (np.ones(2), torch.ones(2)),
        (torch.empty(0), torch.full((2,), 5.0)),
        (np.ma.masked_array([1.0, 2.0]), np.array([1.0, 2.0])),
        (1.001, 1.0),
        (True, 1.0),
    ],
)
def test_not_close(actual, expected):
    with pytest.raises(AssertionError):
        assert_close(actual, expected)


@pytest.mark.parametrize(
    ("actual", "expected"),
    [
        (np.float64(1.0), 1.0),
        (np.array(1.0), 1.0),
        (1, 1.0),
        (np.float32(1.0), np.float64(1.0)),
        (np.array([1.0, NAN]), np.array([1.0, NAN])),
        ([np.ones(2), {"a": (1.0, 2.0)}], [np.ones(2), {"a": (1.0, 2.0)}]),
        (torch.ones(2, dtype=torch.float64), torch.ones(2)),
        (np.int32(3), 3),
        (np.eye(3, dtype=int), np.eye(3)),
        (np.array([2**63, 0], dtype=np.uint64), np.array([2.0**63, 0.0])),
        ((np.arange(3), {"a": [1, 2]}), (np.arange(3.0), {"a": [1.0, 2.0]})),
        (torch.arange(3), torch.arange(3.0)),
        (csr_array(np.eye(2, dtype=int)), csr_array(np.eye(2))),
        ("x", "x"),
    ],
)
def test_close(actual, expected):
    assert_close(actual, expected)


@pytest.mark.parametrize(
    ("actual", "expected"),
    [
        (np.array([1.0]), np.array([1])),
        (np.array([1]), np.array([1.0])),
        (1, 1.0),
        ([1, 2], [1, 2, 3]),
        (1, True),
        (np.zeros((2, 1)), np.zeros(2)),
        ("a", "b"),
    ],
)
def test_not_equal(actual, expected):
    with pytest.raises(AssertionError):
        assert_equal(actual, expected)


def test_what_has_crossed_is_equal_to_what_it_is_a_kind_of():
    """A reference may return numpy's text, named tuples and torch's results: an answer has come as plain data."""
    largest = torch.max(torch.tensor([[1.0, 5.0], [7.0, 2.0]]), dim=0)
    for actual, expected in (
        (tuple(largest), largest),
        ((2, 3), torch.Size([2, 3])),
        ("ab", np.str_("ab")),
        ({"a": "x"}, Counter(a="x")),
        ([0, 1], range(2)),
        (["ab"], [np.str_("ab")]),
    ):
        assert_equal(actual, expected)
    for actual, expected in (([2, 3], torch.Size([2, 3])), (b"ab", np.str_("ab")), ((0, 1), range(2))):
        with pytest.raises(AssertionError):
            assert_equal(actual, expected)


def test_the_message_says_what_differs_and_where():
    with pytest.raises(AssertionError, match=r"centers: .* 1 of 4 differ; first at \(1, 0\): 9.0 instead of 3.0"):
        assert_close(np.array([[1.0, 2], [9, 4]]), np.array([[1.0, 2], [3, 4]]), what="centers")
    with pytest.raises(AssertionError, match=r"expected shape \(3,\), got shape \(2,\)"):
        assert_close(np.ones(2), np.ones(3))


def test_arrays_are_checked_by_shape_kind_and_finiteness():
    assert assert_array(np.ones((3, 2)), shape=(3, None)).sum() == 6
    for bad in ([1.0], np.ones(3), np.ones((3, 2), dtype=int), np.full((3, 2), np.inf)):
        with pytest.raises(AssertionError):
            assert_array(bad, shape=(3, 2), kind="float")


def test_partitions_are_compared_up_to_names():
    assert_same_partition(np.array([5, 5, 2]), [0, 0, 1])
    for bad in ([0, 1, 1], [0, 0, 0], [0, 1, 2]):
        with pytest.raises(AssertionError):
            assert_same_partition(np.array(bad), [0, 0, 1])
