"""Texts, lists of tokens, and names of a choice as arguments."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, TypeVar

import numpy as np

Choice = TypeVar("Choice")


def text(name: str, value: Any) -> str:
    """``value`` itself, once it is known to be a text, perhaps an empty one. ValueError names ``name``."""
    if not isinstance(value, str):
        raise ValueError(f"{name} must be a text, not {value!r}")
    return value


def tokens(name: str, values: Any) -> list[str]:
    """``values``, a list or tuple of texts, as a new list, perhaps an empty one. ValueError names ``name``.

    A text is no list of tokens, though Python would iterate over its letters.
    """
    if not isinstance(values, list | tuple) or not all(isinstance(value, str) for value in values):
        raise ValueError(f"{name} must be a list of texts")
    return list(values)


def one_of(name: str, value: Any, choices: Collection[Choice]) -> Choice:
    """The one of ``choices`` that ``value`` is equal to. ValueError names ``name``.

    >>> one_of("kind", "mean", ("max", "mean"))
    'mean'
    """
    for choice in choices:
        same = choice == value  # an array gives an array
        if choice is value or (isinstance(same, bool | np.bool_) and same):
            return choice
    raise ValueError(f"{name} must be one of {', '.join(map(repr, choices))}, not {value!r}")
