"""The hidden suite of L04.iou, L04.rcnn and L04.yolo: arguments."""

import numpy as np

from grader.testing import assert_refused, call_unchanged, each, hint
from grader.testing.inputs import smooth_image

from .shared import some_boxes, some_proposals

FUNCTIONS = ("box_iou", "mask_iou", "resize", "nms", "detect", "yolo_encode", "yolo_decode")


def classify(*given):
    """Bright crops are objects; whatever else is given is one dark crop."""
    crops = np.asarray(given[0], dtype=float) if len(given) == 1 else np.zeros((1, 1))
    bright = crops.reshape(len(crops), -1).mean(axis=1) if np.ndim(crops) else np.zeros(1)
    return np.stack([bright, 1 - bright], axis=1)


def arguments(rng, name):
    boxes, image = some_boxes(rng, 6), smooth_image(rng, 9, 8)
    return {
        "box_iou": (boxes, boxes[:3] + 1),
        "mask_iou": tuple(rng.random((2, 5, 6)) < 0.5),
        "resize": (image, 4, 5),
        "nms": (boxes, rng.random(6), 0.5),
        "detect": (image, some_proposals(rng, 5, 9, 8), classify, (3, 3), 0.5),
        "yolo_encode": (boxes, rng.integers(3, size=6), 3, 3, 20.0, 20.0),
        "yolo_decode": (rng.random((3, 3, 7)), 20.0, 20.0, 0.1),
    }[name]


@each(FUNCTIONS, en="{name}: the arguments stay as they were", ru="{name}: аргументы не меняются", worth="1/14")
@hint(en="Copy what you mean to change.", ru="Скопируйте то, что собираетесь менять.")
def test_unchanged(submission, rng, name):
    call_unchanged(getattr(submission, name), *arguments(rng, name))


BOX, MASK, IMAGE = np.array([[0, 0, 2, 1]]), np.ones((3, 4), dtype=bool), np.ones((3, 4, 1))
BAD_BOXES = (
    np.zeros(4),
    np.zeros((1, 5)),
    np.array([[2.0, 0.0, 1.0, 1.0]]),
    np.array([[0.0, 2.0, 1.0, 1.0]]),
    np.array([[0.0, 0.0, np.nan, 1.0]]),
    np.array([[0.0, 0.0, np.inf, 1.0]]),
)
# beyond the image of 4 times 3 pixels on each side, without pixels, of another shape
BAD_PROPOSALS = (
    *([[0, 0, 5, 1]], [[0, 0, 2, 4]], [[-1, 0, 2, 1]], [[0, -1, 2, 1]]),
    *([[1, 0, 1, 1]], [[0, 1, 2, 1]], [[2, 0, 1, 1]], [0, 0, 2, 1]),
)
BEYOND = ([0, 0, 9, 1], [0, 0, 2, 5], [-1, 0, 2, 1], [0, -1, 2, 1])  # of an image of 8 times 4
ONE, SIZE, GRID = np.array([0]), (2, 2), np.zeros((2, 2, 6))
# for each function: the name that the error must tell, and the arguments
REFUSED = {
    "box_iou": (*(("A", bad, BOX) for bad in BAD_BOXES), *(("B", BOX, bad) for bad in BAD_BOXES)),
    "mask_iou": (
        ("a", MASK[0], MASK[0]),
        ("a", MASK[:0], MASK[:0]),
        ("a", MASK * 1.0, MASK),
        ("b", MASK, MASK.T),
        ("b", MASK, MASK * 1),
        ("b", MASK, MASK[:1]),
    ),
    "resize": (
        ("image", IMAGE[0], 2, 2),
        ("image", IMAGE[:0], 2, 2),
        ("image", np.full((2, 2, 1), np.nan), 2, 2),
        ("height", IMAGE, 0, 2),
        ("width", IMAGE, 2, -1),
    ),
    "nms": (
        *(("boxes", bad, np.array([0.5]), 0.5) for bad in BAD_BOXES[1:]),
        ("scores", BOX, np.array([0.5, 0.4]), 0.5),
        ("scores", BOX, np.array([np.nan]), 0.5),
        ("threshold", BOX, np.array([0.5]), 1.5),
        ("threshold", BOX, np.array([0.5]), -0.5),
    ),
    "detect": (
        ("image", IMAGE[0], BOX, classify, SIZE, 0.5),
        *(("proposals", IMAGE, np.array(bad), classify, SIZE, 0.5) for bad in BAD_PROPOSALS),
        ("size", IMAGE, BOX, classify, (0, 2), 0.5),
        ("threshold", IMAGE, BOX, classify, SIZE, 1.5),
        ("least", IMAGE, BOX, classify, SIZE, 0.5, -0.5),
    ),
    "yolo_encode": (
        *(("boxes", bad, ONE, 2, 1, 8.0, 4.0) for bad in BAD_BOXES[1:]),
        *(("boxes", np.array([bad]), ONE, 2, 1, 8.0, 4.0) for bad in BEYOND),
        *(("labels", BOX, np.array(bad), 2, 1, 8.0, 4.0) for bad in ([1], [-1], [0, 0])),
        ("S", BOX, ONE, 0, 1, 8.0, 4.0),
        ("classes", BOX, ONE, 2, 0, 8.0, 4.0),
        ("width", BOX, ONE, 2, 1, 0.0, 4.0),
        ("height", BOX, ONE, 2, 1, 8.0, -4.0),
    ),
    "yolo_decode": (
        *(("grid", bad, 8.0, 4.0) for bad in (GRID[0], GRID[:1], GRID[:, :, :5], GRID * np.nan)),
        ("width", GRID, 0.0, 4.0),
        ("height", GRID, 8.0, -1.0),
        ("least", GRID, 8.0, 4.0, 1.5),
    ),
}


@each(FUNCTIONS, en="{name}: errors", ru="{name}: ошибки", worth="3/14")
@hint(
    en="ValueError with the argument's name, by the table of the statement.",
    ru="ValueError с именем аргумента, по таблице из условия.",
)
def test_errors(submission, name):
    for argument, *values in REFUSED[name]:
        assert_refused(argument, getattr(submission, name), *values)
