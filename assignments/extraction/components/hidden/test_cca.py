"""The hidden suite of L11.cca."""

import numpy as np

from grader.testing import assert_array, each, hint, points, title
from reference.extraction.components.cca import cca

from .shared import covariance, mixing, near, parts, same_columns, tables

RESULTS = ("A", "B", "correlations")


def compare(submission, name, *arguments):
    """One of the three results: matrices but for the signs of their columns."""
    place = RESULTS.index(name)
    found = parts(submission.cca(*arguments), 3, "cca")[place]
    (near if name == "correlations" else same_columns)(found, cca(*arguments)[place], name)


@each(RESULTS, worth="3/4", en="Canonical correlations: {name}", ru="Канонические корреляции: {name}")
@hint(
    en="Centre both, whiten both, take the singular vectors of what is left of C_xy, and go back through the "
    "same roots. "
    "Variates have variance 1, divided by n.",
    ru="Центрируйте и отбелите обе таблицы, возьмите сингулярные векторы того, что стало с C_xy, и вернитесь "
    "через те же "
    "корни. Дисперсия новых признаков (с делением на n) равна 1.",
)
def test_cca(submission, rng, name):
    for n, p, q, planted, k in ((40, 3, 3, (0.9, 0.6, 0.3), 3), (60, 5, 2, (0.8, 0.4), 2), (50, 2, 4, (0.95, 0.5), 1)):
        compare(submission, name, *tables(rng, n, p, q, planted), k)


@points("1/4")
@title(en="The signs of A", ru="Знаки столбцов A")
@hint(
    en="In each column of A the entry that is largest by its absolute value is positive.",
    ru="В каждом столбце A наибольший по модулю элемент положителен.",
)
def test_signs_of_A(submission, rng):
    for p in (3, 4, 5, 6) * 3:
        X, Y = tables(rng, 40, p, 2, (0.9, 0.5))
        A = assert_array(parts(submission.cca(X, Y, 2), 3, "cca")[0], shape=(p, 2), what="A")
        assert (A.max(axis=0) > -A.min(axis=0)).all(), (
            "the largest entry of a column of A, by absolute value, is negative"
        )


@points("1/4")
@title(en="The signs of B", ru="Знаки столбцов B")
@hint(
    en="The two variates of a pair correlate positively: where a column of A changes its sign, that of B does too.",
    ru="Признаки одной пары коррелируют положительно: если меняется знак столбца A, меняется и знак столбца B.",
)
def test_signs_of_B(submission, rng):
    for p in (2, 3, 4, 5):
        X, Y = tables(rng, 40, p, 3, (0.9, 0.5))
        A, B, _ = parts(submission.cca(X, Y, 2), 3, "cca")
        A, B = assert_array(A, shape=(p, 2), what="A"), assert_array(B, shape=(3, 2), what="B")
        products = ((X - X.mean(axis=0)) @ A * ((Y - Y.mean(axis=0)) @ B)).mean(axis=0)
        assert (products > 0).all(), "two variates of a pair correlate negatively"


@each(RESULTS, worth="1/4", en="A ridge: {name}", ru="Регуляризация: {name}")
@hint(
    en="ridge is added to the diagonals of both C_xx and C_yy (which are divided by n), and not to C_xy.",
    ru="ridge прибавляется к диагоналям и C_xx, и C_yy (они уже поделены на n), а к C_xy — нет.",
)
def test_ridge(submission, rng, name):
    for n, p, q, ridge in ((40, 3, 2, 0.5), (30, 2, 3, 4.0)):
        compare(submission, name, *tables(rng, n, p, q, (0.9, 0.6)), 2, ridge)


@points("1/4")
@title(en="More features than objects, with a ridge", ru="Признаков больше, чем объектов, с регуляризацией")
@hint(
    en="With a ridge above 0 the covariance matrices can be inverted, whatever the sizes.",
    ru="При ridge больше 0 ковариационные матрицы обратимы при любых размерах.",
)
def test_wide(submission, rng):
    X, Y = rng.normal(size=(6, 9)), rng.normal(size=(6, 2))
    compare(submission, "correlations", X, Y, 2, 0.3)


@points("1/2")
@title(en="A table and its own linear image", ru="Таблица и её собственный линейный образ")
@hint(
    en="All correlations are 1. Then A is not unique, but the two variates of each pair are equal.",
    ru="Все корреляции равны 1. Матрица A тогда не единственна, но признаки каждой пары совпадают.",
)
def test_same(submission, rng):
    X, _ = tables(rng, 40, 3, 2, (0.9, 0.5))
    for Y in (X, X @ mixing(rng, 3) + 5.0):
        A, B, correlations = parts(submission.cca(X, Y, 3), 3, "cca")
        near(correlations, np.ones(3), "correlations")
        first = (X - X.mean(axis=0)) @ assert_array(A, shape=(3, 3), what="A")
        second = (Y - Y.mean(axis=0)) @ assert_array(B, shape=(3, 3), what="B")
        near(covariance(first), np.eye(3), "the covariance matrix of the variates of X")
        near(second, first, "the variates of Y")


@points("1/4")
@title(en="Canonical correlations far from zero", ru="Канонические корреляции вдали от нуля")
@hint(
    en="Correlations do not depend on the origin. Subtract the means before you multiply.",
    ru="От начала координат корреляции не зависят. Вычитайте средние до умножения.",
)
def test_cca_far_away(submission, rng):
    X, Y = tables(rng, 40, 3, 2, (0.9, 0.5))
    near(parts(submission.cca(X + 1e6, Y - 1e6, 2), 3, "cca")[2], np.array([0.9, 0.5]), "correlations")


@points("1/4")
@title(en="One column against one", ru="Один столбец против одного")
@hint(
    en="It is the absolute value of Pearson's correlation; A is positive, and B has the sign of the covariance.",
    ru="Это модуль коэффициента Пирсона; A положительна, у B знак ковариации.",
)
def test_one_column(submission, rng):
    X = rng.permutation(12)[:, None]
    Y = 4 * rng.integers(-3, 4, size=(12, 1)) - 5 * X
    for found, expected, name in zip(parts(submission.cca(X, Y, 1), 3, "cca"), cca(X, Y, 1), RESULTS, strict=True):
        near(found, expected, name)
