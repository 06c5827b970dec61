"""The dynamic graph against torch and cases by hand (L02.graph)."""

from __future__ import annotations

import math

import pytest

from reference.autodiff.graphs.scalar import Value, topological_order

from .laws import *  # noqa: F403


@pytest.fixture
def derivatives():
    return _derivatives


def _derivatives(expression, point):
    x, y = Value(point[0]), Value(point[1])
    result = expression(x, y)
    result.backward()
    return result.data, x.grad, y.grad


def test_a_node_used_twice_gets_both_and_a_second_backward_changes_nothing():
    x = Value(3.0)
    y = x * x
    z = y + y
    for _ in range(2):
        z.backward()
        assert (x.grad, y.grad, z.grad) == (12.0, 2.0, 1.0)
    y.backward()
    assert x.grad == 6.0


def test_deep_graphs_need_no_recursion():
    x = Value(1.0)
    node = x
    for _ in range(20_000):
        node = node + x * 1e-3
    node.backward()
    assert math.isclose(x.grad, 21.0, rel_tol=1e-9)
    assert len(topological_order(node)) == 60_001
