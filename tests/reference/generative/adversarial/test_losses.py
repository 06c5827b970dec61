"""The losses by hand, against torch's binary cross-entropy, and by their slopes near D = 0."""

from __future__ import annotations

import math

import pytest
import torch
from torch.nn.functional import binary_cross_entropy_with_logits as bce

from reference.generative.adversarial.losses import discriminator_loss, generator_loss, objective


def logits(seed, *shape):
    return 5 * torch.randn(shape, generator=torch.Generator().manual_seed(seed), dtype=torch.float64)


def test_by_hand():
    """D of 3/4 and 1/2 for real objects, 1/4 for the fake."""
    real, fake = torch.tensor([math.log(3), 0.0]), torch.tensor([[-math.log(3)]])
    value = (math.log(3 / 4) + math.log(1 / 2)) / 2 + math.log(3 / 4)
    assert objective(real, fake).item() == pytest.approx(value)
    assert discriminator_loss(real, fake).item() == pytest.approx(-value)
    assert generator_loss(fake).item() == pytest.approx(math.log(4))
    assert generator_loss(fake, saturating=True).item() == pytest.approx(math.log(3 / 4))


@pytest.mark.parametrize("seed", range(3))
def test_as_binary_cross_entropy(seed):
    real, fake = logits(seed, 7), logits(seed + 10, 3, 1)
    expected = bce(real, torch.ones_like(real)) + bce(fake, torch.zeros_like(fake))
    torch.testing.assert_close(discriminator_loss(real, fake), expected)
    torch.testing.assert_close(objective(real, fake), -expected)
    torch.testing.assert_close(generator_loss(fake), bce(fake, torch.ones_like(fake)))
    torch.testing.assert_close(generator_loss(fake, True), -bce(fake, torch.zeros_like(fake)))


@pytest.mark.parametrize("far", [60.0, 1000.0])
def test_far_from_zero(far):
    sure = torch.tensor([far])
    assert objective(-sure, sure).item() == -2 * far
    assert objective(sure, -sure).item() == pytest.approx(0, abs=1e-20)
    assert generator_loss(-sure).item() == far
    assert generator_loss(sure, saturating=True).item() == -far


def test_slopes_near_zero():
    """The form of the objective has nearly no slope where the discriminator is sure, the other one has -1."""
    for saturating, slope in ((False, -1.0), (True, 0.0)):
        fake = torch.tensor([-60.0], requires_grad=True)
        generator_loss(fake, saturating).backward()
        assert fake.grad.item() == pytest.approx(slope, abs=1e-12)


def test_the_best_discriminator():
    """For fixed densities p and q of ten objects each the loss is least at D = p / (p + q): no slope is left there."""
    p, q = torch.tensor([0.7, 0.2, 0.1]), torch.tensor([0.1, 0.3, 0.6])
    values = (p / q).log().requires_grad_()
    loss = discriminator_loss(*(values.repeat_interleave((10 * density).round().long()) for density in (p, q)))
    loss.backward()
    torch.testing.assert_close(values.grad, torch.zeros(3), rtol=0, atol=1e-6)
    divergence = sum((a * (a / (p + q)).log()).sum() for a in (p, q))
    torch.testing.assert_close(loss.detach(), -divergence)


@pytest.mark.parametrize("wrong", [torch.zeros(0), torch.tensor([math.nan]), torch.tensor([1])])
def test_arguments_are_checked(wrong):
    good = torch.zeros(2)
    for function in (objective, discriminator_loss):
        with pytest.raises(ValueError, match=r"^real must"):
            function(wrong, good)
        with pytest.raises(ValueError, match=r"^fake must"):
            function(good, wrong)
    with pytest.raises(ValueError, match=r"^fake must"):
        generator_loss(wrong)
