"""The hidden suite of L09.external: indices that compare clusters with classes."""

import numpy as np
import pytest

from grader.testing import assert_close, assert_equal, assert_refused, hint, limit, points, title
from reference.clustering.external.pairs import (
    adjusted_rand,
    fowlkes_mallows,
    hubert_gamma,
    jaccard,
    minkowski,
    pair_counts,
    phi,
    rand_index,
)
from reference.clustering.external.shares import goodman_kruskal, purity, variation_of_information

from .shared import agree, each

OF_PAIRS = (rand_index, adjusted_rand, jaccard, fowlkes_mallows, hubert_gamma, phi, minkowski)
OF_SHARES = (purity, goodman_kruskal, variation_of_information)
ALL = (pair_counts, *OF_PAIRS, *OF_SHARES)
OF_EVERY = (pair_counts, rand_index, hubert_gamma, *OF_SHARES)  # defined where every object is alone
SHAPES = ((40, 3, 3), (60, 5, 2), (50, 2, 7), (30, 12, 10))  # objects, classes, clusters
MANY = 100_000


def sample(rng, n, classes, clusters):
    """Classes of different sizes, and clusters that agree with them on two thirds of the objects."""
    shares = 1.0 / np.arange(1, classes + 1)
    true = np.concatenate([np.arange(classes), rng.choice(classes, size=n - classes, p=shares / shares.sum())])
    pred = np.where(rng.random(n) < 0.67, true % clusters, rng.integers(clusters, size=n))
    order = rng.permutation(n)
    return true[order], pred[order]


def the_same(found, expected):
    """Counts exactly, other indices nearly."""
    if isinstance(expected, tuple):
        assert_equal(found, expected, what="counts")
    else:
        assert_close(found, expected, rtol=1e-8, atol=1e-10, what="index")


def samples(rng):
    return [sample(rng, *shape) for shape in SHAPES]


@points(2)
@title(en="Pair counts", ru="Подсчёт пар")
@hint(
    en="Each pair of different objects once, in the order TP, FP, FN, TN; FP: the same cluster, not the same class.",
    ru="Каждая пара разных объектов — один раз; порядок TP, FP, FN, TN; FP — кластер общий, классы разные.",
)
def test_pair_counts(submission, rng):
    extremes = [([0, 0, 0], [4, 4, 4]), ([0, 1, 2], [0, 1, 2]), ([0, 0, 0, 0], [0, 1, 2, 3]), ([5], [5])]
    for true, pred in [*samples(rng), *((np.array(t), np.array(p)) for t, p in extremes)]:
        assert_equal(submission.pair_counts(true, pred), pair_counts(true, pred), what="counts")


@title(en="Rand", ru="Индекс Rand")
@hint(en="The share of pairs on which both agree.", ru="Доля пар, на которых оба разбиения согласны.")
def test_rand(submission, rng):
    agree(submission.rand_index, rand_index, samples(rng))


@points(2)
@title(en="Adjusted Rand", ru="Индекс Adjusted Rand")
@hint(
    en="Subtract the expected TP above and below; it may be negative.",
    ru="Ожидаемое TP вычитается и в числителе, и в знаменателе; значение бывает отрицательным.",
)
def test_adjusted_rand(submission, rng):
    apart = (np.array([0, 0, 1, 1]), np.array([0, 1, 0, 1]))
    agree(submission.adjusted_rand, adjusted_rand, [*samples(rng), apart])


@title(en="Jaccard", ru="Индекс Жаккара")
@hint(en="TN plays no part.", ru="TN не участвует.")
def test_jaccard(submission, rng):
    agree(submission.jaccard, jaccard, samples(rng))


@title(en="Fowlkes-Mallows", ru="Индекс Фоулкса–Мэллова")
@hint(en="A geometric mean: mind the root.", ru="Среднее геометрическое: не забудьте корень.")
def test_fowlkes_mallows(submission, rng):
    agree(submission.fowlkes_mallows, fowlkes_mallows, samples(rng))


@title(en="Hubert's statistic", ru="Статистика Хьюберта Γ")
@hint(en="Not normalised: the share of TP among all pairs.", ru="Без нормировки: доля TP среди всех пар.")
def test_hubert(submission, rng):
    agree(submission.hubert_gamma, hubert_gamma, samples(rng))


@title(en="phi", ru="Индекс φ")
@hint(
    en="A difference of products above, the root of a product of four sums below; it may be negative.",
    ru="Сверху разность произведений, снизу корень из произведения четырёх сумм; значение бывает отрицательным.",
)
def test_phi(submission, rng):
    apart = (np.array([0, 0, 1, 1]), np.array([0, 1, 0, 1]))
    agree(submission.phi, phi, [*samples(rng), apart])


@title(en="The Minkowski score", ru="Minkowski Score")
@hint(
    en="The pairs in one class stand below, not those in one cluster; both are under a root.",
    ru="В знаменателе пары одного класса, а не одного кластера; и числитель, и знаменатель — под корнем.",
)
def test_minkowski(submission, rng):
    agree(submission.minkowski, minkowski, samples(rng))


@title(en="Purity", ru="Purity")
@hint(
    en="For each cluster its largest class, not the other way round.",
    ru="Для каждого кластера — его самый большой класс, а не наоборот.",
)
def test_purity(submission, rng):
    agree(submission.purity, purity, samples(rng))


@title(en="Goodman-Kruskal", ru="Индекс Гудмэна–Крускала")
@hint(
    en="The share of objects that are not of the main class of their cluster.",
    ru="Доля объектов, не принадлежащих основному классу своего кластера.",
)
def test_goodman_kruskal(submission, rng):
    agree(submission.goodman_kruskal, goodman_kruskal, samples(rng))


@points(2)
@title(en="Variation of information", ru="Variation of Information")
@hint(
    en="Both conditional entropies, natural logarithms; an empty cell adds nothing.",
    ru="Обе условные энтропии, натуральные логарифмы; пустая клетка ничего не добавляет.",
)
def test_variation_of_information(submission, rng):
    extremes = (np.zeros(9, dtype=int), np.arange(9)), (np.arange(9), np.arange(9)[::-1].copy())
    agree(submission.variation_of_information, variation_of_information, [*samples(rng), *extremes])


@points("1/11")
@pytest.mark.parametrize("index", each(ALL, "any names of classes and clusters", "любые имена классов и кластеров"))
@hint(
    en="Labels are any integers: negative, with gaps, a billion; a name in both vectors means nothing.",
    ru="Метки — любые целые: отрицательные, с пропусками, миллиард; общее имя в двух векторах ничего не значит.",
)
def test_names(submission, rng, index):
    true, pred = sample(rng, 50, 4, 3)
    names = rng.choice(np.arange(-(10**9), 10**9, 10**6), size=7, replace=False)
    the_same(getattr(submission, index.__name__)(names[true], names[4:][pred]), index(true, pred))


@points("2/11")
@limit(seconds=3)
@pytest.mark.parametrize("index", each(ALL, "a hundred thousand objects", "сто тысяч объектов"))
@hint(
    en="Never go through the pairs: the cells of the contingency table tell their numbers. Products overflow int64.",
    ru="Не перебирайте пары: их число видно по клеткам таблицы сопряжённости. Произведения не влезают в int64.",
)
def test_many(submission, rng, index):
    function, (true, pred) = getattr(submission, index.__name__), sample(rng, MANY, 30, 20)
    single, together = np.arange(MANY), np.zeros(MANY, dtype=int)
    extremes = (true, single), (single, pred), (true, together)
    for one, other in [(true, pred), *(extremes if index in OF_EVERY else ())]:
        the_same(function(one, other), index(one, other))


EXTREMES = (np.zeros(4, dtype=int), np.arange(4), np.array([0, 0, 1, 1]), np.array([5]))


@points("1/11")
@pytest.mark.parametrize(
    "index", each(ALL, "one object, one cluster, all alone", "один объект, один кластер, одиночки")
)
@hint(
    en="One object has no pair; one cluster, or all objects alone, leave some formulas 0/0. ValueError with labels.",
    ru="У одного объекта нет пар; один кластер или одни одиночки дают в части формул 0/0. ValueError со словом labels.",
)
def test_external_edges(submission, index):
    function = getattr(submission, index.__name__)
    for true, pred in ((one, other) for one in EXTREMES for other in EXTREMES if len(one) == len(other)):
        try:
            expected = index(true, pred)
        except ValueError:
            assert_refused(("labels", "labels_true", "labels_pred"), function, true, pred)
        else:
            the_same(function(true, pred), expected)
