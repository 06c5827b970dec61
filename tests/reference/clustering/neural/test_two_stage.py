"""Two-stage clustering: batch normalisation by hand, scikit-learn's k-means, scipy's assignment, planted classes."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest
import torch
from scipy.optimize import linear_sum_assignment
from scipy.spatial.distance import cdist
from sklearn.cluster import KMeans
from sklearn.metrics.cluster import contingency_matrix
from torch import nn

from reference.clustering.neural.two_stage import clustering_accuracy, embed, kmeans, two_stage


def network(seed, inputs=4, outputs=3):
    """Dropout and statistics of batches: what differs between training and evaluation."""
    torch.manual_seed(seed)
    layers = nn.Sequential(
        nn.Linear(inputs, 8), nn.BatchNorm1d(8), nn.Tanh(), nn.Dropout(0.5), nn.Linear(8, outputs)
    ).double()
    layers[1].running_mean.normal_()
    layers[1].running_var.uniform_(0.5, 2)
    return layers


def normal(seed, *shape):
    return torch.from_numpy(np.random.default_rng(seed).normal(size=shape))


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("batch_size", [1, 7, 20, 500])
def test_embedding_by_hand(seed, batch_size):
    model, X = network(seed), normal(seed, 20, 4)
    p = {name: value.detach().numpy() for name, value in model.state_dict().items()}
    hidden = X.numpy() @ p["0.weight"].T + p["0.bias"]
    scaled = (hidden - p["1.running_mean"]) / np.sqrt(p["1.running_var"] + 1e-5) * p["1.weight"] + p["1.bias"]
    expected = np.tanh(scaled) @ p["4.weight"].T + p["4.bias"]
    found = embed(model, X, batch_size)
    assert not found.requires_grad
    np.testing.assert_allclose(found.numpy(), expected, rtol=1e-9, atol=1e-12)


def test_the_network_is_left_as_it_was():
    model = network(0)
    model[1].eval()  # frozen in part
    model[4].weight.requires_grad_(False)
    before = {name: value.clone() for name, value in model.state_dict().items()}
    embed(model, normal(0, 9, 4))
    torch.testing.assert_close(model.state_dict(), before, rtol=0, atol=0)
    assert [module.training for module in model.modules()] == [True, True, False, True, True, True]
    assert [p.requires_grad for p in model.parameters()] == [True] * 4 + [False, True]
    assert all(p.grad is None for p in model.parameters())


def test_the_modes_come_back_after_a_failure_too():
    model = network(0)
    with pytest.raises(RuntimeError):
        embed(model, normal(0, 9, 5))
    assert all(module.training for module in model.modules())


def test_a_network_that_works_in_place_leaves_the_objects_as_they_were():
    X = torch.tensor([[-1.0, 2.0], [3.0, -4.0], [-5.0, 6.0]])
    kept = X.clone()
    assert embed(nn.ReLU(inplace=True), X, 2).tolist() == [[0.0, 2.0], [3.0, 0.0], [0.0, 6.0]]
    assert torch.equal(X, kept)


def test_objects_may_be_images():
    model = nn.Sequential(nn.Conv2d(1, 2, 3), nn.AdaptiveAvgPool2d(1), nn.Flatten())
    images = normal(1, 5, 1, 6, 6).float()
    torch.testing.assert_close(embed(model, images, 2), model(images).detach())


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize(("n", "d", "k"), [(30, 2, 4), (60, 5, 7), (10, 1, 1), (8, 2, 8)])
def test_kmeans_against_sklearn(seed, n, d, k):
    z = normal(seed, n, d)
    taken = [0]
    while len(taken) < k:
        taken.append(int(cdist(z, z[taken]).min(axis=1).argmax()))
    expected = KMeans(k, init=z[taken].numpy(), n_init=1, tol=0, algorithm="lloyd").fit(z.numpy())
    centers, labels = kmeans(z, k)
    assert labels.tolist() == expected.labels_.tolist()
    np.testing.assert_allclose(centers.numpy(), expected.cluster_centers_, rtol=1e-9, atol=1e-12)


def test_kmeans_by_hand():
    """Rows 0, 4, 10: first 0, then 10; 4 goes to 0, whose centre comes to 2."""
    centers, labels = kmeans(torch.tensor([[0.0], [4.0], [10.0]]), 2)
    assert (centers.tolist(), labels.tolist()) == ([[2.0], [10.0]], [0, 0, 1])
    centers, labels = kmeans(torch.tensor([[0.0], [2.0], [1.0]]), 2)  # the row 1 is as near to both
    assert (centers.tolist(), labels.tolist()) == ([[0.5], [2.0]], [0, 1, 0])


def test_kmeans_of_duplicates_and_of_one_row():
    centers, labels = kmeans(torch.ones(4, 2), 3)
    assert (centers.tolist(), labels.tolist()) == ([[1.0, 1.0]] * 3, [0] * 4)
    centers, labels = kmeans(torch.tensor([[5.0]]), 1)
    assert (centers.tolist(), labels.tolist()) == ([[5.0]], [0])
    assert centers.dtype == torch.float32


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize(("k", "classes"), [(1, 1), (3, 3), (5, 3), (2, 6), (7, 7)])
def test_accuracy_against_scipy(seed, k, classes):
    rng = np.random.default_rng(seed)
    labels, truth = rng.integers(k, size=40) * 7 - 9, rng.integers(classes, size=40) * -3 + 2
    table = contingency_matrix(truth, labels)
    best = table[linear_sum_assignment(table, maximize=True)].sum()
    assert clustering_accuracy(torch.from_numpy(labels), torch.from_numpy(truth)) == best / 40


@pytest.mark.parametrize("seed", range(5))
def test_accuracy_against_all_renamings(seed):
    rng = np.random.default_rng(seed)
    labels, truth = rng.integers(4, size=15), rng.integers(4, size=15)
    best = max((np.array(names)[labels] == truth).mean() for names in permutations(range(4)))
    assert clustering_accuracy(torch.from_numpy(labels), torch.from_numpy(truth)) == best


def test_accuracy_by_hand():
    """The largest pair first would leave 0 for the other cluster: 3 + 0 against 2 + 2."""
    labels, classes = torch.tensor([0] * 5 + [1] * 2), torch.tensor([0, 0, 0, 1, 1, 0, 0])
    assert clustering_accuracy(labels, classes) == 4 / 7
    assert clustering_accuracy(torch.arange(4), torch.zeros(4, dtype=torch.long)) == 0.25
    assert clustering_accuracy(torch.zeros(4, dtype=torch.long), torch.arange(4)) == 0.25


@pytest.mark.parametrize("seed", range(5))
def test_classes_that_kmeans_alone_does_not_see(seed):
    """Three groups in a subspace, and loud noise beside it; the network knows the subspace."""
    rng = np.random.default_rng(seed)
    turn = np.linalg.qr(rng.normal(size=(12, 12)))[0]
    classes = rng.permutation(np.repeat(np.arange(3), 20))
    places = 6 * np.eye(3)[classes] + 0.5 * rng.normal(size=(60, 3))
    X = torch.from_numpy(np.column_stack([places, 9 * rng.normal(size=(60, 9))]) @ turn)
    projection = nn.Linear(12, 3).double()
    projection.weight.data, projection.bias.data = torch.from_numpy(turn[:3]), torch.full((3,), -3.0).double()
    truth = torch.from_numpy(classes)
    assert clustering_accuracy(two_stage(nn.Sequential(projection, nn.Tanh()), X, 3), truth) > 0.95
    assert clustering_accuracy(kmeans(X, 3)[1], truth) < 0.8


@pytest.mark.parametrize(
    ("function", "arguments", "named"),
    [
        (embed, (nn.Identity(), torch.zeros(0, 2)), "X"),
        (embed, (nn.Identity(), torch.tensor(1.0)), "X"),
        (embed, (nn.Identity(), torch.full((2, 2), torch.nan)), "X"),
        (embed, (nn.Identity(), torch.zeros(2, 2, dtype=torch.long)), "X"),
        (embed, (nn.Identity(), torch.zeros(2, 2), 0), "batch_size"),
        (two_stage, (nn.Identity(), torch.zeros(0, 2), 1), "X"),
        (two_stage, (nn.Identity(), torch.zeros(2, 2), 3), "k"),
        (kmeans, (torch.zeros(3), 1), "z"),
        (kmeans, (torch.full((2, 2), torch.inf), 1), "z"),
        (kmeans, (torch.zeros(3, 1), 0), "k"),
        (clustering_accuracy, (torch.zeros(3), torch.zeros(3, dtype=torch.long)), "labels"),
        (clustering_accuracy, (torch.zeros(0, dtype=torch.long), torch.zeros(0, dtype=torch.long)), "labels"),
        (clustering_accuracy, (torch.arange(3), torch.arange(2)), "classes"),
        (clustering_accuracy, (torch.arange(3), torch.arange(3) > 1), "classes"),
    ],
)
def test_bad_arguments_are_named(function, arguments, named):
    with pytest.raises(ValueError, match=rf"^{named}"):
        function(*arguments)
