"""Three ways to the same derivative, against torch, finite differences and cases by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest
import torch

from reference.autodiff.dual import Dual, forward_derivative
from reference.autodiff.scalar import Value, topological_order
from reference.autodiff.static import StaticGraph

EXPRESSIONS = [
    lambda x, y: x * y + x,
    lambda x, y: x / y - y / x + 2 / x,
    lambda x, y: (x + 1) ** 3 - y**-2 + 2**x,
    lambda x, y: x**y + 1 - (-x),
    lambda x, y: (x * x + y) * (x * x + y) / (1 + x * x),
    lambda x, y: 5 - (x - y) * (x - y) * x,
    lambda x, y: y,
    lambda x, y: x**0,
]
POINTS = [(1.5, 0.7), (0.3, 2.0), (2.0, -1.25)]


def gradients(expression, point):
    """The gradient by each of the three."""
    x, y = Value(point[0]), Value(point[1])
    result = expression(x, y)
    result.backward()
    graph = StaticGraph(expression, 2)
    value = graph.forward(point)
    duals = [forward_derivative(expression, point, index) for index in (0, 1)]
    return {
        "dynamic": (result.data, x.grad, y.grad),
        "static": (value, *graph.backward()),
        "dual": (duals[0][0], duals[0][1], duals[1][1]),
    }


@pytest.mark.parametrize("number", range(len(EXPRESSIONS)))
@pytest.mark.parametrize("point", POINTS)
def test_against_torch(number, point):
    x, y = (torch.tensor(v, dtype=torch.float64, requires_grad=True) for v in point)
    result = EXPRESSIONS[number](x, y)
    grads = torch.autograd.grad(result, (x, y), allow_unused=True) if result.requires_grad else (None, None)
    expected = (float(result.detach()), *(0.0 if g is None else float(g) for g in grads))
    for name, found in gradients(EXPRESSIONS[number], point).items():
        np.testing.assert_allclose(found, expected, rtol=1e-12, atol=1e-12, err_msg=name)


def test_functions_are_applied_by_the_chain_rule():
    def expression(x, y):
        return (x * y).apply(math.sin, math.cos) * x

    expected = (math.sin(1.0) * 2, math.cos(1.0) * 0.5 * 2 + math.sin(1.0), math.cos(1.0) * 2 * 2)
    for found in gradients(expression, (2.0, 0.5)).values():
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
    graph = StaticGraph(lambda v: sum((v * 1e-3 for _ in range(20_000)), start=v), 1)
    assert math.isclose(graph.forward([1.0]), 21.0, rel_tol=1e-9)
    assert math.isclose(graph.backward()[0], 21.0, rel_tol=1e-9)


def test_a_static_graph_calls_its_function_once_and_forgets_earlier_inputs():
    calls = []

    def expression(x, y):
        calls.append(1)
        return x * y * y

    graph = StaticGraph(expression, 2)
    for point in ((1.0, 2.0), (3.0, 4.0), (1.0, 2.0)):
        assert graph.forward(point) == point[0] * point[1] ** 2
        assert graph.backward() == [point[1] ** 2, 2 * point[0] * point[1]]
        assert graph.backward() == [point[1] ** 2, 2 * point[0] * point[1]]
    assert len(calls) == 1


def test_constants_and_bad_arguments():
    graph = StaticGraph(lambda x: 4.0, 1)
    with pytest.raises(RuntimeError):
        graph.backward()
    assert (graph.forward([1.0]), graph.backward()) == (4.0, [0.0])
    with pytest.raises(ValueError, match="inputs"):
        graph.forward([1.0, 2.0])
    with pytest.raises(ValueError, match="n_inputs"):
        StaticGraph(lambda: 1.0, 0)
    for index in (-1, 2):
        with pytest.raises(ValueError, match="index"):
            forward_derivative(lambda x, y: x, [1.0, 2.0], index)
    assert forward_derivative(lambda x: 7, [1.0], 0) == (7.0, 0.0)
    assert (Dual(2.0) ** Dual(3.0)).slope == 0.0
