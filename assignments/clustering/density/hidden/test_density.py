"""The hidden suite of clusters of any shape: mean shift, DBSCAN, threshold graphs, spectral clustering."""

import numpy as np
import pytest

from grader.testing import (
    assert_array,
    assert_close,
    assert_equal,
    assert_same_partition,
    call_unchanged,
    hint,
    points,
    title,
)
from reference.clustering.dbscan import dbscan
from reference.clustering.graph import graph_clusters, threshold_graph
from reference.clustering.kmeans import kmeans, nearest
from reference.clustering.meanshift import mean_shift
from reference.clustering.spectral import farthest_first, laplacian, similarity, spectral_embedding

LONG = 1200


def compare_windows(result, expected):
    assert isinstance(result, tuple), "mean_shift must return a pair (centers, labels)"
    assert len(result) == 2, "mean_shift must return a pair (centers, labels)"
    assert_close(result[0], expected[0], rtol=1e-9, atol=1e-9, what="centers")
    assert_equal(result[1], expected[1], what="labels")


def groups(rng, m=2, sizes=(25, 20, 15)):
    """Separated groups of different sizes, in a random order."""
    places = 8 * np.eye(len(sizes), m) + rng.normal(size=m)
    return rng.permutation(np.repeat(places, sizes, axis=0) + rng.normal(size=(sum(sizes), m)))


def pairwise(X, metric="euclidean"):
    differences = np.abs(X[:, None, :] - X[None, :, :])
    return {
        "euclidean": lambda: np.sqrt((differences**2).sum(axis=2)),
        "manhattan": lambda: differences.sum(axis=2),
        "largest": lambda: differences.max(axis=2),
    }[metric]()


def moons(rng, count=60, noise=0.03):
    """Two interleaved half-circles in a random order, and which of them each object is of."""
    angles = np.linspace(0, np.pi, count)
    upper = np.column_stack([np.cos(angles), np.sin(angles)])
    X = np.vstack([upper, [1.0, 0.5] - upper]) + noise * rng.normal(size=(2 * count, 2))
    order = rng.permutation(2 * count)
    return X[order], np.repeat([0, 1], count)[order]


def rings(rng, counts=(40, 80), noise=0.03):
    """A ring in a ring."""
    parts = []
    for radius, count in zip((0.4, 1.0), counts, strict=True):
        angles = 2 * np.pi * np.arange(count) / count
        parts.append(radius * np.column_stack([np.cos(angles), np.sin(angles)]))
    X = np.vstack(parts) + noise * rng.normal(size=(sum(counts), 2))
    order = rng.permutation(sum(counts))
    return X[order], np.repeat([0, 1], counts)[order]


# -- L09.meanshift ---------------------------------------------------------------------------------------


@points(2)
@title(en="Mean shift on separated groups", ru="Mean Shift на отделённых группах")
@hint(
    en="A window moves many times, each time to the mean of what it holds now; the fullest windows come first.",
    ru="Окно сдвигается много раз, каждый раз в среднее того, что в нём сейчас; сначала самые полные окна.",
)
def test_mean_shift_groups(submission, rng):
    for m, radius in ((2, 2.5), (4, 4.0)):
        X = groups(rng, m)
        compare_windows(submission.mean_shift(X, radius), mean_shift(X, radius))


@title(en="Mean shift without clear groups", ru="Mean Shift без выраженных групп")
@hint(
    en="A window is dropped when its centre is within the radius of a kept one, neither half nor twice the radius.",
    ru="Окно удаляется, если его центр в пределах радиуса от оставленного: не половины и не двух радиусов.",
)
def test_mean_shift_noise(submission, rng):
    for n, m, radius in ((80, 2, 0.8), (60, 1, 0.2), (40, 3, 1.0)):
        X = rng.normal(size=(n, m))
        compare_windows(submission.mean_shift(X, radius), mean_shift(X, radius))


@title(en="Mean shift: borders, equal windows, duplicates, one object", ru="Mean Shift: границы, равенства, повторы")
@hint(
    en="The ball is closed; of equally full windows the one from the lower index is first; each object gets a label.",
    ru="Шар замкнут; из одинаково полных раньше окно из объекта с меньшим номером; метку получает каждый объект.",
)
def test_mean_shift_edges(submission, rng):
    shift = float(rng.integers(-5, 6))
    cases = [
        (np.array([[0.0], [1.0]]) + shift, 1.0),
        (100.0 * rng.permutation(9)[:, None] + shift, 1.0),
        (np.array([[0.0, 0.0], [3.0, 4.0], [50.0, 0.0]]) + shift, 5.0),
        (np.repeat(rng.normal(size=(2, 2)) + 9 * np.eye(2), [4, 6], axis=0), 0.5),
        (rng.normal(size=(1, 3)), 0.1),
        (np.array([[-1.0], [1.0], [2.5], [2.5]]) + shift, 2.0),  # windows at rest at 0 and 2: just within the radius
    ]
    for X, radius in cases:
        compare_windows(submission.mean_shift(X, radius), mean_shift(X, radius))


@title(en="max_iter bounds the moves of a window", ru="max_iter ограничивает число переходов окна")
@hint(
    en="After the last move count the objects that the window holds where it is now.",
    ru="После последнего перехода сосчитайте объекты, попавшие в окно на новом месте.",
)
def test_mean_shift_max_iter(submission, rng):
    X = groups(rng)
    for limit in (1, 2):
        compare_windows(submission.mean_shift(X, 2.0, max_iter=limit), mean_shift(X, 2.0, limit))


# -- L09.dbscan ------------------------------------------------------------------------------------------


@points(2)
@title(en="DBSCAN with noise and border objects", ru="DBSCAN с шумом и граничными объектами")
@hint(
    en="First find all core objects, then grow clusters in the order of indices, through core objects only.",
    ru="Сначала найдите все основные объекты, затем растите кластеры по порядку номеров и только через основные.",
)
def test_dbscan(submission, rng):
    for n, m, eps, min_points in ((120, 2, 0.35, 4), (100, 3, 0.8, 3), (80, 1, 0.1, 2), (100, 2, 0.25, 1)):
        X = rng.normal(size=(n, m))
        assert_equal(submission.dbscan(X, eps, min_points), dbscan(X, eps, min_points), what="labels")


@title(en="Other objects count, the border of the ball as well", ru="Считаются другие объекты, и граница шара — тоже")
@hint(
    en="The object itself is always within eps and does not count; a distance of exactly eps does.",
    ru="Сам объект всегда в пределах eps и не считается; расстояние ровно eps — считается.",
)
def test_dbscan_counts(submission, rng):
    shift = float(rng.integers(-5, 6))
    X = np.array([[0.0, 0.0], [3.0, 4.0], [-3.0, -4.0], [30.0, 0.0]])[rng.permutation(4)] + shift
    for min_points in (1, 2, 3):
        assert_equal(submission.dbscan(X, 5.0, min_points), dbscan(X, 5.0, min_points), what="labels")


@title(en="A border object between two clusters", ru="Граничный объект между двумя кластерами")
@hint(
    en="It goes to the cluster with the lowest number and is no bridge; clusters are numbered by their core objects.",
    ru="Он достаётся кластеру с наименьшим номером и не служит мостом; номера кластеров — по основным объектам.",
)
def test_dbscan_borders(submission, rng):
    line = np.array([0.5, 1.0, 1.5, 2.0, 3.0, 4.0, 4.5, 5.0, 5.5]) + float(rng.integers(-5, 6))
    for order in (range(9), range(8, -1, -1), rng.permutation(9), [4, 0, 8, 1, 7, 2, 6, 3, 5]):
        X = line[list(order), None]
        assert_equal(submission.dbscan(X, 1.0, 3), dbscan(X, 1.0, 3), what="labels")


@title(en="DBSCAN on a long chain", ru="DBSCAN на длинной цепочке")
@hint(
    en="Keep the objects to visit in a list of your own; recursion ends at a depth of a thousand.",
    ru="Храните ещё не посещённые объекты в своём списке: рекурсия обрывается на глубине в тысячу.",
)
def test_dbscan_chain(submission, rng):
    step = float(rng.uniform(0.5, 0.9))
    X = step * np.arange(LONG)[:, None]
    assert_equal(submission.dbscan(X, 1.0, 1), np.zeros(LONG, dtype=int), what="labels")


@title(en="DBSCAN on duplicates and on one object", ru="DBSCAN на повторах и на одном объекте")
@hint(
    en="Duplicates of an object are other objects; an object alone is noise.",
    ru="Повторы объекта — это другие объекты; одинокий объект — шум.",
)
def test_dbscan_duplicates(submission, rng):
    X = np.repeat(rng.normal(size=(3, 2)) + 5 * np.eye(3, 2), [3, 1, 4], axis=0)
    for min_points in (1, 2, 3, 4):
        assert_equal(submission.dbscan(X, 0.01, min_points), dbscan(X, 0.01, min_points), what="labels")
    assert_equal(submission.dbscan(X[:1], 1.0, 1), np.array([-1]), what="label of one object")


# -- L09.graph -------------------------------------------------------------------------------------------


@points(2)
@title(en="Components by any metric", ru="Компоненты при любой метрике")
@hint(
    en="Connected means by a path, not by an edge; components are numbered in the order of their first objects.",
    ru="Связаны — значит путём, а не ребром; компоненты нумеруются в порядке своих первых объектов.",
)
def test_graph(submission, rng):
    for metric, radius in (("euclidean", 0.35), ("manhattan", 0.5), ("largest", 0.2), ("largest", 9.0)):
        D = pairwise(rng.normal(size=(50, 2)), metric)
        assert_equal(submission.threshold_graph(D, radius), threshold_graph(D, radius), what="edges")
        assert_equal(submission.graph_clusters(D, radius), graph_clusters(D, radius), what="labels")


@title(en="Graphs: edges as long as the radius, a long chain, one object", ru="Графы: рёбра длиной в радиус, цепочка")
@hint(
    en="Only longer edges are dropped; walk without recursion; there are no loops.",
    ru="Удаляются только более длинные рёбра; обход — без рекурсии; петель нет.",
)
def test_graph_edges(submission, rng):
    line = rng.permutation(np.array([0.0, 1.0, 3.0, 4.0, 7.0, 7.0]))[:, None]
    for D in (pairwise(line), np.zeros((1, 1)), np.zeros((3, 3))):
        for radius in (0.0, 1.0, 2.0):
            assert_equal(submission.threshold_graph(D, radius), threshold_graph(D, radius), what="edges")
            assert_equal(submission.graph_clusters(D, radius), graph_clusters(D, radius), what="labels")
    chain = pairwise(np.arange(LONG)[:, None].astype(float))
    assert_equal(submission.graph_clusters(chain, 1.0), np.zeros(LONG, dtype=int), what="labels of a chain")


# -- L09.spectral ----------------------------------------------------------------------------------------


@title(en="Similarity", ru="Сходство")
@hint(
    en="The squared distance over 2 sigma^2; zero on the diagonal.",
    ru="Квадрат расстояния, делённый на 2 sigma^2; на диагонали ноль.",
)
def test_similarity(submission, rng):
    for n, m, sigma in ((20, 2, 0.7), (6, 5, 3.0), (1, 1, 1.0)):
        X = rng.normal(size=(n, m))
        assert_close(submission.similarity(X, sigma), similarity(X, sigma), rtol=1e-7, atol=1e-12, what="W")


@points(2)
@title(en="The normalised Laplacian", ru="Нормированный лапласиан")
@hint(
    en="Both sides are divided by roots of degrees; an object of degree 0 has a zero row, its diagonal entry included.",
    ru="Деление на корни степеней с обеих сторон; у объекта степени 0 вся строка нулевая, включая диагональ.",
)
def test_laplacian(submission, rng):
    half = np.triu(rng.uniform(0.1, 5.0, size=(9, 9)), 1)
    sparse = np.where(rng.random((9, 9)) < 0.4, half, 0)
    sparse[2] = sparse[:, 2] = 0
    for upper in (half, sparse, np.zeros((3, 3))):
        W = upper + upper.T
        assert_close(submission.laplacian(W), laplacian(W), rtol=1e-7, atol=1e-12, what="L")


def well_posed(rng, k, n=30):
    """Similarities whose ``k`` smallest eigenvalues stand apart from the others, and no row of them is short."""
    while True:
        upper = np.triu(rng.uniform(0.05, 1.0, size=(n, n)) * np.where(rng.random((n, n)) < 0.3, 1, 0.05), 1)
        part = rng.integers(k, size=n)
        W = (upper + upper.T) * np.where(part[:, None] == part, 1.0, 0.1)
        values, vectors = np.linalg.eigh(laplacian(W))
        if values[k] - values[k - 1] > 0.05 and np.linalg.norm(vectors[:, :k], axis=1).min() > 0.02:
            return W


@title(en="The embedding", ru="Спектральное представление")
@hint(
    en="The smallest eigenvalues, the first vector included; rows, not columns, get the length 1.",
    ru="Наименьшие собственные значения, включая первый вектор; длину 1 получают строки, а не столбцы.",
)
def test_embedding(submission, rng):
    for k in (1, 2, 3):
        W = well_posed(rng, k)
        rows = assert_array(submission.spectral_embedding(W, k), shape=(30, k), kind="float", what="embedding")
        expected = spectral_embedding(W, k)
        assert_close(rows @ rows.T, expected @ expected.T, atol=1e-6, what="scalar products of the rows")


def where_centers_move(rng, k, sigma=0.7):
    """Objects without clear groups on which k-means does not end where it starts, and labels that rounding leaves."""
    while True:
        X = rng.normal(size=(40, 2))
        W = similarity(X, sigma)
        values, vectors = np.linalg.eigh(laplacian(W))
        rows = spectral_embedding(W, k)
        first, labels = nearest(rows, farthest_first(rows, k)), kmeans(rows, farthest_first(rows, k))[1]
        shaken = [rows + 1e-5 * rng.normal(size=rows.shape) for _ in range(5)]
        firm = all((kmeans(r, farthest_first(r, k))[1] == labels).all() for r in shaken)
        apart = values[k] - values[k - 1] > 0.02 and np.linalg.norm(vectors[:, :k], axis=1).min() > 0.02
        if firm and apart and (first != labels).any():
            return X, labels


@title(en="k-means to its end, from the first row", ru="k-средних до конца, начиная с первой строки")
@hint(
    en="The first centre is the first row; then the centres move until the labels stay the same.",
    ru="Первый центр — первая строка; дальше центры движутся, пока метки не перестанут меняться.",
)
def test_lloyd_on_rows(submission, rng):
    for k in (2, 3, 4, 4):
        X, labels = where_centers_move(rng, k)
        assert_same_partition(submission.spectral_clustering(X, k, 0.7), labels)


@points(2)
@title(en="Two moons, two rings, several groups", ru="Два полумесяца, два кольца, несколько групп")
@hint(
    en="k-means runs on the rows of the embedding, from rows far from each other, not on the objects.",
    ru="k-средних работает на строках представления и стартует из далёких строк, а не на самих объектах.",
)
def test_shapes(submission, rng):
    for X, planted in (moons(rng), rings(rng)):
        assert_same_partition(submission.spectral_clustering(X, 2, 0.1), planted)
    X, planted = moons(rng)
    X = np.vstack([X, 0.05 * rng.normal(size=(25, 2)) + [4.0, 4.0]])
    planted = np.append(planted, np.full(25, 2))
    assert_same_partition(submission.spectral_clustering(X, 3, 0.1), planted)
    planted = rng.permutation(np.repeat(np.arange(6), 10))
    X = 5.0 * np.column_stack([planted % 3, planted // 3]) + 0.1 * rng.normal(size=(60, 2))
    assert_same_partition(submission.spectral_clustering(X, 6, 0.3), planted)


@title(en="One object, one cluster, an object far from all", ru="Один объект, один кластер, далёкий объект")
@hint(
    en="An object with no similarity left is a component, and so a cluster, of its own.",
    ru="Объект, ни на кого не похожий, — отдельная компонента, а значит, и отдельный кластер.",
)
def test_spectral_edges(submission, rng):
    X = rng.normal(size=(12, 2)) * 0.3
    assert_same_partition(submission.spectral_clustering(X[:1], 1, 1.0), np.zeros(1, dtype=int))
    assert_same_partition(submission.spectral_clustering(X, 1, 1.0), np.zeros(12, dtype=int))
    far = np.vstack([X, [[500.0, -500.0]]])
    assert_same_partition(submission.spectral_clustering(far, 2, 1.0), np.append(np.zeros(12, dtype=int), 1))
    pairs = np.repeat([[0.0, 0.0], [4.0, 3.0]], 4, axis=0)
    assert_same_partition(submission.spectral_clustering(pairs, 2, 1.0), np.repeat([0, 1], 4))


# -- arguments -------------------------------------------------------------------------------------------


@title(en="The arguments stay as they were", ru="Аргументы не меняются")
@hint(en="Copy what you mean to change.", ru="Скопируйте то, что собираетесь менять.")
def test_unchanged(submission, rng):
    X = groups(rng, 2, (6, 5))
    D, W = pairwise(X), similarity(X, 1.0)
    compare_windows(call_unchanged(submission.mean_shift, X, 2.0), mean_shift(X, 2.0))
    assert_equal(call_unchanged(submission.dbscan, X, 1.0, 2), dbscan(X, 1.0, 2), what="labels")
    assert_equal(call_unchanged(submission.threshold_graph, D, 1.0), threshold_graph(D, 1.0), what="edges")
    assert_equal(call_unchanged(submission.graph_clusters, D, 1.0), graph_clusters(D, 1.0), what="labels")
    assert_close(call_unchanged(submission.similarity, X, 1.0), W, rtol=1e-7, atol=1e-12, what="W")
    assert_close(call_unchanged(submission.laplacian, W), laplacian(W), rtol=1e-7, atol=1e-12, what="L")
    call_unchanged(submission.spectral_embedding, W, 2)
    call_unchanged(submission.spectral_clustering, X, 2, 1.0)


BAD_MATRICES = (np.zeros(4), np.zeros((0, 2)), np.zeros((4, 0)), np.full((4, 2), np.nan), np.full((4, 2), np.inf))
BAD_TABLES = (
    np.zeros(4),
    np.zeros((2, 3)),
    np.zeros((0, 0)),
    np.array([[0.0, 1.0], [2.0, 0.0]]),
    np.array([[0.0, -1.0], [-1.0, 0.0]]),
    np.array([[1.0, 1.0], [1.0, 1.0]]),
    np.array([[0.0, np.nan], [np.nan, 0.0]]),
    np.array([[0.0, np.inf], [np.inf, 0.0]]),
)


@title(en="Errors of mean shift and DBSCAN", ru="Ошибки Mean Shift и DBSCAN")
@hint(
    en="ValueError with the argument's name: X, radius, max_iter, eps, min_points.",
    ru="ValueError с именем аргумента: X, radius, max_iter, eps, min_points.",
)
def test_errors_of_density(submission, rng):
    X = rng.normal(size=(5, 2))
    for bad in BAD_MATRICES:
        with pytest.raises(ValueError, match=r"\bX\b"):
            submission.mean_shift(bad, 1.0)
        with pytest.raises(ValueError, match=r"\bX\b"):
            submission.dbscan(bad, 1.0, 1)
    for bad in (0.0, -1.0):
        with pytest.raises(ValueError, match="radius"):
            submission.mean_shift(X, bad)
        with pytest.raises(ValueError, match="eps"):
            submission.dbscan(X, bad, 1)
    with pytest.raises(ValueError, match="max_iter"):
        submission.mean_shift(X, 1.0, 0)
    with pytest.raises(ValueError, match="min_points"):
        submission.dbscan(X, 1.0, 0)


@title(en="Errors of the graph", ru="Ошибки графа")
@hint(
    en="Distances: a square matrix, symmetric, not negative, finite, zero on the diagonal. A radius of 0 is allowed.",
    ru="Расстояния: квадратная симметричная матрица из чисел не меньше нуля, на диагонали нули. Радиус 0 допустим.",
)
def test_errors_of_the_graph(submission):
    for name in ("threshold_graph", "graph_clusters"):
        for bad in BAD_TABLES:
            with pytest.raises(ValueError, match="distances"):
                getattr(submission, name)(bad, 1.0)
        with pytest.raises(ValueError, match="radius"):
            getattr(submission, name)(np.zeros((2, 2)), -0.5)


@title(en="Errors of spectral clustering", ru="Ошибки спектральной кластеризации")
@hint(en="ValueError with the argument's name: X, sigma, W, k.", ru="ValueError с именем аргумента: X, sigma, W, k.")
def test_errors_of_spectral(submission, rng):
    X = rng.normal(size=(4, 2))
    for bad in BAD_MATRICES:
        with pytest.raises(ValueError, match=r"\bX\b"):
            submission.similarity(bad, 1.0)
    for bad in BAD_TABLES:
        with pytest.raises(ValueError, match=r"\bW\b"):
            submission.laplacian(bad)
        with pytest.raises(ValueError, match=r"\bW\b"):
            submission.spectral_embedding(bad, 1)
    for bad in (0.0, -2.0):
        with pytest.raises(ValueError, match="sigma"):
            submission.similarity(X, bad)
        with pytest.raises(ValueError, match="sigma"):
            submission.spectral_clustering(X, 2, bad)
    for bad in (0, 5):
        with pytest.raises(ValueError, match=r"\bk\b"):
            submission.spectral_clustering(X, bad, 1.0)
        with pytest.raises(ValueError, match=r"\bk\b"):
            submission.spectral_embedding(similarity(X, 1.0), bad)
