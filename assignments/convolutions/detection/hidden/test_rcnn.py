"""The hidden suite of L04.rcnn."""

import numpy as np

from grader.testing import assert_close, assert_equal, hint, points, title
from reference.convolutions.detection.rcnn import detect, nms, resize

from .shared import answering, compare_found, some_boxes, some_proposals


def resized(submission, rng, old, new):
    image = rng.random((*old, int(rng.integers(1, 4))))
    assert_close(submission.resize(image, *new), resize(image, *new), rtol=1e-6, what=f"{old} resized to {new}")


@points(1)
@title(en="Images made smaller", ru="Уменьшение изображений")
@hint(
    en="Ask where the centre of the new pixel lies: (i + 1/2) H / h, and then the whole part. Height first.",
    ru="Где лежит центр нового пикселя? (i + 1/2) H / h, затем целая часть. Сначала высота.",
)
def test_smaller(submission, rng):
    for old, new in (((8, 12), (4, 3)), ((9, 7), (4, 5)), ((5, 6), (1, 1)), ((6, 4), (6, 4))):
        resized(submission, rng, old, new)


@points(1)
@title(en="Images made larger", ru="Увеличение изображений")
@hint(
    en="An old pixel may come several times. Height and width have factors of their own.",
    ru="Старый пиксель может повториться. У высоты и ширины свои множители.",
)
def test_larger(submission, rng):
    for old, new in (((3, 4), (6, 12)), ((3, 2), (7, 8)), ((1, 1), (2, 3)), ((4, 6), (10, 3))):
        resized(submission, rng, old, new)


@points(2)
@title(en="Non-maximum suppression", ru="Подавление немаксимумов")
@hint(
    en="The best goes first; compare each next box with those that stay. Indices are those of the arguments.",
    ru="Первой идёт лучшая; каждая следующая сравнивается с оставшимися. Номера — те, что в аргументах.",
)
def test_nms(submission, rng):
    for n, threshold in ((12, 0.3), (30, 0.5), (20, 0.11), (1, 0.4)):
        boxes, scores = some_boxes(rng, n), rng.permutation(n) / n + 0.01
        assert_equal(submission.nms(boxes, scores, threshold), nms(boxes, scores, threshold), what="indices")


@points(1)
@title(en="A suppressed box suppresses none", ru="Подавленная рамка никого не подавляет")
@hint(
    en="In a chain of boxes each covers the next one; the second does not stay. What of the third?",
    ru="В цепочке каждая рамка перекрывает следующую; вторая не остаётся. А что с третьей?",
)
def test_chain(submission, rng):
    order = rng.permutation(9)
    left = 2.0 * np.arange(9)
    boxes = np.stack([left, 0 * left, left + 6, 0 * left + 3], axis=1)  # IoU 1/2 with the next, 1/5 with the second
    scores = np.linspace(0.9, 0.1, 9)
    expected = nms(boxes[order], scores[order], 0.35)
    assert_equal(submission.nms(boxes[order], scores[order], 0.35), expected, what="indices")


@points(1)
@title(en="IoU exactly at the threshold", ru="IoU в точности равна порогу")
@hint(en="Only above the threshold a box is suppressed.", ru="Подавляется только то, что выше порога.")
def test_at_the_threshold(submission, rng):
    x, y = rng.integers(0, 9, size=2)
    for width, threshold in ((4, 0.5), (2, 0.25), (8, 1.0), (0, 0.0)):  # the second box is the left part of the first
        boxes = np.array([[x, y, x + 8.0, y + 1], [x, y, x + width, y + 1.0]])
        if width == 0:
            boxes[1] = [x + 8, y, x + 9, y + 1]
        assert_equal(submission.nms(boxes, np.array([0.4, 0.7]), threshold), np.array([1, 0]), what="indices")


@points("1/2")
@title(en="Equal scores: the lower index first", ru="Равные оценки: сначала меньший номер")
@hint(
    en="A stable sort of the scores with a minus keeps the order of equal ones; a reversed one turns it round.",
    ru="Устойчивая сортировка оценок с минусом сохраняет порядок равных; развёрнутая — переворачивает его.",
)
def test_equal_scores(submission, rng):
    boxes, scores = some_boxes(rng, 40), rng.integers(1, 4, size=40) / 4
    assert_equal(submission.nms(boxes, scores, 0.3), nms(boxes, scores, 0.3), what="indices")


@points("1/4")
@title(en="Suppression without boxes", ru="Подавление без рамок")
@hint(en="An empty array of ints.", ru="Пустой массив целых чисел.")
def test_nms_of_nothing(submission):
    found = submission.nms(np.zeros((0, 4)), np.zeros(0), 0.5)
    assert_equal(found, np.zeros(0, dtype=int), what="indices")


@points("3/2")
@title(en="What the classifier is given", ru="Что получает классификатор")
@hint(
    en="One call, one array (n, height, width, c). Rows of an image are y, columns are x; x2 and y2 are left out.",
    ru="Один вызов, один массив (n, height, width, c). Строки изображения — это y, столбцы — x; x2 и y2 не входят.",
)
def test_crops(submission, rng):
    image, size = rng.random((13, 17, 2)), (5, 3)
    proposals = np.vstack([some_proposals(rng, 6, 13, 17), [[0, 0, 17, 13], [16, 12, 17, 13]]])
    classify = answering(rng.dirichlet(np.ones(3), size=8), budget=1)
    submission.detect(image, proposals, classify, size, 0.5)
    assert_equal(classify.count, 1, what="number of calls of classify")
    assert_equal(len(classify.calls[0]), 1, what="number of arguments of classify")
    expected = np.stack([resize(image[y1:y2, x1:x2], *size) for x1, y1, x2, y2 in proposals])
    assert_close(classify.calls[0][0], expected, rtol=1e-6, what="crops")


def compare_detected(submission, proposals, table, *rest):
    image = np.zeros((20, 24, 1))
    expected = detect(image, proposals, lambda crops: table, (2, 2), *rest)
    compare_found(submission.detect(image, proposals, answering(table), (2, 2), *rest), expected)


def a_table(labels, scores, columns):
    """Each row has this score in the column of its label; the others share the rest."""
    table = np.repeat((1 - scores)[:, None] / (columns - 1), columns, axis=1)
    table[np.arange(len(labels)), labels] = scores
    return table


@points("3/2")
@title(en="Boxes, labels, scores in their order", ru="Рамки, метки и оценки по порядку")
@hint(
    en="After suppression in every class all classes are sorted together by score; boxes are rows of proposals.",
    ru="После подавления в каждом классе все классы сортируются вместе по оценкам; рамки — строки proposals.",
)
def test_detected(submission, rng):
    for n, threshold in ((40, 0.1537), (40, 0.3103), (40, 0.7013)):
        proposals = some_proposals(rng, n, 20, 24)
        scores = 0.6 + 0.3 * rng.permutation(n) / n
        compare_detected(submission, proposals, a_table(rng.integers(3, size=n), scores, 4), threshold)


@points(1)
@title(en="Suppression within each class", ru="Подавление внутри каждого класса")
@hint(
    en="A rider on a horse: boxes of two classes may cover each other.",
    ru="Всадник на лошади: рамки двух классов могут перекрываться.",
)
def test_within_a_class(submission, rng):
    box = some_proposals(rng, 1, 20, 24)
    labels = np.array([1, 0, 1, 2, 0])[rng.permutation(5)]
    scores = np.array([0.9, 0.85, 0.8, 0.75, 0.7])
    compare_detected(submission, np.repeat(box, 5, axis=0), a_table(labels, scores, 4), 0.5)


@points(1)
@title(en="The background, and scores that are too low", ru="Фон и слишком низкие оценки")
@hint(
    en="The last column is no class; the background may be the best; a score equal to least stays.",
    ru="Последний столбец — не класс, и лучшим может оказаться он; оценка, равная least, остаётся.",
)
def test_background(submission, rng):
    proposals = np.array([[x, y, x + 5, y + 5] for y in (0, 7, 14) for x in (0, 6, 12, 18)])
    table = np.zeros((12, 4))
    table[:4] = a_table(np.array([3, 0, 3, 1]), np.array([0.9, 0.8, 0.6, 0.7]), 4)
    table[4:8] = [[0.5, 0.25, 0.25, 0.0], [0.2, 0.0, 0.55, 0.25], [0.25, 0.125, 0.125, 0.5], [0.45, 0.2, 0.2, 0.15]]
    table[8:] = [[0.3, 0.25, 0.25, 0.2], [0.28, 0.2, 0.2, 0.32], [0.2, 0.375, 0.2, 0.225], [0.1, 0.2, 0.65, 0.05]]
    for least in ((), (0.375,), (0.0,), (0.66,)):
        order = rng.permutation(12)
        compare_detected(submission, proposals[order], table[order], 0.5, *least)


@points("1/2")
@title(en="Equal scores of proposals and of classes", ru="Равные оценки кандидатов и классов")
@hint(
    en="The earlier proposal goes first, of whatever class; of classes with equal scores the first is taken.",
    ru="Первым идёт более ранний кандидат, какого бы класса он ни был; из классов с равными оценками — первый.",
)
def test_equal_detections(submission, rng):
    table = np.array([[0.5, 0.0, 0.5], [0.0, 0.5, 0.5], [0.5, 0.5, 0.0], [0.0, 0.75, 0.25], [0.5, 0.0, 0.5]])
    proposals = some_proposals(rng, 15, 20, 24)
    compare_detected(submission, proposals, table[rng.permutation(15) % 5], 0.6017)


@points("1/4")
@title(en="Nothing to find", ru="Находить нечего")
@hint(
    en="Without proposals, or with background only, arrays of the shapes (0, 4), (0,), (0,); labels are ints.",
    ru="Если кандидатов нет или всё — фон, ответ — массивы форм (0, 4), (0,), (0,); метки целые.",
)
def test_nothing(submission, rng):
    compare_detected(submission, some_proposals(rng, 3, 20, 24), np.tile([0.1, 0.2, 0.7], (3, 1)), 0.5)
    none, classify = np.zeros((0, 4), dtype=int), answering(np.ones((1, 3)))
    found = submission.detect(np.zeros((20, 24, 1)), none, classify, (2, 2), 0.5)
    compare_found(found, (none, np.zeros(0, dtype=int), np.zeros(0)))
    assert_equal(classify.count, 0, what="number of calls of classify without proposals")
