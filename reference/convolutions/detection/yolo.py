"""YOLO's grid: boxes as targets of a network, and its outputs as boxes (lecture 4, section 23, L04.yolo).

J. Redmon, S. Divvala, R. Girshick, A. Farhadi, "You only look once: unified, real-time object detection", CVPR (2016).
Here each cell has one box, and sides are shares of the image, not their roots. The sides of the boxes that come back
may reach beyond the image; `nms` is not done.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from reference.checks.arrays import Floats, Labels, array
from reference.checks.numbers import positive, probability, whole
from reference.convolutions.detection.boxes import areas, box_rows, class_vector


def yolo_encode(boxes: ArrayLike, labels: ArrayLike, S: int, classes: int, width: float, height: float) -> Floats:
    """The target of the network: an image in S x S cells, each with 5 numbers and a share for each class.

    The cell in which a box has its centre holds 1, the place of the centre in the cell from its left upper corner (x,
    y, in sides of the cell), the sides of the box (width, height, as shares of the image's) and 1 for its class.
    Everything else is 0. A centre on the border of two cells belongs to the right or lower one, on the border of the
    image to the last cell. Of several boxes in a cell the largest stays, of equally large ones the first.

    Parameters: ``boxes`` (n, 4) in the image, also none; ``labels`` (n,) from 0 to classes - 1; ``S`` and ``classes``
    of at least 1; ``width`` and ``height`` of the image, positive.
    Returns: (S, S, 5 + classes), first the row of the cell, then its column.
    Raises: ValueError naming ``boxes`` (beyond the image too), ``labels``, ``S``, ``classes``, ``width``, ``height``.
    Complexity: O(S^2 classes + n (log n + classes)).
    Source: lecture 4, section 23; Redmon et al. 2016.

    >>> yolo_encode([[0, 1, 2, 2]], [1], 2, 2, 8, 4)[0, 0].tolist()
    [1.0, 0.25, 0.75, 0.25, 0.25, 0.0, 1.0]
    """
    across, down = positive("width", width), positive("height", height)
    count, kinds = whole("S", S), whole("classes", classes)
    places = box_rows("boxes", boxes, across, down)
    own = class_vector("labels", labels, len(places), kinds)
    sides = np.array([across, down])
    centres = (places[:, :2] + places[:, 2:]) / 2 * count / sides  # (n, 2), in cells
    cells = np.minimum(centres.astype(int), count - 1)  # (n, 2), column and row
    shares = (places[:, 2:] - places[:, :2]) / sides  # (n, 2)
    grid = np.zeros((count, count, 5 + kinds))
    for index in np.argsort(-areas(places), kind="stable")[::-1]:  # the largest last, of equal ones the first last
        column, row = cells[index]
        grid[row, column] = 0
        grid[row, column, 0] = 1
        grid[row, column, 1:3] = centres[index] - cells[index]
        grid[row, column, 3:5] = shares[index]
        grid[row, column, 5 + own[index]] = 1
    return grid


def yolo_decode(grid: ArrayLike, width: float, height: float, least: float = 0.5) -> tuple[Floats, Labels, Floats]:
    """Boxes, classes and scores from the network's output for the cells, laid out as in `yolo_encode`.

    The score of a cell is its first number times the greatest of its classes, of equal ones the first. Cells with a
    score of at least ``least`` give a box each, row by row, from left to right.

    Parameters: ``grid`` (S, S, 5 + classes), with one class at least; ``width`` and ``height`` of the image, positive;
    ``least`` from 0 to 1.
    Returns: boxes (k, 4), labels (k,) and scores (k,).
    Raises: ValueError naming ``grid``, ``width``, ``height`` or ``least``.
    Complexity: O(S^2 classes).
    Source: lecture 4, section 23; Redmon et al. 2016.

    >>> boxes, labels, scores = yolo_decode([[[0.8, 0.5, 0.5, 0.5, 1, 0.1, 0.9]]], 8, 4)
    >>> boxes.tolist(), labels.tolist(), scores.round(2).tolist()
    ([[2.0, 0.0, 6.0, 4.0]], [1], [0.72])
    """
    table = array("grid", grid, (None, None, None))
    count = len(table)
    if table.shape[1] != count or table.shape[2] < 6:
        raise ValueError(f"grid must be of shape (S, S, 5 + classes), not {table.shape}")
    sides = np.array([positive("width", width), positive("height", height)])
    scores = table[:, :, 0] * table[:, :, 5:].max(axis=2)  # (S, S)
    rows, columns = np.nonzero(scores >= probability("least", least))
    chosen = table[rows, columns]  # (k, 5 + classes)
    corners = np.stack([columns, rows], axis=1)  # (k, 2)
    centres = (corners + chosen[:, 1:3]) / count * sides  # (k, 2)
    halves = chosen[:, 3:5] * sides / 2  # (k, 2)
    boxes = np.hstack([centres - halves, centres + halves])
    return boxes, chosen[:, 5:].argmax(axis=1), scores[rows, columns]
