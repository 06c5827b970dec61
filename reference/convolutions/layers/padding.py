"""Padding of images: zero, edge, mirror, circular (lecture 4, section 21, figure 4.1, L04.padding)."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from reference.checks.arrays import Floats, Labels
from reference.checks.numbers import whole
from reference.checks.text import one_of
from reference.convolutions.layers.arguments import images

MODES = ("zero", "edge", "mirror", "circular")


def pad(X: ArrayLike, p: int, mode: str = "zero") -> Floats:
    """Images with ``p`` more pixels on each of their four sides.

    "zero" adds zeros; "edge" repeats the outermost pixel; "mirror" reflects the image in its outermost pixel, which is
    not repeated: ``c b | a b c``; "circular" goes on with the opposite side: ``b c | a b c``. A corner follows the
    rule along both axes. "mirror" needs a ``p`` that is less than either side, "circular" one that is no more than
    either side.

    Parameters: ``X`` (n, c, h, w); ``p`` of at least 0, in pixels; ``mode``, one of the four names.
    Returns: a new array (n, c, h + 2p, w + 2p).
    Raises: ValueError naming ``X``, ``mode`` or ``p`` (also one that is too large for the mode).
    Complexity: O(n c (h + 2 p) (w + 2 p)).
    Source: lecture 4, section 21; lecture only.

    >>> pad([[[[1.0, 2.0, 3.0]] * 3]], 1, "mirror")[0, 0, 0].tolist()
    [2.0, 1.0, 2.0, 3.0, 2.0]
    """
    pixels = images("X", X)
    width = whole("p", p, 0)
    kind = one_of("mode", mode, MODES)
    height, length = pixels.shape[2:]
    shortest = min(height, length)
    if width > {"mirror": shortest - 1, "circular": shortest}.get(kind, width):
        raise ValueError(f"p must be less for this mode: the shorter side has {shortest} pixels, p is {width}")
    if kind == "zero":
        return pad_with_zeros(pixels, width)
    rows, columns = _sources(height, width, kind), _sources(length, width, kind)
    padded: Floats = pixels[:, :, rows[:, None], columns]
    return padded


def pad_with_zeros(pixels: Floats, width: int) -> Floats:
    """A new array with ``width`` zeros on each side of the last two axes."""
    n, channels, height, length = pixels.shape
    padded = np.zeros((n, channels, height + 2 * width, length + 2 * width))
    padded[:, :, width : width + height, width : width + length] = pixels
    return padded


def without_padding(padded: Floats, width: int) -> Floats:
    """A new array without the ``width`` outermost pixels on each side."""
    height, length = padded.shape[2:]
    return padded[:, :, width : height - width, width : length - width].copy()


def _sources(side: int, width: int, mode: str) -> Labels:
    """From which row or column of the image each of the padded one comes."""
    places = np.arange(-width, side + width)
    if mode == "edge":
        return np.clip(places, 0, side - 1)
    if mode == "mirror":
        return side - 1 - np.abs(side - 1 - np.abs(places))
    return places % side
