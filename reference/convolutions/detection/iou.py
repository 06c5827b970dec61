"""Intersection over union of boxes and of masks (lecture 4, section 23, L04.iou).

P. Jaccard, "The distribution of the flora in the alpine zone", New Phytologist 11 (1912); as a measure of detection:
M. Everingham et al., "The PASCAL visual object classes (VOC) challenge", International Journal of Computer Vision
88 (2010).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from reference.checks.arrays import Floats, numeric
from reference.convolutions.detection.boxes import areas, box_rows


def box_iou(A: ArrayLike, B: ArrayLike) -> Floats:
    """The area that two boxes share, divided by the area that they cover together, for each pair of boxes.

    Boxes that only touch share nothing. Where two boxes cover nothing together, it is 0.

    Parameters: ``A`` (n, 4) and ``B`` (m, 4), boxes (x1, y1, x2, y2) by rows, also none.
    Returns: (n, m), from 0 to 1; row i belongs to the box i of ``A``.
    Raises: ValueError naming ``A`` or ``B``: another shape, no finite numbers, x1 > x2 or y1 > y2.
    Complexity: O(n m), and memory O(n m).
    Source: lecture 4, section 23; Jaccard 1912; Everingham et al. 2010.

    >>> box_iou([[0, 0, 2, 2]], [[1, 0, 3, 2], [2, 0, 4, 2]]).round(3).tolist()
    [[0.333, 0.0]]
    """
    first, second = box_rows("A", A), box_rows("B", B)
    low = np.maximum(first[:, None, :2], second[None, :, :2])  # (n, m, 2)
    high = np.minimum(first[:, None, 2:], second[None, :, 2:])  # (n, m, 2)
    sides = np.clip(high - low, 0, None)  # (n, m, 2)
    shared = sides[:, :, 0] * sides[:, :, 1]  # (n, m)
    union = areas(first)[:, None] + areas(second)[None, :] - shared
    return np.divide(shared, union, out=np.zeros_like(shared), where=union > 0)


def mask_iou(a: ArrayLike, b: ArrayLike) -> float:
    """The number of pixels in both masks, divided by the number of pixels in one of them at least.

    If there are none, it is 0.

    Parameters: ``a`` and ``b`` (h, w), bool.
    Returns: a float from 0 to 1.
    Raises: ValueError naming ``a`` (no matrix of bools, empty) or ``b`` (another shape, no bools).
    Complexity: O(h w).
    Source: lecture 4, section 23; Jaccard 1912.

    >>> mask_iou([[True, True, False]], [[False, True, True]]) == 1 / 3
    True
    """
    first, second = numeric("a", a, "b"), numeric("b", b, "b")
    if first.ndim != 2 or first.size == 0:
        raise ValueError(f"a must be a matrix of pixels, not of shape {first.shape}")
    if second.shape != first.shape:
        raise ValueError(f"b must be of shape {first.shape}, not {second.shape}")
    union = np.count_nonzero(first | second)
    return float(np.count_nonzero(first & second) / union) if union else 0.0
