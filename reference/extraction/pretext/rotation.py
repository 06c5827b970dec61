"""Images turned by quarters (lecture 11, section 52, L11.rotation).

S. Gidaris, P. Singh, N. Komodakis, "Unsupervised representation learning by predicting image rotations", ICLR (2018).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from reference.checks.arrays import Floats, Labels, array


def rotations(images: ArrayLike) -> tuple[Floats, Labels]:
    """Each image four times, turned by 0, 90, 180 and 270 degrees counter-clockwise, one image after another.

    Parameters: ``images`` (n, s, s, c).
    Returns: images (4n, s, s, c), and labels (4n,) from 0 to 3, the number of quarters.
    Raises: ValueError naming ``images`` (not square).
    Complexity: O(n s^2 c).
    Source: lecture 11, section 52; Gidaris, Singh, Komodakis 2018.

    >>> turned, labels = rotations(np.arange(4.0).reshape(1, 2, 2, 1))
    >>> turned[1, :, :, 0].tolist(), labels.tolist()
    ([[1.0, 3.0], [0.0, 2.0]], [0, 1, 2, 3])
    """
    pictures = array("images", images, (None, None, None, None))
    n, height, width, channels = pictures.shape
    if height != width:
        raise ValueError(f"images must be square, not of {height} rows and {width} columns")
    turned = np.stack([np.rot90(pictures, quarters, axes=(1, 2)) for quarters in range(4)], axis=1)  # (n, 4, s, s, c)
    return turned.reshape(4 * n, height, width, channels), np.tile(np.arange(4), n)
