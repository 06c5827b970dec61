"""A vector of numbers as a whole setting (lecture 1, section 7, L01.onehot).

Numbers are read as shares of their ranges, like the random keys of J. C. Bean, "Genetic algorithms and random keys for
sequencing and optimization", ORSA Journal on Computing 6 (1994), and categories as the lecture reads them.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from reference.checks.arrays import array
from reference.hyperparameters.evolutionary.onehot import from_onehot
from reference.hyperparameters.evolutionary.operators_mixed import Setting, Space


def setting_from_vector(x: ArrayLike, space: Space) -> Setting:
    """The setting that a vector stands for: its entries go to the parameters in the order of the space.

    A category takes an entry for each of its values, and is read by `from_onehot`. A number takes one entry u, which is
    moved to the nearest end of [0, 1] where it lies outside: a real number is low + u * (high - low), an integer low +
    floor(u * (high - low + 1)), or high where that is greater, so that equal parts of [0, 1] stand for the integers.

    Parameters: ``x`` (m,), an entry for each number and for each value of each category, infinite ones allowed;
    ``space`` as the module `operators_mixed` tells.
    Returns: a setting, a dict.
    Raises: ValueError naming ``x`` (another length, NaN) or the parameter that has no values.
    Complexity: O(m).
    Source: lecture 1, section 7; Bean 1994.

    >>> setting_from_vector([0.5, 0.1, 0.7, 0.3], {"k": ("integer", 1, 9), "kernel": ("category", ["a", "b", "c"])})
    {'k': 5, 'kernel': 'b'}
    """
    sizes = [_entries(name, kind) for name, kind in space.items()]
    x = array("x", x, (sum(sizes),), infinite=True, empty=True)
    parts = np.split(x, np.cumsum(sizes)[:-1]) if sizes else []
    return {name: _value(part, kind) for (name, kind), part in zip(space.items(), parts, strict=True)}


def _entries(name: str, kind: tuple[Any, ...]) -> int:
    match kind:
        case ("category", values) if len(values) > 0:
            return len(values)
        case ("integer" | "real", low, high) if low <= high:
            return 1
    raise ValueError(f"space: {name} has no values ({kind!r})")


def _value(part: np.ndarray, kind: tuple[Any, ...]) -> Any:
    if kind[0] == "category":
        return from_onehot(part, kind[1])
    _, low, high = kind
    u = float(np.clip(part[0], 0, 1))
    if kind[0] == "integer":
        return min(high, low + int(u * (high - low + 1)))
    return float(low + u * (high - low))
