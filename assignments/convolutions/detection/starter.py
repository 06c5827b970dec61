"""Boxes in images: fill in the functions. Check them at home with `grader check convolutions/detection solution.py`."""

from collections.abc import Callable

import numpy as np

Found = tuple[np.ndarray, np.ndarray, np.ndarray]


def box_iou(A: np.ndarray, B: np.ndarray) -> np.ndarray:
    """IoU (n, m) of the boxes A (n, 4) and B (m, 4), rows (x1, y1, x2, y2)."""
    raise NotImplementedError("start with two boxes: where does their common part begin and end along x")


def mask_iou(a: np.ndarray, b: np.ndarray) -> float:
    """IoU of two boolean masks (h, w)."""
    raise NotImplementedError("count the pixels in both masks and the pixels in at least one")


def resize(image: np.ndarray, height: int, width: int) -> np.ndarray:
    """The image (H, W, c) with the sides (height, width): each new pixel is the old one that its centre lies in."""
    raise NotImplementedError("find the old row of each new row first")


def nms(boxes: np.ndarray, scores: np.ndarray, threshold: float) -> np.ndarray:
    """Indices of the boxes (n, 4) that stay after non-maximum suppression, the best first."""
    raise NotImplementedError("start with the order of the scores")


def detect(
    image: np.ndarray,
    proposals: np.ndarray,
    classify: Callable[[np.ndarray], np.ndarray],
    size: tuple[int, int],
    threshold: float,
    least: float = 0.5,
) -> Found:
    """Boxes (k, 4), labels (k,) and scores (k,): cut, resize, classify all at once, suppress in each class."""
    raise NotImplementedError("start with the crops: image[y1:y2, x1:x2] of each proposal")


def yolo_encode(boxes: np.ndarray, labels: np.ndarray, S: int, classes: int, width: float, height: float) -> np.ndarray:
    """The grid (S, S, 5 + classes) of the boxes (n, 4) with the labels (n,) in an image of this size."""
    raise NotImplementedError("start with the centre of a box: in which cell does it lie")


def yolo_decode(grid: np.ndarray, width: float, height: float, least: float = 0.5) -> Found:
    """Boxes (k, 4), labels (k,) and scores (k,) of the cells of the grid with a score of at least `least`."""
    raise NotImplementedError("start with the score of each cell")
