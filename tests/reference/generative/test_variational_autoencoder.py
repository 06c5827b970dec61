"""The variational autoencoder by hand, against torch's distributions, and against an integral over hidden numbers."""

import math

import pytest
import torch
from torch.distributions import Bernoulli, Normal, kl_divergence

from reference.generative.variational_autoencoder import VAE, elbo, generate, kl, reparameterise, train


def rng(seed=0):
    return torch.Generator().manual_seed(seed)


def normal(seed, *shape):
    return torch.randn(shape, generator=rng(seed), dtype=torch.float64)


def pixels(seed, *shape):
    return torch.rand(shape, generator=rng(seed), dtype=torch.float64)


def model(n=6, hidden=5, latent=2, seed=0):
    return VAE(n, hidden, latent, rng=rng(seed)).double()


def test_by_hand():
    two, v = torch.tensor([[2.0]]), torch.tensor([[math.log(4.0)]])
    assert reparameterise(two, v, torch.tensor([[-0.5]])).tolist() == [[1.0]]
    assert kl(two, v).tolist() == pytest.approx([(7 - math.log(4)) / 2])
    assert kl(0 * two, 0 * v).tolist() == [0.0]


def test_the_bound_by_hand():
    made = VAE(2, 1, 1)
    with torch.no_grad():
        for parameter in made.parameters():
            parameter.zero_()
        made.mean.bias.fill_(2.0)
        made.logits.bias.copy_(torch.tensor([math.log(3.0), 0.0]))
    found = elbo(made, torch.tensor([[1.0, 0.0], [0.0, 1.0]]), torch.zeros(2, 1))
    assert found.tolist() == pytest.approx([math.log(3 / 8) - 2, math.log(1 / 8) - 2])


@pytest.mark.parametrize("size", [1.0, 50.0])
def test_as_torch_distributions(size):
    mean, log_variance, noise = normal(1, 4, 3), size * normal(2, 4, 3).clamp(-1, 1), normal(3, 4, 3)
    law = Normal(mean, (log_variance / 2).exp())
    expected = kl_divergence(law, Normal(torch.zeros_like(mean), torch.ones_like(mean))).sum(dim=1)
    torch.testing.assert_close(kl(mean, log_variance), expected)
    torch.testing.assert_close(reparameterise(mean, log_variance, noise), law.mean + law.stddev * noise)
    made, x, given = model(), pixels(4, 4, 6), normal(5, 4, 2)
    z = reparameterise(*made.encode(x), given)
    likelihood = Bernoulli(logits=made.decode(z), validate_args=False).log_prob(x).sum(dim=1)
    torch.testing.assert_close(elbo(made, x, given), likelihood - kl(*made.encode(x)))
    torch.testing.assert_close(generate(made, z), Bernoulli(logits=made.decode(z)).probs.detach())


def test_the_bound_is_below_the_probability_of_an_image():
    """log p(x) by an integral over the one hidden number, on a grid; the mean of the bound over much noise is below."""
    made = model(n=5, latent=1, seed=3)
    z = torch.linspace(-8, 8, 2001, dtype=torch.float64)[:, None]
    with torch.no_grad():
        for x in pixels(6, 3, 5).round():
            log_p = Bernoulli(logits=made.decode(z)).log_prob(x).sum(dim=1) + Normal(0.0, 1.0).log_prob(z[:, 0])
            evidence = torch.logsumexp(log_p, dim=0) + math.log(16 / 2000)
            bounds = elbo(made, x.expand(4000, 5), normal(7, 4000, 1))
            assert float(bounds.mean()) < float(evidence) + 6 * float(bounds.std()) / math.sqrt(4000)


def test_a_sure_decoder_has_a_finite_bound_and_the_encoder_gets_gradients():
    made, x, noise = model(), pixels(8, 3, 6), normal(9, 3, 2)
    with torch.no_grad():
        made.logits.bias.copy_(torch.tensor([900.0, -900.0, 900.0, -900.0, 0.0, 0.0]))
    bounds = elbo(made, x, noise)
    assert torch.isfinite(bounds).all()
    gradients = torch.autograd.grad(bounds.sum(), list(made.parameters()))
    assert all(torch.isfinite(gradient).all() and gradient.any() for gradient in gradients)


def test_first_values_come_from_the_generator():
    one, again, other = (VAE(30, 20, 4, rng=rng(seed)).state_dict() for seed in (1, 1, 2))
    assert all(torch.equal(one[name], again[name]) and not torch.equal(one[name], other[name]) for name in one)
    assert float(one["encoder.weight"].abs().max()) == pytest.approx(30**-0.5, rel=0.05)
    assert float(one["logits.weight"].abs().max()) == pytest.approx(20**-0.5, rel=0.05)


def test_training_raises_the_bound_of_new_images():
    X = torch.eye(4, dtype=torch.float64).repeat(5, 3)  # four images of twelve pixels
    made = model(12, 16, 2)
    before = elbo(made, X, normal(10, 20, 2)).mean().item()
    bounds = train(made, X, steps=150, batch=16, rate=0.03, rng=rng(4))
    after = elbo(made, X, normal(10, 20, 2)).mean().item()
    assert len(bounds) == 150
    assert before < -7
    assert after > -4.5  # nothing is above -log 4
    assert set(generate(made, normal(11, 300, 2)).round()[:, :4].argmax(dim=1).tolist()) == {0, 1, 2, 3}
    again = [train(model(12, 16, 2), X, steps=2, batch=4, rate=0.03, rng=rng(seed)) for seed in (5, 5, 6)]
    assert again[0] == again[1] != again[2]


def test_errors():
    made, x, noise = VAE(3, 2, 1), torch.zeros(2, 3), torch.zeros(2, 1)
    good = {"steps": 1, "batch": 1, "rate": 0.1}
    for name, call in (
        ("n", lambda: VAE(0, 2, 1)),
        ("hidden", lambda: VAE(3, 0, 1)),
        ("latent", lambda: VAE(3, 2, 0)),
        ("x", lambda: made.encode(x[:, :2])),
        ("z", lambda: made.decode(x)),
        ("mean", lambda: kl(noise[0], noise[0])),
        ("log_variance", lambda: kl(noise, noise[:1])),
        ("noise", lambda: reparameterise(noise, noise, noise[:1])),
        ("x", lambda: elbo(made, x + 2, noise)),
        ("x", lambda: elbo(made, x - 1, noise)),
        ("noise", lambda: elbo(made, x, noise[:1])),
        ("X", lambda: train(made, x + 2, **good, rng=rng())),
        *((name, lambda name=name: train(made, x, **{**good, name: 0}, rng=rng())) for name in good),
        ("z", lambda: generate(made, noise[0])),
    ):
        with pytest.raises(ValueError, match=f"^{name} must"):
            call()
