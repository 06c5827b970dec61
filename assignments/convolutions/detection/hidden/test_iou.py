"""The hidden suite of L04.iou."""

import numpy as np

from grader.testing import assert_array, assert_close, hint, points, title
from reference.convolutions.detection.iou import box_iou, mask_iou

from .shared import some_boxes


def compare_overlaps(found, expected):
    assert_array(found, shape=expected.shape, kind="float", what="IoU")
    assert_close(found, expected, rtol=1e-5, atol=1e-9, what="IoU")


@points("3/2")
@title(en="IoU of boxes", ru="IoU рамок")
@hint(
    en="The union is both areas minus what they share; sides are x2 - x1 and y2 - y1, without +1. Rows are boxes of A, "
    "columns those of B.",
    ru="Объединение — две площади минус общая часть; стороны — x2 - x1 и y2 - y1, без +1. Строки — рамки из A, "
    "столбцы — рамки из B.",
)
def test_boxes(submission, rng):
    for n, m, extent in ((4, 7, 600.0), (6, 3, 60.0), (5, 6, 200.0), (1, 5, 60.0)):
        A, B = some_boxes(rng, n, extent), some_boxes(rng, m, extent)
        compare_overlaps(submission.box_iou(A, B), box_iou(A, B))


@points(1)
@title(en="Boxes apart from each other", ru="Рамки, удалённые друг от друга")
@hint(
    en="What is the width of a common part that does not exist? And the product of two such sides?",
    ru="Какова ширина общей части, которой нет? А произведение двух таких сторон?",
)
def test_apart(submission, rng):
    x, y = rng.uniform(2, 5, size=2)
    box = np.array([[x, y, x + 2.0, y + 3.0]])
    others = box + np.array([[dx, dy, dx, dy] for dx in (-4.5, 0.5, 4.5) for dy in (-6.5, 0.5, 6.5)])
    compare_overlaps(submission.box_iou(box, others), box_iou(box, others))


@points(1)
@title(
    en="Boxes that touch, lie in one another, cross, are equal",
    ru="Рамки касаются, вложены, пересекаются крестом, совпадают",
)
@hint(
    en="Sides are x2 - x1 and y2 - y1. A box in another shares all of its area with it.",
    ru="Стороны — это x2 - x1 и y2 - y1. Вложенная рамка делит с внешней всю свою площадь.",
)
def test_placements(submission, rng):
    box = np.array([[2, 3, 8, 7]])
    others = np.array(
        [[2, 3, 8, 7], [8, 3, 9, 7], [2, 7, 8, 9], [8, 7, 9, 9], [3, 4, 6, 6], [0, 0, 10, 10], [4, 0, 5, 10]]
    )
    shift = rng.integers(-9, 10)
    expected = box_iou(box, others)
    compare_overlaps(submission.box_iou(box + shift, others + shift), expected)
    compare_overlaps(submission.box_iou((others + shift).astype(float), (box + shift).astype(float)), expected.T)


@points("1/2")
@title(en="Boxes without area, and tiny ones", ru="Рамки нулевой и очень малой площади")
@hint(
    en="An empty union gives 0, not 0/0; a constant in the denominator spoils the IoU of tiny boxes.",
    ru="Пустое объединение даёт 0, а не 0/0; константа в знаменателе портит IoU очень маленьких рамок.",
)
def test_empty_union(submission, rng):
    x, y = rng.uniform(1, 2, size=2)
    flat = np.array([[x, y, x, y], [x, y, x + 1, y], [x, y, x, y + 2]])
    boxes = np.vstack([flat, [[0.0, 0.0, 5.0, 5.0]]])
    compare_overlaps(submission.box_iou(flat, boxes), box_iou(flat, boxes))
    tiny = some_boxes(rng, 5, 1e-3)
    compare_overlaps(submission.box_iou(tiny, tiny), box_iou(tiny, tiny))


@points("1/4")
@title(en="No boxes at all", ru="Рамок нет вовсе")
@hint(en="The shape stays (n, m), with n or m equal to 0.", ru="Форма остаётся (n, m), где n или m равно 0.")
def test_no_boxes(submission, rng):
    boxes, none = some_boxes(rng, 3), np.zeros((0, 4))
    for A, B in ((boxes, none), (none, boxes), (none, none)):
        compare_overlaps(submission.box_iou(A, B), np.zeros((len(A), len(B))))


@points(1)
@title(en="IoU of masks", ru="IoU масок")
@hint(
    en="Count the pixels that are in both masks, and those that are in one of them at least.",
    ru="Посчитайте пиксели, которые есть в обеих масках, и те, которые есть хотя бы в одной.",
)
def test_masks(submission, rng):
    for shape, share in (((6, 9), 0.5), ((30, 20), 0.2), ((1, 8), 0.7)):
        a, b = rng.random((2, *shape)) < share
        a[0, 0] = b[0, 1] = True
        assert_close(submission.mask_iou(a, b), mask_iou(a, b), rtol=1e-6, what="IoU of the masks")
    assert_close(submission.mask_iou(a, a), 1.0, rtol=1e-6, what="IoU of a mask with itself")


@points("1/4")
@title(en="Masks without pixels", ru="Пустые маски")
@hint(en="Two empty masks give 0.", ru="Для двух пустых масок ответ 0.")
def test_empty_masks(submission, rng):
    empty = np.zeros(rng.integers(1, 9, size=2), dtype=bool)
    assert_close(submission.mask_iou(empty, empty), 0.0, what="IoU of empty masks")
    assert_close(submission.mask_iou(empty, ~empty), 0.0, what="IoU with an empty mask")
