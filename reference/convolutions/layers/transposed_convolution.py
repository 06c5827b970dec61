"""Transposed convolution, which makes images larger (lecture 4, section 23, figure 4.4, L04.transposed).

V. Dumoulin, F. Visin, "A guide to convolution arithmetic for deep learning", arXiv:1603.07285 (2016).
"""

from __future__ import annotations

from numpy.typing import ArrayLike

from reference.checks.arrays import Floats, array
from reference.checks.numbers import whole
from reference.convolutions.layers.arguments import images
from reference.convolutions.layers.convolution import spread
from reference.convolutions.layers.padding import without_padding


def transposed(Y: ArrayLike, K: ArrayLike, stride: int = 1, padding: int = 0, output_padding: int = 0) -> Floats:
    """Larger images from small ones: the adjoint of `conv` with the same kernels.

    For all X and Y that fit, the sum of ``conv(X, K) * Y`` is the sum of ``X * transposed(Y, K)``.

    Each value of Y lays its kernel, times the value, on a canvas, ``stride`` pixels from the next one; overlapping ones
    add up; ``padding`` pixels are cut off from each of four sides. Convolutions of several sides have outputs of the
    same side: ``output_padding`` more rows and columns, at the end of the canvas, tell which one is wanted.

    Parameters: ``Y`` (n, D, h, w); ``K`` (D, c, kh, kw), that of `conv`; ``stride`` of at least 1; ``padding`` of at
    least 0; ``output_padding`` of at least 0 and less than ``stride``.
    Returns: a new array (n, c, H, W) with ``H = (h - 1) stride + kh - 2 padding + output_padding``, W likewise.
    Raises: ValueError naming ``Y``, ``K`` (other channels), ``stride``, ``output_padding``, or ``padding`` (also one
    that leaves nothing).
    Complexity: O(n c D kh kw h w); memory of ``Y`` and the result, as zeros are not put between the pixels.
    Source: lecture 4, section 23; Dumoulin, Visin 2016.

    >>> transposed([[[[1.0, 2.0]]]], [[[[1.0, 10.0, 100.0]]]], 2, 0, 0).tolist()
    [[[[1.0, 10.0, 102.0, 20.0, 200.0]]]]
    """
    maps = images("Y", Y)
    kernels = array("K", K, (maps.shape[1], None, None, None))
    step, width = whole("stride", stride), whole("padding", padding, 0)
    more = whole("output_padding", output_padding, 0, step - 1)
    sides = [(side - 1) * step + own + more for side, own in zip(maps.shape[2:], kernels.shape[2:], strict=True)]
    if min(sides) <= 2 * width:
        raise ValueError(f"padding must leave something of {sides[0]} by {sides[1]} pixels, but is {width}")
    canvas = spread(maps, kernels, (len(maps), kernels.shape[1], *sides), step)
    return without_padding(canvas, width)
