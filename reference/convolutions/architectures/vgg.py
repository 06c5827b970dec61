"""VGG-16 and VGG-19 as configurations (lecture 4, section 22, L04.vgg).

K. Simonyan, A. Zisserman, "Very deep convolutional networks for large-scale image recognition", ICLR 2015. Dropout is
left out: it changes no shape.
"""

from __future__ import annotations

from typing import Any

from reference.checks.numbers import whole
from reference.convolutions.architectures.alexnet import head
from reference.convolutions.architectures.configuration import Layer

WIDTHS = (64, 128, 256, 512, 512)
LENGTHS = {16: (2, 2, 3, 3, 3), 19: (2, 2, 4, 4, 4)}


def vgg(depth: int) -> list[Layer]:
    """Five blocks of convolutions 3 x 3, each ended by a pooling 2 x 2, means of 7 x 7, three linear maps.

    ``depth`` is the number of layers with parameters. ReLU follows each of them but the last.

    Parameters: ``depth``, 16 or 19.
    Returns: a list of layers (tuples), each with its numbers; for pictures (3, 224, 224) there are 138,357,544 or
    143,667,240 parameters.
    Raises: ValueError naming another ``depth``.
    Complexity: O(1).
    Source: lecture 4, section 22; Simonyan, Zisserman 2015.

    >>> sum(layer[0] in ("conv", "linear") for layer in vgg(16))
    16
    """
    layers: list[Layer] = []
    for width, length in zip(WIDTHS, lengths(depth), strict=True):
        layers += length * [("conv", width, 3, 1, 1), ("relu",)]
        layers.append(("pool", 2, 2))
    return [*layers, ("adaptive", 7), *head()]


def lengths(depth: Any) -> tuple[int, ...]:
    """How many convolutions each block has. Raises ValueError naming ``depth``."""
    if whole("depth", depth) not in LENGTHS:
        raise ValueError(f"depth must be one of {sorted(LENGTHS)}, not {depth!r}")
    return LENGTHS[depth]
