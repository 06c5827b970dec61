"""The dynamic graph against torch and cases by hand (L02.graph)."""

from __future__ import annotations

import math

import numpy as np

from reference.autodiff.graphs.scalar import Value, topological_order

from .expressions import EVERYWHERE, by_torch


def derivatives(expression, point):
    x, y = Value(point[0]), Value(point[1])
    result = expression(x, y)
    result.backward()
    return result.data, x.grad, y.grad


@EVERYWHERE
def test_against_torch(expression, point):
    np.testing.assert_allclose(derivatives(expression, point), by_torch(expression, point), rtol=1e-12, atol=1e-12)


def test_functions_are_applied_by_the_chain_rule():
    found = derivatives(lambda x, y: (x * y).apply(math.sin, math.cos) * x, (2.0, 0.5))
    expected = (math.sin(1.0) * 2, math.cos(1.0) * 0.5 * 2 + math.sin(1.0), math.cos(1.0) * 2 * 2)
    np.testing.assert_allclose(found, expected, rtol=1e-14)


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
