"""The hidden suite."""

import numpy as np

from grader.testing import assert_close, assert_refused, call_unchanged, hint, points, title
from reference.extraction.subwords import subwords


@points(2)
@title(en="Columns of different scales", ru="Столбцы разного масштаба")
@hint(
    en="Each column has its own mean and deviation; the deviation divides by n.",
    ru="У каждого столбца своё среднее и отклонение; в отклонении делят на n.",
)
def test_subwords_columns(submission, rng):
    for n in (2, 30):
        X = rng.normal(size=(n, 4)) * [1.0, 100.0, 0.01, 5.0] + [0.0, 7.0, -3.0, 1000.0]
        assert_close(submission.subwords(X), subwords(X), rtol=1e-6, atol=1e-9, what="columns")


@title(en="Constant columns", ru="Постоянные столбцы")
@hint(en="Zeros, not a division by zero; one object, too.", ru="Нули, а не деление на ноль; и при одном объекте.")
def test_subwords_constant(submission, rng):
    X = rng.normal(size=(6, 2))
    X[:, 0] = 3.0
    for case in (X, X[:1]):
        assert_close(submission.subwords(case), subwords(case), atol=1e-9, what="columns")


@title(en="The argument stays as it was", ru="Аргумент не меняется")
@hint(en="-= changes the array that you were given.", ru="-= меняет переданный массив.")
def test_subwords_unchanged(submission, rng):
    call_unchanged(submission.subwords, rng.normal(size=(6, 2)) + 5.0)


@title(en="Errors", ru="Ошибки")
@hint(en="ValueError with the argument's name.", ru="ValueError с именем аргумента.")
def test_subwords_errors(submission):
    for X in (np.zeros((0, 2)), np.zeros(3), np.array([[1.0, np.nan]])):
        assert_refused("X", submission.subwords, X)
