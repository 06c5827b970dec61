"""The hidden suite of L04.yolo."""

import numpy as np

from grader.testing import assert_array, assert_close, hint, points, title
from reference.convolutions.detection.yolo import yolo_decode, yolo_encode

from .shared import compare_found


def in_cells(rng, count, S, width, height):
    """Boxes in the image with centres inside of so many different cells."""
    cells = rng.permutation(S * S)[:count]
    centres = (np.stack([cells % S, cells // S], axis=1) + rng.uniform(0.1, 0.9, size=(count, 2))) / S
    room = np.minimum(centres, 1 - centres)
    halves = room * rng.uniform(0.3, 0.95, size=(count, 2))
    return np.hstack([centres - halves, centres + halves]) * (width, height, width, height)


def compare_grids(found, expected):
    assert_array(found, shape=expected.shape, kind="float", what="grid")
    assert_close(found, expected, rtol=1e-6, atol=1e-6, what="grid")


@points(2)
@title(en="Boxes written into the grid", ru="Рамки записаны в сетку")
@hint(
    en="The centre gives the cell: y its row, x its column. Sides are shares of the image, x and y shares of the cell.",
    ru="Ячейку задаёт центр: строку — y, столбец — x. Стороны — доли изображения, x и y — доли ячейки.",
)
def test_encode(submission, rng):
    for S, classes, width, height, count in ((7, 3, 448.0, 300.0, 9), (4, 1, 1.0, 0.75, 5), (1, 2, 30.0, 20.0, 1)):
        boxes, labels = in_cells(rng, count, S, width, height), rng.integers(classes, size=count)
        expected = yolo_encode(boxes, labels, S, classes, width, height)
        compare_grids(submission.yolo_encode(boxes, labels, S, classes, width, height), expected)


@points(1)
@title(en="Centres on borders", ru="Центры на границах")
@hint(
    en="Between two cells: the right or lower one. On the last border of the image: the last cell, at its place 1.",
    ru="Между двумя ячейками — правая или нижняя. На последней границе изображения — последняя ячейка, место в ней 1.",
)
def test_borders(submission, rng):
    labels = rng.integers(3, size=5)
    for dx in (-2, 2):
        boxes = np.array([[14, 6, 18, 10], [32, 10, 32, 14], [4, 64, 12, 64], [32, 64, 32, 64], [0, 0, 0, 0]])
        boxes[0, [0, 2]] += (dx, -dx)  # its centre stays at (16, 8)
        expected = yolo_encode(boxes, labels, 4, 3, 32, 64)
        compare_grids(submission.yolo_encode(boxes, labels, 4, 3, 32, 64), expected)


@points(1)
@title(en="Several boxes in a cell", ru="Несколько рамок в одной ячейке")
@hint(
    en="The box with the largest area stays, of equal ones the first, and nothing of the others is left.",
    ru="Остаётся рамка с наибольшей площадью, из равных — первая, и от прочих не остаётся ничего.",
)
def test_several_in_a_cell(submission, rng):
    boxes = np.array([[4, 4, 12, 12], [2, 6, 14, 10], [6, 2, 10, 14], [0, 7, 16, 9], [20, 4, 28, 12], [18, 6, 30, 13]])
    for _ in range(4):
        order = rng.permutation(6)
        expected = yolo_encode(boxes[order], order, 2, 6, 32, 32)
        compare_grids(submission.yolo_encode(boxes[order], order, 2, 6, 32, 32), expected)
    for order in ([1, 2], [2, 1]):
        expected = yolo_encode(boxes[order], [1, 0], 2, 2, 32, 32)
        compare_grids(submission.yolo_encode(boxes[order], np.array([1, 0]), 2, 2, 32, 32), expected)


@points("1/4")
@title(en="An image without objects", ru="Изображение без объектов")
@hint(en="All zeros, of the same shape.", ru="Одни нули, форма та же.")
def test_encode_nothing(submission):
    found = submission.yolo_encode(np.zeros((0, 4)), np.zeros(0, dtype=int), 3, 2, 30.0, 20.0)
    compare_grids(found, np.zeros((3, 3, 7)))


def decoded(submission, grid, *rest):
    compare_found(submission.yolo_decode(grid, *rest), yolo_decode(grid, *rest))


@points(2)
@title(en="Boxes read from the grid", ru="Рамки прочитаны из сетки")
@hint(
    en="Centre: (column + x) / S times the width; half a side to the left and right of it. Cells go row by row.",
    ru="Центр: (столбец + x) / S на ширину; от него по полстороны влево и вправо. Ячейки идут строка за строкой.",
)
def test_decode(submission, rng):
    for S, classes, width, height in ((5, 3, 300.0, 200.0), (3, 1, 1.0, 0.75), (1, 2, 16.0, 9.0)):
        grid = rng.uniform(size=(S, S, 5 + classes))
        grid[:, :, 0] = rng.permutation(S * S).reshape(S, S) < (S * S + 1) // 2  # half of the cells hold an object
        grid[:, :, 5:] = rng.dirichlet(np.ones(classes), size=(S, S))
        grid[np.arange(S), np.arange(S), 0] = 1
        decoded(submission, grid, width, height, 0.01)


@points(1)
@title(en="Scores, and which cells are read", ru="Оценки и какие ячейки читаются")
@hint(
    en="The score is the first number times the greatest class; one equal to least stays; least is 0.5 if not given.",
    ru="Оценка — первое число, умноженное на наибольший класс; равная least остаётся; по умолчанию least — 0.5.",
)
def test_scores(submission, rng):
    grid = rng.uniform(0.2, 0.8, size=(4, 4, 8))
    grid[:, :, 0] = rng.uniform(0.5, 1, size=(4, 4))
    grid[:, :, 5:] = [0.9, 0.05, 0.05]
    grid[1, 2, 5:] = [0.25, 0.5, 0.25]
    grid[1, 2, 0] = 1.0  # 0.5 exactly
    grid[0, 3, [0, 5, 6, 7]] = [0.75, 0.25, 0.25, 0.5]  # 0.375, though there is an object
    grid[2, 1, [0, 5, 6, 7]] = [0.25, 0.0, 0.0, 1.0]  # the class is sure, the object is not
    for least in ((), (0.375,), (0.25,), (0.0,)):
        decoded(submission, grid, 60.0, 80.0, *least)


@points("1/2")
@title(en="A cell with equal classes", ru="Ячейка с равными классами")
@hint(en="Of equally likely classes the first is the label.", ru="Из одинаково вероятных классов метка — первый.")
def test_equal_classes(submission, rng):
    grid = rng.uniform(0.2, 0.8, size=(2, 2, 9))
    grid[:, :, 0] = 1
    grid[:, :, 5:] = rng.permutation([[0.5, 0.5, 0, 0], [0, 0.5, 0.5, 0], [0, 0.5, 0, 0.5], [0.25] * 4]).reshape(
        2, 2, 4
    )
    decoded(submission, grid, 20.0, 30.0, 0.125)


@points("1/4")
@title(en="A grid in which nothing is found", ru="Сетка, в которой ничего нет")
@hint(
    en="Arrays of the shapes (0, 4), (0,), (0,); labels are ints.",
    ru="Массивы форм (0, 4), (0,), (0,); метки целые.",
)
def test_decode_nothing(submission):
    found = submission.yolo_decode(np.zeros((3, 3, 7)), 30.0, 20.0)
    compare_found(found, (np.zeros((0, 4)), np.zeros(0, dtype=int), np.zeros(0)))
