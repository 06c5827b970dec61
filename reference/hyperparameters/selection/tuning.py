"""Hyperparameter tuning and algorithm selection over finite lists (lecture 1, section 3, L01.tuning, L01.selection).

J. R. Rice, "The algorithm selection problem", Advances in Computers 15 (1976); C. Thornton, F. Hutter, H. Hoos,
K. Leyton-Brown, "Auto-WEKA: combined selection and hyperparameter optimization of classification algorithms", KDD 2013.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any


def tune(loss: Callable[[Any], float], settings: Iterable[Any]) -> tuple[Any, float]:
    """The setting with the smallest loss, and that loss: argmin_p L(A_p, D). Of equal ones the first.

    Each setting is evaluated once, in order. A loss of NaN, as of a training that failed, never wins.

    Parameters: ``loss``, a function of a setting; ``settings``, each tried once, in order.
    Returns: the setting and its loss, a float.
    Raises: ValueError naming ``settings`` (none) or ``loss`` (NaN for all).
    Complexity: O(s) for s settings, and s evaluations of the loss; memory O(1).
    Source: lecture 1, section 3; lecture only.

    >>> tune(lambda p: (p - 2) ** 2, [0, 1, 2, 3])
    (2, 0.0)
    """
    best: tuple[Any, float] | None = None
    tried = False
    for setting in settings:
        tried = True
        found = float(loss(setting))
        if not math.isnan(found) and (best is None or found < best[1]):
            best = setting, found
    if not tried:
        raise ValueError("settings must hold at least one setting")
    if best is None:
        raise ValueError("loss is NaN for every setting")
    return best


def select(loss: Callable[[str], float], algorithms: Sequence[str]) -> tuple[str, float]:
    """The algorithm with the smallest loss: argmin_A L(A, D), by the rules of `tune`.

    Parameters: ``loss``, a function of an algorithm's name; ``algorithms``, names.
    Returns: the name and its loss, a float.
    Raises: ValueError naming ``algorithms`` (none) or ``loss`` (NaN for all).
    Complexity: O(a) for a algorithms, and a evaluations of the loss; memory O(1).
    Source: lecture 1, section 3; Rice 1976.
    """
    if len(algorithms) == 0:
        raise ValueError("algorithms must hold at least one algorithm")
    return tune(loss, algorithms)


def select_and_tune(loss: Callable[[str, Any], float], spaces: Mapping[str, Sequence[Any]]) -> tuple[str, Any, float]:
    """The joint problem: argmin over algorithms A and their settings p of L(A_p, D).

    Of equal losses the first algorithm wins, and of its settings the first.

    Parameters: ``loss``, a function of an algorithm's name and a setting of it; ``spaces``, each algorithm's settings
    by its name.
    Returns: the name, the setting, and their loss, a float.
    Raises: ValueError naming ``spaces`` (no algorithm), the algorithm that has no settings, or ``loss`` (NaN for all).
    Complexity: O(s) for s settings of all algorithms, and s evaluations of the loss; memory O(s).
    Source: lecture 1, section 3; Thornton et al. 2013.
    """
    if not spaces:
        raise ValueError("spaces must hold at least one algorithm")
    for name, settings in spaces.items():
        if len(settings) == 0:
            raise ValueError(f"spaces: {name} has no settings")
    pairs = [(name, setting) for name, settings in spaces.items() for setting in settings]
    (name, setting), found = tune(lambda pair: loss(*pair), pairs)
    return name, setting, found
