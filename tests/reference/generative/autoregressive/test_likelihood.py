"""Likelihood and samples: by hand, against torch's distributions, by sums over all images and by counts."""

import math

import pytest
import torch
from torch.distributions import Bernoulli

from reference.generative.autoregressive.likelihood import log_prob, sample

from .networks import all_images, randn


def linear(h, w):
    """Logits by a random lower triangular matrix."""
    weight, bias = randn(1, h * w, h * w).tril(-1), randn(2, h * w)
    return lambda images: (images.double().flatten(1) @ weight.T + bias).view(images.shape)


def generator(seed):
    return torch.Generator().manual_seed(seed)


def test_by_hand():
    """p(1) is 3/4 at the first pixel; at the second it is 1/5 after a 1 and 1/2 after a 0."""

    def model(images):
        first = torch.full_like(images[..., :1], math.log(3))
        return torch.cat([first, -math.log(4) * images[..., :1]], dim=3)

    found = log_prob(model, torch.tensor([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]]).view(4, 1, 1, 2))
    torch.testing.assert_close(found.exp(), torch.tensor([1 / 8, 1 / 8, 3 / 5, 3 / 20]))


@pytest.mark.parametrize(("n", "h", "w"), [(5, 3, 4), (1, 1, 1), (3, 1, 6)])
def test_as_torch_distributions(n, h, w):
    images, model = torch.randint(2, (n, 1, h, w), generator=generator(3)).double(), linear(h, w)
    expected = Bernoulli(logits=model(images)).log_prob(images).flatten(1).sum(dim=1)
    torch.testing.assert_close(log_prob(model, images), expected)


@pytest.mark.parametrize(("h", "w"), [(3, 3), (1, 5), (5, 1)])
def test_all_images_sum_to_one(h, w):
    assert log_prob(linear(h, w), all_images(h, w)).exp().sum().item() == pytest.approx(1, rel=1e-12)


def test_sure_models():
    images = torch.tensor([[[[1.0, 0.0]]]])
    assert log_prob(lambda _: torch.tensor([[[[-1000.0, -1000.0]]]]), images).item() == -1000
    assert log_prob(lambda _: torch.tensor([[[[1000.0, -1000.0]]]]), images).item() == 0


def test_samples_follow_the_law():
    h, w, n = 2, 2, 20_000
    images = sample(linear(h, w), n, h, w, rng=generator(5))
    for image, probability in zip(all_images(h, w), log_prob(linear(h, w), all_images(h, w)).exp(), strict=True):
        hits = (images == image).flatten(1).all(dim=1).sum().item()
        assert abs(hits - n * probability) < 6 * math.sqrt(n * probability * (1 - probability)) + 3


def test_a_sample_is_asked_pixel_by_pixel():
    seen = []

    def model(images):
        seen.append(images.clone())
        assert not torch.is_grad_enabled()
        return linear(2, 3)(images)

    images = sample(model, 4, 2, 3, rng=generator(6))
    assert images.dtype == torch.float32
    assert len(seen) == 6
    for t, given in enumerate(seen):
        torch.testing.assert_close(given.flatten(1), images.flatten(1) * (torch.arange(6) < t))


def test_the_generator():
    def drawn(rng):
        return sample(torch.zeros_like, 5, 4, 4, rng=rng)

    before = torch.get_rng_state()
    assert torch.equal(drawn(generator(1)), drawn(generator(1)))
    assert not torch.equal(drawn(generator(1)), drawn(generator(2)))
    assert torch.equal(before, torch.get_rng_state())
    assert not torch.equal(drawn(None), drawn(None))


@pytest.mark.parametrize(
    "images",
    [torch.zeros(2, 3, 3), torch.zeros(2, 2, 3, 3), torch.zeros(0, 1, 3, 3), torch.full((1, 1, 2, 2), 0.5), [[0.0]]],
)
def test_images_are_checked(images):
    with pytest.raises(ValueError, match=r"^images must"):
        log_prob(torch.zeros_like, images)


@pytest.mark.parametrize(("sizes", "name"), [((0, 2, 2), "n"), ((2, 0, 2), "h"), ((2, 2, 1.5), "w")])
def test_sizes_are_checked(sizes, name):
    with pytest.raises(ValueError, match=rf"^{name} must"):
        sample(torch.zeros_like, *sizes)
