"""Augmentation of images: reflection, crop, blur, contrast, saturation, gamma (lecture 4, section 20, L04.augment).

C. Shorten, T. Khoshgoftaar, "A survey on image data augmentation for deep learning", Journal of Big Data 6 (2019).
An image is (h, w, c), rows from top to bottom, with values from 0 to 1; so are the results.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike

from reference.checks.arrays import Floats, array, weight_vector
from reference.checks.numbers import not_negative, positive, whole
from reference.checks.text import one_of


def picture(name: str, values: ArrayLike) -> Floats:
    """``values`` as a new image (h, w, c) with values from 0 to 1. ValueError names ``name``."""
    image = array(name, values, (None, None, None))
    if image.min() < 0 or image.max() > 1:
        raise ValueError(f"{name} must have values from 0 to 1")
    return image


def flip(image: ArrayLike, axis: str) -> Floats:
    """The image in a mirror.

    Parameters: ``image`` (h, w, c); ``axis`` is "horizontal" (left and right change places) or "vertical" (top and
    bottom).
    Returns: (h, w, c).
    Raises: ValueError naming ``image`` or ``axis``.
    Complexity: O(h w c).
    Source: lecture 4, section 20; Shorten, Khoshgoftaar 2019.

    >>> flip([[[0.1], [0.2]]], "horizontal").ravel().tolist()
    [0.2, 0.1]
    """
    pixels = picture("image", image)
    across = one_of("axis", axis, ("horizontal", "vertical")) == "horizontal"
    return pixels[:, ::-1].copy() if across else pixels[::-1].copy()


def crop(image: ArrayLike, top: int, left: int, height: int, width: int) -> Floats:
    """A part of the image: ``height`` rows from the row ``top`` on, ``width`` columns from the column ``left`` on.

    Parameters: ``image`` (h, w, c); ``top`` and ``left`` of at least 0, ``height`` and ``width`` of at least 1, so
    that the part lies in the image.
    Returns: (height, width, c).
    Raises: ValueError naming ``image``, ``top``, ``left``, ``height`` or ``width`` (those where the part ends beyond).
    Complexity: O(h w c), as the whole image is checked and copied.
    Source: lecture 4, section 20; Shorten, Khoshgoftaar 2019.

    >>> crop([[[0.1], [0.2], [0.3]]], 0, 1, 1, 2).ravel().tolist()
    [0.2, 0.3]
    """
    pixels = picture("image", image)
    h, w, _ = pixels.shape
    first_row, first_column = whole("top", top, 0, h - 1), whole("left", left, 0, w - 1)
    rows, columns = whole("height", height, 1, h - first_row), whole("width", width, 1, w - first_column)
    return pixels[first_row : first_row + rows, first_column : first_column + columns].copy()


def blur(image: ArrayLike, sigma: float) -> Floats:
    """The image blurred by a Gaussian of deviation ``sigma``, in pixels: first along the columns, then along the rows.

    Weights are exp(-d^2 / (2 sigma^2)) for d from -r to r with r = ceil(3 sigma), divided by their sum. Beyond its
    edge the image goes on with the pixels of the edge.

    Parameters: ``image`` (h, w, c); ``sigma`` above 0.
    Returns: (h, w, c).
    Raises: ValueError naming ``image`` or ``sigma``.
    Complexity: O(h w c (1 + sigma)); a kernel of two dimensions would take O(h w c (1 + sigma^2)).
    Source: lecture 4, section 20; Shorten, Khoshgoftaar 2019.

    >>> blur([[[0.0], [1.0], [0.0]]], 0.3).round(4).ravel().tolist()
    [0.0038, 0.9923, 0.0038]
    """
    pixels = picture("image", image)
    deviation = positive("sigma", sigma)
    radius = math.ceil(3 * deviation)
    weights = np.exp(-(np.arange(-radius, radius + 1) ** 2) / (2 * deviation**2))
    weights = weights / weights.sum()
    h, w, _ = pixels.shape
    padded = np.pad(pixels, ((radius, radius), (0, 0), (0, 0)), mode="edge")  # (h + 2 r, w, c)
    down = sum(weight * padded[d : d + h] for d, weight in enumerate(weights))  # (h, w, c)
    padded = np.pad(down, ((0, 0), (radius, radius), (0, 0)), mode="edge")  # (h, w + 2 r, c)
    both = sum(weight * padded[:, d : d + w] for d, weight in enumerate(weights))
    return np.clip(both, 0, 1)


def contrast(image: ArrayLike, factor: float) -> Floats:
    """Each value x becomes m + factor (x - m), where m is the mean of all values; then it is cut to 0 and 1.

    Parameters: ``image`` (h, w, c); ``factor`` of at least 0; 1 changes nothing.
    Returns: (h, w, c).
    Raises: ValueError naming ``image`` or ``factor``.
    Complexity: O(h w c).
    Source: lecture 4, section 20; Shorten, Khoshgoftaar 2019.

    >>> contrast([[[0.2], [0.4]]], 2).round(2).ravel().tolist()
    [0.1, 0.5]
    """
    pixels = picture("image", image)
    mean = pixels.mean()
    return np.clip(mean + not_negative("factor", factor) * (pixels - mean), 0, 1)


def saturate(image: ArrayLike, factors: ArrayLike) -> Floats:
    """Each channel times its own factor, then cut to 1.

    Parameters: ``image`` (h, w, c); ``factors`` (c,) of at least 0.
    Returns: (h, w, c).
    Raises: ValueError naming ``image`` or ``factors``.
    Complexity: O(h w c).
    Source: lecture 4, section 20; Shorten, Khoshgoftaar 2019.

    >>> saturate([[[0.2, 0.4, 0.6]]], [1, 0.5, 2]).ravel().tolist()
    [0.2, 0.2, 1.0]
    """
    pixels = picture("image", image)
    return np.clip(pixels * weight_vector("factors", factors, pixels.shape[2]), 0, 1)


def gamma(image: ArrayLike, g: float) -> Floats:
    """Each value to the power of ``g``: brighter below 1, darker above; black and white stay.

    Parameters: ``image`` (h, w, c); ``g`` above 0.
    Returns: (h, w, c).
    Raises: ValueError naming ``image`` or ``g``.
    Complexity: O(h w c).
    Source: lecture 4, section 20; Shorten, Khoshgoftaar 2019.

    >>> gamma([[[0.0], [0.5], [1.0]]], 2).ravel().tolist()
    [0.0, 0.25, 1.0]
    """
    power: Floats = picture("image", image) ** positive("g", g)
    return power
