"""The triplet loss by hand, against torch's, and what it teaches; triples by enumeration."""

from __future__ import annotations

from collections import Counter

import pytest
import torch
from torch import nn

from reference.extraction.metric.triplet import train_siamese, triplet_loss, triplets


def test_by_hand():
    a, p = torch.zeros(2, 2), torch.tensor([[3.0, 4.0], [0.0, 1.0]])
    n = torch.tensor([[0.0, 2.0], [0.0, 9.0]])
    assert triplet_loss(a, p, n, 1.0).item() == 2.0  # (5 - 2 + 1 and 0) / 2


@pytest.mark.parametrize("margin", [0.1, 0.7, 20.0])
def test_against_torch(margin):
    g = torch.Generator().manual_seed(1)
    a, p, n = (torch.randn(6, 3, generator=g, dtype=torch.float64, requires_grad=True) for _ in range(3))
    own, expected = triplet_loss(a, p, n, margin), nn.TripletMarginLoss(margin, eps=0.0)(a, p, n)
    torch.testing.assert_close(own, expected)
    gradients = (torch.autograd.grad(loss, (a, p, n)) for loss in (own, expected))
    torch.testing.assert_close(*gradients)


def test_equal_points_have_a_gradient():
    a = torch.tensor([[1.0, 2.0]], requires_grad=True)
    n = torch.tensor([[1.0, 5.0]])
    triplet_loss(a, a.detach(), n, 9.0).backward()
    assert a.grad.tolist() == [[0.0, 1.0]]


def test_a_motion_of_space_changes_nothing():
    g = torch.Generator().manual_seed(2)
    a, p, n = (torch.randn(5, 4, generator=g, dtype=torch.float64) for _ in range(3))
    Q, shift = torch.linalg.qr(torch.randn(4, 4, generator=g, dtype=torch.float64)).Q, torch.ones(4)
    torch.testing.assert_close(triplet_loss(*(x @ Q + shift for x in (a, p, n)), 0.5), triplet_loss(a, p, n, 0.5))


def test_all_triples_that_there_are():
    labels, count = torch.tensor([5, 3, 5, -1, 3, 5]), 12_000
    rows = Counter(map(tuple, triplets(labels, count, torch.Generator().manual_seed(3)).tolist()))
    allowed = {
        (a, p, n): 1 / 5 / int((labels == labels[a]).sum() - 1) / int((labels != labels[a]).sum())
        for a in range(6)
        for p in range(6)
        for n in range(6)
        if a != p and labels[a] == labels[p] != labels[n]
    }
    assert set(rows) == set(allowed)
    for triple, share in allowed.items():
        assert abs(rows[triple] - count * share) < 6 * (count * share) ** 0.5


def test_draws_are_those_of_the_generator():
    labels = torch.arange(20) % 4
    one, again, other = (triplets(labels, 9, torch.Generator().manual_seed(seed)) for seed in (4, 4, 5))
    assert torch.equal(one, again)
    assert not torch.equal(one, other)


def test_a_step_of_training_by_hand():
    net, X = nn.Linear(1, 1, bias=False), torch.tensor([[0.0], [1.0], [3.0]])
    nn.init.constant_(net.weight, 2.0)
    losses = train_siamese(
        net.eval(), X, torch.tensor([[[0, 2, 1]]]), lambda a, p, n: triplet_loss(a, p, n, 1.0), rate=0.1
    )
    assert losses.tolist() == [5.0]  # 6 - 2 + 1
    assert net.weight.item() == pytest.approx(1.9)  # the first step of Adam has the length of the rate
    assert net.training


def test_training_brings_classes_together():
    g = torch.Generator().manual_seed(6)
    y = torch.arange(40) % 4
    X = torch.cat([torch.eye(4)[y] + 0.1 * torch.randn(40, 4, generator=g), 3 * torch.randn(40, 4, generator=g)], dim=1)
    net = nn.Linear(8, 4)
    with torch.no_grad():
        net.weight.copy_(torch.randn(4, 8, generator=g) / 3)
    rows = triplets(y, 60 * 32, g).reshape(60, 32, 3)
    losses = train_siamese(net, X, rows, lambda a, p, n: triplet_loss(a, p, n, 1.0), rate=0.03)
    assert not losses.requires_grad
    assert losses[-10:].mean() < 0.4 * losses[0]


def test_bad_arguments_are_named():
    x, y, g = torch.ones(3, 2), torch.tensor([0, 0, 1]), torch.Generator()
    net, rows = nn.Linear(2, 2), torch.tensor([[[0, 1, 2]]])

    def loss(a, p, n):
        return triplet_loss(a, p, n, 1.0)

    for name, call in (
        ("a", lambda: triplet_loss(x[0], x, x, 1.0)),
        ("p", lambda: triplet_loss(x, x[:2], x, 1.0)),
        ("n", lambda: triplet_loss(x, x, x[:, :1], 1.0)),
        ("margin", lambda: triplet_loss(x, x, x, -0.1)),
        ("labels", lambda: triplets(torch.tensor([4, 4]), 1, g)),
        ("labels", lambda: triplets(torch.tensor([1, 2, 3]), 1, g)),
        ("count", lambda: triplets(y, 0, g)),
        ("X", lambda: train_siamese(net, x[:0], rows, loss, 0.1)),
        ("triples", lambda: train_siamese(net, x, rows[0], loss, 0.1)),
        ("triples", lambda: train_siamese(net, x[:2], rows, loss, 0.1)),
        ("rate", lambda: train_siamese(net, x, rows, loss, 0.0)),
    ):
        with pytest.raises(ValueError, match=f"^{name} must"):
            call()
