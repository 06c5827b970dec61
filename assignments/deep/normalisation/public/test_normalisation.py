"""The public tests: small cases with their answers written out."""

import numpy as np

from grader.testing import assert_array, assert_close, assert_equal, assert_refused, title


@title(en="A mask", ru="Маска")
def test_mask(submission):
    mask = submission.draw_mask((40, 50), 0.25, np.random.default_rng(1))
    assert_array(mask, shape=(40, 50), kind="bool", what="mask")
    assert 1300 < mask.sum() < 1700, "about 1500 of 2000 entries are kept"
    again = submission.draw_mask((40, 50), 0.25, np.random.default_rng(1))
    assert_equal(again, mask, what="the mask from an equal generator")


@title(en="dropout and its gradient", ru="dropout и его градиент")
def test_dropout(submission):
    mask = np.array([True, False, True])
    assert_close(submission.dropout(np.array([1.0, 2.0, 3.0]), mask, 0.5), np.array([2.0, 0.0, 6.0]))
    assert_close(submission.dropout_grad(np.array([1.0, 1.0, -1.0]), mask, 0.75), np.array([4.0, 0.0, -4.0]))


@title(en="The layer Dropout", ru="Слой Dropout")
def test_layer(submission):
    layer, ones = submission.Dropout(0.5), np.ones((20, 30))
    y = layer.forward(ones, np.random.default_rng(2))
    assert_equal(np.unique(y), np.array([0.0, 2.0]), what="the different values of the outputs")
    assert_close(layer.backward(3 * ones), 3 * y, what="the gradient")
    assert_close(layer.forward(ones, None, train=False), ones, what="outputs in prediction")


@title(en="Batch normalisation: the example of the statement", ru="Пакетная нормализация: пример из условия")
def test_batch_norm(submission):
    layer = submission.BatchNorm(1, eps=3.0, momentum=0.5)
    assert_close(layer.forward(np.array([[1.0], [3.0]])), np.array([[-0.5], [0.5]]), what="outputs")
    assert_close(layer.running_mean, np.array([1.0]), what="running_mean")
    assert_close(layer.running_var, np.array([1.5]), what="running_var")
    assert_close(layer.backward(np.array([[1.0], [0.0]])), np.array([[0.1875], [-0.1875]]), what="the gradient by X")
    assert_close(layer.gamma_gradient, np.array([-0.5]), what="gamma_gradient")
    assert_close(layer.beta_gradient, np.array([1.0]), what="beta_gradient")


@title(en="Variances of weights", ru="Дисперсии весов")
def test_variance(submission):
    for scheme, value in (("lecun", 0.25), ("xavier", 0.1), ("he_in", 0.5), ("he_out", 0.125)):
        assert_close(submission.variance(scheme, 4, 16), value, what=scheme)


@title(en="First values of the weights", ru="Начальные веса")
def test_init(submission):
    for kind in ("normal", "uniform"):
        weights = submission.init("he_in", 50, 100, np.random.default_rng(3), kind)
        assert_array(weights, shape=(50, 100), kind="float", what="weights")
        assert 0.035 < weights.var() < 0.045, "the variance of he_in for 50 inputs is 0.04"


@title(en="The signal: the example of the statement", ru="Сигнал: пример из условия")
def test_signal(submission):
    weights, X = [np.array([[2.0]]), np.array([[-1.0]])], np.array([[-1.0], [1.0]])
    assert_close(submission.signal(weights, X, "relu"), np.array([1.0, 1.0, 0.0]), what="the signal")
    found = submission.gradient_signal(weights, X, "linear", np.array([[0.0], [1.0]]))
    assert_close(found, np.array([1.0, 0.25, 0.25]), what="the signal of the gradient")


@title(en="Shapes that do not fit are refused", ru="Неподходящие формы отвергаются")
def test_bad_shapes(submission):
    assert_refused("mask", submission.dropout, np.ones((2, 3)), np.ones(3, dtype=bool), 0.5)
    assert_refused("X", submission.BatchNorm(3).forward, np.ones((1, 3)))
