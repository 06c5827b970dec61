"""Training of a GAN: a step by hand, against an own loop over torch's losses, and on four groups of points."""

from __future__ import annotations

import copy
import math

import pytest
import torch
from torch import nn
from torch.nn.functional import binary_cross_entropy_with_logits as bce
from torch.nn.functional import one_hot

from reference.generative.adversarial.training import train_cgan, train_gan


def rng(seed=0):
    return torch.Generator().manual_seed(seed)


def networks(seed, inputs, objects, hidden=5):
    """A generator and a discriminator; ``inputs`` and ``objects`` are the lengths of what they take in."""
    torch.manual_seed(seed)
    return [
        nn.Sequential(nn.Linear(width, hidden), nn.ReLU(), nn.Linear(hidden, hidden), nn.ReLU(), nn.Linear(hidden, out))
        for width, out in ((inputs, 2), (objects, 1))
    ]


def zeros(inputs, outputs):
    layer = nn.Linear(inputs, outputs)
    with torch.no_grad():
        layer.weight.zero_()
        layer.bias.zero_()
    return layer


def test_a_step_by_hand():
    """Nothing but zeros: both losses are those of D = 1/2, and Adam's first step goes its rate, of the sign alone.

    The discriminator moves towards the real objects, which are 2; the generator follows it.
    """
    G, D = zeros(2, 1), zeros(1, 1)
    history = train_gan(G, D, torch.full((3, 1), 2.0), 1, batch=4, rate=0.1, latent=2, rng=rng())
    torch.testing.assert_close(history, torch.tensor([[2 * math.log(2), math.log(2)]]))
    assert D.weight.item() == pytest.approx(0.1)
    assert G.bias.item() == pytest.approx(0.1)


@pytest.mark.parametrize("classes", [0, 3])
def test_as_an_own_loop(classes):
    """The other loop is given what hooks have noted: noise, labels and real objects; all else it does by itself."""
    X, y = torch.randn(9, 2, generator=rng(1)), torch.arange(9) % 3
    G, D = networks(2, 4 + classes, 2 + classes)
    seen = {"G": [], "D": []}
    other_G, other_D = copy.deepcopy(G), copy.deepcopy(D)
    for name, net in (("G", G), ("D", D)):
        net.register_forward_pre_hook(lambda _net, given, name=name: seen[name].append(given[0].detach().clone()))
    given = {"batch": 6, "rate": 0.01, "latent": 4, "rng": rng(3)}
    history = train_cgan(G, D, X, y, 5, classes=classes, **given) if classes else train_gan(G, D, X, 5, **given)
    adam_G, adam_D = (torch.optim.Adam(net.parameters(), lr=0.01, betas=(0.5, 0.9)) for net in (other_G, other_D))
    for step in range(5):
        first, second = seen["G"][2 * step : 2 * step + 2]
        real, label = seen["D"][3 * step], first[:, 4:]
        places = (real[:, None, :2] == X).all(dim=2).nonzero()[:, 1]
        assert len(places) == 6
        if classes:
            torch.testing.assert_close(real[:, 2:], one_hot(y[places], 3).float())
            assert torch.equal(real[:, 2:], label)
            assert torch.equal(second[:, 4:], label)
        fake = torch.cat([other_G(first).detach(), label], dim=1)
        loss_D = bce(other_D(real), torch.ones(6, 1)) + bce(other_D(fake), torch.zeros(6, 1))
        other_D.zero_grad()
        loss_D.backward()
        adam_D.step()
        loss_G = bce(other_D(torch.cat([other_G(second), label], dim=1)), torch.ones(6, 1))
        other_G.zero_grad()
        loss_G.backward()
        adam_G.step()
        torch.testing.assert_close(history[step], torch.stack([loss_D, loss_G]).detach())
    for net, other in ((G, other_G), (D, other_D)):
        torch.testing.assert_close(net.state_dict(), other.state_dict(), rtol=1e-4, atol=1e-5)


def test_chance_comes_from_the_generator_alone():
    def run(seed, own):
        nets, X = networks(0, 3, 2), torch.randn(4, 2, generator=rng(1))
        torch.manual_seed(own)
        history = train_gan(*nets, X, 3, batch=5, rate=0.1, latent=3, rng=rng(seed))
        return history, torch.rand(1)

    torch.manual_seed(7)
    expected = torch.rand(1)
    assert torch.equal(run(1, 7)[1], expected)
    assert torch.equal(run(1, 7)[0], run(1, 8)[0])
    assert not torch.equal(run(1, 7)[0], run(2, 7)[0])


def test_a_generator_goes_on():
    """Another training with the same generator draws other numbers."""
    generator, X = rng(1), torch.randn(4, 2, generator=rng(2))
    one, other = (train_gan(*networks(0, 3, 2), X, 2, batch=5, rate=0.1, latent=3, rng=generator) for _ in range(2))
    assert not torch.equal(one, other)


def test_an_object_can_come_twice_in_a_batch():
    X, seen = torch.arange(50.0)[:, None].repeat(1, 2), []
    G, D = networks(0, 3, 2)
    D.register_forward_pre_hook(lambda _net, given: seen.append(given[0].detach().clone()))
    train_gan(G, D, X, 1, batch=50, rate=0.1, latent=3, rng=rng(3))
    assert len(seen[0][:, 0].unique()) < 50


def test_labels_decide_the_group():
    """Two groups of points far from each other, of one class each."""
    y = torch.arange(200) % 2
    X = torch.stack([2.0 * y - 1, torch.zeros(200)], dim=1) + 0.1 * torch.randn(200, 2, generator=rng(1))
    G, D = networks(4, 4, 4, hidden=16)
    train_cgan(G, D, X, y, 250, classes=2, batch=32, rate=0.005, latent=2, rng=rng(5))
    with torch.no_grad():
        made = G(torch.cat([torch.randn(200, 2, generator=rng(6)), one_hot(y, 2).float()], dim=1))
    assert ((made[:, 0] > 0) == (y == 1)).float().mean() > 0.95


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("X", torch.zeros(0, 2)),
        ("X", torch.full((3, 2), math.nan)),
        ("y", torch.tensor([0, 1])),
        ("y", torch.tensor([0, 1, 2])),
        ("y", torch.zeros(3)),
        ("classes", 0),
        ("steps", 0),
        ("batch", 0),
        ("latent", 0),
        ("rate", 0.0),
    ],
)
def test_arguments_are_checked(name, wrong):
    given = {"X": torch.zeros(3, 2), "y": torch.tensor([0, 1, 1]), "classes": 2, "steps": 1, "batch": 2}
    given |= {"rate": 0.1, "latent": 3, "rng": rng()}
    with pytest.raises(ValueError, match=rf"^{name} must"):
        train_cgan(*networks(0, 5, 4), **{**given, name: wrong})
    if name not in ("y", "classes"):
        without = {key: value for key, value in {**given, name: wrong}.items() if key not in ("y", "classes")}
        with pytest.raises(ValueError, match=rf"^{name} must"):
            train_gan(*networks(0, 3, 2), **without)
