"""S-cells and C-cells, the two kinds of layers of the neocognitron (lecture 4, section 22, L04.neocognitron).

K. Fukushima, "Neocognitron: a self-organizing neural network model for a mechanism of pattern recognition unaffected by
shift in position", Biological Cybernetics 36 (1980). His S-cells divide what excites them by what inhibits them; here
that is a cosine, and the threshold is set by hand.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from reference.checks.arrays import Floats
from reference.checks.numbers import decay, whole
from reference.convolutions.layers.arguments import fits_in, images
from reference.convolutions.layers.convolution import correlate
from reference.convolutions.layers.pooling import pool


def s_layer(X: ArrayLike, templates: ArrayLike, threshold: float) -> Floats:
    """The similarity of each window to each template: ``max(0, cos(window, template) - threshold) / (1 - threshold)``.

    A window and a template are vectors of c k k numbers. For a window of zeros it is 0. A positive factor
    on a window or on a template changes nothing.

    Parameters: ``X`` (n, c, h, w); ``templates`` (t, c, k, k), none of them all zeros; ``threshold`` of at least 0 and
    less than 1.
    Returns: a new array (n, t, h - k + 1, w - k + 1) of numbers from 0 to 1.
    Raises: ValueError naming ``X``, ``templates`` (other channels, not square, larger than the image, all zeros) or
    ``threshold``.
    Complexity: O(n t c k^2 h w).
    Source: lecture 4, section 22; Fukushima 1980.

    >>> s_layer([[[[2.0, 0.0], [0.0, 0.0], [0.0, 0.0]]]], [[[[5.0, 0.0], [0.0, 0.0]]]], 0.5).tolist()
    [[[[1.0], [0.0]]]]
    """
    pixels = images("X", X)
    patterns = images("templates", templates, pixels.shape[1])
    if patterns.shape[2] != patterns.shape[3]:
        raise ValueError("templates must be square")
    fits_in("templates", patterns.shape[2:], pixels.shape[2:])
    lengths = np.sqrt((patterns**2).sum(axis=(1, 2, 3), keepdims=True))
    if not lengths.all():
        raise ValueError("templates must not hold a template of zeros")
    least = decay("threshold", threshold)
    products = correlate(pixels, patterns / lengths, 1)
    sizes = np.sqrt(correlate(pixels**2, np.ones_like(patterns[:1]), 1))  # (n, 1, rows, columns)
    cosines = np.divide(products, sizes, out=np.zeros_like(products), where=sizes > 0)
    return np.maximum(0, cosines - least) / (1 - least)


def c_layer(S: ArrayLike, k: int) -> Floats:
    """The strongest S-cell of each block of k by k: where within its block it stands makes no difference.

    Blocks do not overlap; rows and columns at the end that do not fill a block are left out.

    Parameters: ``S`` (n, t, h, w); ``k`` of at least 1.
    Returns: a new array (n, t, h // k, w // k).
    Raises: ValueError naming ``S`` or ``k`` (larger than ``S``).
    Complexity: O(n t h w).
    Source: lecture 4, section 22; Fukushima 1980.

    >>> c_layer([[[[0.0, 0.5, 0.0, 0.0], [0.0, 0.0, 0.25, 0.0]]]], 2).tolist()
    [[[[0.5, 0.25]]]]
    """
    return pool(images("S", S), whole("k", k))
