"""Grid search's settings, made one at a time (lecture 1, section 5, L01.grid)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from typing import Any

import numpy as np

from reference.checks.numbers import real, whole


def discretise(low: float, high: float, count: int, log: bool = False) -> list[float]:
    """``count`` numbers from ``low`` to ``high``, both included: equally far apart, or by equal factors.

    Parameters: ``low`` and ``high``, the ends; ``count`` of at least 2; ``log`` for equal factors.
    Returns: a list of ``count`` floats.
    Raises: ValueError naming ``count`` (below 2), ``high`` (not above ``low``) or ``low`` (not positive where ``log``).
    Complexity: O(count).
    Source: lecture 1, section 5; lecture only.

    >>> discretise(1, 100, 3, log=True)
    [1.0, 10.0, 100.0]
    """
    count, low, high = whole("count", count, 2), real("low", low), real("high", high)
    if not high > low:
        raise ValueError(f"high must be above low, not {high!r} and {low!r}")
    if log and not low > 0:
        raise ValueError(f"low must be positive for equal factors, not {low!r}")
    steps = np.arange(count) / (count - 1)
    numbers = low * (high / low) ** steps if log else low + (high - low) * steps
    return [float(low), *(float(x) for x in numbers[1:-1]), float(high)]


def grid(space: Mapping[str, Sequence[Any]]) -> Iterator[dict[str, Any]]:
    """Every setting of ``space``, the last parameter varying fastest.

    Settings are made one at a time, when they are asked for.

    Parameters: ``space``, a list of values for each name.
    Returns: an iterator of dicts.
    Raises: ValueError naming a parameter without values.
    Complexity: O(p) a setting of p parameters; memory O(v) for v values of all parameters, however many settings they
    make.
    Source: lecture 1, section 5; lecture only.

    >>> list(grid({"a": [1, 2], "b": ["x", "y"]}))[:3]
    [{'a': 1, 'b': 'x'}, {'a': 1, 'b': 'y'}, {'a': 2, 'b': 'x'}]
    """
    for name, values in space.items():
        if len(values) == 0:
            raise ValueError(f"space: {name} has no values")
    return (dict(zip(space, values, strict=True)) for values in product(*space.values()))
