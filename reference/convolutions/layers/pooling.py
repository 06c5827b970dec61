"""Pooling by maximum, mean or sum, forward and backward (lecture 4, section 21, L04.pool)."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import ArrayLike

from reference.checks.arrays import Floats, array
from reference.checks.numbers import whole
from reference.checks.text import one_of
from reference.convolutions.layers.arguments import fits_in, images
from reference.convolutions.layers.convolution import at_place

KINDS: Mapping[str, Callable[..., Floats]] = {"max": np.max, "mean": np.mean, "sum": np.sum}


def pool(X: ArrayLike, k: int, stride: int | None = None, kind: str = "max") -> Floats:
    """The maximum, mean or sum of each window of k by k pixels, channel by channel, without padding.

    Parameters: ``X`` (n, c, h, w); ``k`` of at least 1; ``stride`` of at least 1, ``k`` if None; ``kind``, "max",
    "mean" or "sum".
    Returns: a new array (n, c, rows, columns); `pool_size` tells the sides.
    Raises: ValueError naming ``X``, ``k`` (larger than the image), ``stride`` or ``kind``.
    Complexity: O(n c k^2 rows columns), and memory O(n c k^2 rows columns) for copies of the windows; O(n c h w) is
    possible by running sums and maxima.
    Source: lecture 4, section 21; lecture only.

    >>> pool([[[[1.0, 5.0, 2.0], [3.0, 4.0, 9.0]]]], 2, 1).tolist()
    [[[[5.0, 9.0]]]]
    """
    windows, _, method = _arguments(X, k, stride, kind)
    return KINDS[method](windows, axis=-1)


def pool_grad(X: ArrayLike, dY: ArrayLike, k: int, stride: int | None = None, kind: str = "max") -> Floats:
    """The derivative of a scalar by ``X``, of which ``dY`` is the derivative by the result of `pool`.

    A maximum gives it all to the largest pixel of its window, of equal ones to the first by rows; a mean gives each
    pixel the same share, a sum all of it to each. Where windows overlap, what they give adds up.

    Parameters: as in `pool`; ``dY`` of the shape of its result.
    Returns: a new array of the shape of ``X``.
    Raises: ValueError as in `pool`, or naming ``dY``.
    Complexity: as in `pool`, and O(k^4) for a maximum.
    Source: lecture 4, section 21; lecture only.

    >>> pool_grad([[[[1.0, 5.0, 2.0], [3.0, 4.0, 9.0]]]], [[[[1.0, 10.0]]]], 2, 1).tolist()
    [[[[0.0, 1.0, 0.0], [0.0, 0.0, 10.0]]]]
    """
    windows, step, method = _arguments(X, k, stride, kind)
    grads = array("dY", dY, windows.shape[:-1])
    shares = _shares(windows, method) * grads[..., None]  # (n, c, rows, columns, k * k)
    by_images = np.zeros(np.shape(X))
    for place in range(k * k):
        window = at_place(by_images, *divmod(place, k), grads.shape[2:], step)
        window += shares[..., place]
    return by_images


def _arguments(X: ArrayLike, k: int, stride: int | None, kind: str) -> tuple[Floats, int, str]:
    """The windows (n, c, rows, columns, k * k), pixels of a window by rows; the stride; the kind."""
    pixels = images("X", X)
    side = whole("k", k)
    step = side if stride is None else whole("stride", stride)
    fits_in("k", (side, side), pixels.shape[2:])
    windows = sliding_window_view(pixels, (side, side), axis=(2, 3))[:, :, ::step, ::step]
    return windows.reshape(*windows.shape[:4], side * side), step, one_of("kind", kind, KINDS)


def _shares(windows: Floats, kind: str) -> Floats:
    """Which share of the derivative of its window each pixel gets."""
    if kind == "max":
        shares: Floats = np.eye(windows.shape[-1])[windows.argmax(axis=-1)]
        return shares
    return np.full(windows.shape, 1 / windows.shape[-1] if kind == "mean" else 1.0)
