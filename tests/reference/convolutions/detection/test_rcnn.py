"""R-CNN: resizing against torch, suppression against a search of all subsets, the pipeline by hand and by loops."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
import torch

from reference.convolutions.detection.iou import box_iou
from reference.convolutions.detection.rcnn import detect, nms, resize


@pytest.mark.parametrize("old", [(1, 1), (5, 8), (7, 3), (12, 12)])
@pytest.mark.parametrize("new", [(1, 1), (4, 6), (9, 5), (24, 24)])
def test_resize_as_torch(old, new):
    image = np.random.default_rng(0).normal(size=(*old, 2))
    expected = torch.nn.functional.interpolate(
        torch.from_numpy(image).permute(2, 0, 1)[None], size=new, mode="nearest-exact"
    )
    np.testing.assert_array_equal(resize(image, *new), expected[0].permute(1, 2, 0).numpy())


def test_resize_by_hand():
    assert resize(np.arange(4.0).reshape(4, 1, 1), 2, 1).ravel().tolist() == [1, 3]
    assert resize(np.arange(3.0).reshape(1, 3, 1), 1, 7).ravel().tolist() == [0, 0, 1, 1, 1, 2, 2]


def random_boxes(rng, n):
    low = rng.uniform(0, 6, size=(n, 2))
    return np.hstack([low, low + rng.uniform(2, 6, size=(n, 2))])


@pytest.mark.parametrize("seed", range(4))
def test_suppression_by_its_definition(seed):
    """Of all sets of boxes only one has: a box is in it if and only if no better box in it covers too much of it."""
    rng = np.random.default_rng(seed)
    boxes, scores = random_boxes(rng, 8), rng.integers(4, size=8) / 4
    rank = np.lexsort((np.arange(8), -scores)).argsort()
    above = (box_iou(boxes, boxes) > 0.3) & (rank[None, :] < rank[:, None])
    fits = [kept for kept in map(np.array, product((False, True), repeat=8)) if ((above & kept).any(1) != kept).all()]
    assert len(fits) == 1
    found = nms(boxes, scores, 0.3)
    assert sorted(found) == np.flatnonzero(fits[0]).tolist()
    assert (np.diff(rank[found]) > 0).all()


def test_suppression_by_hand():
    row = np.array([[0, 0, 4, 1], [2, 0, 6, 1], [4, 0, 8, 1]])  # neighbours have an IoU of 1/3
    assert nms(row, [0.9, 0.8, 0.7], 0.3).tolist() == [0, 2]
    assert nms(row, [0.9, 0.8, 0.7], 1 / 3).tolist() == [0, 1, 2]
    assert nms(row, [0.7, 0.7, 0.7], 0.3).tolist() == [0, 2]
    assert nms(row[[0, 0]], [0.5, 0.5], 0.9).tolist() == [0]
    assert nms(row[[0, 0]], [0.5, 0.5], 1).tolist() == [0, 1]
    assert nms(np.zeros((0, 4)), np.zeros(0), 0.5).dtype.kind == "i"


def test_detection_by_hand():
    seen = []

    def classify(crops):
        seen.append(crops)
        return np.array([[0.6, 0.3, 0.1], [0.7, 0.2, 0.1], [0.3, 0.6, 0.1], [0.1, 0.1, 0.8], [0.4, 0.4, 0.2]])

    image = np.arange(48.0).reshape(4, 6, 2)
    proposals = np.array([[0, 0, 2, 4], [0, 0, 2, 3], [0, 0, 2, 4], [3, 0, 6, 4], [4, 1, 6, 3]])
    boxes, labels, scores = detect(image, proposals, classify, (3, 2), 0.5, 0.4)
    assert len(seen) == 1
    np.testing.assert_array_equal(seen[0][4], image[[1, 2, 2], 4:6])
    assert boxes.tolist() == proposals[[1, 2, 4]].tolist()
    assert (labels.tolist(), scores.tolist()) == ([0, 1, 0], [0.7, 0.6, 0.4])
    assert len(detect(image, proposals, classify, (3, 2), 0.5)[0]) == 2


@pytest.mark.parametrize("seed", range(3))
def test_detection_by_loops(seed):
    rng = np.random.default_rng(seed)
    low = rng.integers(0, 5, size=(20, 2))
    proposals = np.hstack([low, low + rng.integers(2, 5, size=(20, 2))])
    table = rng.dirichlet([0.4, 0.4, 0.3], size=20)
    boxes, labels, scores = detect(rng.random((9, 9, 1)), proposals, lambda crops: table, (2, 2), 0.4, 0.5)
    expected = []
    for index in np.argsort(-table.max(1), kind="stable"):
        label = int(np.argmax(table[index]))
        same = [box for box, other, _ in expected if other == label]
        if label < 2 and table[index].max() >= 0.5 and all(box_iou([proposals[index]], [b])[0, 0] <= 0.4 for b in same):
            expected.append((proposals[index], label, table[index].max()))
    assert boxes.tolist() == [box.tolist() for box, _, _ in expected]
    assert labels.tolist() == [label for _, label, _ in expected]
    assert scores.tolist() == [score for _, _, score in expected]


def test_nothing_to_detect():
    empty = np.zeros((0, 4), dtype=int)
    for proposals, table in ((empty, None), ([[0, 0, 1, 1]], [[0.2, 0.8]])):
        boxes, labels, scores = detect(np.ones((2, 2, 1)), proposals, lambda crops, t=table: t, (1, 1), 0.5)
        assert (boxes.shape, labels.shape, scores.shape) == ((0, 4), (0,), (0,))
        assert labels.dtype.kind == "i"


IMAGE, ONE = np.ones((3, 4, 1)), [[0, 0, 1, 1]]
BAD = [
    ("image", (IMAGE[0], ONE, (1, 1), 0.5)),
    ("proposals", (IMAGE, [[0.0, 0.0, 1.0, 1.0]], (1, 1), 0.5)),
    ("proposals", (IMAGE, [[0, 0, 5, 1]], (1, 1), 0.5)),
    ("proposals", (IMAGE, [[1, 0, 1, 1]], (1, 1), 0.5)),
    ("size", (IMAGE, ONE, (0, 1), 0.5)),
    ("size", (IMAGE, ONE, (1, 1.5), 0.5)),
    ("threshold", (IMAGE, ONE, (1, 1), 1.5)),
    ("least", (IMAGE, ONE, (1, 1), 0.5, -0.1)),
]


@pytest.mark.parametrize(("name", "given"), BAD)
def test_bad_arguments(name, given):
    image, proposals, *rest = given
    with pytest.raises(ValueError, match=f"^{name} must"):
        detect(image, proposals, lambda crops: np.ones((len(crops), 2)), *rest)


def test_bad_boxes_and_sizes():
    for name, function, given in (
        ("height", resize, (IMAGE, 0, 1)),
        ("width", resize, (IMAGE, 1, 0)),
        ("image", resize, (IMAGE[:0], 1, 1)),
        ("boxes", nms, ([0, 0, 1, 1], [0.5], 0.5)),
        ("scores", nms, (ONE, [0.5, 0.4], 0.5)),
        ("threshold", nms, (ONE, [0.5], -1)),
    ):
        with pytest.raises(ValueError, match=f"^{name} must"):
            function(*given)
