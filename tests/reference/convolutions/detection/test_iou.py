"""IoU against scikit-learn's Jaccard score of pixels, by hand, and by its properties."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.metrics import jaccard_score

from reference.convolutions.detection.iou import box_iou, mask_iou


def painted(box, side=12):
    mask = np.zeros((side, side), dtype=bool)
    x1, y1, x2, y2 = box
    mask[y1:y2, x1:x2] = True
    return mask


def whole_boxes(rng, n):
    low = rng.integers(0, 11, size=(n, 2))
    return np.hstack([low, rng.integers(low + 1, 13)])


@pytest.mark.parametrize("seed", range(3))
def test_pixels_by_scikit_learn(seed):
    rng = np.random.default_rng(seed)
    A, B = whole_boxes(rng, 6), whole_boxes(rng, 5)
    expected = [[jaccard_score(painted(a).ravel(), painted(b).ravel()) for b in B] for a in A]
    np.testing.assert_allclose(box_iou(A, B), expected, rtol=1e-12)
    np.testing.assert_allclose([[mask_iou(painted(a), painted(b)) for b in B] for a in A], expected, rtol=1e-12)
    first, second = rng.random((2, 9, 7)) < 0.4
    assert mask_iou(first, second) == pytest.approx(jaccard_score(first.ravel(), second.ravel()), rel=1e-12)


def test_by_hand():
    unit = [[0, 0, 2, 2]]
    others = [[0, 0, 2, 2], [1, 1, 3, 3], [2, 0, 4, 2], [2, 2, 3, 3], [5, 5, 6, 6], [0.5, 0.5, 1.5, 1.5], [1, -1, 2, 3]]
    np.testing.assert_allclose(box_iou(unit, others), [[1, 1 / 7, 0, 0, 0, 1 / 4, 2 / 6]])
    assert mask_iou(np.array([[True, True, True, False]]), np.array([[False, True, True, True]])) == 0.5
    assert type(mask_iou(np.zeros((2, 2), dtype=bool), np.zeros((2, 2), dtype=bool))) is float


def test_nothing():
    point = [[1, 1, 1, 1]]
    assert box_iou(point, [*point, [0, 0, 2, 2]]).tolist() == [[0, 0]]
    assert box_iou(np.zeros((0, 4)), point).shape == (0, 1)
    assert box_iou(point, np.zeros((0, 4))).shape == (1, 0)
    assert mask_iou(np.zeros((2, 2), dtype=bool), np.zeros((2, 2), dtype=bool)) == 0


def test_order_place_and_scale_change_nothing():
    rng = np.random.default_rng(1)
    low = rng.uniform(size=(8, 2))
    boxes = np.hstack([low, low + rng.uniform(size=(8, 2))])
    overlaps = box_iou(boxes, boxes)
    np.testing.assert_array_equal(overlaps, overlaps.T)
    np.testing.assert_array_equal(np.diag(overlaps), 1)
    assert ((overlaps >= 0) & (overlaps <= 1)).all()
    np.testing.assert_allclose(box_iou(7 * boxes + 3, 7 * boxes + 3), overlaps, atol=1e-12)
    np.testing.assert_allclose(box_iou(boxes * (2, 5, 2, 5), boxes * (2, 5, 2, 5)), overlaps, atol=1e-12)


MASK = np.ones((2, 3), dtype=bool)


@pytest.mark.parametrize(
    ("a", "b", "name"), [(MASK[0], MASK[0], "a"), (MASK[:0], MASK[:0], "a"), (MASK, MASK.T, "b"), (MASK, MASK * 1, "b")]
)
def test_bad_masks(a, b, name):
    with pytest.raises(ValueError, match=f"^{name} must"):
        mask_iou(a, b)


def test_bad_boxes():
    for bad in (np.zeros(4), [[1, 0, 0, 1]]):
        with pytest.raises(ValueError, match=r"^A must"):
            box_iou(bad, np.zeros((1, 4)))
        with pytest.raises(ValueError, match=r"^B must"):
            box_iou(np.zeros((1, 4)), bad)
