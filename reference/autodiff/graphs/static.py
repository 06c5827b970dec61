"""A static graph of scalars: built once, run many times (lecture 2, section 10, L02.static).

Building records operations without numbers; running fills one array of numbers forward and one of derivatives
backward. The order of the operations is that in which they were recorded, so nothing is sorted.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from reference.checks.numbers import whole

Numbers = list[float]
Operation = Callable[..., tuple[float, tuple[float, ...]]]  # numbers in; the result and its slopes out


@dataclass(frozen=True)
class Step:
    """One recorded operation: which earlier steps it takes, and how its result and slopes are computed."""

    takes: tuple[int, ...]
    operation: Operation


class Symbol:
    """The result of a step, as the function that is recorded sees it."""

    def __init__(self, tape: list[Step], place: int) -> None:
        self._tape = tape
        self._place = place

    def _record(self, operation: Operation, *others: Any) -> Symbol:
        takes = (self._place, *(self._symbol(other)._place for other in others))
        self._tape.append(Step(takes, operation))
        return Symbol(self._tape, len(self._tape) - 1)

    def _symbol(self, other: Any) -> Symbol:
        if isinstance(other, Symbol):
            return other
        self._tape.append(Step((), lambda number=float(other): (number, ())))
        return Symbol(self._tape, len(self._tape) - 1)

    def __add__(self, other: Any) -> Symbol:
        return self._record(lambda a, b: (a + b, (1.0, 1.0)), other)

    def __sub__(self, other: Any) -> Symbol:
        return self._record(lambda a, b: (a - b, (1.0, -1.0)), other)

    def __mul__(self, other: Any) -> Symbol:
        return self._record(lambda a, b: (a * b, (b, a)), other)

    def __truediv__(self, other: Any) -> Symbol:
        return self._record(lambda a, b: (a / b, (1.0 / b, -a / b**2)), other)

    def __pow__(self, other: Any) -> Symbol:
        if isinstance(other, Symbol):
            return self._record(lambda a, b: (a**b, (b * a ** (b - 1), a**b * math.log(a))), other)
        return self._record(lambda a: (a**other, (other * a ** (other - 1) if other else 0.0,)))

    def __neg__(self) -> Symbol:
        return self._record(lambda a: (-a, (-1.0,)))

    def __radd__(self, other: float) -> Symbol:
        return self._symbol(other) + self

    def __rsub__(self, other: float) -> Symbol:
        return self._symbol(other) - self

    def __rmul__(self, other: float) -> Symbol:
        return self._symbol(other) * self

    def __rtruediv__(self, other: float) -> Symbol:
        return self._symbol(other) / self

    def __rpow__(self, other: float) -> Symbol:
        return self._symbol(other) ** self

    def apply(self, function: Callable[[float], float], derivative: Callable[[float], float]) -> Symbol:
        """``function`` of this symbol, given its derivative."""
        return self._record(lambda a: (function(a), (derivative(a),)))


class StaticGraph:
    """The graph of a function of several numbers. The function is called here, once, and never again.

    Parameters: ``function`` of numbers, by their arithmetic and `apply`; ``n_inputs``, how many it takes.
    Returns: a graph with `forward` and `backward`.
    Raises: ValueError naming ``n_inputs`` (below 1).
    Complexity: O(T) to build, and for each ``forward`` or ``backward``, for T recorded operations; memory O(T).
    Source: lecture 2, section 10; lecture only.

    >>> graph = StaticGraph(lambda x, y: x * y, 2)
    >>> graph.forward([3.0, 4.0]), graph.backward()
    (12.0, [4.0, 3.0])
    """

    def __init__(self, function: Callable[..., Any], n_inputs: int) -> None:
        self._steps = [Step((), lambda: (0.0, ())) for _ in range(whole("n_inputs", n_inputs))]
        symbols = [Symbol(self._steps, place) for place in range(n_inputs)]
        self._result = symbols[0]._symbol(function(*symbols))._place
        self._n_inputs = n_inputs
        self._slopes: list[tuple[float, ...]] | None = None

    def forward(self, inputs: Sequence[float]) -> float:
        """The function's value at these inputs. Raises ValueError when there are not ``n_inputs`` of them."""
        if len(inputs) != self._n_inputs:
            raise ValueError(f"inputs must be {self._n_inputs} numbers, not {len(inputs)}")
        numbers: Numbers = [float(number) for number in inputs]
        slopes: list[tuple[float, ...]] = [()] * self._n_inputs
        for step in self._steps[self._n_inputs :]:
            number, slope = step.operation(*(numbers[place] for place in step.takes))
            numbers.append(number)
            slopes.append(slope)
        self._slopes = slopes
        return numbers[self._result]

    def backward(self) -> Numbers:
        """The derivative by each input, at the inputs of the last `forward`. Raises RuntimeError before the first."""
        if self._slopes is None:
            raise RuntimeError("call forward first")
        gradients = [0.0] * len(self._steps)
        gradients[self._result] = 1.0
        for place in range(len(self._steps) - 1, self._n_inputs - 1, -1):
            for taken, slope in zip(self._steps[place].takes, self._slopes[place], strict=True):
                gradients[taken] += slope * gradients[place]
        return gradients[: self._n_inputs]
