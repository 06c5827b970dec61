"""Arrays of numpy as arguments: new float arrays of a shape, vectors of labels."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from reference.checks.shapes import Wanted, as_text, fits

Floats = NDArray[np.float64]
Labels = NDArray[np.intp]

ROUNDING = 1e-9  # of the largest entry: two entries that differ by less may be equal but for rounding


def numeric(name: str, values: ArrayLike, kinds: str = "iuf") -> np.ndarray:
    """``values`` as an array of one of these kinds of numpy's types, perhaps not a copy. ValueError names ``name``."""
    try:
        given = np.asarray(values)
    except (TypeError, ValueError):  # rows of different lengths
        raise ValueError(f"{name} must be an array of numbers") from None
    if given.dtype.kind not in kinds:
        raise ValueError(f"{name} must be an array of {'whole ' if kinds == 'iu' else ''}numbers, not of {given.dtype}")
    return given


def array(
    name: str, values: ArrayLike, shape: Wanted | None = None, *, infinite: bool = False, empty: bool = False
) -> Floats:
    """``values`` as a new float array of ``shape`` (None in it: any length of at least 1). ValueError names ``name``.

    No entry is NaN, and none is infinite unless ``infinite`` is allowed. No axis that may have any length is empty
    unless ``empty`` is allowed; without a ``shape`` the number of axes is free as well.

    >>> array("X", [[1, 2], [3, 4]], (None, 2)).tolist()
    [[1.0, 2.0], [3.0, 4.0]]
    """
    values = numeric(name, values)
    array = np.array(values, dtype=float)
    if array.size == 0 and not empty:
        raise ValueError(f"{name} must not be empty, but is of shape {array.shape}")
    if shape is not None and not fits(array.shape, shape, empty=empty):
        raise ValueError(f"{name} must be of shape {as_text(shape)}, not {array.shape}")
    if infinite:
        if np.isnan(array).any():
            raise ValueError(f"{name} must not hold NaN")
    elif not np.isfinite(array).all():
        raise ValueError(f"{name} must be finite")
    return array


def vector(name: str, values: ArrayLike, length: int | None = None, *, infinite: bool = False) -> Floats:
    """``values`` as a new float vector, by the rules of `array`. ValueError names ``name``."""
    return array(name, values, (length,), infinite=infinite)


def matrix(name: str, values: ArrayLike, columns: int | None = None, *, infinite: bool = False) -> Floats:
    """``values`` as a new float matrix ``(n_objects, columns)``, by the rules of `array`. ValueError names ``name``."""
    return array(name, values, (None, columns), infinite=infinite)


def square(name: str, values: ArrayLike) -> Floats:
    """``values`` as a new float matrix ``(n, n)``. ValueError names ``name``."""
    table = matrix(name, values)
    if table.shape[0] != table.shape[1]:
        raise ValueError(f"{name} must be square, not of shape {table.shape}")
    return table


def is_symmetric(matrices: Floats) -> bool:
    """Whether a matrix (n, n), or each of a stack (..., n, n), is its own transpose, but for rounding."""
    return bool(np.abs(matrices - matrices.swapaxes(-1, -2)).max() <= ROUNDING * np.abs(matrices).max())


def weight_vector(name: str, values: ArrayLike, length: int | None = None) -> Floats:
    """``values`` as a new vector of finite numbers of at least 0. ValueError names ``name``."""
    result = vector(name, values, length)
    if not (result >= 0).all():
        raise ValueError(f"{name} must not hold negative numbers")
    return result


def label_vector(name: str, values: ArrayLike, count: int | None = None) -> Labels:
    """``values`` as a new vector of whole numbers, at least one, ``count`` of them if given. ValueError names ``name``.

    >>> label_vector("labels", [3, 3, -1]).tolist()
    [3, 3, -1]
    """
    labels = np.array(numeric(name, values, "iu"))
    if not fits(labels.shape, (count,)):
        raise ValueError(f"{name} must be of shape {as_text((count,))}, not {labels.shape}")
    return labels


def signs(name: str, values: ArrayLike, count: int | None = None) -> Floats:
    """``values`` as a new vector of the classes -1 and 1, floats or not. ValueError names ``name``."""
    classes = vector(name, values, count)
    if not np.isin(classes, (-1, 1)).all():
        raise ValueError(f"{name} must hold -1 or 1 only")
    return classes
