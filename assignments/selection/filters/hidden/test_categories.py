"""The hidden suite of L10.pairwise, L10.cond_variance, L10.info_gain, L10.gini and L10.chi2."""

import numpy as np

from grader.testing import assert_close, assert_scaling, each, hint, limit, points, title
from reference.selection.filters.categories import chi2, gini_gain, info_gain
from reference.selection.filters.spread import conditional_variance, pairwise

from .shared import dense, grouped, near

CATEGORIES = {"info_gain": info_gain, "gini_gain": gini_gain, "chi2": chi2}
MEASURES = {"pairwise": pairwise, "conditional_variance": conditional_variance, **CATEGORIES}


def two(result):
    assert np.shape(result) == (2,), f"pairwise must return two numbers (inner, outer), not {result!r:.60}"
    return tuple(result)


def compare(submission, name, a, c):
    near(getattr(submission, name)(a, c), MEASURES[name](a, c), name)


@points("3/4")
@title(en="Distances within the classes", ru="Расстояния внутри классов")
@hint(
    en="One mean over all pairs i < j of one class, whichever class it is: large classes have more pairs.",
    ru="Одно среднее по всем парам i < j из одного класса, каким бы он ни был: у больших классов пар больше.",
)
def test_inner(submission, rng):
    for n, k in ((40, 3), (25, 2), (30, 6)):
        x, c = grouped(rng, n, k)
        near(two(submission.pairwise(x, c))[0], pairwise(x, c)[0], "inner")


@points("3/4")
@title(en="Distances between the classes", ru="Расстояния между классами")
@hint(
    en="Each pair i < j of different classes counts once, whichever two classes they are.",
    ru="Каждая пара i < j из разных классов считается один раз, для любых двух классов.",
)
def test_outer(submission, rng):
    for n, k in ((40, 3), (25, 2), (30, 6)):
        x, c = grouped(rng, n, k)
        near(two(submission.pairwise(x, c))[1], pairwise(x, c)[1], "outer")


@points("1/4")
@title(en="Classes of one object", ru="Классы из одного объекта")
@hint(
    en="They have no pair of their own and add nothing within; between the classes they count.",
    ru="Внутри такого класса пар нет, и он ничего не добавляет; в парах с другими классами он участвует.",
)
def test_single_objects(submission, rng):
    x = rng.normal(size=9)
    for c in (np.array([0, 0, 0, 0, 1, 2, 3, 3, 3]), np.array([4, 0, 1, 2, 3, 5, 6, 7, 0])):
        assert_close(two(submission.pairwise(x, c)), pairwise(x, c), rtol=1e-8, what="pairwise")


@limit(seconds=30)
@title(en="Cost of O(n log n)", ru="Время O(n log n)")
@hint(
    en="Sort: how often is the i-th smallest value added in a sum over all pairs, and how often subtracted?",
    ru="Отсортируйте: сколько раз i-е по величине значение в сумме по парам прибавляется, а сколько вычитается?",
)
def test_cost(submission, rng):
    assert_scaling(
        submission.pairwise,
        pairwise,
        lambda n: grouped(rng, n, 3),
        sizes=(1500, 8000, 64000),
        tolerance=6,
        factor=40,
        check=lambda actual, expected: assert_close(two(actual), expected, rtol=1e-6, what="pairwise"),
    )


@title(en="Conditional variance", ru="Условная дисперсия")
@hint(
    en="Each class has its own mean; its variance, a mean square, weighs as much as its share of the objects.",
    ru="У каждого класса своё среднее; его дисперсия (средний квадрат) берётся с весом, равным доле его объектов.",
)
def test_conditional_variance(submission, rng):
    for n, k in ((40, 3), (25, 2), (30, 6)):
        compare(submission, "conditional_variance", *grouped(rng, n, k))


@points("1/4")
@title(en="Conditional variance: one class, one object", ru="Условная дисперсия: один класс, один объект")
@hint(
    en="A class of one object has variance 0 and keeps its weight; with one class the result is the variance itself.",
    ru="У класса из одного объекта дисперсия 0, а вес сохраняется; если класс один, получается обычная дисперсия.",
)
def test_few(submission, rng):
    x = rng.normal(size=8)
    for c in (np.zeros(8, dtype=int), np.arange(8), np.array([0, 1, 1, 1, 2, 3, 3, 4])):
        compare(submission, "conditional_variance", x, c)


@points("1/4")
@title(en="Conditional variance of values far from 0", ru="Условная дисперсия значений вдали от нуля")
@hint(
    en="The mean of squares less the square of the mean loses all digits here: subtract the mean first.",
    ru="Средний квадрат минус квадрат среднего здесь теряет все цифры: сначала вычтите среднее.",
)
def test_far(submission, rng):
    x, c = grouped(rng, 40, 3)
    x = x + 2.0**30
    near(submission.conditional_variance(x, c), conditional_variance(x, c), "conditional_variance", rtol=1e-6)


@each(CATEGORIES, worth=1, en="Values and classes: {name}", ru="Значения и классы: {name}")
@hint(
    en="Count how many objects have each value and each class. Which of the two is predicted, and with which weights?",
    ru="Посчитайте объекты с каждым значением и каждым классом. Что из двух предсказывают и с какими весами?",
)
def test_values(submission, rng, name):
    for n, values, classes in ((60, 4, 3), (40, 2, 2), (50, 2, 5)):
        compare(submission, name, *dense(rng, n, values, classes))


@points("1/2")
@title(en="Information gain where some pairs never occur", ru="Прирост информации, когда некоторых пар нет")
@hint(en="0 log 0 is 0, and not NaN.", ru="0 log 0 — это 0, а не NaN.")
def test_empty_cells(submission, rng):
    a = rng.permutation(np.arange(40) % 4)
    for c in (a % 2, a, np.where(a == 0, rng.integers(3, size=40), 1)):
        compare(submission, "info_gain", a, c)


@each(CATEGORIES, worth="1/4", en="A constant feature, one class: {name}", ru="Постоянный признак, один класс: {name}")
@hint(
    en="A constant feature tells nothing; of a single class there is nothing to tell. The result is 0.",
    ru="Постоянный признак ничего не сообщает о классе, а если класс один, то и сообщать нечего. Результат — 0.",
)
def test_constants(submission, rng, name):
    a, same = rng.integers(3, size=50), np.full(50, 2)
    for pair in ((same, a), (a, same), (same, same), (same[:1], same[:1])):
        near(getattr(submission, name)(*pair), 0.0, name)


@each(
    MEASURES, worth="1/5", en="Labels with gaps, negative ones: {name}", ru="Метки с пропусками и отрицательные: {name}"
)
@hint(
    en="Labels are names: take those that occur (np.unique), and not all numbers up to the largest.",
    ru="Метки — это имена: берите те, что встречаются (np.unique), а не все числа до наибольшего.",
)
def test_gaps(submission, rng, name):
    a, c = dense(rng, 40, 3, 3)
    feature = rng.normal(size=40) if name in ("pairwise", "conditional_variance") else np.array([-4, 7, 10**9])[a]
    found, expected = getattr(submission, name)(feature, np.array([10, -3, 10**6])[c]), MEASURES[name](feature, c)
    assert_close(found, expected, rtol=1e-8, atol=1e-9, what=name)


@each(
    ("pairwise", "conditional_variance"),
    worth="1/10",
    en="Whole numbers of 16 bits: {name}",
    ru="16-битные целые числа: {name}",
)
@hint(
    en="A difference of two such numbers need not fit into 16 bits: turn them into floats first.",
    ru="Разность таких чисел может не поместиться в 16 бит: сначала переведите их в float.",
)
def test_whole_numbers(submission, rng, name):
    x, c = rng.integers(-32000, 32000, size=40).astype(np.int16), rng.permutation(np.arange(40) % 3)
    assert_close(getattr(submission, name)(x, c), MEASURES[name](x, c), rtol=1e-8, what=name)
