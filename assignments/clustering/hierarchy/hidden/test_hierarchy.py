"""The hidden suite of hierarchies: trees and their cuts, repeated two-means, Kleinberg's properties."""

from itertools import pairwise

import numpy as np

from grader.testing import (
    assert_array,
    assert_close,
    assert_equal,
    assert_refused,
    call_unchanged,
    each,
    hint,
    points,
    title,
)
from grader.testing.inputs import TINY, bad_matrices, distances_of, with_one
from reference.clustering.axioms.kleinberg import consistent, scale_invariant
from reference.clustering.axioms.partitions import set_partitions
from reference.clustering.hierarchy.divisive import divisive, two_means
from reference.clustering.hierarchy.hac import cut_count, cut_height, hac

METHODS = ("single", "complete", "average", "centroid")
MANY = 300
DEEP = 2000
CUTS = {"cut_count": cut_count, "cut_height": cut_height}
DIVISIONS = {"two_means": two_means, "divisive": divisive}


def same_tree(submission, D, method):
    assert_close(submission.hac(D, method), hac(D, method), rtol=1e-9, what=f"tree by {method} linkage")


def trees(rng):
    """Trees without and with inversions."""
    for method in METHODS:
        yield hac(distances_of(rng.normal(size=(30, 6))), method)


# -- L09.hac ---------------------------------------------------------------------------------------------


@points(2)
@title(
    en="Trees by single and complete linkage, any metric", ru="Деревья по ближнему и по дальнему соседу, любая метрика"
)
@hint(
    en="Nearest objects for single, farthest for complete; clusters are numbered n, n + 1, ... as they are made.",
    ru="single — ближайшие объекты, complete — самые далёкие; новые кластеры получают номера n, n + 1, ...",
)
def test_single_and_complete(submission, rng):
    for n, m, metric in ((2, 1, "euclidean"), (12, 2, "manhattan"), (50, 3, "euclidean"), (30, 4, "largest")):
        D = distances_of(rng.normal(size=(n, m)), metric)
        same_tree(submission, D, "single")
        same_tree(submission, D, "complete")


@points(2)
@title(en="Trees by average linkage", ru="Деревья по среднему расстоянию")
@hint(
    en="Each object counts the same: weigh the two distances by the sizes of the clusters. It is the default, too.",
    ru="Все объекты равноправны: взвесьте два расстояния размерами кластеров. Этот же метод — по умолчанию.",
)
def test_average(submission, rng):
    for n, m, metric in ((12, 2, "manhattan"), (50, 3, "euclidean"), (30, 4, "largest")):
        same_tree(submission, distances_of(rng.normal(size=(n, m)), metric), "average")
    D = distances_of(rng.normal(size=(9, 2)))
    assert_close(submission.hac(D), hac(D, "average"), rtol=1e-9, what="tree by the default method")


@points(2)
@title(en="Trees by the distance of centroids", ru="Деревья по расстоянию между центроидами")
@hint(
    en="The formula is for squared distances; the height is their root, and it may be lower than the one before.",
    ru="Формула — для квадратов расстояний; высота — корень из них и может быть меньше предыдущей.",
)
def test_centroid(submission, rng):
    for n, m in ((3, 2), (12, 1), (50, 2), (40, 8)):
        same_tree(submission, distances_of(rng.normal(size=(n, m))), "centroid")


@title(en="Equally near clusters", ru="Равноудалённые кластеры")
@hint(
    en="Of equally near pairs the one with the lowest a, then the lowest b; a and b are numbers of clusters.",
    ru="Из равноудалённых пар — с наименьшим a, затем с наименьшим b; a и b — номера кластеров.",
)
def test_ties(submission, rng):
    grid = rng.permutation(np.array([[i, j] for i in range(4) for j in range(3)], dtype=float))
    upper = np.triu(rng.integers(1, 4, size=(15, 15)), 1).astype(float)
    for D in (distances_of(grid, "manhattan"), upper + upper.T, 2.0 - 2.0 * np.eye(9)):
        same_tree(submission, D, "single")
        same_tree(submission, D, "complete")


@title(en="Equal objects, two objects, one object", ru="Одинаковые объекты, два объекта, один объект")
@hint(
    en="Equal objects are joined at the height 0, as ties; a tree of one object has no rows and four columns.",
    ru="Одинаковые объекты сливаются на высоте 0 по общему правилу; у дерева из одного объекта 0 строк и 4 столбца.",
)
def test_equal_objects(submission, rng):
    X = rng.permutation(np.repeat(rng.normal(size=(4, 2)), [3, 1, 4, 2], axis=0))
    for method in METHODS:
        for objects in (X, X[:2], X[:1]):
            same_tree(submission, distances_of(objects), method)


@points("1/2")
@title(
    en="Nearly equal distances, whole numbers, a small unit", ru="Почти равные расстояния, целые числа, малая единица"
)
@hint(
    en="What is nearer by a billionth is nearer: no rounding, no tolerance; a mean of whole numbers need not be one.",
    ru="Что ближе на миллиардную долю, то ближе: без округлений и допусков; среднее целых бывает дробным.",
)
def test_nearly_equal(submission, rng):
    ones = 1.0 + 1e-9 * np.triu(rng.uniform(0.0, 1.0, size=(12, 12)), 1)
    for method in ("single", "complete"):
        same_tree(submission, np.where(np.eye(12, dtype=bool), 0.0, np.triu(ones, 1) + np.triu(ones, 1).T), method)
    whole = np.triu(rng.integers(10**6, 2 * 10**6, size=(12, 12)), 1)
    D = distances_of(rng.normal(size=(15, 2)))
    for method in METHODS:
        same_tree(submission, whole + whole.T, method)
        same_tree(submission, TINY * D, method)


@title(en="Three hundred objects", ru="Триста объектов")
@hint(
    en="Update the matrix of distances after each join; do not compute distances between clusters from their objects.",
    ru="Обновляйте матрицу расстояний после каждого слияния, а не считайте расстояния между кластерами по объектам.",
)
def test_many_objects(submission, rng):
    D = distances_of(rng.normal(size=(MANY, 3)))
    for method in METHODS:
        same_tree(submission, D, method)


@points(2)
@title(en="Cuts by the number of clusters", ru="Разрезы по числу кластеров")
@hint(
    en="The first n - k rows, whatever their heights; labels in the order of the lowest index in each cluster.",
    ru="Первые n - k строк, каковы бы ни были высоты; метки — в порядке наименьшего номера объекта в кластере.",
)
def test_cut_count(submission, rng):
    for tree in trees(rng):
        for k in (1, 2, 5, 17, 29, 30):
            assert_equal(submission.cut_count(tree, k), cut_count(tree, k), what="labels")
    assert_equal(submission.cut_count(np.zeros((0, 4)), 1), np.array([0]), what="label of one object")


@title(en="Cuts by height", ru="Разрезы по высоте")
@hint(
    en="A join at exactly this height is carried out; so are joins at 0 when the height is 0.",
    ru="Слияние ровно на этой высоте выполняется; при высоте 0 выполняются слияния на высоте 0.",
)
def test_cut_height(submission, rng):
    X = np.vstack([rng.normal(size=(20, 2)), np.zeros((2, 2))])
    for method in ("single", "complete", "average"):
        tree = hac(distances_of(X), method)
        heights = tree[:, 2]
        between, below = (heights[10] + heights[11]) / 2, heights[-1] * (1 - 1e-10)
        for height in (0.0, heights[5], between, below, heights[-1], 1e9, np.inf):
            assert_equal(submission.cut_height(tree, float(height)), cut_height(tree, height), what="labels")
    assert_equal(submission.cut_height(np.zeros((0, 4)), 0.0), np.array([0]), what="label of one object")


@title(en="Cuts by height where heights fall", ru="Разрезы по высоте, когда высоты убывают")
@hint(
    en="A cluster counts as high as the highest join anywhere inside it, not as its last one.",
    ru="Высота кластера — самая большая среди всех слияний внутри него, а не высота последнего.",
)
def test_cut_inversions(submission, rng):
    tree = hac(distances_of(rng.normal(size=(40, 10))), "centroid")
    heights = tree[:, 2]
    falls = np.flatnonzero(np.diff(heights) < 0)
    assert len(falls) > 0, "the suite needs a tree with inversions"
    for fall in falls[:8]:
        for height in ((heights[fall] + heights[fall + 1]) / 2, heights[fall + 1], heights[fall]):
            assert_equal(submission.cut_height(tree, float(height)), cut_height(tree, height), what="labels")
    nested = np.array([[0, 1, 5, 2], [2, 4, 3, 3], [3, 5, 4, 4]], dtype=float)
    for height, labels in ((2.0, [0, 1, 2, 3]), (4.5, [0, 1, 2, 3]), (5.0, [0, 0, 0, 0])):
        assert_equal(submission.cut_height(nested, height), np.array(labels), what="labels")
    beside = np.array([[0, 1, 5, 2], [4, 5, 1, 2], [2, 6, 3, 3], [3, 8, 3.5, 4], [7, 9, 4, 6]])
    for height, labels in ((4.5, [0, 1, 2, 3, 4, 4]), (0.5, [0, 1, 2, 3, 4, 5]), (5.0, [0, 0, 0, 0, 0, 0])):
        assert_equal(submission.cut_height(beside, height), np.array(labels), what="labels")


@points("1/2")
@each(CUTS, en="{name}: a deep tree", ru="{name}: глубокое дерево")
@hint(
    en="Go through the rows in a loop; recursion ends at a depth of a thousand.",
    ru="Идите по строкам в цикле: рекурсия обрывается на глубине в тысячу.",
)
def test_deep_tree(submission, rng, name):
    order = rng.permutation(DEEP)
    tree = np.zeros((DEEP - 1, 4))
    tree[:, 0] = order[1:]
    tree[:, 1] = [order[0], *range(DEEP, 2 * DEEP - 2)]
    tree[0, :2].sort()
    tree[:, 2], tree[:, 3] = np.arange(1, DEEP), np.arange(2, DEEP + 1)
    for where in (1, 2, 700) if name == "cut_count" else (0.5, 999.5, 2.0 * DEEP):
        assert_equal(getattr(submission, name)(tree, where), CUTS[name](tree, where), what="labels")


# -- L09.divisive ----------------------------------------------------------------------------------------


@points(2)
@title(en="Two-means", ru="Метод двух средних")
@hint(
    en="Lloyd's two steps go on until the labels stay the same; the object 0 has the label 0.",
    ru="Два шага алгоритма Ллойда повторяются, пока метки меняются; у объекта 0 метка 0.",
)
def test_two_means(submission, rng):
    for n, m in ((2, 1), (3, 2), (30, 1), (80, 2), (100, 5)):
        X = rng.normal(size=(n, m))
        assert_equal(submission.two_means(X), two_means(X), what="labels")


@title(en="Where two-means starts", ru="С чего начинает метод двух средних")
@hint(
    en="The first centre is the object farthest from the mean, the second the one farthest from it; ties: the lowest.",
    ru="Первый центр — объект, самый далёкий от среднего; второй — самый далёкий от первого; из равных — первый.",
)
def test_start(submission, rng):
    """Starts matter: points in line with several resting places, and ties on whole numbers."""
    shift = float(rng.integers(-20, 21))
    for line in ([0, 1, 2], [2, 1, 0], [8, 4, 8, 0], [0, 0, 4, 8], [1, 0, 3, 2, 4], [0, 4, 2, 6, 8, 2]):
        X = np.array(line, dtype=float)[:, None] + shift
        assert_equal(submission.two_means(X), two_means(X), what="labels")
    corners = 4 * np.array([[0.0, 0.0], [0.0, 2.0], [2.0, 0.0], [2.0, 2.0]])[rng.permutation(4)] + shift
    assert_equal(submission.two_means(corners), two_means(corners), what="labels")
    places = np.array([[0.0, 0.0], [9.0, 1.0], [1.0, 9.0], [10.0, 10.0], [5.0, 14.0]])
    X = rng.permutation(np.repeat(places, 6, axis=0) + 0.1 * rng.normal(size=(30, 2)))
    assert_equal(submission.two_means(X), two_means(X), what="labels")


@points(2)
@title(en="Dividing into many clusters", ru="Разделение на много кластеров")
@hint(
    en="Split one cluster at a time, by two-means on its own objects; labels in the order of the lowest indices.",
    ru="Каждый раз делите один кластер методом двух средних на его объектах; метки — в порядке наименьших номеров.",
)
def test_divisive(submission, rng):
    for n, m, k in ((40, 2, 4), (100, 3, 9), (60, 1, 5), (25, 2, 25), (10, 2, 1)):
        X = rng.normal(size=(n, m))
        assert_equal(submission.divisive(X, k), divisive(X, k), what="labels")


@title(en="Which cluster is split", ru="Какой кластер делится")
@hint(
    en="The largest sum of squares: not the most objects, not the largest mean square or diameter. Ties: the lowest.",
    ru="С наибольшей суммой квадратов (не числом объектов, не средним квадратом, не диаметром); из равных — первый.",
)
def test_widest(submission, rng):
    shift = float(rng.integers(-20, 21))
    crowd, pair = 0.3 * rng.normal(size=(60, 1)), np.array([[50.0], [52.5]])
    many_but_narrow = np.vstack([0.01 * rng.normal(size=(30, 1)), pair])
    few_but_wide = np.vstack([pair + 0.05, [[0.0], [1.0], [2.0]], 100.0 + crowd])
    for X, k in ((many_but_narrow, 3), (few_but_wide, 4), (np.vstack([crowd, pair]), 3)):
        mixed = rng.permutation(X)
        assert_equal(submission.divisive(mixed, k), divisive(mixed, k), what="labels")
    twins = np.array([100.0, 0.0, 102.0, 2.0])
    for order in ([0, 1, 2, 3], [1, 0, 2, 3], [3, 2, 1, 0]):
        X = twins[order, None] + shift
        assert_equal(submission.divisive(X, 3), divisive(X, 3), what="labels")


@points("1/2")
@title(
    en="Two-means: small moves, equal objects, whole numbers", ru="Два средних: малые сдвиги, одинаковые объекты, целые"
)
@hint(
    en="As long as one object changes its label the centres move; equal objects all have the label 0.",
    ru="Пока хотя бы у одного объекта метка меняется, центры движутся; у одинаковых объектов все метки 0.",
)
def test_two_means_edges(submission, rng):
    assert_equal(submission.two_means(np.full((5, 2), 0.1)), np.zeros(5, dtype=int), what="labels of equal objects")
    assert_equal(submission.two_means(np.full((1, 2), 0.1)), np.array([0]), what="label of one object")
    whole = rng.integers(-9, 10, size=(20, 2))
    for X in (whole, TINY * rng.normal(size=(30, 2)), rng.permutation(procession(rng, 180, 60))):
        assert_equal(submission.two_means(X), two_means(X), what="labels")


def procession(rng, count, crowd):
    """Two crowds on a line with ``count`` objects between them: each move of the centres brings one over the border."""
    left, right = -rng.random(crowd), 3.0 + rng.random(crowd)
    left[0], right[-1] = -1.0, 4.25  # the two ends, from which the centres start
    line, gone = np.linspace(1.0, 2.0, count), np.arange(count + 1)
    for _ in range(300):
        taken = np.concatenate([[0.0], np.cumsum(line)])
        means = (left.sum() + taken) / (crowd + gone), (right.sum() + line.sum() - taken) / (crowd + count - gone)
        borders = (means[0] + means[1]) / 2  # once so many of the objects have gone from right to left
        line = np.concatenate([[1.5 * borders[0] - 0.5 * borders[1]], (borders[:-2] + borders[1:-1]) / 2])
    return np.concatenate([left, line, right])[:, None]


@points("1/2")
@title(
    en="Dividing equal objects, a constant feature, one object, a small unit",
    ru="Деление одинаковых объектов, постоянный признак, один объект, малая единица",
)
@hint(
    en="Equal objects are not split, though rounding may give them a width; there may be fewer than k clusters.",
    ru="Одинаковые объекты не делятся, даже если из-за округления их ширина не 0; кластеров бывает меньше k.",
)
def test_divisive_duplicates(submission, rng):
    X = rng.permutation(np.repeat(rng.normal(size=(3, 2)), [4, 1, 3], axis=0))
    for k in (2, 3, 5, 8):
        assert_equal(submission.divisive(X, k), divisive(X, k), what="labels")
    rounded = np.repeat(rng.normal(size=(4, 5)), [7, 11, 13, 6], axis=0)  # the mean of equal numbers may be another
    for k in (4, 9):
        assert_equal(submission.divisive(rounded, k), divisive(rounded, k), what="labels")
    same = np.full((5, 2), 0.1)
    assert_equal(submission.divisive(same, 3), np.zeros(5, dtype=int), what="labels of equal objects")
    assert_equal(submission.divisive(same[:1], 1), np.array([0]), what="label of one object")
    flat = np.column_stack([rng.normal(size=12), np.full(12, 3.0)])
    for X in (flat, TINY * flat, rng.integers(-9, 10, size=(20, 2))):
        assert_equal(submission.divisive(X, 5), divisive(X, 5), what="labels")


@points("1/2")
@each(DIVISIONS, en="{name}: far from zero", ru="{name}: вдали от нуля")
@hint(
    en="x^2 - 2xy + y^2 and sum of squares minus n times the squared mean lose all digits there.",
    ru="Вдали от нуля x^2 - 2xy + y^2 и «сумма квадратов минус n квадратов среднего» теряют все знаки.",
)
def test_far_from_zero(submission, rng, name):
    X = rng.normal(size=(40, 2)) + 1e8
    arguments = (X,) if name == "two_means" else (X, 6)
    assert_equal(getattr(submission, name)(*arguments), DIVISIONS[name](*arguments), what="labels")


# -- L09.kleinberg ---------------------------------------------------------------------------------------


def table(rng, n):
    """Distances of no particular geometry."""
    upper = np.triu(rng.uniform(1, 10, size=(n, n)), 1)
    return upper + upper.T


def named_anew(rng, labels):
    """The same partition under other names."""
    return rng.permutation(60)[labels] - 30


def single_linkage(rng, n, cut):
    """Single linkage as a callback: ``cut(tree, D)`` says where; each answer has other names of the clusters."""

    def cluster(distances):
        D = assert_array(distances, shape=(n, n), kind="real", what="what cluster was given")
        return named_anew(rng, cut(hac(D, "single"), D))

    return cluster


def at_count(k):
    return lambda tree, D: cut_count(tree, k)


def at_height(height):
    return lambda tree, D: cut_height(tree, height)


def at_share(share):
    return lambda tree, D: cut_height(tree, share * float(D.max()))


def clearer(rng, D, labels):
    """A transformation of D: each pair of objects by a factor of its own."""
    less, more = (np.triu(rng.uniform(*within, D.shape), 1) for within in ((0.2, 0.99), (1.01, 5)))
    return np.where(np.equal.outer(labels, labels), less + less.T, more + more.T) * D


def chains(rng, n):
    """For each partition distances that show it: neighbours within a cluster near, all others far."""
    found = []
    for labels in rng.permutation(set_partitions(n)):
        D = np.full((n, n), 10.0) - 10.0 * np.eye(n)
        for label in set(labels.tolist()):
            for i, j in pairwise(np.flatnonzero(labels == label)):
                D[i, j] = D[j, i] = 1.0
        found.append(D)
    return found


@title(en="The same partition", ru="Одно и то же разбиение")
@hint(
    en="Names may be any integers and say nothing; one cluster that falls into two is another partition, both ways.",
    ru="Имена — любые целые и ничего не значат; если кластер распался на два, это другое разбиение — в обе стороны.",
)
def test_same_partition(submission, rng):
    for _ in range(6):
        labels = rng.integers(4, size=12)
        assert_equal(submission.same_partition(labels, named_anew(rng, labels)), True, what="same_partition")
    for first, second in ([0, 0, 1, 1], [0, 0, 0, 0]), ([0, 1, 1, 2], [0, 1, 1, 1]), ([0, 0, 1, 1], [0, 1, 0, 1]):
        one, other = named_anew(rng, np.array(first)), named_anew(rng, np.array(second))
        assert_equal(submission.same_partition(one, other), False, what="same_partition")
        assert_equal(submission.same_partition(other, one), False, what="same_partition, turned round")
    assert_equal(submission.same_partition(np.array([5]), np.array([-5])), True, what="same_partition of one object")
    names = rng.choice(np.arange(-(10**12), 10**12, 10**9), size=4, replace=False)
    assert_equal(submission.same_partition(labels, names[labels]), True, what="same_partition with large names")


@title(en="All partitions", ru="Все разбиения")
@hint(
    en="Each one once: labels are numbered as they appear, a new one is the largest so far plus 1.",
    ru="Каждое — один раз: метки нумеруются по мере появления, новая на 1 больше наибольшей из прежних.",
)
def test_set_partitions(submission, rng):
    for n in range(1, 9):
        assert_equal(submission.set_partitions(n), set_partitions(n), what=f"partitions of {n} objects")


@title(en="Transformations", ru="Γ-преобразования")
@hint(
    en="Within clusters nothing grows, between clusters nothing shrinks; equal distances are allowed.",
    ru="Внутри кластеров ничто не растёт, между кластерами ничто не уменьшается; равенство допустимо.",
)
def test_transformations(submission, rng):
    plain = rng.permutation([0, 0, 0, 1, 1, 2])
    labels, D = named_anew(rng, plain), table(rng, 6)
    changed = clearer(rng, D, plain)
    for after, said in ((changed, True), (D, True), (0.5 * D, False), (2.0 * D, False)):
        assert_equal(submission.is_transformation(D, after, labels), said, what="is_transformation")
    for within in (True, False):
        pairs = np.argwhere(np.triu(np.equal.outer(plain, plain) == within, 1))
        i, j = pairs[rng.integers(len(pairs))]
        wrong = changed.copy()
        wrong[i, j] = wrong[j, i] = D[i, j] * (1.01 if within else 0.99)
        assert_equal(submission.is_transformation(D, wrong, labels), False, what="is_transformation")


@points("1/2")
@title(en="Transformations: no tolerance, whole numbers", ru="Γ-преобразования: без допусков, целые числа")
@hint(
    en="A billionth more inside a cluster, or less between two, and it is none.",
    ru="На миллиардную долю больше внутри кластера или меньше между кластерами — и это уже не Γ-преобразование.",
)
def test_transformations_nearly(submission, rng):
    plain = rng.permutation([0, 0, 0, 1, 1, 2])
    D, function = table(rng, 6), submission.is_transformation
    together = np.equal.outer(plain, plain)
    for factor, said in ((1 + 1e-9, False), (1 - 1e-9, True)):
        assert_equal(function(D, np.where(together, factor, 1.0) * D, plain), said, what="within clusters")
        assert_equal(function(D, np.where(together, 1.0, factor) * D, plain), not said, what="between clusters")
    assert_equal(function(TINY * D, np.where(together, 1.01, 1.0) * TINY * D, plain), False, what="in a small unit")
    whole = 2 * np.ceil(D).astype(int)
    assert_equal(function(whole, np.where(together, whole // 2, whole), plain), True, what="of whole numbers")
    assert_equal(function(whole, np.where(together, whole, whole // 2), plain), False, what="of whole numbers")
    assert_equal(function(np.zeros((1, 1)), np.zeros((1, 1)), np.array([3])), True, what="of one object")


@title(en="Scale invariance", ru="Масштабная инвариантность")
@hint(
    en="Compare the partitions of the distances and of each multiple; one that differs is enough.",
    ru="Сравните разбиение по расстояниям с разбиением по каждому кратному; достаточно одного отличия.",
)
def test_scale_invariance(submission, rng):
    n, factors = 7, [0.01, 1.0, 3.0, 200.0]
    D = table(rng, n)
    height = float(np.mean(hac(D, "single")[2:4, 2]))
    for cut, said in ((at_count(3), True), (at_share(0.4), True), (at_height(height), False)):
        cluster = single_linkage(rng, n, cut)
        assert_equal(submission.scale_invariant(cluster, D, factors), said, what="scale_invariant")
    for some, said in (([1.0, 0.001], False), ([1000.0, 1.0], False), ([1.0], True)):
        cluster = single_linkage(rng, n, at_height(height))
        assert_equal(submission.scale_invariant(cluster, D, some), said, what="scale_invariant")


@points(2)
@title(en="Consistency", ru="Согласованность")
@hint(
    en="Only transformations for the labels of the given distances count; one that changes the partition refutes.",
    ru="Важны лишь Γ-преобразования для меток исходных расстояний; одно изменившее разбиение — уже опровержение.",
)
def test_consistency(submission, rng):
    n = 6
    D = table(rng, n)
    heights = hac(D, "single")[:, 2]
    for cut in (at_count(3), at_height(float(heights[2:4].mean()))):
        labels = cut(hac(D, "single"), D)
        torn = [table(rng, n) for _ in range(4)]  # other partitions, but no transformations
        changes = [*torn, *(clearer(rng, D, labels) for _ in range(6)), D]
        assert_equal(submission.consistent(single_linkage(rng, n, cut), D, changes), True, what="consistent")
    labels = at_share(0.5)(hac(D, "single"), D)
    merging = near_and_far(rng)
    stretched = merging.copy()
    stretched[0, 2] = stretched[2, 0] = 10.0
    for changes, said in (([merging, stretched], False), ([stretched, merging], False), ([merging], True)):
        cluster = single_linkage(rng, 3, at_share(0.5))
        assert_equal(submission.consistent(cluster, merging, changes), said, what="consistent")


def near_and_far(rng):
    """One pair near, the third object far: cut at half of the largest distance it is alone."""
    near, middle = rng.uniform(0.5, 1.5), rng.uniform(2.5, 3.5)
    return np.array([[0.0, near, 4.0], [near, 0.0, middle], [4.0, middle, 0.0]])


PROPERTIES = ("consistent", "scale_invariant")


@points("1/2")
@each(PROPERTIES, en="{name}: any clustering whatever", ru="{name}: какая угодно кластеризация")
@hint(
    en="Do not guess which clustering it is: decide by its answers for the matrices you were given.",
    ru="Не угадывайте, какая это кластеризация: решайте по её ответам на данных матрицах.",
)
def test_any_clustering(submission, rng, name):
    """The answer depends on a single distance: what was split may come together, or fall apart, anywhere."""
    function, n = getattr(submission, name), 4
    partitions = set_partitions(n)
    for _ in range(12):
        i, j = rng.choice(n, size=2, replace=False)
        low, high = partitions[rng.choice(len(partitions), size=2, replace=False)]
        bound = float(rng.uniform(3, 8))

        def cluster(distances, i=i, j=j, low=low, high=high, bound=bound):
            D = assert_array(distances, shape=(n, n), kind="real", what="what cluster was given")
            return named_anew(rng, low if D[i, j] < bound else high)

        D = table(rng, n)
        if name == "consistent":
            first, second = (clearer(rng, D, labels) for labels in (low, high))
            for changes in ([first], [second], [D, second, first]):
                said = consistent(cluster, D, changes)
                assert_equal(function(cluster, D, changes), said, what="consistent")
            continue
        across = bound / D[i, j]
        staying = [0.5, 0.9] if across > 1 else [1.1, 30.0]
        for factors in ([0.99 * across, 1.01 * across], staying):
            said = scale_invariant(cluster, D, factors)
            assert_equal(function(cluster, D, factors), said, what="scale_invariant")


@title(en="Richness", ru="Полнота")
@hint(
    en="Count different partitions, not answers: names differ from call to call. Compare with Bell's number.",
    ru="Считайте различные разбиения, а не ответы: имена меняются от вызова к вызову. Сравните с числом Белла.",
)
def test_richness(submission, rng):
    for n in (1, 3, 4, 5):
        tables = chains(rng, n)
        rules = [(at_height(2.0), True), (at_share(0.5), True)] if n > 1 else [(at_count(1), True)]
        rules += [(at_count(2), False)] if n > 1 else []
        for cut, said in rules:
            assert_equal(submission.rich(single_linkage(rng, n, cut), tables), said, what="rich")
    again = [*tables[1:], *tables[1:]]
    assert_equal(submission.rich(single_linkage(rng, 5, at_height(2.0)), again), False, what="rich, one missing")
    again.append(tables[0])
    assert_equal(submission.rich(single_linkage(rng, 5, at_height(2.0)), again), True, what="rich, with repetitions")


# -- arguments -------------------------------------------------------------------------------------------

ALL = (
    *("hac", *CUTS, *DIVISIONS, "same_partition", "set_partitions"),
    *("is_transformation", "scale_invariant", "consistent", "rich"),
)


@points("1/10")
@each(
    (name for name in ALL if name != "set_partitions"),
    en="{name}: the arguments stay as they were",
    ru="{name}: аргументы не меняются",
)
@hint(en="Copy what you mean to change.", ru="Скопируйте то, что собираетесь менять.")
def test_unchanged(submission, rng, name):
    X = rng.normal(size=(10, 2))
    D, small, labels = distances_of(X), table(rng, 3), np.array([3, -1, 3])
    changed = clearer(rng, small, np.array([0, 1, 0]))

    def together(distances):
        return np.zeros(3, dtype=int)

    arguments = {
        "hac": [(D, method) for method in METHODS],
        "cut_count": [(hac(D, "centroid"), 3)],
        "cut_height": [(hac(D, "centroid"), 1.0)],
        "two_means": [(X,)],
        "divisive": [(X, 4)],
        "same_partition": [(labels, labels[::-1])],
        "is_transformation": [(small, changed, labels)],
        "scale_invariant": [(together, small, [2.0])],
        "consistent": [(together, small, [0.5 * small])],
        "rich": [(together, [small, changed])],
    }
    for given in arguments[name]:
        call_unchanged(getattr(submission, name), *given)


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
BAD_TREES = (
    np.zeros(4),
    np.zeros((2, 3)),
    np.array([[0.0, 1.0, np.nan, 2.0]]),
    np.array([[0.0, 1.0, np.inf, 2.0]]),
    np.array([[0.0, 2.0, 1.0, 2.0]]),
    np.array([[-1.0, 1.0, 1.0, 2.0]]),
    np.array([[0.0, 0.5, 1.0, 2.0]]),
    np.array([[0.0, 1.0, 1.0, 2.0], [0.0, 2.0, 2.0, 3.0]]),
    np.array([[0.0, 4.0, 1.0, 2.0], [1.0, 2.0, 2.0, 3.0]]),
)
PAIR, ONE, LABELS = np.array([[0.0, 1.0], [1.0, 0.0]]), np.zeros((1, 1)), np.array([0, 1])
TREE, FLOATS, COLUMN = np.array([[0.0, 1.0, 1.0, 2.0]]), np.array([0.0, 1.0]), np.array([[0, 1]])


def apart(distances):
    return np.arange(len(distances))


def refusals(name):
    """Pairs of the name of a wrong argument and all the arguments."""
    match name:
        case "hac":
            yield from (("distances", (bad,)) for bad in BAD_TABLES)
            yield from (("method", (PAIR, bad)) for bad in ("ward", "", "Single"))
        case "cut_count":
            yield from (("tree", (bad, 1)) for bad in BAD_TREES)
            yield from (("k", (TREE, bad)) for bad in (-1, 0, 3))
        case "cut_height":
            yield from (("tree", (bad, 1.0)) for bad in BAD_TREES)
            yield from (("height", (TREE, bad)) for bad in (-0.5, float("nan")))
        case "two_means":
            yield from (("X", (bad,)) for bad in BAD_MATRICES)
        case "divisive":
            yield from (("X", (bad, 1)) for bad in BAD_MATRICES if len(bad))
            yield from (("k", (with_one(0.5), bad)) for bad in (-1, 0, 5))
        case "same_partition":
            yield from (("first", (bad, LABELS)) for bad in (FLOATS / 2, COLUMN))
            yield "first", (LABELS[:0], LABELS[:0])
            yield from (("second", (LABELS, bad)) for bad in (np.array([0, 1, 1]), FLOATS, COLUMN, LABELS[:1]))
        case "set_partitions":
            yield from (("n", (bad,)) for bad in (0, -1))
        case "is_transformation":
            yield from (("distances", (bad, PAIR, LABELS)) for bad in BAD_TABLES)
            yield from (("changed", (PAIR, bad, LABELS)) for bad in (*BAD_TABLES, ONE))
            yield from (("labels", (PAIR, PAIR, bad)) for bad in (LABELS[:1], COLUMN, FLOATS))
        case "scale_invariant":
            yield from (("distances", (apart, bad, [1.0])) for bad in BAD_TABLES)
            yield from (("factors", (apart, PAIR, bad)) for bad in ([], [0.0], [1.0, -2.0]))
        case "consistent":
            yield from (("distances", (apart, bad, [PAIR])) for bad in BAD_TABLES)
            yield from (("changes", (apart, PAIR, [PAIR, bad])) for bad in (*BAD_TABLES, ONE))
            yield from (("changes", (apart, PAIR, bad)) for bad in ([], [ONE]))
        case "rich":
            yield from (("candidates", (apart, [PAIR, bad])) for bad in (*BAD_TABLES, ONE))
            yield "candidates", (apart, [])


@points("2/11")
@each(ALL, en="{name}: errors", ru="{name}: ошибки")
@hint(
    en="ValueError with the argument's name. Look at all matrices before you call cluster; an empty list is refused.",
    ru="ValueError с именем аргумента. Проверьте все матрицы до вызова cluster; пустой список отвергается.",
)
def test_errors(submission, name):
    for wrong, arguments in refusals(name):
        assert_refused(wrong, getattr(submission, name), *arguments)
