"""Functions that a suite gives to the student's code: counted, and within a budget, on the trusted side."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


class BudgetExceeded(AssertionError):
    """The student's code called a function more often than it may."""


class Counted:
    """A function that keeps the arguments of its calls. The call after the last allowed one raises."""

    def __init__(self, function: Callable[..., Any], budget: int | None) -> None:
        self.function = function
        self.budget = budget
        self.calls: list[tuple[Any, ...]] = []

    @property
    def count(self) -> int:
        return len(self.calls)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        if self.budget is not None and self.count >= self.budget:
            raise BudgetExceeded(f"a function was called more than {self.budget} times")
        self.calls.append(args)
        return self.function(*args, **kwargs)


def counted(function: Callable[..., Any], budget: int | None = None) -> Counted:
    """``function`` as a callback with a count; one call over ``budget`` fails the test."""
    return Counted(function, budget)
