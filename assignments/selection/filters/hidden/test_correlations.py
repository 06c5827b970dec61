"""The hidden suite of L10.euclid, L10.pearson and L10.spearman."""

import numpy as np

from grader.testing import each, hint, points, title
from reference.selection.filters.correlation import pearson, spearman
from reference.selection.filters.distance import euclid

from .shared import near, related

MEASURES = {"euclid": euclid, "pearson": pearson, "spearman": spearman}
SIZES = ((40, 5), (7, 3), (30, 1), (2, 4))


def compare(submission, name, X, y, **more):
    near(getattr(submission, name)(X, y), MEASURES[name](X, y), name, **more)


@title(en="Distances to the target", ru="Расстояния до целевого признака")
@hint(
    en="Columns and target alike get mean 0 and a mean square of 1 (divide by n); then the length of the difference.",
    ru="Столбцы и целевой признак приводятся к среднему 0 и среднему квадрату 1 (делите на n); затем длина разности.",
)
def test_euclid(submission, rng):
    for n, d in SIZES:
        compare(submission, "euclid", *related(rng, n, d))


@title(en="Pearson's correlation", ru="Корреляция Пирсона")
@hint(
    en="Each column has its own mean and its own sum of squares; both are under the root; the sign stays.",
    ru="У каждого столбца своё среднее и своя сумма квадратов; под корнем стоят обе суммы; знак сохраняется.",
)
def test_pearson(submission, rng):
    for n, d in SIZES:
        compare(submission, "pearson", *related(rng, n, d))


@points("3/4")
@title(en="Spearman's correlation, all values different", ru="Корреляция Спирмена, все значения разные")
@hint(
    en="A rank is the place of an object's value among the sorted ones; ranks stand in the order of the objects.",
    ru="Ранг — место значения объекта среди упорядоченных; ранги стоят в порядке объектов.",
)
def test_spearman(submission, rng):
    for n, d in SIZES:
        X, y = related(rng, n, d)
        compare(submission, "spearman", np.exp(X / np.abs(X).max(axis=0)) ** 3, y)


@points("3/4")
@title(en="Spearman's correlation with equal values", ru="Корреляция Спирмена с равными значениями")
@hint(
    en="Equal values get one rank, the mean of those they take up together: 10, 20, 20, 30 have 1, 2.5, 2.5, 4.",
    ru="У равных значений один ранг — среднее занятых ими мест: у 10, 20, 20, 30 ранги 1, 2.5, 2.5, 4.",
)
def test_ties(submission, rng):
    for n, values in ((40, 5), (25, 2), (9, 4)):
        X, y = rng.integers(values, size=(n, 3)).astype(float), rng.integers(values, size=n).astype(float)
        X[:2], y[:2] = [[0.0] * 3, [1.0] * 3], (0.0, 1.0)  # no column is constant
        compare(submission, "spearman", X, y)


@each(MEASURES, worth="1/4", en="Constant columns, a constant target: {name}", ru="Постоянные значения: {name}")
@hint(
    en="Correlation 0, standardised zeros. The computed deviation of equal values need not be 0 (try 0.1), and that of "
    "small numbers is small: ask whether the values are equal.",
    ru="Корреляция 0, вместо значений нули. Вычисленное отклонение равных чисел не всегда 0 (проверьте на 0.1), а у "
    "малых чисел оно просто мало: проверяйте, равны ли значения.",
)
def test_constants(submission, rng, name):
    X, y = related(rng, 7, 5)
    X[:, 1], X[:, 2], X[:, 4] = 0.1, 1e9 + 0.1, -3.0
    X[:, 3] *= 1e-9  # small numbers, but not constant
    compare(submission, name, X, y)
    compare(submission, name, X, np.full(7, 0.1))
    compare(submission, name, X[:1], y[:1])


@each(("euclid", "pearson"), worth="1/4", en="Values far from 0: {name}", ru="Значения вдали от нуля: {name}")
@hint(
    en="Subtract the mean before you square: differences of large squares lose all digits.",
    ru="Сначала вычтите среднее, потом возводите в квадрат: в разности больших квадратов цифры теряются.",
)
def test_far(submission, rng, name):
    X, y = rng.normal(size=(40, 4)), rng.normal(size=40)
    X += y[:, None]
    compare(submission, name, X + 2.0**30, y - 2.0**30, rtol=1e-6)


@each(MEASURES, worth="1/10", en="Whole numbers of 16 bits: {name}", ru="16-битные целые числа: {name}")
@hint(
    en="Sums and products do not fit into 16 bits, and zeros_like makes an array of whole numbers again.",
    ru="Суммы и произведения не помещаются в 16 бит, а zeros_like снова создаёт массив целых.",
)
def test_whole_numbers(submission, rng, name):
    X = rng.integers(-32000, 32000, size=(30, 3)).astype(np.int16)
    y = np.clip(X[:, 0].astype(int) // 2 + rng.integers(-9000, 9000, size=30), -32000, 32000).astype(np.int16)
    compare(submission, name, X, y)
