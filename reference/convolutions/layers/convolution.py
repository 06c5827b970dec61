"""Convolution of many channels, forward and backward (lecture 4, section 21, L04.conv).

As in every framework it is a correlation: the kernel is laid on the image as it is, not flipped. Y. LeCun, L.
Bottou, Y. Bengio, P. Haffner, "Gradient-based learning applied to document recognition", Proceedings of the IEEE 86
(1998).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from reference.checks.arrays import Floats, array
from reference.checks.numbers import whole
from reference.convolutions.layers.arguments import bias, fits_in, images
from reference.convolutions.layers.padding import pad_with_zeros, without_padding


def conv(X: ArrayLike, K: ArrayLike, b: ArrayLike | None = None, stride: int = 1, padding: int = 0) -> Floats:
    """``Y[n,d,y,x] = b[d] + sum over c, i, j of K[d,c,i,j] X[n,c, y stride + i, x stride + j]``, X padded with zeros.

    Rows and columns that the last step does not reach are left out: `conv_size` tells how many outputs there are.

    Parameters: ``X`` (n, c, h, w); ``K`` (D, c, kh, kw); ``b`` (D,), None for zeros; ``stride`` of at least 1 and
    ``padding`` of at least 0, in pixels and the same along both axes.
    Returns: a new array (n, D, rows, columns).
    Raises: ValueError naming ``X``, ``K`` (other channels; larger than the padded image), ``b``, ``stride`` or
    ``padding``.
    Complexity: O(n c D kh kw rows columns); memory of the padded images and the outputs alone, as no windows are copied
    side by side.
    Source: lecture 4, section 21; lecture only.

    >>> conv([[[[1.0, 2.0, 3.0]]]], [[[[1.0, 10.0]]]]).tolist()
    [[[[21.0, 32.0]]]]
    """
    padded, kernels, step, _ = _arguments(X, K, stride, padding)
    shift = bias("b", b, len(kernels))
    return correlate(padded, kernels, step) + shift[:, None, None]


def conv_grad(
    X: ArrayLike, K: ArrayLike, dY: ArrayLike, stride: int = 1, padding: int = 0
) -> tuple[Floats, Floats, Floats]:
    """Derivatives of a scalar by the arguments of `conv`, of which ``dY`` is the derivative by its result.

    Each output passes its derivative on to both factors of each product in its sum, times the other factor.

    Parameters: ``X``, ``K``, ``stride`` and ``padding`` as in `conv`; ``dY`` of the shape of its result.
    Returns: ``dX``, ``dK`` and ``db``, of the shapes of ``X``, of ``K`` and (D,).
    Raises: ValueError as in `conv`, or naming ``dY``.
    Complexity: O(n c D kh kw rows columns) for outputs of rows by columns, twice the cost of `conv`; memory as there.
    Source: lecture 4, section 21; LeCun et al. 1998.

    >>> dX, dK, db = conv_grad([[[[1.0, 2.0, 3.0]]]], [[[[1.0, 10.0]]]], [[[[1.0, 1.0]]]])
    >>> dX.tolist(), dK.tolist(), db.tolist()
    ([[[[1.0, 11.0, 10.0]]]], [[[[3.0, 5.0]]]], [2.0])
    """
    padded, kernels, step, width = _arguments(X, K, stride, padding)
    sides = _output_sides(padded, kernels, step)
    grads = array("dY", dY, (len(padded), len(kernels), *sides))
    by_kernels = np.empty_like(kernels)
    for i, j in np.ndindex(kernels.shape[2:]):
        window = at_place(padded, i, j, sides, step)
        by_kernels[:, :, i, j] = np.einsum("ndyx,ncyx->dc", grads, window, optimize=True)
    by_images = without_padding(spread(grads, kernels, padded.shape, step), width)
    return by_images, by_kernels, grads.sum(axis=(0, 2, 3))


def correlate(padded: Floats, kernels: Floats, stride: int) -> Floats:
    """The convolution of images that need no padding, without a bias: a step for each place of the kernel."""
    sides = _output_sides(padded, kernels, stride)
    maps = np.zeros((len(padded), len(kernels), *sides))
    for i, j in np.ndindex(kernels.shape[2:]):
        window = at_place(padded, i, j, sides, stride)
        maps += np.einsum("dc,ncyx->ndyx", kernels[:, :, i, j], window, optimize=True)
    return maps


def spread(maps: Floats, kernels: Floats, shape: tuple[int, ...], stride: int) -> Floats:
    """The adjoint of `correlate`: each value of (n, D, h, w) adds its kernels, times it, to images of a shape."""
    padded = np.zeros(shape)
    for i, j in np.ndindex(kernels.shape[2:]):
        window = at_place(padded, i, j, maps.shape[2:], stride)
        window += np.einsum("dc,ndyx->ncyx", kernels[:, :, i, j], maps, optimize=True)
    return padded


def at_place(padded: Floats, i: int, j: int, sides: tuple[int, ...], stride: int) -> Floats:
    """A view of the pixels at place (i, j) of the window of each output: (n, c, rows, columns)."""
    rows, columns = sides
    return padded[:, :, i : i + stride * (rows - 1) + 1 : stride, j : j + stride * (columns - 1) + 1 : stride]


def _arguments(X: ArrayLike, K: ArrayLike, stride: int, padding: int) -> tuple[Floats, Floats, int, int]:
    """Padded images, kernels, stride and padding."""
    pixels = images("X", X)
    kernels = images("K", K, pixels.shape[1])
    step, width = whole("stride", stride), whole("padding", padding, 0)
    padded = pad_with_zeros(pixels, width)
    fits_in("K", kernels.shape[2:], padded.shape[2:])
    return padded, kernels, step, width


def _output_sides(padded: Floats, kernels: Floats, stride: int) -> tuple[int, ...]:
    """Rows and columns of the output: where the last step does not reach, nothing is computed."""
    return tuple((side - own) // stride + 1 for side, own in zip(padded.shape[2:], kernels.shape[2:], strict=True))
