"""The hidden suite of SNE."""

import numpy as np

from grader.testing import assert_array, assert_close, hint, points, title
from grader.testing.inputs import FAR, on_a_grid
from reference.extraction.neighbours.pairs import normalised, squares
from reference.extraction.neighbours.sne import sne_gradient, sne_q

from .shared import some_rows


def check(found, X, perplexity, room=1e-3, trace=1e-6):
    """P is what the sigmas make of X, and the perplexity of each row is the one wanted.

    How exactly, and whether a small number was added to P, is the business of one test each.
    """
    assert isinstance(found, tuple | list), "conditional must return a pair (P, sigma)"
    P, sigma = found if len(found) == 2 else (None, None)
    n = len(X)
    assert_array(P, shape=(n, n), kind="float", what="P")
    assert_array(sigma, shape=(n,), kind="float", what="sigma")
    assert (sigma > 0).all(), "each sigma must be above 0"
    assert_close(np.diag(P), np.zeros(n), atol=trace, what="the diagonal of P")
    assert_close(P.sum(axis=1), np.ones(n), what="the sums of the rows of P")
    logarithms = np.log(P, out=np.zeros_like(P), where=P > 0)
    reached = np.exp(-(P * logarithms).sum(axis=1))
    assert_close(reached, np.full(n, float(perplexity)), rtol=room, atol=room, what="the perplexities of the rows")
    fitting = normalised(-squares(X) / (2 * sigma[:, None] ** 2), 1)
    assert_close(P, fitting, rtol=1e-5, atol=trace, what="P, which sigma must give,")


@title(en="Conditional probabilities and sigmas", ru="Условные вероятности и сигмы")
@hint(
    en="Row i has its own sigma. Compute the perplexity of a row of your P by hand: e to the entropy, in natural "
    "logarithms.",
    ru="У строки i своя сигма. Посчитайте перплексию строки вашей P вручную: e в степени энтропии, логарифмы "
    "натуральные.",
)
def test_conditional(submission, rng):
    for n, m, perplexity in ((12, 3, 4.0), (40, 2, 15), (30, 5, 5.5)):
        X = rng.normal(size=(n, m)) * rng.uniform(0.5, 2, size=(n, 1))
        check(submission.conditional(X, perplexity), X, perplexity, trace=1e-9)


@points("1/2")
@title(en="The perplexity to 1e-8", ru="Перплексия с точностью 1e-8")
@hint(
    en="Each halving gains one binary digit only, and it is the perplexity that must be right, not sigma.",
    ru="Каждое деление пополам добавляет лишь один двоичный знак, а верной должна быть перплексия, а не сигма.",
)
def test_conditional_precisely(submission, rng):
    X = rng.normal(size=(30, 3))
    check(submission.conditional(X, 7.0), X, 7.0, room=1e-8)


@points("1/2")
@title(en="Any unit of length, an object far away", ru="Любая единица длины, далёкий объект")
@hint(
    en="Bisection must not begin between two fixed numbers, nor end after a fixed difference of sigmas. If all "
    "exponents of a row vanish, subtract the largest one first.",
    ru="Концы отрезка для деления пополам не должны быть постоянными числами, как и точность по сигме. Если все "
    "экспоненты строки обратились в 0, сначала вычтите из показателей наибольший.",
)
def test_conditional_in_any_unit(submission, rng):
    X = rng.normal(size=(20, 3))
    X[7] += 300.0
    for unit in (1.0, 1e-6, 1e6):
        check(submission.conditional(unit * X, 6.0), unit * X, 6.0)


@points("1/2")
@title(en="Objects far from the origin", ru="Объекты вдали от начала координат")
@hint(
    en="Subtract first, then square: the expanded square of a difference loses the digits that matter.",
    ru="Сначала вычитайте, потом возводите в квадрат: раскрытый квадрат разности теряет нужные знаки.",
)
def test_conditional_far_away(submission, rng):
    X = on_a_grid(rng.normal(size=(30, 3))) + 16 * FAR
    check(submission.conditional(X, 6.0), X, 6.0)


@points("1/2")
@title(en="Perplexities near 1 and near n - 1", ru="Перплексия около 1 и около n - 1")
@hint(
    en="Sigma may have to be many times smaller or larger than the distances.",
    ru="Сигма может оказаться во много раз меньше или больше расстояний.",
)
def test_conditional_at_the_ends(submission, rng):
    for n, perplexity in ((3, 1.9), (15, 1.01), (15, 13.99)):
        X = rng.normal(size=(n, 2))
        check(submission.conditional(X, perplexity), X, perplexity)


@points("1/2")
@title(en="Equal objects", ru="Совпадающие объекты")
@hint(
    en="Where more neighbours than the perplexity are equally near no sigma fits; the search must end all the same, "
    "without NaN.",
    ru="Если равноудалённых ближайших больше, чем перплексия, подходящей сигмы нет; поиск всё равно должен "
    "закончиться, и без NaN.",
)
def test_conditional_of_equal_objects(submission, rng):
    X = np.repeat(rng.integers(-9, 9, size=(1, 2)) + np.array([[0.0, 0.0], [30.0, 1.0]]), 5, axis=0)
    expected = np.kron(np.eye(2), (np.ones((5, 5)) - np.eye(5)) / 4)
    for n in (10, 5):  # two places, and one
        P, sigma = submission.conditional(X[:n], 2.5)
        assert_close(P, expected[:n, :n], atol=1e-6, what="P")
        assert (assert_array(sigma, shape=(n,), kind="float", what="sigma") > 0).all(), "each sigma must be above 0"


@points("3/4")
@title(en="Probabilities of the embedding", ru="Вероятности вложения")
@hint(
    en="Nothing is divided by 2 sigma^2 here, no object is a neighbour of itself, and each row has a sum of 1.",
    ru="Здесь нет деления на 2 sigma^2, объект сам себе не сосед, а сумма каждой строки равна 1.",
)
def test_sne_q(submission, rng):
    for n, d in ((2, 1), (9, 2), (20, 3)):
        Y = rng.normal(size=(n, d))
        assert_close(submission.sne_q(Y), sne_q(Y), atol=1e-12, what="Q")


@points("1/2")
@title(en="Probabilities of objects far from all others", ru="Вероятности объектов, далёких от остальных")
@hint(
    en="0 divided by 0: subtract the largest exponent of the row before exp.",
    ru="0 делится на 0: перед exp вычтите из показателей наибольший в строке.",
)
def test_sne_q_far_away(submission, rng):
    Y = rng.normal(size=(8, 2))
    Y[3] += 50.0
    assert_close(submission.sne_q(Y), sne_q(Y), atol=1e-6, what="Q")


@points("5/4")
@title(en="The gradient", ru="Градиент")
@hint(
    en="y_i stands in its own row and in the rows of all others. Compare with differences of the divergence, moving "
    "one number of Y by 1e-6.",
    ru="y_i входит и в свою строку, и в строки всех остальных. Сравните с разностями расстояния KL, сдвигая одно число "
    "в Y на 1e-6.",
)
def test_sne_gradient(submission, rng):
    for n, d in ((3, 1), (12, 2), (10, 3)):
        P, Y = some_rows(rng, n), rng.normal(size=(n, d))
        assert_close(submission.sne_gradient(P, Y), sne_gradient(P, Y), atol=1e-10, what="the gradient")
