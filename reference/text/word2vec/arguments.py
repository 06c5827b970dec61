"""Arguments of word2vec: sentences, lists of ids, two matrices of vectors (lecture 7, section 35)."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from reference.checks.arrays import Floats, Labels, array, matrix, numeric
from reference.checks.text import tokens


def token_lists(name: str, values: Any) -> list[list[str]]:
    """``values``, a list of sentences, each a list of texts, as new lists. ValueError names ``name``."""
    if not isinstance(values, list | tuple):
        raise ValueError(f"{name} must be a list of lists of texts")
    return [tokens(name, sentence) for sentence in values]


def id_lists(name: str, values: Any, count: int | None = None) -> list[Labels]:
    """``values``, a list of vectors of ids, as new vectors; some may be empty. ValueError names ``name``.

    Ids are whole numbers from 0, below ``count`` if it is given.
    """
    if not isinstance(values, list | tuple):
        raise ValueError(f"{name} must be a list of vectors of whole numbers")
    return [indices(name, sentence, 1, 0, count) for sentence in values]


def indices(name: str, values: ArrayLike, axes: int, low: int, count: int | None) -> Labels:
    """``values`` as a new array of whole numbers from ``low``, below ``count`` if it is given.

    ValueError names ``name``.
    """
    found = np.asarray(values)
    result = np.array(numeric(name, found, "iu") if found.size else found, dtype=np.intp)
    if result.ndim != axes:
        raise ValueError(f"{name} must have {axes} axes, not the shape {result.shape}")
    if result.size and (result.min() < low or (count is not None and result.max() >= count)):
        raise ValueError(f"{name} must hold whole numbers from {low}{'' if count is None else f', below {count}'}")
    return result


def both_matrices(W_in: ArrayLike, W_out: ArrayLike) -> tuple[Floats, Floats]:
    """Copies of two matrices of the same shape (V, d). ValueError names ``W_in`` or ``W_out``."""
    inputs = matrix("W_in", W_in)
    return inputs, array("W_out", W_out, inputs.shape)
