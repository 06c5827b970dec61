"""The public tests: small cases with their answers written out."""

import math

import numpy as np
import torch

from grader.testing import assert_close, assert_equal, assert_refused, set_state, state, title

Y = np.array([[0.0], [1.0], [3.0]])
P = np.array([[0.0, 3.0, 1.0], [3.0, 0.0, 1.0], [1.0, 1.0, 0.0]]) / 10


@title(en="Divergence of discrete distributions", ru="Расстояние между дискретными распределениями")
def test_kl(submission):
    assert_close(submission.kl([0.5, 0.5, 0.0], [0.25, 0.5, 0.25]), math.log(2) / 2)
    assert_equal(submission.kl([0.25, 0.5, 0.25], [0.5, 0.5, 0.0]), math.inf)


@title(en="Divergence of normal distributions", ru="Расстояние между нормальными распределениями")
def test_kl_gaussian(submission):
    found = submission.kl_gaussian(np.zeros(1), np.array([[1.0]]), np.ones(1), np.array([[4.0]]))
    assert_close(found, (1 / 4 + 1 / 4 - 1 + math.log(4)) / 2)


@title(en="Conditional probabilities: the example of the statement", ru="Условные вероятности: пример из условия")
def test_conditional(submission):
    rows, sigma = submission.conditional(Y, 1.5)
    expected = np.array([[0.0, 0.86, 0.14], [0.86, 0.0, 0.14], [0.14, 0.86, 0.0]])
    assert_close(rows, expected, atol=5e-3, what="P")
    assert_close(sigma, np.array([1.485, 0.909, 1.174]), atol=5e-3, what="sigma")


@title(en="Probabilities of an embedding", ru="Вероятности вложения")
def test_q(submission):
    e = math.exp
    assert_close(submission.sne_q(Y)[1], np.array([e(-1), 0.0, e(-4)]) / (e(-1) + e(-4)), what="a row of sne_q")
    table = np.array([[0.0, e(-1), e(-9)], [e(-1), 0.0, e(-4)], [e(-9), e(-4), 0.0]])
    assert_close(submission.symmetric_q(Y), table / table.sum(), what="symmetric_q")
    assert_close(submission.tsne_q(Y), np.array([[0, 5, 1], [5, 0, 2], [1, 2, 0]]) / 16, what="tsne_q")


@title(en="Probabilities of pairs", ru="Вероятности пар")
def test_joint(submission):
    rows = np.array([[0.0, 0.5, 0.5], [1.0, 0.0, 0.0], [0.2, 0.8, 0.0]])
    expected = np.array([[0.0, 1.5, 0.7], [1.5, 0.0, 0.8], [0.7, 0.8, 0.0]]) / 6
    assert_close(submission.joint(rows), expected)


@title(en="Gradients of SNE", ru="Градиенты SNE")
def test_gradients(submission):
    same = submission.sne_q(Y)
    assert_close(submission.sne_gradient(same, Y), np.zeros((3, 1)), atol=1e-12, what="the gradient where P = Q")
    same = submission.symmetric_q(Y)
    assert_close(submission.symmetric_gradient(same, Y), np.zeros((3, 1)), atol=1e-12, what="the same, symmetric")


@title(en="The gradient of t-SNE: the example of the statement", ru="Градиент t-SNE: пример из условия")
def test_tsne_gradient(submission):
    assert_close(submission.tsne_gradient(P, Y), np.array([[-0.02], [0.015], [0.005]]), what="the gradient")


@title(en="One step of t-SNE", ru="Один шаг t-SNE")
def test_tsne(submission):
    X = np.array([[0.0], [1.0], [3.0], [7.0]])
    moved, history = submission.tsne(X, 2.0, X, 1, 0.5)
    pairs = submission.joint(submission.conditional(X, 2.0)[0])
    assert_close(moved, X - 0.5 * submission.tsne_gradient(pairs, X), rtol=1e-5, what="Y")
    assert_close(history, np.array([submission.kl(pairs, submission.tsne_q(moved))]), rtol=1e-5, what="history")


@title(en="The loss", ru="Функция потерь")
def test_loss(submission):
    found = submission.tsne_loss(torch.tensor(P), torch.tensor(Y))
    expected = 2 * (0.3 * math.log(4.8 / 5) + 0.1 * math.log(1.6) + 0.1 * math.log(1.6 / 2))
    assert_close(found, torch.tensor(expected, dtype=torch.float64), rtol=1e-9)


@title(en="A network of one weight", ru="Сеть из одного веса")
def test_parametric(submission, probe):
    net = probe.nn.Linear(1, 1, bias=False).double()
    set_state(net, {"weight": torch.tensor([[0.1]], dtype=torch.float64)})
    trained = submission.parametric_tsne(
        net, torch.tensor([[0.0], [1.0], [3.0], [7.0]], dtype=torch.float64), 2.0, 1, 0.5
    )
    # Adam's first step is as long as the rate; the objects have to part
    assert_close(state(trained)["weight"], torch.tensor([[0.6]], dtype=torch.float64), rtol=1e-4, what="the weight")


@title(en="A perplexity that is too large is refused", ru="Слишком большая перплексия отвергается")
def test_bad_perplexity(submission):
    assert_refused("perplexity", submission.conditional, Y, 2.0)
