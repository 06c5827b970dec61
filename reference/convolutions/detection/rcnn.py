"""R-CNN's pipeline: crops of proposals, a classifier, non-maximum suppression (lecture 4, section 23, L04.rcnn).

R. Girshick, J. Donahue, T. Darrell, J. Malik, "Rich feature hierarchies for accurate object detection and semantic
segmentation", CVPR (2014). The network is an argument, and so are the proposals; the boxes are not refined.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from reference.checks.arrays import Floats, Labels, array, numeric, vector
from reference.checks.numbers import probability, whole
from reference.convolutions.detection.boxes import box_rows
from reference.convolutions.detection.iou import box_iou

Boxes = NDArray[np.intp]


def resize(image: ArrayLike, height: int, width: int) -> Floats:
    """The image with other sides: each new pixel is the old one that its centre lies in.

    Row i of the new image is row floor((i + 1/2) H / height) of the old one, and columns go likewise.

    Parameters: ``image`` (H, W, c); ``height`` and ``width`` of at least 1.
    Returns: (height, width, c).
    Raises: ValueError naming ``image``, ``height`` or ``width``.
    Complexity: O(c (H W + height width)).
    Source: lecture 4, section 23; Girshick et al. 2014.

    >>> resize(np.arange(6.0).reshape(1, 6, 1), 1, 2).ravel().tolist()
    [1.0, 4.0]
    """
    old = array("image", image, (None, None, None))
    rows = _nearest(old.shape[0], whole("height", height))
    columns = _nearest(old.shape[1], whole("width", width))
    return old[rows[:, None], columns[None, :]]  # (height, width, c)


def _nearest(old: int, new: int) -> Labels:
    """For each of ``new`` places along a side, the one of ``old`` places in which its centre lies."""
    places: Labels = (2 * np.arange(new) + 1) * old // (2 * new)
    return places


def nms(boxes: ArrayLike, scores: ArrayLike, threshold: float) -> Labels:
    """Non-maximum suppression: the boxes that stay, the best first.

    Boxes are taken by falling score, of equal scores the lower index first. A box stays unless its IoU with one that
    stays already is above ``threshold``; a box that does not stay suppresses none.

    Parameters: ``boxes`` (n, 4), also none; ``scores`` (n,); ``threshold`` from 0 to 1.
    Returns: the indices of the boxes that stay, in the order in which they were taken.
    Raises: ValueError naming ``boxes``, ``scores`` (another length) or ``threshold``.
    Complexity: O(n^2), and memory O(n^2) for the IoU of all pairs; memory O(n) is possible.
    Source: lecture 4, section 23; Girshick et al. 2014.

    >>> nms([[0, 0, 2, 2], [1, 0, 3, 2], [5, 0, 6, 1]], [0.5, 0.9, 0.7], 0.3).tolist()
    [1, 2]
    """
    places = box_rows("boxes", boxes)
    values = array("scores", scores, (len(places),), empty=True)
    limit = probability("threshold", threshold)
    overlaps = box_iou(places, places)  # (n, n)
    kept: list[int] = []
    for index in np.argsort(-values, kind="stable"):
        if all(overlaps[index, other] <= limit for other in kept):
            kept.append(int(index))
    return np.array(kept, dtype=np.intp)


def detect(
    image: ArrayLike,
    proposals: ArrayLike,
    classify: Callable[[Floats], Any],
    size: tuple[int, int],
    threshold: float,
    least: float = 0.5,
) -> tuple[Boxes, Labels, Floats]:
    """Objects in an image, and where they are: all proposals are cropped, resized, classified at once, the best stay.

    A proposal belongs to the class with the greatest score, of equal ones to the first. It is dropped if this is the
    background, the last column, or if the score is below ``least``. Then `nms` is done in each class by itself. What
    is left goes by falling score, of equal scores the earlier proposal first.

    Parameters: ``image`` (H, W, c); ``proposals`` (n, 4) of whole numbers, boxes of one pixel at least in the image,
    also none; ``classify`` takes (n, height, width, c) and gives scores (n, classes + 1) from 0 to 1, and is not
    called without proposals; ``size`` is (height, width) of the crops; ``threshold`` of `nms`; ``least`` from 0 to 1.
    Returns: boxes (k, 4), labels (k,) and scores (k,).
    Raises: ValueError naming ``image``, ``proposals``, ``size``, ``threshold`` or ``least``.
    Complexity: O(n c (H W + height width) + n (n + classes)), as every crop is copied before it is resized, and one
    call of ``classify``; memory O(H W c + n c height width + n^2).
    Source: lecture 4, section 23; Girshick et al. 2014.

    >>> image = np.array([0.0, 0.9, 0.8]).reshape(1, 3, 1)
    >>> brightness = lambda crops: np.hstack([crops.mean(axis=(1, 2)), 1 - crops.mean(axis=(1, 2))])
    >>> boxes, labels, scores = detect(image, [[0, 0, 1, 1], [2, 0, 3, 1], [1, 0, 2, 1]], brightness, (2, 2), 0.5)
    >>> boxes.tolist(), labels.tolist(), scores.tolist()
    ([[1, 0, 2, 1], [2, 0, 3, 1]], [0, 0], [0.9, 0.8])
    """
    picture = array("image", image, (None, None, None))
    places = _whole_boxes("proposals", proposals, picture)
    height, width = _sides("size", size)
    limit, bound = probability("threshold", threshold), probability("least", least)
    if len(places) == 0:
        return places, np.zeros(0, dtype=np.intp), np.zeros(0)
    crops = np.stack([resize(picture[y1:y2, x1:x2], height, width) for x1, y1, x2, y2 in places])
    table = array("classify", classify(crops), (len(places), None))  # (n, classes + 1)
    labels, scores = table.argmax(axis=1), table.max(axis=1)
    found = (labels < table.shape[1] - 1) & (scores >= bound)
    stays = np.zeros(len(places), dtype=bool)
    for label in np.unique(labels[found]):
        own = np.flatnonzero(found & (labels == label))
        stays[own[nms(places[own], scores[own], limit)]] = True
    best = np.flatnonzero(stays)
    best = best[np.argsort(-scores[best], kind="stable")]
    return places[best], labels[best], scores[best]


def _whole_boxes(name: str, values: ArrayLike, picture: Floats) -> Boxes:
    """Boxes of whole pixels, at least one in each, that lie in the picture."""
    boxes = box_rows(name, numeric(name, values, "iu"), picture.shape[1], picture.shape[0])
    if (boxes[:, :2] == boxes[:, 2:]).any():
        raise ValueError(f"{name} must hold at least one pixel each")
    return boxes.astype(np.intp)


def _sides(name: str, values: tuple[int, int]) -> tuple[int, int]:
    sides = vector(name, values, 2)
    height, width = (whole(name, int(side) if side == int(side) else side) for side in sides)
    return height, width
