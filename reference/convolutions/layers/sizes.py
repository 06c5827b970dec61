"""Output sizes of convolution and pooling, and the receptive field (lecture 4, section 21, L04.size).

A. Araujo, W. Norris, J. Sim, "Computing receptive fields of convolutional neural networks", Distill (2019).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from reference.checks.numbers import whole


def conv_size(i: int, k: int, s: int = 1, p: int = 0) -> int:
    """The side of a convolution's output, ``floor((i - k + 2p) / s) + 1``.

    Parameters: ``i``, the side of the image, ``k``, the side of the kernel, ``s``, the stride, all at least 1; ``p`` of
    at least 0, what is padded on each of two sides. In pixels.
    Returns: an int of at least 1.
    Raises: ValueError naming ``i``, ``k`` (also a kernel larger than the padded image), ``s`` or ``p``.
    Complexity: O(1).
    Source: lecture 4, section 21; lecture only.

    >>> conv_size(224, 11, 4, 2)
    55
    """
    padded = whole("i", i) + 2 * whole("p", p, 0)
    kernel, stride = whole("k", k), whole("s", s)
    if kernel > padded:
        raise ValueError(f"k must be at most {padded}, the side of the padded image, not {kernel}")
    return (padded - kernel) // stride + 1


def pool_size(i: int, k: int, s: int) -> int:
    """The side of a pooling's output, ``floor((i - k) / s) + 1``: there is no padding.

    Parameters: ``i``, the side of the image, ``k``, the side of a window, ``s``, the stride, all at least 1.
    Returns: an int of at least 1.
    Raises: ValueError naming ``i``, ``k`` (also a window larger than the image) or ``s``.
    Complexity: O(1).
    Source: lecture 4, section 21; lecture only.

    >>> pool_size(7, 2, 2)
    3
    """
    return conv_size(i, k, s)


def receptive_field(layers: Sequence[tuple[int, int]]) -> int:
    """How many pixels along one axis of the image a pixel of the last output depends on.

    A layer with kernel ``k`` adds ``k - 1`` steps, each as long as the product of the strides before it: two layers of
    3 see as much as one of 5, as in VGG (lecture 4, section 22). Without layers a pixel sees itself.

    Parameters: ``layers``, pairs (kernel, stride) from the first layer to the last, all numbers at least 1; pooling
    layers count as well. A list without pairs is allowed.
    Returns: an int of at least 1.
    Raises: ValueError naming ``layers``.
    Complexity: O(l) for l layers.
    Source: lecture 4, section 22; Araujo, Norris, Sim 2019.

    >>> receptive_field([(3, 1), (3, 1)]), receptive_field([(3, 2), (3, 1)])
    (5, 7)
    """
    field, step = 1, 1
    for kernel, stride in _pairs(layers):
        field += (kernel - 1) * step
        step *= stride
    return field


def _pairs(layers: Any) -> list[tuple[int, int]]:
    if not isinstance(layers, list | tuple) or not all(isinstance(one, list | tuple) for one in layers):
        raise ValueError("layers must be a list of pairs (kernel, stride)")
    if not all(len(one) == 2 for one in layers):
        raise ValueError("layers must hold two numbers each: kernel and stride")
    return [(whole("layers", kernel), whole("layers", stride)) for kernel, stride in layers]
