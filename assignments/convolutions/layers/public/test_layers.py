"""The public tests of the layers: small cases with their answers written out."""

import numpy as np

from grader.testing import assert_close, assert_equal, each, title

ROW = np.array([[[[1.0, 2.0, 3.0]]]])
SQUARE = np.arange(1.0, 10.0).reshape(1, 1, 3, 3)
KERNEL = np.array([[[[1.0, 10.0]]]])
PADDED = {
    "zero": [0.0, 0.0, 4.0, 5.0, 6.0, 0.0, 0.0],
    "edge": [4.0, 4.0, 4.0, 5.0, 6.0, 6.0, 6.0],
    "mirror": [6.0, 5.0, 4.0, 5.0, 6.0, 5.0, 4.0],
    "circular": [5.0, 6.0, 4.0, 5.0, 6.0, 4.0, 5.0],
}


@each(PADDED, en="A row padded by two pixels: {name}", ru="Строка, дополненная двумя пикселями: {name}")
def test_pad(submission, name):
    result = submission.pad(SQUARE, 2, name)
    assert_equal(np.shape(result), (1, 1, 7, 7), what="shape")
    assert_close(result[0, 0, 3], np.array(PADDED[name]), what="the row 4 5 6, with p = 2")


@title(en="Sizes: the first layer of AlexNet", ru="Размеры: первый слой AlexNet")
def test_conv_size(submission):
    assert_equal(submission.conv_size(224, 11, 4, 2), 55, what="conv_size(224, 11, 4, 2)")
    assert_equal(submission.conv_size(5, 3), 3, what="conv_size(5, 3)")


@title(en="Sizes of pooling", ru="Размеры пулинга")
def test_pool_size(submission):
    assert_equal(submission.pool_size(55, 3, 2), 27, what="pool_size(55, 3, 2)")
    assert_equal(submission.pool_size(7, 2, 2), 3, what="pool_size(7, 2, 2)")


@title(en="Two layers of 3 see as much as one of 5", ru="Два слоя 3 видят столько же, сколько один слой 5")
def test_receptive_field(submission):
    assert_equal(submission.receptive_field([(5, 1)]), 5, what="one layer")
    assert_equal(submission.receptive_field([(3, 1), (3, 1)]), 5, what="two layers")


@title(en="The example of the statement: conv", ru="Пример из условия: conv")
def test_conv(submission):
    assert_close(submission.conv(ROW, KERNEL), np.array([[[[21.0, 32.0]]]]), what="Y")
    assert_close(submission.conv(ROW, KERNEL, np.array([0.5])), np.array([[[[21.5, 32.5]]]]), what="Y, b = 0.5")


@title(en="The example of the statement: conv_grad", ru="Пример из условия: conv_grad")
def test_conv_grad(submission):
    dX, dK, db = submission.conv_grad(ROW, KERNEL, np.array([[[[1.0, 100.0]]]]))
    assert_close(dX, np.array([[[[1.0, 110.0, 1000.0]]]]), what="dX")
    assert_close(dK, np.array([[[[201.0, 302.0]]]]), what="dK")
    assert_close(db, np.array([101.0]), what="db")


@title(en="Overlapping windows of 2 by 2", ru="Перекрывающиеся окна 2 на 2")
def test_pool(submission):
    assert_close(submission.pool(SQUARE, 2, 1), np.array([[[[5.0, 6.0], [8.0, 9.0]]]]), what="max")
    assert_close(submission.pool(SQUARE, 2, 1, "mean"), np.array([[[[3.0, 4.0], [6.0, 7.0]]]]), what="mean")


@title(en="Where the derivative of a maximum goes", ru="Куда идёт производная максимума")
def test_pool_grad(submission):
    dY = np.array([[[[1.0, 10.0], [100.0, 1000.0]]]])
    expected = np.array([[[[0.0, 0.0, 0.0], [0.0, 1.0, 10.0], [0.0, 100.0, 1000.0]]]])
    assert_close(submission.pool_grad(SQUARE, dY, 2, 1), expected, what="dX")


@title(en="The example of the statement: transposed", ru="Пример из условия: transposed")
def test_transposed(submission):
    Y = np.array([[[[1.0, 100.0]]]])
    assert_close(submission.transposed(Y, KERNEL), np.array([[[[1.0, 110.0, 1000.0]]]]), what="stride 1")
    assert_close(submission.transposed(Y, KERNEL, 2), np.array([[[[1.0, 10.0, 100.0, 1000.0]]]]), what="stride 2")


@title(en="One pixel with two channels", ru="Один пиксель с двумя каналами")
def test_pointwise(submission):
    X, W = np.array([[[[3.0]], [[4.0]]]]), np.array([[1.0, 10.0], [1.0, -1.0], [0.0, 2.0]])
    assert_close(submission.pointwise(X, W), np.array([[[[43.0]], [[-1.0]], [[8.0]]]]), what="Y")


@title(en="A perceptron of one number", ru="Перцептрон от одного числа")
def test_mlpconv(submission):
    one = np.ones((1, 1))
    result = submission.mlpconv(ROW, np.full((1, 1, 1, 1), -1.0), np.array([2.5]), one, np.zeros(1), -one, np.ones(1))
    assert_close(result, np.array([[[[0.0, 0.5, 1.0]]]]), what="Y")


@title(en="The mean of a channel", ru="Среднее канала")
def test_global_average(submission):
    assert_close(submission.global_average(SQUARE), np.array([[5.0]]), what="means")


@title(en="An S-cell: half a template", ru="S-клетка: половина шаблона")
def test_s_layer(submission):
    X, template = np.array([[[[3.0, 0.0], [4.0, 0.0]]]]), np.array([[[[1.0, 0.0], [0.0, 0.0]]]])
    assert_close(submission.s_layer(X, template, 0.2), np.array([[[[0.5]]]]), what="(0.6 - 0.2) / (1 - 0.2)")


@title(en="C-cells over blocks of 2 by 2", ru="C-клетки по блокам 2 на 2")
def test_c_layer(submission):
    S = np.array([[[[0.1, 0.5, 0.0, 0.2], [0.3, 0.0, 0.4, 0.0]]]])
    assert_close(submission.c_layer(S, 2), np.array([[[[0.5, 0.4]]]]), what="C")
