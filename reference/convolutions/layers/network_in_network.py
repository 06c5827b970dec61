"""Convolution of 1 by 1, and network in network, which is made of it (lecture 4, section 22, L04.pointwise).

M. Lin, Q. Chen, S. Yan, "Network in network", International Conference on Learning Representations (2014).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from reference.checks.arrays import Floats, matrix
from reference.convolutions.layers.arguments import bias, images
from reference.convolutions.layers.convolution import conv


def pointwise(X: ArrayLike, W: ArrayLike, b: ArrayLike | None = None) -> Floats:
    """Convolution of 1 by 1: the channels of each pixel, a vector v, become ``W v + b``.

    Parameters: ``X`` (n, c, h, w); ``W`` (D, c); ``b`` (D,), None for zeros.
    Returns: a new array (n, D, h, w).
    Raises: ValueError naming ``X``, ``W`` (other channels) or ``b``.
    Complexity: O(n c D h w).
    Source: lecture 4, section 22; Lin, Chen, Yan 2014.

    >>> pointwise([[[[3.0]], [[4.0]]]], [[1.0, 10.0]], [0.5]).ravel().tolist()
    [43.5]
    """
    pixels = images("X", X)
    return _pointwise(pixels, "W", W, "b", b)


def mlpconv(
    X: ArrayLike, K: ArrayLike, b: ArrayLike, W1: ArrayLike, b1: ArrayLike, W2: ArrayLike, b2: ArrayLike
) -> Floats:
    """A layer of network in network: a perceptron of three layers slides over the image instead of a linear map.

    It is a convolution and two convolutions of 1 by 1, and after each of the three ``max(0, .)``.

    Parameters: ``X`` (n, c, h, w); ``K`` (D, c, kh, kw) and ``b`` (D,), as in `conv`, with stride 1 and no padding;
    ``W1`` (D1, D) and ``b1`` (D1,); ``W2`` (D2, D1) and ``b2`` (D2,), as in `pointwise`.
    Returns: a new array (n, D2, h - kh + 1, w - kw + 1).
    Raises: ValueError naming ``X``, ``K``, ``b``, ``W1``, ``b1``, ``W2`` or ``b2``.
    Complexity: O(n h w (c D kh kw + D D1 + D1 D2)).
    Source: lecture 4, section 22; Lin, Chen, Yan 2014.

    >>> mlpconv([[[[1.0, -1.0]]]], [[[[2.0]]]], [0.0], [[1.0]], [-0.5], [[3.0]], [1.0]).tolist()
    [[[[5.5, 1.0]]]]
    """
    first = np.maximum(0, conv(X, K, b))
    second = np.maximum(0, _pointwise(first, "W1", W1, "b1", b1))
    return np.maximum(0, _pointwise(second, "W2", W2, "b2", b2))


def global_average(X: ArrayLike) -> Floats:
    """The mean of each channel over all pixels, which takes the place of the last fully connected layer.

    Parameters: ``X`` (n, c, h, w).
    Returns: a new array (n, c).
    Raises: ValueError naming ``X``.
    Complexity: O(n c h w).
    Source: lecture 4, section 22; Lin, Chen, Yan 2014.

    >>> global_average([[[[1.0, 2.0]], [[5.0, 5.0]]]]).tolist()
    [[1.5, 5.0]]
    """
    return images("X", X).mean(axis=(2, 3))


def _pointwise(pixels: Floats, named: str, W: ArrayLike, shifted: str, b: ArrayLike | None) -> Floats:
    weights = matrix(named, W, pixels.shape[1])
    shift = bias(shifted, b, len(weights))
    return np.einsum("dc,ncyx->ndyx", weights, pixels, optimize=True) + shift[:, None, None]
