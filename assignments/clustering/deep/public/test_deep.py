"""The public tests of neural clustering: small cases with their answers written out."""

import torch

from grader.testing import assert_array, assert_close, assert_equal, parameters, set_parameters, title


def tensor(values):
    return torch.tensor(values, dtype=torch.float64)


@title(en="k-means of the statement", ru="k-средних из условия")
def test_kmeans(submission):
    centers, labels = submission.kmeans(tensor([[0.0], [4.0], [10.0]]), 2)
    assert_close(centers, tensor([[2.0], [10.0]]), what="centers")
    assert_equal(labels, torch.tensor([0, 0, 1]), what="labels")


@title(en="Embedding", ru="Представление")
def test_embed(submission, probe):
    network = probe.doubling()
    found = submission.embed(network, tensor([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]]), 2)
    assert_close(found, tensor([[2.0, 4.0], [6.0, 8.0], [10.0, 12.0]]), what="embedding")
    labels = submission.two_stage(network, tensor([[0.0], [9.0], [1.0]]), 2)
    assert_equal(labels, torch.tensor([0, 1, 0]), what="labels")


@title(en="Accuracy", ru="Точность")
def test_accuracy(submission):
    labels, classes = torch.tensor([3, 3, 7, 7]), torch.tensor([0, 1, 1, 1])
    assert_close(submission.clustering_accuracy(labels, classes), 0.75, what="accuracy")


@title(en="Soft assignment and target of the statement", ru="Мягкие метки и целевое распределение из условия")
def test_assignment(submission):
    q = submission.soft_assignment(tensor([[0.0]]), tensor([[0.0], [2.0]]))
    assert_close(q, tensor([[5 / 6, 1 / 6]]), what="q")
    p = submission.target_distribution(tensor([[0.8, 0.2], [0.6, 0.4]]))
    assert_close(p, tensor([[48 / 55, 7 / 55], [27 / 55, 28 / 55]]), what="p")


@title(en="Losses of the statement", ru="Функции потерь из условия")
def test_losses(submission):
    p, q = tensor([[1.0, 0.0], [0.5, 0.5]]), tensor([[0.5, 0.5], [0.5, 0.5]])
    assert_close(submission.clustering_loss(p, q), tensor(0.34657359028), rtol=1e-8, what="clustering loss")
    x, restored = tensor([[1.0, 2.0], [3.0, 4.0]]), tensor([[1.0, 1.0], [0.0, 4.0]])
    assert_close(submission.reconstruction_loss(x, restored), tensor(5.0), what="reconstruction loss")


@title(en="The network and one step of training", ru="Сеть и один шаг обучения")
def test_network(submission):
    model = submission.DeepClustering(1, 1, 1, 2).double()
    found = parameters(model)
    assert_array(found.get("centers"), shape=(2, 1), kind="float", what="centers")
    values = {name: torch.zeros_like(value) for name, value in found.items()}
    values |= {
        "encoder.0.weight": tensor([[1.0]]),
        "encoder.2.weight": tensor([[2.0]]),
        "centers": tensor([[2.0], [4.0]]),
    }
    set_parameters(model, values)
    expected = (tensor([[2.0], [0.0]]), tensor([[0.0], [0.0]]), tensor([[5 / 6, 1 / 6], [17 / 22, 5 / 22]]))
    assert_close(model(tensor([[1.0], [-1.0]])), expected, what="(codes, restored, q)")
    history = submission.train(model, tensor([[1.0], [-1.0]]), 1, weight=0.0)
    assert_close(history, tensor([1.0]), what="loss before the step")
    assert_equal(submission.assign(model, tensor([[1.0], [-1.0]])), torch.tensor([0, 0]), what="labels")
