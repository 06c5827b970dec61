"""The hidden suite of Wasserstein's distance."""

import numpy as np

from grader.testing import assert_array, assert_close, hint, points, title
from reference.generative.evaluation.wasserstein import sinkhorn, transport, wasserstein_1d


def pair(found, n, m):
    """What `transport` and `sinkhorn` return, once its parts have the right shapes."""
    assert isinstance(found, tuple | list), "a pair (value, plan) must be returned"
    value, plan = found if len(found) == 2 else (None, None)
    return value, assert_array(plan, shape=(n, m), kind="float", what="plan")


def margins(rng, n, m):
    """Two distributions, and costs between them."""
    return rng.dirichlet(np.ones(n)), rng.dirichlet(np.ones(m)), rng.random((n, m))


@points("3/4")
@title(en="On a line: samples of the same size", ru="На прямой: выборки одного размера")
@hint(
    en="Sort both: the smallest goes to the smallest. The distance is a mean, not a sum, and has no squares.",
    ru="Отсортируйте обе: наименьшее переходит в наименьшее. Расстояние — среднее, а не сумма, и без квадратов.",
)
def test_line(submission, rng):
    for n in (1, 2, 15):
        a, b = rng.normal(size=(2, n)) * [[1.0], [3.0]]
        assert_close(submission.wasserstein_1d(a, b), wasserstein_1d(a, b), atol=1e-12, what="the distance")


@points("3/4")
@title(en="On a line: samples of different sizes", ru="На прямой: выборки разного размера")
@hint(
    en="Between two neighbouring numbers of both samples the distribution functions are constant: add up the areas.",
    ru="Между соседними числами обеих выборок функции распределения постоянны: сложите площади.",
)
def test_line_of_two_sizes(submission, rng):
    for n, m in ((1, 4), (7, 3), (10, 25)):
        a, b = rng.normal(size=n), 1 + rng.normal(size=m)
        assert_close(submission.wasserstein_1d(a, b), wasserstein_1d(a, b), atol=1e-12, what="the distance")


@points("3/4")
@title(en="On a line: weights", ru="На прямой: веса")
@hint(
    en="Where numbers are sorted their weights go with them; weights need not sum to 1.",
    ru="При сортировке чисел вместе с ними переставляются и веса; сумма весов не обязана быть 1.",
)
def test_line_with_weights(submission, rng):
    for n, m in ((6, 6), (8, 3)):
        a, b = rng.normal(size=n), 1 + rng.normal(size=m)
        wa, wb = rng.random(n), 5 * rng.random(m)
        wa[2] = 0.0
        for weights in ((wa, wb), (wa, None), (None, wb)):
            assert_close(submission.wasserstein_1d(a, b, *weights), wasserstein_1d(a, b, *weights), what="the distance")


@points("1/2")
@title(en="On a line: equal numbers", ru="На прямой: равные числа")
@hint(
    en="A number that occurs twice weighs twice; equal samples in another order have the distance 0.",
    ru="Число, которое встретилось дважды, весит вдвое больше; у равных выборок в разном порядке расстояние 0.",
)
def test_line_of_equal_numbers(submission, rng):
    a, b = rng.integers(4, size=12), np.append(rng.integers(4, size=8), 3)
    assert_close(submission.wasserstein_1d(a, b), wasserstein_1d(a, b), atol=1e-12, what="the distance")
    assert_close(submission.wasserstein_1d(a, a[::-1]), 0.0, atol=1e-12, what="the distance of equal samples")


@title(en="The least cost", ru="Наименьшая стоимость")
@hint(
    en="linprog looks for an array of n * m numbers: all row sums are p, and all column sums are q. Try a case of two "
    "by two by hand.",
    ru="linprog ищет массив из n * m чисел: все суммы строк равны p, все суммы столбцов — q. Посчитайте случай два на "
    "два вручную.",
)
def test_transport(submission, rng):
    for n, m in ((2, 2), (4, 7), (12, 9)):
        p, q, cost = margins(rng, n, m)
        value, _ = pair(submission.transport(p, q, cost), n, m)
        assert_close(value, transport(p, q, cost)[0], rtol=1e-6, atol=1e-7, what="the cost")


@points("3/4")
@title(en="The plan", ru="План перевозок")
@hint(
    en="The plan has a row for each entry of p, a column for each of q; it is not negative, and its cost is the value.",
    ru="В плане строка на каждый элемент p и столбец на каждый элемент q; отрицательных чисел нет, а значение — его "
    "стоимость.",
)
def test_plan(submission, rng):
    for n, m in ((3, 3), (5, 8)):
        p, q, cost = margins(rng, n, m)
        value, plan = pair(submission.transport(p, q, cost), n, m)
        assert (plan >= -1e-7).all(), "a plan must not have negative numbers"
        assert_close(plan.sum(axis=1), p, atol=1e-6, what="the sums of the rows")
        assert_close(plan.sum(axis=0), q, atol=1e-6, what="the sums of the columns")
        assert_close(value, float((plan * cost).sum()), rtol=1e-6, atol=1e-7, what="the value, the cost of the plan,")


@points("1/2")
@title(en="The least cost: one place, places without mass", ru="Наименьшая стоимость: одно место, места без массы")
@hint(
    en="The shape stays (n, m) where n or m is 1, and where some probabilities are 0.",
    ru="Форма (n, m) сохраняется, и когда n или m равно 1, и когда некоторые вероятности нулевые.",
)
def test_transport_at_the_edge(submission, rng):
    for n, m in ((1, 1), (1, 4), (3, 1)):
        p, q, cost = margins(rng, n, m)
        _, plan = pair(submission.transport(p, q, cost), n, m)
        assert_close(plan, np.outer(p, q), atol=1e-6, what="the only plan")
    p, q, cost = np.array([0.0, 1.0]), np.array([0.5, 0.0, 0.5]), rng.random((2, 3))
    _, plan = pair(submission.transport(p, q, cost), 2, 3)
    assert_close(plan, np.outer(p, q), atol=1e-6, what="the only plan")


@title(en="Sinkhorn: steps", ru="Синкхорн: шаги")
@hint(
    en="Each step sets f by the rows, then g by the columns with the new f. The value is the sum of plan times cost, "
    "without the entropy.",
    ru="Каждый шаг: f по строкам, затем g по столбцам с новым f. Значение — сумма плана, умноженного на стоимость, без "
    "энтропии.",
)
def test_sinkhorn(submission, rng):
    for n, m, eps, steps in ((4, 6, 0.5, 1), (6, 4, 0.2, 2), (5, 5, 0.1, 7)):
        p, q, cost = margins(rng, n, m)
        value, plan = pair(submission.sinkhorn(p, q, cost, eps, steps), n, m)
        expected = sinkhorn(p, q, cost, eps, steps)
        assert_close(plan, expected[1], rtol=1e-5, atol=1e-6, what="the plan")
        assert_close(value, expected[0], rtol=1e-5, what="the value")


@points("3/4")
@title(en="Sinkhorn: eps of 0.001", ru="Синкхорн: eps, равное 0.001")
@hint(
    en="exp(-1000) is 0 for a computer, and then 0 is divided by 0. Keep f and g, and let the sums be logsumexp.",
    ru="exp(-1000) для компьютера равно 0, и потом 0 делится на 0. Храните f и g, а суммы считайте через logsumexp.",
)
def test_sinkhorn_of_small_eps(submission, rng):
    p, q, cost = margins(rng, 6, 5)
    cost += 1.0
    _, plan = pair(submission.sinkhorn(p, q, cost, 1e-3, 40), 6, 5)
    assert_close(plan, sinkhorn(p, q, cost, 1e-3, 40)[1], rtol=1e-5, atol=1e-6, what="the plan")


@points("1/2")
@title(en="Sinkhorn: places without mass", ru="Синкхорн: места без массы")
@hint(
    en="The logarithm of 0 is minus infinity: its row of the plan is 0, and nothing may become NaN. A small number "
    "added to p under the logarithm makes mass where there is none.",
    ru="Логарифм нуля — минус бесконечность: в плане это нулевая строка, и нигде не должно получиться NaN. Если "
    "прибавить к p под логарифмом малое число, появится масса там, где её нет.",
)
def test_sinkhorn_of_empty_places(submission, rng):
    p, q, cost = margins(rng, 4, 5)
    p[1], q[[0, 3]] = 0.0, 0.0
    p, q = p / p.sum(), q / q.sum()
    value, plan = pair(submission.sinkhorn(p, q, cost, 0.1, 5), 4, 5)
    expected = sinkhorn(p, q, cost, 0.1, 5)
    assert_close(plan, expected[1], rtol=1e-7, atol=1e-12, what="the plan")
    assert_close(value, expected[0], rtol=1e-7, what="the value")
