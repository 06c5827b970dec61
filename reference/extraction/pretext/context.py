"""The position of a patch relative to another one (lecture 11, section 52, L11.context).

C. Doersch, A. Gupta, A. Efros, "Unsupervised visual representation learning by context prediction", ICCV (2015). They
also move each patch by chance; that is left out.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from reference.checks.arrays import Floats, Labels, array
from reference.checks.numbers import whole
from reference.checks.randomness import generator

AROUND = ((-1, -1), (-1, 0), (-1, 1), (0, -1), (0, 1), (1, -1), (1, 0), (1, 1))  # rows and columns of 3 x 3 patches


def context_pair(image: ArrayLike, size: int, gap: int, position: int, top: int, left: int) -> tuple[Floats, Floats]:
    """The patch at ``top``, ``left``, and one of the eight around it, with ``gap`` pixels between them.

    Positions 0 to 7 go by rows, without the centre: 0 is the patch above to the left, 1 above, 3 to the left, 7 below
    to the right.

    Parameters: ``image`` (h, w, c); ``size`` of at least 1, the side of a patch; ``gap`` of at least 0, both so that
    3 size + 2 gap pixels fit; ``position`` from 0 to 7; ``top`` and ``left``, the first row and column of the central
    patch, so that all eight around it lie in the image.
    Returns: the central patch and the other one, (size, size, c) both.
    Raises: ValueError naming ``image``, ``size``, ``gap``, ``position``, ``top`` or ``left``.
    Complexity: O(h w c), as the whole image is checked and copied; O(size^2 c) is possible.
    Source: lecture 11, section 52; Doersch, Gupta, Efros 2015.

    >>> center, patch = context_pair(np.arange(9.0).reshape(3, 3, 1), 1, 0, 2, 1, 1)
    >>> float(center[0, 0, 0]), float(patch[0, 0, 0])
    (4.0, 2.0)
    """
    pixels, side, step = _grid(image, size, gap)
    h, w, _ = pixels.shape
    row, column = whole("top", top, step, h - step - side), whole("left", left, step, w - step - side)
    down, across = AROUND[whole("position", position, 0, 7)]
    return _patch(pixels, row, column, side), _patch(pixels, row + step * down, column + step * across, side)


def context_pairs(
    image: ArrayLike, size: int, gap: int, count: int, rng: np.random.Generator
) -> tuple[Floats, Floats, Labels]:
    """``count`` pairs of one image: the central patch anywhere, and a position, all equally likely and independent.

    Parameters: ``image``, ``size``, ``gap`` as in `context_pair`; ``count`` of at least 1; ``rng``, a generator.
    Returns: central patches and the others, (count, size, size, c) both, and positions (count,).
    Raises: ValueError naming ``image``, ``size``, ``gap``, ``count`` or ``rng``.
    Complexity: O(count h w c), as each pair checks and copies the whole image anew; O(count size^2 c + h w c) is
    possible.
    Source: lecture 11, section 52; Doersch, Gupta, Efros 2015.
    """
    pixels, side, step = _grid(image, size, gap)
    h, w, _ = pixels.shape
    drawn, pairs = generator("rng", rng), whole("count", count)
    tops = drawn.integers(step, h - step - side + 1, size=pairs)
    lefts = drawn.integers(step, w - step - side + 1, size=pairs)
    positions = drawn.integers(8, size=pairs)
    made = [
        context_pair(pixels, side, step - side, position, top, left)
        for position, top, left in zip(positions, tops, lefts, strict=True)
    ]
    return np.stack([center for center, _ in made]), np.stack([patch for _, patch in made]), positions


def _grid(image: ArrayLike, size: int, gap: int) -> tuple[Floats, int, int]:
    """The image, the side of a patch, and how far two neighbours are apart."""
    pixels = array("image", image, (None, None, None))
    shortest = min(pixels.shape[:2])
    side = whole("size", size, 1, shortest // 3)
    return pixels, side, side + whole("gap", gap, 0, (shortest - 3 * side) // 2)


def _patch(pixels: Floats, top: int, left: int, side: int) -> Floats:
    return pixels[top : top + side, left : left + side].copy()
