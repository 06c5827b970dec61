"""The hidden suite of k-means."""

import numpy as np

from grader.testing import (
    assert_array,
    assert_close,
    assert_equal,
    assert_refused,
    call_unchanged,
    depends,
    hint,
    points,
    title,
)
from grader.testing.inputs import blobs
from reference.clustering.centers.kmeans import kmeans, nearest

FAR, MOVES = 1e9, 320


def compare(result, expected, *, unit=1.0):
    """Centres nearly, by their distance from the expected ones; labels exactly."""
    assert isinstance(result, tuple), "kmeans must return a pair (centers, labels)"
    centers, labels = result if len(result) == 2 else (None, None)
    assert_array(centers, shape=expected[0].shape, kind="float", what="centers")
    offsets = (centers - expected[0]) / unit
    assert_close(offsets, np.zeros_like(offsets), atol=1e-8, what="how far the centres are from the right places")
    assert_equal(labels, expected[1], what="labels")


def groups(rng, n, m, k):
    """Objects around k random places, and k of the objects as a start."""
    X, _ = blobs(rng, n, m, k)
    return X, X[rng.choice(n, size=k, replace=False)]


@points(2)
@title(en="Separated groups", ru="Хорошо разделённые группы")
@hint(
    en="Check one assignment and one move by hand on three points.",
    ru="Проверьте вручную одно распределение и один сдвиг на трёх точках.",
)
def test_blobs(submission, rng):
    X, start = groups(rng, 60, 2, 3)
    compare(submission.kmeans(X, start), kmeans(X, start))


@points(2)
@title(en="Many features and clusters without clear borders", ru="Много признаков и кластеры без чётких границ")
@hint(
    en="The steps must repeat until the labels stay the same; watch the axis of every sum and mean.",
    ru="Шаги повторяются, пока метки меняются; следите за осью каждой суммы и среднего.",
)
def test_noise(submission, rng):
    X = rng.normal(size=(200, 7))
    start = X[rng.choice(200, size=6, replace=False)]
    compare(submission.kmeans(X, start), kmeans(X, start))


@title(en="Equal distances go to the lowest index", ru="При равных расстояниях — наименьший номер")
@hint(
    en="Which index does your search return when two values are equal?",
    ru="Какой номер возвращает ваш поиск, когда два значения равны?",
)
def test_ties(submission, rng):
    shift = float(rng.integers(-5, 6))
    start = np.array([[-1.0], [1.0]]) + shift
    for line in ([-1.0, 0.0, 1.0], [-1.0, 1e-9, 1.0], [-1.0, -1e-9, 1.0]):  # equally near, and nearly so
        X = np.array(line)[:, None] + shift
        compare(submission.kmeans(X, start, 1), kmeans(X, start, 1))


@title(en="Clusters that lose their objects", ru="Кластеры, которые теряют объекты")
@hint(
    en="What is the mean of no objects? The centre has to stay where it was.",
    ru="Чему равно среднее пустого набора? Центр должен остаться на месте.",
)
def test_empty_clusters(submission, rng):
    X = rng.normal(size=(30, 3))
    start = np.vstack([X[:2], X.max(axis=0) + 50.0, X.min(axis=0) - 70.0])
    compare(submission.kmeans(X, start), kmeans(X, start))


@title(en="A cluster that loses its objects on the way", ru="Кластер, который теряет объекты по ходу работы")
@hint(
    en="The centre stays where it was when the last object left it, not where it began.",
    ru="Центр остаётся там, где его покинул последний объект, а не там, откуда он начал.",
)
def test_emptied_later(submission, rng):
    order, shift = rng.permutation(5), float(rng.integers(-9, 10))
    for line, places in (([0, 1, 2, 7, 8], [0, 3, 11]), ([0, 1, 6, 7, 8], [0, 1, 11])):
        X, start = np.array([line, [shift] * 5]).T[order], np.array([places, [shift] * 3]).T
        for last in (1, 2, 300):
            compare(submission.kmeans(X + shift, start + shift, last), kmeans(X + shift, start + shift, last))


@title(en="Duplicates: more centres than different objects", ru="Повторы: центров больше, чем различных объектов")
@hint(
    en="Equal starting centres: all objects go to the first of them.",
    ru="Одинаковые начальные центры: все объекты достаются первому из них.",
)
def test_duplicates(submission, rng):
    X = np.repeat(rng.normal(size=(2, 2)), 5, axis=0)
    start = np.vstack([X[0], X[0], X[9], X[9]])
    compare(submission.kmeans(X, start), kmeans(X, start))


@title(en="One object, one cluster", ru="Один объект, один кластер")
@hint(
    en="The shapes stay (k, m) and (n,) when k, n or m is 1.",
    ru="Формы (k, m) и (n,) сохраняются, когда k, n или m равно 1.",
)
def test_smallest(submission, rng):
    X = rng.normal(size=(1, 1))
    compare(submission.kmeans(X, X + 1.0), kmeans(X, X + 1.0))
    many = X + rng.permutation(np.arange(1.0, 4.0))[:, None]
    compare(submission.kmeans(X, many), kmeans(X, many))
    Y = rng.normal(size=(8, 2))
    compare(submission.kmeans(Y, Y[:1]), kmeans(Y, Y[:1]))
    compare(submission.kmeans(Y, Y[::-1]), kmeans(Y, Y[::-1]))


@title(en="max_iter bounds the number of moves", ru="max_iter ограничивает число сдвигов")
@hint(
    en="max_iter = 1 means exactly one move of the centres, then a last assignment.",
    ru="max_iter = 1 — это ровно один сдвиг центров и после него последнее распределение.",
)
def test_max_iter(submission, rng):
    X = rng.normal(size=(120, 2))
    start = X[:5]
    for limit in (1, 2, 3):
        compare(submission.kmeans(X, start, max_iter=limit), kmeans(X, start, max_iter=limit))


def procession(rng, count, crowd=100):
    """Two crowds on a line with ``count`` objects between them, and two starts.

    Each move of the centres brings the next object, and no other, over the border of the clusters.
    """
    left, right = -rng.random(crowd), 3.0 + rng.random(crowd)
    line, gone = np.linspace(1.0, 2.0, count), np.arange(count + 1)
    for _ in range(200):
        taken = np.concatenate([[0.0], np.cumsum(line)])
        means = (left.sum() + taken) / (crowd + gone), (right.sum() + line.sum() - taken) / (crowd + count - gone)
        borders = (means[0] + means[1]) / 2  # once so many of the objects have gone from right to left
        line = np.concatenate([[1.5 * borders[0] - 0.5 * borders[1]], (borders[:-2] + borders[1:-1]) / 2])
    start = np.array([left.mean(), np.concatenate([line, right]).mean()])
    return np.concatenate([left, line, right])[:, None], start[:, None]


@points("1/2")
@title(en="Hundreds of small moves", ru="Сотни малых сдвигов")
@hint(
    en="One object that has changed its label is reason enough to go on; without max_iter there are at most 300 moves.",
    ru="Пока хотя бы у одного объекта метка меняется, шаги продолжаются; без max_iter сдвигов не больше 300.",
)
def test_many_moves(submission, rng):
    X, start = procession(rng, MOVES)
    compare(submission.kmeans(X, start), kmeans(X, start))
    compare(submission.kmeans(X, start, 2 * MOVES), kmeans(X, start, 2 * MOVES))


@title(en="The labels are those of the centres returned", ru="Метки соответствуют возвращённым центрам")
@hint(
    en="After the last move the objects are assigned once more.",
    ru="После последнего сдвига объекты распределяются ещё раз.",
)
def test_labels_fit(submission, rng):
    X = rng.normal(size=(150, 2))
    result = submission.kmeans(X, X[:6], 2)
    assert isinstance(result, tuple), "kmeans must return a pair (centers, labels)"
    centers = assert_array(result[0], shape=(6, 2), kind="float", what="centers")
    labels = assert_array(result[1], shape=(150,), kind="int", what="labels")
    assert_equal(labels, nearest(X, centers), what="labels")


@title(en="Numbers far from zero", ru="Числа вдали от нуля")
@hint(
    en="Expanding the square of a difference loses the digits that matter; subtract first, then square.",
    ru="Раскрытый квадрат разности теряет значащие цифры; сначала вычитайте, потом возводите в квадрат.",
)
def test_far_away(submission, rng):
    X, start = groups(rng, 60, 2, 3)
    X, start = X + FAR, start + FAR
    compare(submission.kmeans(X, start), kmeans(X, start), unit=1e3)  # the sums themselves are rounded here


@depends("test_blobs")
@title(en="Another origin, another unit of length", ru="Другое начало координат, другая единица длины")
@hint(
    en="Nothing in the method depends on where the origin is, or how long a unit is: no tolerance, no rounding.",
    ru="В методе ничто не зависит от начала координат и единицы длины: ни допусков, ни округлений не нужно.",
)
def test_shift(submission, rng):
    X, start = groups(rng, 50, 3, 4)
    shift, unit = rng.normal(size=3) * 10, 2.0**-40
    centers, labels = kmeans(X, start)
    compare(submission.kmeans(X + shift, start + shift), (centers + shift, labels))
    X = rng.normal(size=(120, 2))
    centers, labels = kmeans(X, X[:5])
    compare(submission.kmeans(unit * X, unit * X[:5]), (unit * centers, labels), unit=unit)


@points("1/2")
@title(en="The arguments stay as they were", ru="Аргументы не меняются")
@hint(en="Copy start before you move the centres.", ru="Скопируйте start, прежде чем двигать центры.")
def test_unchanged(submission, rng):
    X, start = groups(rng, 20, 2, 3)
    call_unchanged(submission.kmeans, X, start)


@points("1/2")
@title(en="Bad matrices are refused", ru="Неверные матрицы отвергаются")
@hint(
    en="ValueError with the argument's name: shape, emptiness, NaN, infinity, number of features.",
    ru="ValueError с именем аргумента: форма, пустота, NaN, бесконечность, число признаков.",
)
def test_bad_matrices(submission):
    good = np.zeros((4, 2))
    for bad in (good[:, 0], good[:0], good[:, :0], np.zeros((4, 2, 1)), *not_finite(good)):
        assert_refused("X", submission.kmeans, bad, good)
        assert_refused("start", submission.kmeans, good, bad)
    assert_refused("start", submission.kmeans, good, np.zeros((2, 3)))
    assert_refused("start", submission.kmeans, good, np.zeros((2, 1)))


def not_finite(good):
    """Matrices with one value that is not a number."""
    for value in (np.nan, np.inf, -np.inf):
        bad = good.copy()
        bad[-1, 0] = value
        yield bad


@points("1/2")
@title(en="A bad max_iter is refused", ru="Неверный max_iter отвергается")
@hint(en="max_iter is at least 1.", ru="max_iter не меньше 1.")
def test_bad_max_iter(submission):
    for bad in (0, -3):
        assert_refused("max_iter", submission.kmeans, np.zeros((3, 1)), np.zeros((1, 1)), bad)
