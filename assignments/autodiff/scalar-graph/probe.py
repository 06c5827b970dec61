"""Runs beside the student's code: builds graphs that are too deep to be built from outside, node by node."""

import math


def deep_chain(Value, length):
    """``x * 1.001`` again and again, with x added each time: its value, and the derivative by x."""
    x = Value(1.0)
    node = x
    for _ in range(length):
        node = node * 0.999 + x
    node.backward()
    return float(node.data), float(x.grad)


def wide_ladder(Value, rungs):
    """Each node is used twice by the next one: 2^rungs paths, which only a walk over nodes gets through."""
    x = Value(1.0)
    node = x
    for _ in range(rungs):
        node = (node + node) * 0.5
    node.backward()
    return float(node.data), float(x.grad)


def static_sine(StaticGraph, value):
    """``sin(x) * x`` by a static graph: its value, and the derivative by x, after a run at another place."""
    graph = StaticGraph(lambda x: x.apply(math.sin, math.cos) * x, 1)
    graph.forward([value + 1.0])
    return float(graph.forward([value])), float(graph.backward()[0])
