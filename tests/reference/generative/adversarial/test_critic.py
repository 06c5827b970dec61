"""The critic's loss by hand, against torch's jacobians and finite differences, and its gradients."""

from __future__ import annotations

import math

import pytest
import torch
from scipy.stats import wasserstein_distance
from torch import nn

from reference.generative.adversarial.critic import critic_loss, critic_objective

DOUBLE = torch.float64


def batch(seed, *shape):
    generator = torch.Generator().manual_seed(seed)
    real, fake = (torch.randn(shape, generator=generator, dtype=DOUBLE) for _ in range(2))
    return real, fake, torch.rand(shape[0], generator=generator, dtype=DOUBLE)


def a_critic(*layers):
    torch.manual_seed(0)
    return nn.Sequential(*layers).double()


def test_by_hand():
    """f(x) = 3 x_1 + 4 x_2 + 1 has the slope 5 everywhere."""
    real, fake = torch.tensor([[1.0, 0.0], [0.0, 1.0]]), torch.zeros(2, 2)
    found = critic_loss(lambda x: x @ torch.tensor([3.0, 4.0]) + 1, real, fake, torch.tensor([0.5, 0.2]), 10)
    assert found.item() == pytest.approx(1 - 4.5 + 10 * 16)


def test_a_bent_critic_by_hand():
    """f(x) = x^2 has the slope 2 |x|; the points between 1 and -1 are at 1/2 and -1/2 for eps of 3/4 and 1/4."""
    real, fake = torch.ones(2, 1, dtype=DOUBLE), -torch.ones(2, 1, dtype=DOUBLE)
    for eps, slopes in (((1.0, 0.0), (2, 2)), ((0.75, 0.25), (1, 1)), ((0.5, 1.0), (0, 2))):
        found = critic_loss(torch.square, real, fake, torch.tensor(eps, dtype=DOUBLE), 1.0)
        assert found.item() == pytest.approx(sum((slope - 1) ** 2 for slope in slopes) / 2)


@pytest.mark.parametrize(
    ("shape", "layers"),
    [
        ((5, 3), (nn.Linear(3, 4), nn.Tanh(), nn.Linear(4, 1))),
        ((4, 2, 3, 4), (nn.Conv2d(2, 3, 2), nn.Tanh(), nn.Flatten(), nn.Linear(18, 1))),
    ],
)
def test_as_jacobians_of_torch(shape, layers):
    critic, (real, fake, eps) = a_critic(*layers), batch(1, *shape)
    penalties = []
    for share, one, other in zip(eps, real, fake, strict=True):
        point = (share * one + (1 - share) * other)[None]
        jacobian = torch.autograd.functional.jacobian(critic, point)
        penalties.append((jacobian.pow(2).sum().sqrt() - 1) ** 2)
    expected = critic(fake).mean() - critic(real).mean() + 10 * torch.stack(penalties).mean()
    torch.testing.assert_close(critic_loss(critic, real, fake, eps, 10.0), expected)


def test_gradients_by_finite_differences():
    critic, (real, fake, eps) = a_critic(nn.Linear(3, 4), nn.Tanh(), nn.Linear(4, 1)), batch(2, 5, 3)
    weight = critic[0].weight
    critic_loss(critic, real, fake, eps, 10.0).backward()
    for row, column in ((0, 0), (2, 1), (3, 2)):
        values = []
        for step in (1e-6, -1e-6):
            with torch.no_grad():
                weight[row, column] += step
            values.append(critic_loss(critic, real, fake, eps, 10.0).item())
            with torch.no_grad():
                weight[row, column] -= step
        assert weight.grad[row, column].item() == pytest.approx((values[0] - values[1]) / 2e-6, rel=1e-5)


def test_a_flat_critic_has_finite_gradients():
    critic, (real, fake, eps) = a_critic(nn.Linear(3, 1)), batch(3, 5, 3)
    with torch.no_grad():
        critic[0].weight.zero_()
    loss = critic_loss(critic, real, fake, eps, 10.0)
    assert loss.item() == 10
    loss.backward()
    torch.testing.assert_close(critic[0].weight.grad, (fake.mean(dim=0) - real.mean(dim=0))[None])


def test_the_best_critic_tells_the_distance():
    """In one dimension, all real objects to the right: f(x) = x is a best critic."""
    real, fake, _ = batch(4, 20, 1)
    real, fake = real.abs(), -fake.abs()
    expected = wasserstein_distance(real.flatten().numpy(), fake.flatten().numpy())
    assert -critic_objective(real, fake).item() == pytest.approx(expected)


def test_fakes_of_a_generator_keep_their_graph():
    fake = torch.zeros(2, 1, dtype=DOUBLE, requires_grad=True)
    real = torch.ones(2, 1, dtype=DOUBLE)
    critic_loss(lambda x: 3 * x, real, 2 * fake, torch.ones(2, dtype=DOUBLE), 1.0).backward()
    assert fake.grad.flatten().tolist() == [3.0, 3.0]


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("real", torch.zeros(0, 2)),
        ("real", torch.tensor(1.0)),
        ("fake", torch.zeros(2, 2)),
        ("fake", torch.full((3, 2), math.nan)),
        ("eps", torch.zeros(2)),
        ("eps", torch.full((3,), 1.1)),
        ("eps", torch.full((3,), -0.1)),
        ("lam", -1.0),
    ],
)
def test_arguments_are_checked(name, wrong):
    given = {"real": torch.zeros(3, 2), "fake": torch.zeros(3, 2), "eps": torch.zeros(3), "lam": 1.0, name: wrong}
    with pytest.raises(ValueError, match=rf"^{name} must"):
        critic_loss(nn.Linear(2, 1), **given)


def test_arguments_of_the_objective_are_checked():
    with pytest.raises(ValueError, match=r"^real must"):
        critic_objective(torch.zeros(0), torch.zeros(1))
    with pytest.raises(ValueError, match=r"^fake must"):
        critic_objective(torch.zeros(1), torch.tensor([math.inf]))
