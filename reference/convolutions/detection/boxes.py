"""Boxes and numbers of classes as arguments of detection (lecture 4, section 23).

A box is a row (x1, y1, x2, y2): x goes to the right, y goes down, and the sides are x2 - x1 and y2 - y1.
"""

from __future__ import annotations

import math
from typing import Any

from numpy.typing import ArrayLike

from reference.checks.arrays import Floats, Labels, array, numeric


def box_rows(name: str, values: ArrayLike, width: float = math.inf, height: float = math.inf) -> Floats:
    """``values`` as a new array (n, 4) of boxes, perhaps none, that lie in an image of this size if one is given.

    ValueError names ``name``.

    >>> box_rows("A", [[0, 0, 2, 1]]).tolist()
    [[0.0, 0.0, 2.0, 1.0]]
    """
    boxes = array(name, values, (None, 4), empty=True)
    if (boxes[:, :2] > boxes[:, 2:]).any():
        raise ValueError(f"{name} must have x1 <= x2 and y1 <= y2 in each row")
    if math.isfinite(width) and ((boxes[:, :2] < 0).any() or (boxes[:, 2:] > (width, height)).any()):
        raise ValueError(f"{name} must lie in the image")
    return boxes


def areas(boxes: Floats) -> Floats:
    """The area of each box.

    >>> areas(box_rows("boxes", [[1, 1, 3, 4], [2, 2, 2, 5]])).tolist()
    [6.0, 0.0]
    """
    sides = boxes[:, 2:] - boxes[:, :2]  # (n, 2)
    area: Floats = sides[:, 0] * sides[:, 1]
    return area


def class_vector(name: str, values: Any, count: int, classes: int) -> Labels:
    """``values`` as a vector of ``count`` whole numbers from 0 to ``classes`` - 1. ValueError names ``name``."""
    labels = numeric(name, values, "iu").astype(int)
    if labels.shape != (count,):
        raise ValueError(f"{name} must have a class for each of {count} boxes, not the shape {labels.shape}")
    if ((labels < 0) | (labels >= classes)).any():
        raise ValueError(f"{name} must be from 0 to {classes - 1}")
    return labels
