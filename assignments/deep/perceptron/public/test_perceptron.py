"""The public tests of the perceptron: small cases with their answers written out."""

import numpy as np

from grader.testing import assert_close, assert_refused, title


@title(en="Activations at three places", ru="Функции активации в трёх точках")
def test_activation(submission):
    x = np.array([-3.0, 0.0, 1.0])
    assert_close(submission.activation("relu", x), np.array([0.0, 0.0, 1.0]), what="relu")
    assert_close(submission.activation("prelu", x), np.array([-0.75, 0.0, 1.0]), what="prelu")
    assert_close(submission.activation("softsign", x), np.array([-0.75, 0.0, 0.5]), what="softsign")
    assert_close(submission.activation("sigmoid", np.array([0.0, 1000.0])), np.array([0.5, 1.0]), what="sigmoid")


@title(en="Derivatives at three places", ru="Производные в трёх точках")
def test_activation_grad(submission):
    x = np.array([-3.0, 0.0, 1.0])
    assert_close(submission.activation_grad("relu", x), np.array([0.0, 0.0, 1.0]), what="relu")
    assert_close(submission.activation_grad("prelu", x, beta=0.7), np.array([0.7, 0.7, 1.0]), what="prelu")
    assert_close(submission.activation_grad("softsign", x), np.array([0.0625, 1.0, 0.25]), what="softsign")
    half = np.array([np.log(3.0) / 2])  # tanh is 1/2 there
    assert_close(submission.activation_grad("tanh", half), np.array([0.75]), what="tanh")


@title(en="Noisy ReLU at 0", ru="Шумный ReLU в нуле")
def test_noisy_relu(submission):
    found = submission.noisy_relu(np.zeros(2), np.array([2.0, -2.0]))
    assert_close(found, np.array([np.sqrt(2.0), 0.0]), what="noisy_relu")


WEIGHTS = [np.array([[1.0, -1.0]]), np.array([[2.0], [3.0]])]
BIASES = [np.array([0.0, 1.0]), np.array([0.5])]


@title(en="The network of the statement", ru="Сеть из условия")
def test_network(submission):
    net = submission.Perceptron(WEIGHTS, BIASES, "relu")
    assert_close(net.forward(np.array([[2.0], [-1.0]])), np.array([[4.5], [6.5]]), what="forward")
    assert_close(net.backward(np.array([[1.0], [10.0]])), np.array([[2.0], [-30.0]]), what="backward")
    assert_close(net.weight_gradients, [np.array([[4.0, -30.0]]), np.array([[2.0], [20.0]])], what="weight_gradients")
    assert_close(net.bias_gradients, [np.array([2.0, 30.0]), np.array([11.0])], what="bias_gradients")


@title(en="One step of training", ru="Один шаг обучения")
def test_train(submission, probe):
    def forward(weights, biases, X):
        return X @ weights[0] + biases[0]

    def backward(weights, biases, X, dY):
        return dY @ weights[0].T, [X.T @ dY], [dY.sum(axis=0)]

    net = probe.network([np.array([[1.0]])], [np.array([0.0])], forward, backward)
    found = submission.train(net, np.array([[1.0], [3.0]]), np.array([[2.0], [2.0]]), 0.5, 1)
    assert_close(found, np.array([1.0]), what="history")
    assert_close(net.weights[0], np.array([[0.0]]), what="the weight, whose derivative was 2")
    assert_close(net.biases[0], np.array([0.0]), what="the bias, whose derivative was 0")


@title(en="Clipping", ru="Обрезание")
def test_clip(submission):
    found = submission.clip_global([np.array([6.0]), np.array([[8.0]])], 5.0)
    assert_close(found, [np.array([3.0]), np.array([[4.0]])], what="clip_global")


@title(en="Clipping by components", ru="Покомпонентное обрезание")
def test_clip_local(submission):
    found = submission.clip_local([np.array([6.0, -0.5]), np.array([[-8.0]])], 5.0)
    assert_close(found, [np.array([5.0, -0.5]), np.array([[-5.0]])], what="clip_local")


@title(en="A skip connection around Y = 3 X", ru="Обходной путь вокруг Y = 3 X")
def test_residual(submission, probe):
    block = probe.block(submission.Residual, lambda X: 3 * X, lambda X, Y, dY: 3 * dY)
    assert_close(block.forward(np.array([[1.0, 2.0]])), np.array([[4.0, 8.0]]), what="forward")
    assert_close(block.backward(np.array([[10.0, 1.0]])), np.array([[40.0, 4.0]]), what="backward")


@title(en="Three units in another order", ru="Три нейрона в другом порядке")
def test_permute_hidden(submission):
    weights = [np.array([[1.0, 2.0, 3.0]]), np.array([[4.0], [5.0], [6.0]])]
    found = submission.permute_hidden(weights, [np.array([7.0, 8.0, 9.0]), np.zeros(1)], 0, np.array([2, 0, 1]))
    assert_close(found[0], [np.array([[3.0, 1.0, 2.0]]), np.array([[6.0], [4.0], [5.0]])], what="weights")
    assert_close(found[1], [np.array([9.0, 7.0, 8.0]), np.zeros(1)], what="biases")


@title(en="A broken line through three points", ru="Ломаная через три точки")
def test_interpolate(submission):
    (first, second), (bias, shift) = submission.interpolate(np.array([0.0, 1.0, 2.0]), np.array([5.0, 6.0, 3.0]))
    x = np.array([[0.0], [0.5], [1.0], [2.0]])
    values = np.maximum(x @ first + bias, 0.0) @ second + shift
    assert_close(values, np.array([[5.0], [5.5], [6.0], [3.0]]), what="values of the network")


@title(en="An unknown activation is refused", ru="Неизвестная активация отвергается")
def test_unknown_name(submission):
    assert_refused("name", submission.activation, "cube", np.array([1.0]))
