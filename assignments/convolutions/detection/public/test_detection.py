"""The public tests: small cases with their answers written out."""

import numpy as np

from grader.testing import assert_close, assert_equal, assert_refused, title


@title(en="box_iou: the example of the statement", ru="box_iou: пример из условия")
def test_box_iou(submission):
    found = submission.box_iou(np.array([[0, 0, 4, 2]]), np.array([[2, 0, 6, 2], [4, 0, 6, 2], [1, 0, 3, 1]]))
    assert_close(found, np.array([[1 / 3, 0.0, 1 / 4]]), rtol=1e-9, what="IoU")


@title(en="mask_iou: one pixel of three", ru="mask_iou: один пиксель из трёх")
def test_mask_iou(submission):
    found = submission.mask_iou(np.array([[True, True, False, False]]), np.array([[False, True, True, False]]))
    assert_close(found, 1 / 3, rtol=1e-9, what="IoU of the masks")


@title(en="resize: rows 1 and 3 of four", ru="resize: строки 1 и 3 из четырёх")
def test_resize(submission):
    image = np.arange(8.0).reshape(4, 2, 1)
    assert_close(submission.resize(image, 2, 2), image[[1, 3]], what="image")


@title(en="nms: three boxes in a row", ru="nms: три рамки в ряд")
def test_nms(submission):
    boxes = np.array([[0, 0, 4, 2], [2, 0, 6, 2], [4, 0, 8, 2]])
    scores = np.array([0.7, 0.8, 0.9])
    assert_equal(submission.nms(boxes, scores, 0.3), np.array([2, 0]), what="indices at 0.3")
    assert_equal(submission.nms(boxes, scores, 0.5), np.array([2, 1, 0]), what="indices at 0.5")


@title(en="detect: two bright pixels beside a dark one", ru="detect: два светлых пикселя рядом с тёмным")
def test_detect(submission):
    def classify(crops):
        bright = crops.mean(axis=(1, 2, 3))
        return np.stack([bright, 1 - bright], axis=1)

    image = np.array([0.1, 0.75, 0.875]).reshape(1, 3, 1)
    proposals = np.array([[0, 0, 1, 1], [1, 0, 2, 1], [2, 0, 3, 1]])
    boxes, labels, scores = submission.detect(image, proposals, classify, (2, 2), 0.5)
    assert_close(boxes, np.array([[2.0, 0.0, 3.0, 1.0], [1.0, 0.0, 2.0, 1.0]]), what="boxes")
    assert_equal(labels, np.array([0, 0]), what="labels")
    assert_close(scores, np.array([0.875, 0.75]), what="scores")


@title(en="yolo_encode: the example of the statement", ru="yolo_encode: пример из условия")
def test_encode(submission):
    grid = submission.yolo_encode(np.array([[2, 0, 6, 2]]), np.array([1]), 2, 2, 16, 8)
    expected = np.zeros((2, 2, 7))
    expected[0, 0] = [1, 0.5, 0.25, 0.25, 0.25, 0, 1]
    assert_close(grid, expected, what="grid")


@title(en="yolo_decode: the same cell, less sure", ru="yolo_decode: та же ячейка, но сеть не так уверена")
def test_decode(submission):
    grid = np.zeros((2, 2, 7))
    grid[0, 0] = [0.75, 0.5, 0.25, 0.25, 0.25, 0.25, 0.75]
    boxes, labels, scores = submission.yolo_decode(grid, 16, 8)
    assert_close(boxes, np.array([[2.0, 0.0, 6.0, 2.0]]), what="boxes")
    assert_equal(labels, np.array([1]), what="labels")
    assert_close(scores, np.array([0.5625]), what="scores")


@title(en="Boxes with the corners swapped are refused", ru="Рамки с переставленными углами отвергаются")
def test_bad_boxes(submission):
    assert_refused("A", submission.box_iou, np.array([[4, 0, 0, 2]]), np.array([[0, 0, 4, 2]]))
