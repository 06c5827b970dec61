"""The one-shot classifier by hand, against torch's cosine, and what adding a class leaves as it was."""

from __future__ import annotations

import pytest
import torch
from torch import nn
from torch.nn.functional import cosine_similarity

from reference.extraction.metric.one_shot import OneShot


def two_classes():
    one = OneShot(nn.Identity())
    one.add("right", torch.tensor([[2.0, 0.0]]))
    one.add("up", torch.tensor([[0.0, 1.0], [0.0, 3.0]]))
    return one


def test_by_hand():
    one = two_classes()
    assert {name: center.tolist() for name, center in one.centroids.items()} == {"right": [2.0, 0.0], "up": [0.0, 2.0]}
    assert one.classify(torch.tensor([[9.0, 1.0], [0.1, 0.2], [-1.0, 0.0]])) == ["right", "up", "up"]


def test_equal_similarities_and_zero_vectors():
    one = two_classes()
    one.add("also up", torch.tensor([[0.0, 8.0]]))
    one.add("nowhere", torch.zeros(1, 2))
    assert one.classify(torch.tensor([[0.0, 1.0], [0.0, 0.0], [-1.0, -1.0]])) == ["up", "right", "nowhere"]


def test_against_torch():
    g = torch.Generator().manual_seed(1)
    net = nn.Sequential(nn.Linear(4, 3), nn.Tanh())
    one, groups = OneShot(net), torch.randn(5, 3, 4, generator=g)
    for number, group in enumerate(groups):
        one.add(str(number), group)
    X = torch.randn(50, 4, generator=g)
    centers = torch.stack([net(group).mean(dim=0) for group in groups])
    expected = cosine_similarity(net(X)[:, None], centers[None], dim=2).argmax(dim=1)
    assert one.classify(X) == [str(number) for number in expected.tolist()]


def test_adding_changes_no_other_centroid():
    one = two_classes()
    before = {name: center.clone() for name, center in one.centroids.items()}
    one.add("left", torch.tensor([[-1.0, 0.0]]))
    assert list(one.centroids) == ["right", "up", "left"]
    assert all(torch.equal(one.centroids[name], center) for name, center in before.items())


def test_evaluation_mode_and_the_modes_of_before():
    net = nn.Sequential(nn.Linear(2, 3), nn.BatchNorm1d(3), nn.Dropout())
    net[1].eval()
    one, X = OneShot(net), torch.ones(4, 2)
    one.add("a", X)
    torch.testing.assert_close(one.centroids["a"], net[0](X)[0] / (1 + net[1].eps) ** 0.5)
    assert not one.centroids["a"].requires_grad
    one.classify(X)
    assert [part.training for part in net.modules()] == [True, True, False, True]


def test_bad_arguments_are_named():
    one = two_classes()
    for name, call in (
        ("name", lambda: one.add("up", torch.ones(1, 2))),
        ("name", lambda: one.add(7, torch.ones(1, 2))),
        ("objects", lambda: one.add("left", torch.ones(0, 2))),
        ("X", lambda: one.classify(torch.full((1, 2), torch.nan))),
        ("centroids", lambda: OneShot(nn.Identity()).classify(torch.ones(1, 2))),
    ):
        with pytest.raises(ValueError, match=f"^{name} must"):
            call()
