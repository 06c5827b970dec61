"""A dynamic graph of scalars with reverse-mode derivatives (lecture 2, section 10, L02.graph).

The graph is made while the expression is computed. `Value.backward` goes over it once, from the result to the inputs,
in reverse topological order, and adds up what each node gets from all that use it. No recursion: graphs are deep.
S. Linnainmaa, "Taylor expansion of the accumulated rounding error", BIT 16 (1976).
"""

from __future__ import annotations

import math
from collections.abc import Callable

Function = Callable[[float], float]


class Value:
    """A number in a graph: ``data``, ``grad`` (the derivative of what `backward` was called on), its parents.

    ``local`` holds the derivative of this node by each parent.

    Parameters: ``data``, a number; ``parents`` and ``local``, the nodes it was computed from and the derivatives by
    them, empty for an input.
    Returns: a node with ``data``, ``grad``, ``parents`` and ``local``.
    Raises: what the arithmetic of floats raises.
    Complexity: O(1) an operation, and O(T) a call of ``backward`` for a graph of T operations, with any number of
    inputs; memory O(T).
    Source: lecture 2, section 10; Linnainmaa 1976.

    >>> x = Value(3.0)
    >>> (x * x + x).backward()
    >>> x.grad
    7.0
    """

    def __init__(self, data: float, parents: tuple[Value, ...] = (), local: tuple[float, ...] = ()) -> None:
        self.data = float(data)
        self.grad = 0.0
        self.parents = parents
        self.local = local

    def __add__(self, other: Value | float) -> Value:
        right = as_value(other)
        return Value(self.data + right.data, (self, right), (1.0, 1.0))

    def __mul__(self, other: Value | float) -> Value:
        right = as_value(other)
        return Value(self.data * right.data, (self, right), (right.data, self.data))

    def __truediv__(self, other: Value | float) -> Value:
        right = as_value(other)
        quotient = self.data / right.data
        return Value(quotient, (self, right), (1.0 / right.data, -quotient / right.data))

    def __pow__(self, other: Value | float) -> Value:
        """``a ** b``; the logarithm of a is needed only where b is a node itself."""
        if not isinstance(other, Value):
            slope = other * self.data ** (other - 1) if other else 0.0
            return Value(self.data**other, (self,), (slope,))
        power = self.data**other.data
        by_base = other.data * self.data ** (other.data - 1)
        return Value(power, (self, other), (by_base, power * math.log(self.data)))

    def __neg__(self) -> Value:
        return self * -1.0

    def __sub__(self, other: Value | float) -> Value:
        return self + -as_value(other)

    def __radd__(self, other: float) -> Value:
        return as_value(other) + self

    def __rsub__(self, other: float) -> Value:
        return as_value(other) - self

    def __rmul__(self, other: float) -> Value:
        return as_value(other) * self

    def __rtruediv__(self, other: float) -> Value:
        return as_value(other) / self

    def __rpow__(self, other: float) -> Value:
        return as_value(other) ** self

    def apply(self, function: Function, derivative: Function) -> Value:
        """``function(self)``, given the function's derivative."""
        return Value(function(self.data), (self,), (derivative(self.data),))

    def backward(self) -> None:
        """Set ``grad`` of every node below to the derivative of this one; what stood there before is forgotten."""
        order = topological_order(self)
        for node in order:
            node.grad = 0.0
        self.grad = 1.0
        for node in reversed(order):
            for parent, slope in zip(node.parents, node.local, strict=True):
                parent.grad += slope * node.grad


def as_value(number: Value | float) -> Value:
    """A plain number becomes a node without parents."""
    return number if isinstance(number, Value) else Value(number)


def topological_order(root: Value) -> list[Value]:
    """Every node below ``root`` once, parents before children; with a stack of its own instead of recursion."""
    order: list[Value] = []
    seen: set[int] = set()
    stack: list[tuple[Value, bool]] = [(root, False)]
    while stack:
        node, finished = stack.pop()
        if finished:
            order.append(node)
        elif id(node) not in seen:
            seen.add(id(node))
            stack.append((node, True))
            stack.extend((parent, False) for parent in node.parents)
    return order
