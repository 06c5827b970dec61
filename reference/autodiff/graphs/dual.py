"""Forward-mode derivatives by dual numbers (lecture 2, section 10, L02.forward_mode).

A dual number carries a value and its derivative by one chosen input through the computation; one pass gives the
derivative by that input. R. Wengert, "A simple automatic derivative evaluation program", CACM 7 (1964).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

from reference.checks.numbers import whole


class Dual:
    """``value + slope * epsilon`` with ``epsilon ** 2 = 0``."""

    def __init__(self, value: float, slope: float = 0.0) -> None:
        self.value = float(value)
        self.slope = float(slope)

    def __add__(self, other: Any) -> Dual:
        right = as_dual(other)
        return Dual(self.value + right.value, self.slope + right.slope)

    def __sub__(self, other: Any) -> Dual:
        right = as_dual(other)
        return Dual(self.value - right.value, self.slope - right.slope)

    def __mul__(self, other: Any) -> Dual:
        right = as_dual(other)
        return Dual(self.value * right.value, self.slope * right.value + self.value * right.slope)

    def __truediv__(self, other: Any) -> Dual:
        right = as_dual(other)
        quotient = self.value / right.value
        return Dual(quotient, (self.slope - quotient * right.slope) / right.value)

    def __pow__(self, other: Any) -> Dual:
        if not isinstance(other, Dual):
            slope = other * self.value ** (other - 1) if other else 0.0
            return Dual(self.value**other, slope * self.slope)
        power = self.value**other.value
        by_base = other.value * self.value ** (other.value - 1) * self.slope
        by_exponent = power * math.log(self.value) * other.slope if other.slope else 0.0
        return Dual(power, by_base + by_exponent)

    def __neg__(self) -> Dual:
        return Dual(-self.value, -self.slope)

    def __radd__(self, other: float) -> Dual:
        return as_dual(other) + self

    def __rsub__(self, other: float) -> Dual:
        return as_dual(other) - self

    def __rmul__(self, other: float) -> Dual:
        return as_dual(other) * self

    def __rtruediv__(self, other: float) -> Dual:
        return as_dual(other) / self

    def __rpow__(self, other: float) -> Dual:
        return as_dual(other) ** self

    def apply(self, function: Callable[[float], float], derivative: Callable[[float], float]) -> Dual:
        """``function`` of this number, given its derivative."""
        return Dual(function(self.value), derivative(self.value) * self.slope)


def as_dual(number: Any) -> Dual:
    """A plain number is a constant: its slope is 0."""
    return number if isinstance(number, Dual) else Dual(number)


def forward_derivative(function: Callable[..., Any], inputs: Sequence[float], index: int) -> tuple[float, float]:
    """The function's value and its derivative by input number ``index``, in one call of the function.

    Parameters: ``function`` of numbers; ``inputs`` (n,); ``index`` from 0 to n - 1.
    Returns: two floats.
    Raises: ValueError naming ``index``.
    Complexity: O(n + T) for T operations of the function, a constant times the cost of its value; the whole gradient
    takes n calls.
    Source: lecture 2, section 10; Wengert 1964.

    >>> forward_derivative(lambda x, y: x * y + x, [3.0, 4.0], 0)
    (15.0, 5.0)
    """
    whole("index", index, 0, len(inputs) - 1)
    result = as_dual(function(*(Dual(number, float(place == index)) for place, number in enumerate(inputs))))
    return result.value, result.slope
