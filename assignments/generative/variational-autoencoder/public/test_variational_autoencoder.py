"""The public tests: small cases with their answers written out."""

import math

import torch

from grader.testing import assert_array, assert_close, assert_equal, assert_refused, parameters, title

DOUBLE = torch.float64


def tensor(*rows):
    return torch.tensor(rows, dtype=DOUBLE)


def constant(probe):
    """An autoencoder of two pixels and one hidden number: mean 2, variance 4, and z and -z as logits."""
    zeros = torch.zeros
    values = {"into.0.weight": zeros(1, 2), "into.0.bias": zeros(1), "into.2.weight": zeros(2, 1)}
    values |= {"into.2.bias": torch.tensor([2.0, math.log(4.0)]), "back.0.weight": torch.ones(1, 1)}
    values |= {"back.0.bias": zeros(1), "back.2.weight": torch.tensor([[1.0], [-1.0]]), "back.2.bias": zeros(2)}
    return probe.Coder({name: value.double() for name, value in values.items()})


@title(en="VAE: shapes", ru="VAE: формы")
def test_shapes(submission):
    model = submission.VAE(6, 5, 2)
    for value in model.encode(torch.zeros(3, 6)):
        assert_array(value, shape=(3, 2), kind="float", what="mean or log_variance")
    assert_array(model.decode(torch.zeros(3, 2)), shape=(3, 6), kind="float", what="logits")
    assert_equal(len(parameters(model)), 10, what="number of parameters")


@title(en="A draw: the example of the statement", ru="Скрытый вектор: пример из условия")
def test_reparameterise(submission):
    found = submission.reparameterise(tensor([2.0]), tensor([math.log(4.0)]), tensor([-0.5]))
    assert_close(found, tensor([1.0]), what="z")


@title(en="The divergence: the example of the statement", ru="Дивергенция: пример из условия")
def test_kl(submission):
    found = submission.kl(tensor([2.0], [0.0]), tensor([math.log(4.0)], [0.0]))
    assert_close(found, torch.tensor([(7 - math.log(4)) / 2, 0.0], dtype=DOUBLE), what="the divergence")


@title(en="The bound: the example of the statement", ru="Нижняя граница: пример из условия")
def test_elbo(submission, probe):
    found = submission.elbo(constant(probe), tensor([1.0, 0.0]), tensor([-0.5]))
    expected = -2 * math.log(1 + math.exp(-1)) - (7 - math.log(4)) / 2
    assert_close(found, torch.tensor([expected], dtype=DOUBLE), what="the bound")


@title(en="Three steps of training", ru="Три шага обучения")
def test_train(submission, probe):
    given = {"steps": 3, "batch": 2, "rate": 0.01, "rng": torch.Generator().manual_seed(0)}
    bounds = submission.train(constant(probe), tensor([1.0, 0.0], [0.0, 1.0]), **given)
    assert len(bounds) == 3, "three steps give three bounds"
    assert all(isinstance(bound, float) for bound in bounds), "a bound is no float: item() makes one of a tensor"
    assert all(bound < 0 for bound in bounds), "the bound of a probability is not below 0"


@title(en="Images made of hidden vectors", ru="Картинки из скрытых векторов")
def test_generate(submission, probe):
    found = submission.generate(constant(probe), tensor([math.log(3.0)], [0.0]))
    assert_close(found, tensor([0.75, 0.25], [0.5, 0.5]), what="probabilities")


@title(en="Pixels above 1 are refused", ru="Пиксели больше 1 отвергаются")
def test_refuses(submission, probe):
    assert_refused("x", submission.elbo, constant(probe), tensor([255.0, 0.0]), tensor([0.0]))
