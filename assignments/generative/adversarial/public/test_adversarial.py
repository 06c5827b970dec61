"""The public tests: small cases with their answers written out."""

import math

import torch

from grader.testing import assert_close, set_parameters, state, title

DOUBLE = torch.float64


def numbers(*values):
    return torch.tensor(values, dtype=DOUBLE)


def a_linear_map(probe, weight, bias):
    """A network of one linear layer with this weight and bias."""
    net = probe.nn.Linear(len(weight[0]), len(bias)).double()
    set_parameters(net, {"weight": numbers(*weight), "bias": numbers(*bias)})
    return net


@title(en="The losses: the example of the statement", ru="Функции потерь: пример из условия")
def test_losses(submission):
    real, fake = numbers(math.log(3), 0.0), numbers(-math.log(3))
    value = (math.log(3 / 4) + math.log(1 / 2)) / 2 + math.log(3 / 4)
    assert_close(submission.objective(real, fake), numbers(value)[0], rtol=1e-9, what="objective")
    assert_close(submission.discriminator_loss(real, fake), numbers(-value)[0], rtol=1e-9, what="discriminator_loss")
    assert_close(submission.generator_loss(fake), numbers(math.log(4))[0], rtol=1e-9, what="generator_loss")
    found = submission.generator_loss(fake, saturating=True)
    assert_close(found, numbers(math.log(3 / 4))[0], rtol=1e-9, what="generator_loss, saturating")


@title(en="train_gan: one step", ru="train_gan: один шаг")
def test_gan(submission, probe):
    """D gives 0 for everything at first; the fakes are all 0 and the real objects all 2.

    The first step of Adam moves a parameter by the rate, against its gradient.
    """
    G, D = a_linear_map(probe, [[0.0, 0.0]], [0.0]), a_linear_map(probe, [[0.0]], [0.0])
    X, rng = torch.full((3, 1), 2.0, dtype=DOUBLE), torch.Generator().manual_seed(0)
    history = submission.train_gan(G, D, X, 1, batch=4, rate=0.1, latent=2, rng=rng)
    expected = torch.tensor([[2 * math.log(2), math.log(2)]], dtype=DOUBLE)
    assert_close(history, expected, rtol=1e-6, what="history")
    assert_close(state(D)["weight"], torch.tensor([[0.1]], dtype=DOUBLE), rtol=1e-5, what="weight of D")
    assert_close(state(G)["bias"], numbers(0.1), rtol=1e-5, what="bias of G")


@title(en="train_cgan: one step", ru="train_cgan: один шаг")
def test_cgan(submission, probe):
    """As before; all objects are of class 1, so only that column of G's label moves."""
    G = a_linear_map(probe, [[0.0, 0.0, 0.0, 0.0]], [0.0])
    D = a_linear_map(probe, [[0.0, 0.0, 0.0]], [0.0])
    X, y, rng = torch.full((3, 1), 2.0, dtype=DOUBLE), torch.tensor([1, 1, 1]), torch.Generator().manual_seed(0)
    submission.train_cgan(G, D, X, y, 1, classes=2, batch=4, rate=0.1, latent=2, rng=rng)
    assert_close(state(G)["weight"][:, 2:], torch.tensor([[0.0, 0.1]], dtype=DOUBLE), rtol=1e-5, what="label of G")
    assert_close(state(D)["weight"][:, :1], torch.tensor([[0.1]], dtype=DOUBLE), rtol=1e-5, what="weight of D")


@title(en="The critic: the example of the statement", ru="Критик: пример из условия")
def test_critic(submission, probe):
    critic = a_linear_map(probe, [[3.0, 4.0]], [1.0])
    real, fake = numbers([1.0, 0.0], [0.0, 1.0]), numbers([0.0, 0.0], [0.0, 0.0])
    assert_close(submission.critic_objective(numbers(4.0, 5.0), numbers(1.0, 1.0)), numbers(-3.5)[0], rtol=1e-9)
    assert_close(submission.critic_loss(critic, real, fake, numbers(0.5, 0.2), 10), numbers(156.5)[0], rtol=1e-9)


@title(en="fade: the example of the statement", ru="fade: пример из условия")
def test_fade(submission):
    old, new = numbers([[[8.0]]]), numbers([[[0.0, 4.0], [8.0, 12.0]]])
    assert_close(submission.fade(old, new, 0.25), numbers([[[6.0, 7.0], [8.0, 9.0]]]), rtol=1e-9, what="image")


@title(en="Growing: sizes of the images", ru="Growing: размеры изображений")
def test_growing(submission):
    net, z = submission.Growing(5, 3), torch.zeros(2, 5)
    for side in (4, 8, 16):
        assert_close(tuple(net(z, 0.5).shape), (2, 1, side, side), what="shape")
        net.grow()
