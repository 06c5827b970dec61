"""What all layers check: batches of images, biases, and a kernel that fits into the image (lecture 4, section 21)."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from reference.checks.arrays import Floats, array, vector


def images(name: str, values: ArrayLike, channels: int | None = None) -> Floats:
    """``values`` as a new float array (n, channels, h, w). ValueError names ``name``."""
    return array(name, values, (None, channels, None, None))


def bias(name: str, values: ArrayLike | None, count: int) -> Floats:
    """``values`` as a new float vector of ``count`` numbers; None stands for zeros. ValueError names ``name``."""
    return np.zeros(count) if values is None else vector(name, values, count)


def fits_in(name: str, kernel: tuple[int, ...], image: tuple[int, ...]) -> None:
    """ValueError naming ``name`` where a kernel is larger than the padded image, along either side."""
    if any(own > side for own, side in zip(kernel, image, strict=True)):
        raise ValueError(f"{name} of {kernel[0]} by {kernel[1]} must fit into {image[0]} by {image[1]}")
