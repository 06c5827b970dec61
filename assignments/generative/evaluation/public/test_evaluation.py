"""The public tests: small cases with their answers written out."""

import numpy as np

from grader.testing import assert_close, assert_equal, assert_refused, title

HALF, COST = np.array([0.5, 0.5]), np.array([[0.0, 1.0], [1.0, 0.0]])


@title(en="On a line: the example of the statement", ru="На прямой: пример из условия")
def test_line(submission):
    assert_close(submission.wasserstein_1d([0.0, 2.0], [1.0, 4.0], [1.0, 3.0]), 1.5)
    assert_close(submission.wasserstein_1d([3.0, 1.0], [2.0, 0.0]), 1.0)


@title(en="The least cost: the example of the statement", ru="Наименьшая стоимость: пример из условия")
def test_transport(submission):
    value, plan = submission.transport(np.array([0.5, 0.5]), np.array([0.25, 0.75]), COST)
    assert_close(value, 0.25, atol=1e-7)
    assert_close(plan, np.array([[0.25, 0.25], [0.0, 0.5]]), atol=1e-7)


@title(en="Sinkhorn: one step", ru="Синкхорн: один шаг")
def test_sinkhorn(submission):
    k = np.exp(-2.0)
    value, plan = submission.sinkhorn(HALF, HALF, COST, 0.5, 1)
    assert_close(plan, np.array([[1, k], [k, 1]]) / (2 + 2 * k), what="the plan")
    assert_close(value, k / (1 + k), what="the value")


@title(en="Coverage: the example of the statement", ru="Покрытие: пример из условия")
def test_coverage(submission):
    samples, centers = np.array([[0.0], [0.5], [4.0], [9.0]]), np.array([[0.0], [5.0], [7.0]])
    found = submission.coverage(samples, centers, 1.0, 0.5)
    assert_close(found["shares"], np.array([0.5, 0.25, 0.0]), what="shares")
    assert_close(found["outside"], 0.25, what="outside")
    assert_equal(int(found["covered"]), 1, what="covered")


@title(en="The nearest training object", ru="Ближайший обучающий объект")
def test_nearest(submission):
    distance, index = submission.nearest_training(np.zeros((1, 2)), np.array([[9.0, 0.0], [3.0, 4.0], [5.0, 0.0]]))
    assert_close(distance, np.array([5.0]), what="distance")
    assert_equal(index, np.array([1]), what="index")


@title(en="New and plausible: the example of the statement", ru="Новое и правдоподобное: пример из условия")
def test_assess(submission):
    samples, train = np.array([[0.1], [3.0], [3.0], [50.0]]), np.array([[0.0]])
    found = submission.assess(samples, train, lambda x: -(x[:, 0] ** 2), 0.5, -20.0)
    expected = {"copies": [0], "implausible": [3], "repeated": [2], "good": [1]}
    assert_equal({name: np.asarray(found[name], dtype=int).tolist() for name in expected}, expected)


@title(en="A plan between different masses is refused", ru="План между разными массами отвергается")
def test_bad_masses(submission):
    assert_refused("p", submission.transport, 2 * HALF, HALF, COST)
