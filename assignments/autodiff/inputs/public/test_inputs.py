"""The public tests of gradients on the input: small cases with their answers written out."""

import torch

from grader.testing import assert_close, set_parameters, title


def tensor(values):
    return torch.tensor(values, dtype=torch.float64)


def linear(probe, *rows):
    """A layer inside that multiplies by these rows."""
    layer = probe.nn.Linear(len(rows[0]), len(rows), bias=False).double()
    set_parameters(layer, {"weight": tensor(list(rows))})
    return layer


@title(en="A step for the square of 2 x1 - 3 x2", ru="Шаг для квадрата 2 x1 - 3 x2")
def test_fgsm(submission, probe):
    model, loss, x, y = linear(probe, [2.0, -3.0]), probe.nn.MSELoss(), tensor([[1.0, 0.0]]), tensor([[0.0]])
    assert_close(submission.fgsm(model, loss, x, y, 0.5), tensor([[1.5, -0.5]]), what="x'")
    assert_close(submission.fgsm(model, loss, x, y, 0.5, low=-0.25), tensor([[1.5, -0.25]]), what="x' in the box")
    assert_close(submission.fgsm(model, loss, x, y, 0.5, targeted=True), tensor([[0.5, 0.5]]), what="x' for a target")


@title(en="Features, with a ReLU that works in place", ru="Признаки; ReLU работает на месте")
def test_features(submission, probe):
    network = probe.nn.Sequential(linear(probe, [1.0, 0.0], [0.0, -1.0]), probe.nn.ReLU(True))
    found = submission.features(network, tensor([3.0, 2.0]), [1, 0])
    assert_close(found, [tensor([3.0, 0.0]), tensor([3.0, -2.0])], what="features")
    assert_close(submission.excitation(network, tensor([3.0, 2.0]), 0, 1), tensor(-2.0), what="excitation")


@title(en="Two steps of a dream", ru="Два шага сна")
def test_dream(submission, probe):
    """The gradient is (1, 7) wherever x is; the mean of its squares is 25."""
    network = probe.nn.Sequential(linear(probe, [1.0, 7.0]))
    x, values = submission.dream(network, tensor([1.0, 0.0]), 0, 0, rate=0.5, steps=2)
    assert_close(x, tensor([1.2, 1.4]), what="x")
    assert_close(values, tensor([1.0, 6.0, 11.0]), what="excitations")


@title(en="The example of the statement", ru="Пример из условия")
def test_style(submission):
    F, P = tensor([[[1.0, 2.0]], [[3.0, 0.0]]]), tensor([[[0.0, 2.0]], [[1.0, 0.0]]])
    A = tensor([[2.5, 0.5], [0.5, 0.5]])
    assert_close(submission.gram(F), tensor([[2.5, 1.5], [1.5, 4.5]]), what="G")
    assert_close(submission.content_loss(F, P), tensor(2.5), what="content loss")
    assert_close(submission.content_gradient(F, P), F - P, what="gradient of the content loss")
    assert_close(submission.style_loss(F, A), tensor(1.125), what="style loss")
    assert_close(submission.style_gradient(F, A), tensor([[[0.375, 0.0]], [[1.625, 0.25]]]), what="its gradient")


@title(en="The whole loss through a layer that changes nothing", ru="Потери в целом, если слой ничего не меняет")
def test_transfer(submission, probe):
    F, P = tensor([[[1.0, 2.0]], [[3.0, 0.0]]]), tensor([[[0.0, 2.0]], [[1.0, 0.0]]])
    network = probe.nn.Sequential(probe.nn.Identity())
    loss, gradient = submission.transfer(network, F, P, F, content_layer=0, style_layers=[0], alpha=2.0)
    assert_close(loss, tensor(5.0), what="loss")
    assert_close(gradient, 2 * (F - P), what="gradient")
