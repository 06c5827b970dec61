"""The hidden suite of k-means."""

import numpy as np
import pytest

from grader.testing import assert_array, assert_close, assert_equal, call_unchanged, depends, hint, points, title
from reference.clustering.kmeans import kmeans, nearest


def compare(result, expected):
    """Centres nearly, labels exactly."""
    assert isinstance(result, tuple), "kmeans must return a pair (centers, labels)"
    centers, labels = result if len(result) == 2 else (None, None)
    assert_close(centers, expected[0], rtol=1e-7, atol=1e-9, what="centers")
    assert_equal(labels, expected[1], what="labels")


def blobs(rng, n, m, k, spread=0.3):
    """Objects around k random places, and k of the objects as a start."""
    places = rng.normal(size=(k, m)) * 3
    X = places[rng.integers(k, size=n)] + spread * rng.normal(size=(n, m))
    return X, X[rng.choice(n, size=k, replace=False)]


@points(2)
@title(en="Separated groups", ru="Хорошо разделённые группы")
@hint(
    en="Check one assignment and one move by hand on three points.",
    ru="Проверьте вручную одно распределение и один сдвиг на трёх точках.",
)
def test_blobs(submission, rng):
    X, start = blobs(rng, 60, 2, 3)
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
    X = np.array([[-1.0], [0.0], [1.0]]) + shift
    start = np.array([[-1.0], [1.0]]) + shift
    compare(submission.kmeans(X, start), kmeans(X, start))


@title(en="Clusters that lose their objects", ru="Кластеры, которые теряют объекты")
@hint(
    en="What is the mean of no objects? The centre has to stay where it was.",
    ru="Чему равно среднее пустого набора? Центр должен остаться на месте.",
)
def test_empty_clusters(submission, rng):
    X = rng.normal(size=(30, 3))
    start = np.vstack([X[:2], X.max(axis=0) + 50.0, X.min(axis=0) - 70.0])
    compare(submission.kmeans(X, start), kmeans(X, start))


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
    Y = rng.normal(size=(8, 2))
    compare(submission.kmeans(Y, Y[:1]), kmeans(Y, Y[:1]))


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
    X, start = blobs(rng, 60, 2, 3)
    X, start = X + 1e9, start + 1e9
    compare(submission.kmeans(X, start), kmeans(X, start))


@depends("test_blobs")
@title(en="Shifting all objects shifts the centres", ru="Сдвиг всех объектов сдвигает центры")
@hint(en="Nothing in the method depends on where the origin is.", ru="В методе ничто не зависит от начала координат.")
def test_shift(submission, rng):
    X, start = blobs(rng, 50, 3, 4)
    shift = rng.normal(size=3) * 10
    centers, labels = kmeans(X, start)
    compare(submission.kmeans(X + shift, start + shift), (centers + shift, labels))


@title(en="The arguments stay as they were", ru="Аргументы не меняются")
@hint(en="Copy start before you move the centres.", ru="Скопируйте start, прежде чем двигать центры.")
def test_unchanged(submission, rng):
    X, start = blobs(rng, 20, 2, 3)
    compare(call_unchanged(submission.kmeans, X, start), kmeans(X, start))


@title(en="Bad matrices are refused", ru="Неверные матрицы отвергаются")
@hint(
    en="ValueError with the argument's name: shape, emptiness, NaN, number of features.",
    ru="ValueError с именем аргумента: форма, пустота, NaN, число признаков.",
)
def test_bad_matrices(submission):
    good = np.zeros((4, 2))
    for bad in (np.zeros(4), np.zeros((0, 2)), np.zeros((4, 0)), np.full((4, 2), np.nan), np.zeros((2, 2, 2))):
        with pytest.raises(ValueError, match="X"):
            submission.kmeans(bad, good)
    for bad in (np.zeros(2), np.zeros((0, 2)), np.full((1, 2), np.inf), np.zeros((2, 3))):
        with pytest.raises(ValueError, match="start"):
            submission.kmeans(good, bad)


@title(en="A bad max_iter is refused", ru="Неверный max_iter отвергается")
@hint(en="max_iter is at least 1.", ru="max_iter не меньше 1.")
def test_bad_max_iter(submission):
    for bad in (0, -3):
        with pytest.raises(ValueError, match="max_iter"):
            submission.kmeans(np.zeros((3, 1)), np.zeros((1, 1)), bad)
