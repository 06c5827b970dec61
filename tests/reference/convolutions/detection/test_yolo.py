"""YOLO's grid by hand, by a round trip, and against plain arithmetic of fractions."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from reference.convolutions.detection.yolo import yolo_decode, yolo_encode


def test_by_hand():
    grid = yolo_encode([[2, 0, 6, 2], [6, 2, 10, 4]], [2, 0], 2, 3, 12, 4)
    assert grid.shape == (2, 2, 8)
    np.testing.assert_allclose(grid[0, 0], [1, 2 / 3, 0.5, 1 / 3, 0.5, 0, 0, 1])
    np.testing.assert_allclose(grid[1, 1], [1, 1 / 3, 0.5, 1 / 3, 0.5, 1, 0, 0])
    assert not grid[0, 1].any()
    assert not grid[1, 0].any()


def test_borders():
    grid = yolo_encode([[3, 3, 5, 5], [8, 8, 8, 8]], [0, 0], 4, 1, 8, 8)
    np.testing.assert_array_equal(grid[2, 2], [1, 0, 0, 0.25, 0.25, 1])
    np.testing.assert_array_equal(grid[3, 3], [1, 1, 1, 0, 0, 1])


def test_the_largest_stays():
    boxes = [[3, 3, 5, 5], [2, 2, 6, 6], [2, 2, 6, 6]]
    assert yolo_encode(boxes, [0, 1, 2], 1, 3, 8, 8)[0, 0, 5:].tolist() == [0, 1, 0]
    assert yolo_encode(boxes[::-1], [0, 1, 2], 1, 3, 8, 8)[0, 0].tolist() == [1, 0.5, 0.5, 0.5, 0.5, 1, 0, 0]


def exact(box, S, width, height):
    """Row and column of the cell, and its first five numbers, without any rounding."""
    x1, y1, x2, y2 = map(Fraction, box)
    x, y = (x1 + x2) / 2 * S / width, (y1 + y2) / 2 * S / height
    column, row = min(int(x), S - 1), min(int(y), S - 1)
    return row, column, [1.0, *map(float, (x - column, y - row, (x2 - x1) / width, (y2 - y1) / height))]


@pytest.mark.parametrize("seed", range(5))
def test_against_fractions_and_back(seed):
    rng = np.random.default_rng(seed)
    S, width, height = int(rng.integers(1, 8)), 90, 50
    for _ in range(20):
        low = rng.uniform((0, 0), (80, 40), size=2)
        box = np.array([*low, *rng.uniform(low, (90, 50))])
        grid = yolo_encode([box], [1], S, 2, width, height)
        row, column, numbers = exact(box, S, width, height)
        np.testing.assert_allclose(grid[row, column], [*numbers, 0, 1], atol=1e-12)
        assert np.count_nonzero(grid[:, :, 0]) == 1
        boxes, labels, scores = yolo_decode(grid, width, height)
        np.testing.assert_allclose(boxes, [box], atol=1e-12)
        assert (labels.tolist(), scores.tolist()) == ([1], [1.0])


def test_scores_and_order():
    grid = np.zeros((2, 2, 7))
    grid[0, 1] = [1.0, 0.5, 0.5, 0.2, 0.2, 0.5, 0.5]
    grid[1, 0] = [0.5, 0.0, 1.0, 1.0, 1.0, 0.0, 1.0]
    grid[1, 1] = [0.9, 0.5, 0.5, 0.2, 0.2, 0.5, 0.4]
    boxes, labels, scores = yolo_decode(grid, 20, 10)
    np.testing.assert_allclose(boxes, [[13, 1.5, 17, 3.5], [-10, 5, 10, 15]])
    assert (labels.tolist(), scores.tolist()) == ([0, 1], [0.5, 0.5])
    assert len(yolo_decode(grid, 20, 10, 0.45)[0]) == 3
    assert yolo_decode(np.zeros((3, 3, 6)), 20, 10)[0].shape == (0, 4)
    assert yolo_encode(np.zeros((0, 4)), np.zeros(0, dtype=int), 2, 1, 4, 4).tolist() == np.zeros((2, 2, 6)).tolist()


ONE = [[0, 0, 1, 1]]
BAD = [
    ("boxes", yolo_encode, ([[0, 0, 9, 1]], [0], 2, 1, 4, 4)),
    ("labels", yolo_encode, (ONE, [1], 2, 1, 4, 4)),
    ("S", yolo_encode, (ONE, [0], 0, 1, 4, 4)),
    ("classes", yolo_encode, (ONE, [0], 2, 0, 4, 4)),
    ("width", yolo_encode, (ONE, [0], 2, 1, 0, 4)),
    ("height", yolo_encode, (ONE, [0], 2, 1, 4, -1)),
    ("grid", yolo_decode, (np.zeros((2, 2, 5)), 4, 4)),
    ("grid", yolo_decode, (np.zeros((2, 3, 6)), 4, 4)),
    ("width", yolo_decode, (np.zeros((2, 2, 6)), 0, 4)),
    ("height", yolo_decode, (np.zeros((2, 2, 6)), 4, 0)),
    ("least", yolo_decode, (np.zeros((2, 2, 6)), 4, 4, 2)),
]


@pytest.mark.parametrize(("name", "function", "given"), BAD)
def test_bad_arguments(name, function, given):
    with pytest.raises(ValueError, match=f"^{name} must"):
        function(*given)
