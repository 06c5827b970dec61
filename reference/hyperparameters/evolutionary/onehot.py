"""A category as a vector and back (lecture 1, section 7, L01.onehot)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from reference.checks.arrays import vector
from reference.checks.text import one_of


def to_onehot(category: Any, categories: Sequence[Any]) -> NDArray[np.float64]:
    """A vector with 1 at the place of the category and 0 elsewhere.

    Parameters: ``category``, one of ``categories`` (n,).
    Returns: (n,).
    Raises: ValueError naming ``category`` (none of them).
    Complexity: O(n^2), as a row is taken of the identity matrix; O(n) is possible.
    Source: lecture 1, section 7; lecture only.

    >>> to_onehot("b", ["a", "b", "c"])
    array([0., 1., 0.])
    """
    place = list(categories).index(one_of("category", category, categories))
    return np.eye(len(categories))[place]


def from_onehot(x: ArrayLike, categories: Sequence[Any]) -> Any:
    """The category at the largest entry of ``x``; of equal ones the first.

    Parameters: ``x`` (n,), infinite entries allowed; ``categories`` (n,).
    Returns: the category.
    Raises: ValueError naming ``x`` (another length, NaN).
    Complexity: O(n).
    Source: lecture 1, section 7; lecture only.
    """
    x = vector("x", x, len(categories), infinite=True)
    return categories[int(np.argmax(x))]
