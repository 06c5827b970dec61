"""The hidden suite of the Kullback-Leibler divergence."""

import numpy as np

from grader.testing import assert_close, assert_equal, hint, points, title
from grader.testing.inputs import positive_definite
from reference.extraction.neighbours.divergence import kl, kl_gaussian


@points("1/2")
@title(en="Discrete distributions", ru="Дискретные распределения")
@hint(
    en="Weigh the logarithms with the first distribution; they are natural. Of a matrix all entries count.",
    ru="Логарифмы взвешиваются первым распределением, и они натуральные. У матрицы учитываются все элементы.",
)
def test_kl(submission, rng):
    for shape in ((7,), (4, 5)):
        p, q = (drawn / drawn.sum() for drawn in rng.random((2, *shape)) + 0.01)
        assert_close(submission.kl(p, q), kl(p, q), what="the divergence")


@points("1/2")
@title(en="Probabilities of 0", ru="Нулевые вероятности")
@hint(
    en="A term with p = 0 is 0 whatever q is; where q = 0 and p is not, the divergence is infinite.",
    ru="Слагаемое с p = 0 равно 0 при любом q; если q = 0, а p — нет, расстояние бесконечно.",
)
def test_kl_of_zeros(submission, rng):
    p = rng.random(5)
    p[[1, 3]] = 0.0
    p /= p.sum()
    q = 0.5 * p + 0.1
    assert_close(submission.kl(p, q), kl(p, q), what="the divergence where p has zeros")
    for same in (p, np.array([0.0, 1.0])):
        found = submission.kl(same, same)
        assert_close(found, 0.0, atol=1e-12, what="the divergence of p from itself, with zeros in both")
    assert_equal(submission.kl(q, p), np.inf, what="the divergence where q = 0 and p is not")


@title(en="Normal distributions", ru="Нормальные распределения")
@hint(
    en="Which of the two covariances is inverted, and which determinant is above the other?",
    ru="Какая из двух матриц ковариаций обращается и какой определитель стоит сверху?",
)
def test_kl_gaussian(submission, rng):
    for size in (1, 3, 6):
        m1, m2 = rng.normal(size=(2, size))
        S1, S2 = (positive_definite(rng, size) * rng.uniform(0.5, 2) for _ in range(2))
        assert_close(submission.kl_gaussian(m1, S1, m2, S2), kl_gaussian(m1, S1, m2, S2), what="the divergence")


@points("1/2")
@title(en="Normal distributions of many dimensions", ru="Нормальные распределения большой размерности")
@hint(
    en="A determinant of 200 dimensions can be too large or too small for a float; its logarithm never is.",
    ru="Определитель при 200 измерениях может не поместиться в float; его логарифм помещается всегда.",
)
def test_kl_gaussian_of_many(submission, rng):
    m1, m2 = rng.normal(size=(2, 200))
    for unit in (1e-4, 1e4):
        S1, S2 = (unit * positive_definite(rng, 200) for _ in range(2))
        found = submission.kl_gaussian(unit**0.5 * m1, S1, unit**0.5 * m2, S2)
        assert_close(found, kl_gaussian(unit**0.5 * m1, S1, unit**0.5 * m2, S2), rtol=1e-7, what="the divergence")
