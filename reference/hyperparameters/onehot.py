"""A category as a vector and back (lecture 1, section 7, L01.onehot)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray


def to_onehot(category: Any, categories: Sequence[Any]) -> NDArray[np.float64]:
    """A vector of shape (n,) with 1 at the place of ``category`` among ``categories`` and 0 elsewhere.

    Raises ValueError naming ``category`` when it is none of them.

    >>> to_onehot("b", ["a", "b", "c"])
    array([0., 1., 0.])
    """
    if category not in categories:
        raise ValueError(f"category must be one of {list(categories)}, not {category!r}")
    return np.eye(len(categories))[list(categories).index(category)]


def from_onehot(x: NDArray[np.float64], categories: Sequence[Any]) -> Any:
    """The category at the largest entry of ``x``; of equal ones the first.

    Raises ValueError naming ``x`` when its shape is not (n,) or an entry is NaN.
    """
    x = np.asarray(x, dtype=float)
    if x.shape != (len(categories),) or np.isnan(x).any():
        raise ValueError(f"x must be a vector of {len(categories)} numbers without NaN")
    return categories[int(np.argmax(x))]
