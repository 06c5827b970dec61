"""Numbers as arguments: whole or real, within bounds."""

from __future__ import annotations

import math
from typing import Any

import numpy as np


def whole(name: str, value: Any, low: int | None = 1, high: int | None = None) -> int:
    """``value`` as an int from ``low`` to ``high``, both included; None is no bound. ValueError names ``name``.

    >>> whole("k", np.int64(3), 1, 5)
    3
    """
    fits = isinstance(value, int | np.integer) and not isinstance(value, bool)
    if not fits or (low is not None and value < low) or (high is not None and value > high):
        raise ValueError(f"{name} must be a whole number{_bounds(low, high)}, not {value!r}")
    return int(value)


def real(name: str, value: Any, low: float = -math.inf, high: float = math.inf) -> float:
    """``value`` as a finite float from ``low`` to ``high``, both included. ValueError names ``name``.

    >>> real("share", 1, 0, 1)
    1.0
    """
    if not _is_number(value) or not low <= value <= high or math.isinf(value):
        bounds = _bounds(None if math.isinf(low) else low, None if math.isinf(high) else high)
        raise ValueError(f"{name} must be a finite number{bounds}, not {value!r}")
    return float(value)


def positive(name: str, value: Any, *, infinite: bool = False) -> float:
    """``value`` as a float above 0, finite unless ``infinite`` is allowed. ValueError names ``name``."""
    if not _is_number(value) or not value > 0 or (math.isinf(value) and not infinite):
        raise ValueError(f"{name} must be a{'' if infinite else ' finite'} number above 0, not {value!r}")
    return float(value)


def not_negative(name: str, value: Any, *, infinite: bool = False) -> float:
    """``value`` as a float of at least 0, finite unless ``infinite`` is allowed. ValueError names ``name``."""
    if not _is_number(value) or not value >= 0 or (math.isinf(value) and not infinite):
        raise ValueError(f"{name} must be a{'' if infinite else ' finite'} number of at least 0, not {value!r}")
    return float(value)


def probability(name: str, value: Any) -> float:
    """``value`` as a float from 0 to 1, both included. ValueError names ``name``."""
    return real(name, value, 0, 1)


def decay(name: str, value: Any) -> float:
    """``value`` as a float from 0 to 1, without 1: the share of a running mean that a step keeps.

    ValueError names ``name``.
    """
    if not _is_number(value) or not 0 <= value < 1:
        raise ValueError(f"{name} must be a number of at least 0 and below 1, not {value!r}")
    return float(value)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float | np.integer | np.floating) and not isinstance(value, bool)


def _bounds(low: float | None, high: float | None) -> str:
    if low is not None and high is not None:
        return f" from {low} to {high}"
    return f" of at least {low}" if low is not None else "" if high is None else f" of at most {high}"
