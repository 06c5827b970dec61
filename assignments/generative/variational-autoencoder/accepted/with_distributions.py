"""Distributions of torch for the draw and the likelihood, sums written out for the divergence, maximize in Adam."""

import torch
from torch import nn
from torch.distributions import Bernoulli


def need(right, name):
    if not right:
        raise ValueError(name + " is wrong")


class VAE(nn.Module):
    def __init__(self, n, hidden, latent, *, rng=None):
        super().__init__()
        for name, value in (("n", n), ("hidden", hidden), ("latent", latent)):
            need(value > 0, name)
        self.latent = latent
        sizes = {
            "logits": (hidden, n),
            "decoder": (latent, hidden),
            "log_variance": (hidden, latent),
            "mean": (hidden, latent),
            "encoder": (n, hidden),
        }
        for name, (inputs, outputs) in sizes.items():
            layer = nn.Linear(inputs, outputs)
            nn.init.uniform_(layer.weight, -(inputs**-0.5), inputs**-0.5, generator=rng)
            nn.init.uniform_(layer.bias, -(inputs**-0.5), inputs**-0.5, generator=rng)
            self.add_module(name, layer)

    def encode(self, x):
        need(x.dim() == 2 and x.size(1) == self.encoder.in_features, "x")
        h = self.encoder(x).tanh()
        return self.mean(h), self.log_variance(h)

    def decode(self, z):
        need(z.dim() == 2 and z.size(1) == self.latent, "z")
        return self.logits(self.decoder(z).tanh())


def same(mean, **others):
    need(mean.dim() == 2, "mean")
    for name, value in others.items():
        need(value.shape == mean.shape, name)


def reparameterise(mean, log_variance, noise):
    same(mean, log_variance=log_variance, noise=noise)
    return torch.addcmul(mean, torch.sqrt(torch.exp(log_variance)), noise)


def kl(mean, log_variance):
    same(mean, log_variance=log_variance)
    columns = zip(mean.T, log_variance.T, strict=True)
    return -0.5 * sum(1 + v - m * m - torch.exp(v) for m, v in columns)


def check_pixels(x, name):
    need(bool(((x >= 0) & (x <= 1)).all()), name)


def elbo(model, x, noise):
    check_pixels(x, "x")
    mean, log_variance = model.encode(x)
    decoded = Bernoulli(logits=model.decode(reparameterise(mean, log_variance, noise)), validate_args=False)
    return decoded.log_prob(x).sum(-1).sub(kl(mean, log_variance))


def train(model, X, *, steps, batch, rate, rng):
    check_pixels(X, "X")
    for name, value in (("steps", steps), ("batch", batch), ("rate", rate)):
        need(value > 0, name)
    optimizer, bounds = torch.optim.Adam(model.parameters(), rate, maximize=True), []
    while len(bounds) < steps:
        noise = torch.empty(batch, model.latent, dtype=X.dtype).normal_(generator=rng)
        rows = torch.multinomial(torch.ones(len(X)), batch, replacement=True, generator=rng)
        bound = elbo(model, X[rows], noise).sum() / batch
        model.zero_grad()
        bound.backward()
        optimizer.step()
        bounds.append(bound.item())
    return bounds


@torch.inference_mode()
def generate(model, z):
    return (1 / (1 + torch.exp(-model.decode(z)))).clone()
