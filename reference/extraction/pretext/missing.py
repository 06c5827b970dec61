"""Images with a hidden part, or without colour, to be restored (lecture 11, section 52, L11.inpaint).

D. Pathak, P. Krahenbuhl, J. Donahue, T. Darrell, A. Efros, "Context encoders: feature learning by inpainting", CVPR
(2016). R. Zhang, P. Isola, A. Efros, "Colorful image colorization", ECCV (2016), in another colour space. The weights
of grey are those of recommendation BT.601 (1982) of the International Telecommunication Union.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from reference.checks.arrays import Floats, array
from reference.checks.numbers import real, whole

LUMA = np.array([0.299, 0.587, 0.114])  # red, green, blue


def hide(
    image: ArrayLike, top: int, left: int, height: int, width: int, fill: float = 0.0
) -> tuple[Floats, Floats, np.ndarray]:
    """An image with a hidden part, the part itself, and where it lies.

    Parameters: ``image`` (h, w, c); ``top`` and ``left`` of at least 0, the first row and column of the part;
    ``height`` and ``width`` of at least 1, so that it lies in the image; ``fill``, the value of all channels there.
    Returns: the image (h, w, c) filled there, the part (height, width, c), and a mask (h, w), True where hidden.
    Raises: ValueError naming ``image``, ``top``, ``left``, ``height``, ``width`` (those where the part ends beyond) or
    ``fill``.
    Complexity: O(h w c).
    Source: lecture 11, section 52; Pathak, Krahenbuhl, Donahue, Darrell, Efros 2016.

    >>> seen, target, mask = hide([[[0.1], [0.2], [0.3]]], 0, 1, 1, 1, 0.5)
    >>> seen.ravel().tolist(), target.ravel().tolist(), mask.tolist()
    ([0.1, 0.5, 0.3], [0.2], [[False, True, False]])
    """
    pixels = array("image", image, (None, None, None))
    h, w, _ = pixels.shape
    row, column = whole("top", top, 0, h - 1), whole("left", left, 0, w - 1)
    rows, columns = whole("height", height, 1, h - row), whole("width", width, 1, w - column)
    mask = np.zeros((h, w), dtype=bool)
    mask[row : row + rows, column : column + columns] = True
    target = pixels[row : row + rows, column : column + columns].copy()
    pixels[mask] = real("fill", fill)
    return pixels, target, mask


def grey(image: ArrayLike) -> Floats:
    """The image in grey: 0.299 red + 0.587 green + 0.114 blue in all three channels.

    Parameters: ``image`` (h, w, 3): red, green, blue.
    Returns: (h, w, 3), three equal channels.
    Raises: ValueError naming ``image``.
    Complexity: O(h w).
    Source: lecture 11, section 52; Zhang, Isola, Efros 2016.

    >>> grey([[[1.0, 0.0, 0.0]]]).ravel().tolist()
    [0.299, 0.299, 0.299]
    """
    pixels = array("image", image, (None, None, 3))
    return np.repeat((pixels @ LUMA)[:, :, None], 3, axis=2)


def colour_pair(image: ArrayLike) -> tuple[Floats, Floats]:
    """The input of a network and its target: `grey` of the image, and the image.

    Parameters: ``image`` (h, w, 3).
    Returns: (h, w, 3) both.
    Raises: ValueError naming ``image``.
    Complexity: O(h w).
    Source: lecture 11, section 52; Zhang, Isola, Efros 2016.
    """
    return grey(image), array("image", image, (None, None, 3))
