"""The hidden suite of clusters of any shape: mean shift, DBSCAN, threshold graphs, spectral clustering."""

import numpy as np

from grader.testing import (
    assert_array,
    assert_close,
    assert_equal,
    assert_refused,
    assert_same_partition,
    call_unchanged,
    each,
    hint,
    points,
    title,
)
from grader.testing.inputs import FAR, TINY, bad_matrices, distances_of, on_a_grid, planted_partition, with_one
from reference.clustering.centers.kmeans import kmeans, nearest
from reference.clustering.density.dbscan import dbscan
from reference.clustering.density.meanshift import mean_shift
from reference.clustering.graphs.graph import graph_clusters, threshold_graph
from reference.clustering.graphs.spectral import farthest_first, laplacian, similarity, spectral_embedding

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
        (np.array([[0.0], [5.0 + 1e-9], [20.0]]), 5.0),  # just beyond it
        (rng.integers(-9, 10, size=(30, 2)), 3.5),  # an array of ints, and means that are no ints
    ]
    for X, radius in cases:
        compare_windows(submission.mean_shift(X, radius), mean_shift(X, radius))


@title(
    en="Mean shift: equally full windows, far from zero, a small unit",
    ru="Mean Shift: одинаково полные окна, вдали от нуля, малая единица",
)
@hint(
    en="The order of equally full windows is that of their objects; the method knows no tolerance and no unit.",
    ru="Одинаково полные окна идут в порядке своих объектов; ни допусков, ни единицы длины в методе нет.",
)
def test_mean_shift_however_told(submission, rng):
    pairs = 10.0 * rng.permutation(30)[:, None] + np.array([0.0, 1.0])  # thirty windows of two objects
    compare_windows(submission.mean_shift(pairs.reshape(-1, 1), 2.0), mean_shift(pairs.reshape(-1, 1), 2.0))
    X, radius = on_a_grid(rng.normal(size=(60, 2))), 0.9
    centers, labels = mean_shift(X, radius)
    found = submission.mean_shift(TINY * X, TINY * radius)
    assert isinstance(found, tuple), "mean_shift must return a pair (centers, labels)"
    assert_close(found[0], TINY * centers, rtol=1e-9, atol=1e-9 * TINY, what="centers in a small unit")
    assert_equal(found[1], labels, what="labels in a small unit")
    compare_windows(submission.mean_shift(X + FAR, radius), mean_shift(X + FAR, radius))


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


@points("1/2")
@title(
    en="DBSCAN: just beyond eps, far from zero, a small unit, whole numbers",
    ru="DBSCAN: чуть дальше eps, вдали от нуля, малая единица, целые числа",
)
@hint(
    en="A distance that is larger than eps by a billionth is larger; subtract before you square.",
    ru="Расстояние, которое больше eps на миллиардную долю, всё-таки больше; сначала вычитайте, потом в квадрат.",
)
def test_dbscan_however_told(submission, rng):
    X = np.array([[0.0], [1.0 + 1e-9], [2.0], [3.0]])
    assert_equal(submission.dbscan(X, 1.0, 1), dbscan(X, 1.0, 1), what="labels")
    X, eps = on_a_grid(rng.normal(size=(90, 2))), 0.35
    for unit, origin in ((TINY, 0.0), (1.0, FAR)):
        found = submission.dbscan(unit * X + origin, unit * eps, 3)
        assert_equal(found, dbscan(unit * X + origin, unit * eps, 3), what="labels")
    whole = rng.integers(-9, 10, size=(40, 2))
    assert_equal(submission.dbscan(whole, 2.5, 2), dbscan(whole, 2.5, 2), what="labels")


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


GRAPHS = {"threshold_graph": threshold_graph, "graph_clusters": graph_clusters}


@each(GRAPHS, en="{name}: any metric", ru="{name}: любая метрика")
@hint(
    en="Connected means by a path, not by an edge; components are numbered in the order of their first objects.",
    ru="Связаны — значит путём, а не ребром; компоненты нумеруются в порядке своих первых объектов.",
)
def test_graph(submission, rng, name):
    for metric, radius in (("euclidean", 0.35), ("manhattan", 0.5), ("largest", 0.2), ("largest", 9.0)):
        D = distances_of(rng.normal(size=(50, 2)), metric)
        assert_equal(getattr(submission, name)(D, radius), GRAPHS[name](D, radius), what=name)


@points("1/2")
@each(
    GRAPHS,
    en="{name}: edges as long as the radius, a long chain, one object",
    ru="{name}: рёбра длиной в радиус, цепочка, один объект",
)
@hint(
    en="Only longer edges are dropped; walk without recursion; there are no loops.",
    ru="Удаляются только более длинные рёбра; обход — без рекурсии; петель нет.",
)
def test_graph_edges(submission, rng, name):
    function, reference = getattr(submission, name), GRAPHS[name]
    line = rng.permutation(np.array([0.0, 1.0, 3.0, 4.0, 7.0, 7.0]))[:, None]
    table = distances_of(line)
    for D in (table, table.astype(int), np.zeros((1, 1)), np.zeros((3, 3)), table + 1e-9):
        np.fill_diagonal(D, 0)
        for radius in (0.0, 1.0, 2.0):
            assert_equal(function(D, radius), reference(D, radius), what=name)
    chain = distances_of(np.arange(LONG)[:, None].astype(float))
    assert_equal(function(chain, 1.0), reference(chain, 1.0), what=f"{name} of a chain")


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


@points("1/4")
@hint(
    en="Take differences first; a degree that is not zero is divided by, however small it is.",
    ru="Сначала вычитайте; на ненулевую степень делят, как бы мала она ни была.",
)
@each(
    ("similarity", "laplacian"),
    en="{name}: far from zero, another unit, whole numbers",
    ru="{name}: вдали от нуля, другая единица, целые числа",
)
def test_however_told(submission, rng, name):
    X, function = on_a_grid(rng.normal(size=(15, 2))), getattr(submission, name)
    W = similarity(X, 0.7)
    if name == "similarity":
        assert_close(function(X + FAR, 0.7), W, rtol=1e-7, atol=1e-12, what="W far from zero")
        assert_close(function(TINY * X, TINY * 0.7), W, rtol=1e-7, atol=1e-12, what="W in a small unit")
        whole = rng.integers(-3, 4, size=(9, 2))
        assert_close(function(whole, 2), similarity(whole, 2), rtol=1e-7, atol=1e-12, what="W of whole numbers")
    else:
        for scaled in (TINY * W, W / TINY):
            assert_close(function(scaled), laplacian(W), rtol=1e-7, atol=1e-12, what="L of other degrees")
        edges = (distances_of(X) < 0.9).astype(int)
        np.fill_diagonal(edges, 0)
        assert_close(function(edges), laplacian(edges), rtol=1e-7, atol=1e-12, what="L of whole numbers")


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
    planted = planted_partition(rng, [10] * 6)
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

SPECTRAL = ("similarity", "laplacian", "spectral_embedding", "spectral_clustering")
ALL = ("mean_shift", "dbscan", *GRAPHS, *SPECTRAL)


@points("1/16")
@each(ALL, en="{name}: the arguments stay as they were", ru="{name}: аргументы не меняются")
@hint(en="Copy what you mean to change.", ru="Скопируйте то, что собираетесь менять.")
def test_unchanged(submission, rng, name):
    X = groups(rng, 2, (6, 5))
    D, W = distances_of(X), similarity(X, 1.0)
    arguments = {
        "mean_shift": (X, 2.0),
        "dbscan": (X, 1.0, 2),
        "threshold_graph": (D, 1.0),
        "graph_clusters": (D, 1.0),
        "similarity": (X, 1.0),
        "laplacian": (W,),
        "spectral_embedding": (W, 2),
        "spectral_clustering": (X, 2, 1.0),
    }
    call_unchanged(getattr(submission, name), *arguments[name])


GOOD, TWO = with_one(0.5), np.array([[0.0, 1.0], [1.0, 0.0]])
BAD_MATRICES = bad_matrices()
BAD_TABLES = (
    np.zeros(4),
    np.zeros((2, 3)),
    np.zeros((0, 0)),
    np.array([[0.0, 1.0], [2.0, 0.0]]),
    np.array([[0.0, -1.0], [-1.0, 0.0]]),
    np.array([[1.0, 1.0], [1.0, 1.0]]),
    np.array([[0.0, 1.0], [1.0, 0.5]]),
    np.array([[0.0, np.nan], [np.nan, 0.0]]),
    np.array([[0.0, np.inf], [np.inf, 0.0]]),
)


def refusals(name):
    """Pairs of the name of a wrong argument and all the arguments."""
    match name:
        case "mean_shift":
            yield from (("X", (bad, 1.0)) for bad in BAD_MATRICES)
            yield from (("radius", (GOOD, bad)) for bad in (0.0, -1.0))
            yield from (("max_iter", (GOOD, 1.0, bad)) for bad in (0, -1))
        case "dbscan":
            yield from (("X", (bad, 1.0, 1)) for bad in BAD_MATRICES)
            yield from (("eps", (GOOD, bad, 1)) for bad in (0.0, -1.0))
            yield from (("min_points", (GOOD, 1.0, bad)) for bad in (0, -1))
        case "threshold_graph" | "graph_clusters":
            yield from (("distances", (bad, 1.0)) for bad in BAD_TABLES)
            yield "radius", (TWO, -0.5)
        case "similarity":
            yield from (("X", (bad, 1.0)) for bad in BAD_MATRICES)
            yield from (("sigma", (GOOD, bad)) for bad in (0.0, -2.0))
        case "laplacian":
            yield from (("W", (bad,)) for bad in BAD_TABLES)
        case "spectral_embedding":
            yield from (("W", (bad, 1)) for bad in BAD_TABLES if len(bad))
            yield from (("k", (TWO, bad)) for bad in (-1, 0, 3))
        case "spectral_clustering":
            yield from (("X", (bad, 1, 1.0)) for bad in BAD_MATRICES if len(bad))
            yield from (("sigma", (GOOD, 2, bad)) for bad in (0.0, -2.0))
            yield from (("k", (GOOD, bad, 1.0)) for bad in (-1, 0, 5))


@points("3/16")
@each(ALL, en="{name}: errors", ru="{name}: ошибки")
@hint(
    en="ValueError with the argument's name: for each row of the table of errors in the statement.",
    ru="ValueError с именем аргумента: на каждую строку таблицы ошибок из условия.",
)
def test_errors(submission, name):
    for wrong, arguments in refusals(name):
        assert_refused(wrong, getattr(submission, name), *arguments)
