"""The static graph against torch and cases by hand (L02.static)."""

from __future__ import annotations

import math

import pytest

from reference.autodiff.graphs.static import StaticGraph

from .laws import *  # noqa: F403


@pytest.fixture
def derivatives():
    return _derivatives


def _derivatives(expression, point):
    graph = StaticGraph(expression, 2)
    return (graph.forward(point), *graph.backward())


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


def test_deep_graphs_need_no_recursion():
    graph = StaticGraph(lambda v: sum((v * 1e-3 for _ in range(20_000)), start=v), 1)
    assert math.isclose(graph.forward([1.0]), 21.0, rel_tol=1e-9)
    assert math.isclose(graph.backward()[0], 21.0, rel_tol=1e-9)


def test_constants_and_bad_arguments():
    graph = StaticGraph(lambda x: 4.0, 1)
    with pytest.raises(RuntimeError):
        graph.backward()
    assert (graph.forward([1.0]), graph.backward()) == (4.0, [0.0])
    with pytest.raises(ValueError, match="inputs"):
        graph.forward([1.0, 2.0])
    with pytest.raises(ValueError, match="n_inputs"):
        StaticGraph(lambda: 1.0, 0)
