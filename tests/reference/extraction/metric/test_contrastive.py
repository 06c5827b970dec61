"""Contrastive learning by hand, against torch's cross-entropy and derivatives, and by what cannot change it."""

from __future__ import annotations

from collections import Counter
from math import e, log

import pytest
import torch
from torch import nn
from torch.nn.functional import cosine_similarity

from reference.extraction.metric.contrastive import crops, nt_xent, nt_xent_grad, train_contrastive


def views(seed, n=4, d=3):
    g = torch.Generator().manual_seed(seed)
    return (torch.randn(n, d, generator=g, dtype=torch.float64) for _ in range(2))


def test_by_hand():
    z = torch.eye(2, dtype=torch.float64)
    assert nt_xent(z, z, 1.0).item() == pytest.approx(log(e + 2) - 1)  # cosines 1, 0, 0
    # A view is drawn to none of the others; the shares of the two wrong ones, 1 / (e + 2), count for both directions.
    assert nt_xent_grad(z, z, 1.0)[0][0].tolist() == pytest.approx([0.0, 1 / (e + 2)])
    assert nt_xent(z[:1], -z[:1], 0.1).item() == 0.0  # there is one candidate


@pytest.mark.parametrize("tau", [0.05, 0.5, 3.0])
def test_by_its_definition(tau):
    z1, z2 = views(1)
    z = torch.cat([z1, z2])
    total = 0.0
    for i in range(8):
        similar = [cosine_similarity(z[i], z[k], dim=0) / tau for k in range(8)]
        others = torch.stack([similar[k] for k in range(8) if k != i])
        total += float(torch.logsumexp(others, 0) - similar[(i + 4) % 8])
    assert nt_xent(z1, z2, tau).item() == pytest.approx(total / 8)


@pytest.mark.parametrize("tau", [0.05, 0.5, 3.0])
def test_the_gradient_is_that_of_torch(tau):
    z1, z2 = (z.requires_grad_() for z in views(2))
    expected = torch.autograd.grad(nt_xent(z1, z2, tau), (z1, z2))
    torch.testing.assert_close(nt_xent_grad(z1.detach(), z2.detach(), tau), expected)


def test_lengths_and_order_do_not_matter():
    z1, z2 = views(3)
    loss, order = nt_xent(z1, z2, 0.3), torch.tensor([2, 0, 3, 1])
    lengths = torch.tensor([[1.0], [1e3], [1e-3], [7.0]], dtype=torch.float64)
    for one, two in ((z2, z1), (z1[order], z2[order]), (lengths * z1, z2)):
        torch.testing.assert_close(nt_xent(one, two, 0.3), loss)
    g1, _ = nt_xent_grad(z1, z2, 0.3)
    torch.testing.assert_close((g1 * z1).sum(dim=1), torch.zeros(4, dtype=torch.float64))
    torch.testing.assert_close(nt_xent_grad(lengths * z1, z2, 0.3)[0], g1 / lengths)


def test_a_temperature_near_zero():
    z1, z2 = views(4)
    assert torch.isfinite(nt_xent(z1, z2, 1e-4))
    assert all(torch.isfinite(gradient).all() for gradient in nt_xent_grad(z1, z2, 1e-4))


def test_crops_lie_in_their_images_everywhere_alike():
    places = 100.0 * torch.arange(5)[:, None] + torch.arange(4)
    image = torch.stack([places, places + 50])[None]
    found = crops(image.expand(6000, 2, 5, 4), 3, torch.Generator().manual_seed(5))
    corners = Counter(found[:, 0, 0, 0].int().tolist())
    assert set(corners) == {0, 1, 100, 101, 200, 201}
    assert all(abs(hits - 1000) < 200 for hits in corners.values())
    for part in found[:20]:
        torch.testing.assert_close(part - part[0, 0, 0], image[0, :, :3, :3])


def test_training_by_whole_images_is_plain_descent():
    torch.manual_seed(6)
    net, images = nn.Sequential(nn.Flatten(), nn.Linear(4, 3)), torch.randn(5, 1, 2, 2)
    first = net[1].weight.detach().clone()
    losses = train_contrastive(net.eval(), images, 2, lambda a, b: nt_xent(a, b, 0.5), 8, 0.01, torch.Generator())
    assert losses[-1] < losses[0]
    assert not losses.requires_grad
    assert net.training
    assert 0.01 < float((net[1].weight.detach() - first).abs().max()) < 0.081


def test_bad_arguments_are_named():
    z, images, g = torch.eye(2), torch.ones(2, 1, 3, 4), torch.Generator()
    net = nn.Sequential(nn.Flatten(), nn.Linear(4, 2))

    def loss(z1, z2):
        return nt_xent(z1, z2, 1.0)

    for name, call in (
        ("images", lambda: crops(images[0], 2, g)),
        ("size", lambda: crops(images, 4, g)),
        ("size", lambda: crops(images, 0, g)),
        ("z1", lambda: nt_xent(z[0], z, 1.0)),
        ("z1", lambda: nt_xent(z * torch.tensor([[1.0], [0.0]]), z, 1.0)),
        ("z2", lambda: nt_xent_grad(z, z[:1], 1.0)),
        ("tau", lambda: nt_xent(z, z, 0.0)),
        ("tau", lambda: nt_xent_grad(z, z, -1.0)),
        ("size", lambda: train_contrastive(net, images, 4, loss, 1, 0.1, g)),
        ("steps", lambda: train_contrastive(net, images, 2, loss, 0, 0.1, g)),
        ("rate", lambda: train_contrastive(net, images, 2, loss, 1, 0.0, g)),
    ):
        with pytest.raises(ValueError, match=f"^{name} must"):
            call()
