"""Convolutional networks as lists of layers: what a list means, its shapes and its parameters (lecture 4, section 22).

Rows L04.alexnet and L04.vgg. Nothing is built here: all is arithmetic on whole numbers. A layer is a tuple of its kind
and its numbers:

    ("conv", out, k, s, p)   convolution k x k with bias, out channels, stride s, p zeros on each side
    ("pool", k, s)           maximum over k x k, stride s
    ("adaptive", size)       means, so that size x size are left
    ("flatten",)             all values of an object in one row
    ("linear", out)          linear map with bias
    ("relu",)                max(0, x)
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

from reference.checks.numbers import whole

Layer = tuple[Any, ...]
Shape = tuple[int, ...]
Row = tuple[str, Shape, int]


def trace(config: Sequence[Layer], shape: Sequence[int]) -> list[Row]:
    """The shape of each layer's output for one object, and how many parameters the layer has.

    Sides of a convolution and of a pooling are rounded down: pixels left over at the right and below are not used.

    Parameters: ``config``, a list of layers (tuples); ``shape`` (c, h, w) of one object.
    Returns: a tuple ``(kind, shape, parameters)`` for each layer: the shape behind it, ``(c, h, w)`` or, from
    flatten on, ``(n,)``, and a whole number.
    Raises: ValueError naming ``shape`` that is not three whole numbers of at least 1, ``config`` with an unknown kind,
    the wrong numbers, a kernel larger than what it is laid on, convolution or pooling of a row, linear map of maps.
    Complexity: O(l) for l layers.
    Source: lecture 4, section 22; lecture only.

    >>> trace([("conv", 8, 5, 2, 1), ("relu",), ("flatten",)], (3, 32, 32))
    [('conv', (8, 15, 15), 608), ('relu', (8, 15, 15), 0), ('flatten', (1800,), 0)]
    """
    current, rows = object_shape(shape), []
    for layer in config:
        current, parameters = step(layer, current)
        rows.append((str(layer[0]), current, parameters))
    return rows


def count(config: Sequence[Layer], shape: Sequence[int]) -> int:
    """How many parameters the network has.

    Parameters: as in `trace`.
    Returns: a whole number, however large.
    Raises: ValueError as `trace` does.
    Complexity: as in `trace`.
    Source: lecture 4, section 22; lecture only.

    >>> count([("flatten",), ("linear", 10**6)], (1, 1000, 1000))
    1000001000000
    """
    return sum(parameters for _, _, parameters in trace(config, shape))


def object_shape(shape: Sequence[int]) -> Shape:
    """The shape (c, h, w) of one object. Raises ValueError naming ``shape``."""
    if len(shape) != 3:
        raise ValueError(f"shape must be (c, h, w), not {shape!r}")
    return tuple(whole("shape", side) for side in shape)


def step(layer: Layer, shape: Shape) -> tuple[Shape, int]:
    """The shape behind a layer, and its parameters. Raises ValueError naming ``config``."""
    if not layer or layer[0] not in KINDS:
        raise ValueError(f"config: no such layer as {layer!r}")
    act, least = KINDS[layer[0]]
    if len(layer) - 1 != len(least):
        raise ValueError(f"config: {layer[0]} takes {len(least)} numbers, not {layer!r}")
    numbers = [whole(f"config: {layer[0]}", value, low) for value, low in zip(layer[1:], least, strict=True)]
    return act(shape, *numbers)


def conv(shape: Shape, out: int, kernel: int, stride: int, padding: int) -> tuple[Shape, int]:
    """A convolution: a kernel over all channels, and a bias, for each channel of the output."""
    channels, *sides = maps(shape)
    height, width = (side(length + 2 * padding, kernel, stride) for length in sides)
    return (out, height, width), out * (channels * kernel**2 + 1)


def pool(shape: Shape, kernel: int, stride: int) -> tuple[Shape, int]:
    """The maximum of each window."""
    channels, *sides = maps(shape)
    height, width = (side(length, kernel, stride) for length in sides)
    return (channels, height, width), 0


def adaptive(shape: Shape, size: int) -> tuple[Shape, int]:
    """Means over windows, so that size x size of them are left."""
    return (maps(shape)[0], size, size), 0


def flatten(shape: Shape) -> tuple[Shape, int]:
    """All values of an object in one row."""
    return (math.prod(shape),), 0


def linear(shape: Shape, out: int) -> tuple[Shape, int]:
    """A weight for each pair of an input and an output, and a bias for each output."""
    if len(shape) != 1:
        raise ValueError(f"config: linear needs a row, not {shape}: flatten before it")
    return (out,), out * (shape[0] + 1)


def relu(shape: Shape) -> tuple[Shape, int]:
    """max(0, x) of each value."""
    return shape, 0


def side(length: int, kernel: int, stride: int) -> int:
    """How many places a window has along a side."""
    if kernel > length:
        raise ValueError(f"config: a window of {kernel} does not fit into {length}")
    return (length - kernel) // stride + 1


def maps(shape: Shape) -> Shape:
    """``shape``, if it is (c, h, w). Raises ValueError naming ``config``."""
    if len(shape) != 3:
        raise ValueError("config: only linear and relu can follow flatten")
    return shape


# What a layer does to a shape, and the least value of each of its numbers.
KINDS: dict[str, tuple[Callable[..., tuple[Shape, int]], tuple[int, ...]]] = {
    "conv": (conv, (1, 1, 1, 0)),
    "pool": (pool, (1, 1)),
    "adaptive": (adaptive, (1,)),
    "flatten": (flatten, ()),
    "linear": (linear, (1,)),
    "relu": (relu, ()),
}
