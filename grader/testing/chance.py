"""Checks of what is drawn at random: counts and laws, with so much room that a right solution never fails by chance."""

from __future__ import annotations

from collections.abc import Callable
from math import log, sqrt

import numpy as np
from numpy.typing import ArrayLike

_DEVIATIONS = 7
_CHANCE = 1e-9  # that independent values of the law itself fail


def assert_count(hits: float, tries: int, probability: float, what: str) -> None:
    """Fail unless so many hits of so many independent tries are to be expected: seven standard deviations around."""
    expected = tries * probability
    room = _DEVIATIONS * sqrt(tries * probability * (1 - probability)) + 3
    assert abs(hits - expected) <= room, f"{what}: {hits:g} of {tries}, about {expected:g} are to be expected"


def assert_law(values: ArrayLike, law: Callable[[float], float] | None = None, *, what: str) -> None:
    """Fail unless independent values follow the law with this distribution function (from 0 to 1 uniformly, if none
    is said).

    By Kolmogorov's statistic and Massart's bound of it (1990): values of the law itself fail with a probability of at
    most 1e-9.
    """
    ordered = np.sort(np.asarray(values, dtype=float).ravel())
    expected = np.clip(ordered, 0, 1) if law is None else np.array([law(float(value)) for value in ordered])
    steps = np.arange(len(ordered) + 1) / len(ordered)
    distance = max(np.max(np.abs(expected - steps[1:])), np.max(np.abs(expected - steps[:-1])))
    assert distance <= sqrt(log(2 / _CHANCE) / 2 / len(ordered)), what
