"""Jacobians of all objects at once by torch.func, distances by a safe root, Adam written out."""

import torch
from torch import nn
from torch.func import jacrev, vmap

KINDS = {"tanh": nn.Tanh(), "sigmoid": nn.Sigmoid(), "relu": nn.ReLU()}


def at_least(name, value, least):
    if not value >= least or value == float("inf"):
        raise ValueError(f"{name} is too small")


def part(sizes, activation, rng):
    found = []
    for inputs, outputs in zip(sizes[:-1], sizes[1:], strict=True):
        found.append(nn.Linear(inputs, outputs))
        for values in found[-1].parameters():
            nn.init.uniform_(values, -(inputs**-0.5), inputs**-0.5, generator=rng)
        found.append(KINDS[activation])
    return nn.Sequential(*found[:-1])


class Autoencoder(nn.Module):
    def __init__(self, n, hidden, m, activation="tanh", *, rng=None):
        super().__init__()
        for name, value, least in (("n", n, 1), ("hidden", hidden, 0), ("m", m, 1)):
            at_least(name, value, least)
        if activation not in KINDS:
            raise ValueError("activation is unknown")
        sizes = [n, hidden, m] if hidden else [n, m]
        self.n = n
        self.encoder = part(sizes, activation, rng)
        self.decoder = part(sizes[::-1], activation, rng)

    def forward(self, x):
        look("x", x)
        if x.shape[1] != self.n:
            raise ValueError("x has other features")
        z = self.encoder(x)
        return z, self.decoder(z)


def look(name, x):
    if x.ndim != 2 or not len(x) or not x.isfinite().all():
        raise ValueError(f"{name} is no matrix of objects")


def distance(a, b):
    total = ((a - b) ** 2).sum(-1)
    exact = total == 0
    return torch.where(exact, 0.0, torch.where(exact, 1.0, total).sqrt())


def restoration(model, x):
    look("x", x)
    return distance(model(x)[1], x).sum() / len(x)


def sparse_loss(model, x, tau):
    look("x", x)
    at_least("tau", tau, 0)
    return restoration(model, x) + tau * model(x)[0].abs().sum() / len(x)


def denoising_loss(model, x, noise):
    look("x", x)
    if noise.shape != x.shape or noise.isnan().any():
        raise ValueError("noise does not fit")
    return distance(model(x + noise)[1], x).sum() / len(x)


def contractive_loss(model, x, lam):
    look("x", x)
    at_least("lam", lam, 0)
    jacobians = vmap(jacrev(lambda one: model.encoder(one[None])[0]))(x)
    return restoration(model, x) + lam * (jacobians**2).sum() / len(x)


def train(model, X, loss, steps, rate):
    look("X", X)
    at_least("steps", steps, 1)
    if not rate > 0:
        raise ValueError("rate must be above 0")
    values = [value for value in model.parameters() if value.requires_grad]
    first, second = ([torch.zeros_like(value) for value in values] for _ in range(2))
    history = []
    for step in range(1, steps + 1):
        now = loss(model, X)
        history.append(now.item())
        gradients = torch.autograd.grad(now, values, allow_unused=True)
        with torch.no_grad():
            for value, gradient, m, v in zip(values, gradients, first, second, strict=True):
                if gradient is not None:
                    m += 0.1 * (gradient - m)
                    v += 0.001 * (gradient**2 - v)
                    value -= rate * (m / (1 - 0.9**step)) / ((v / (1 - 0.999**step)).sqrt() + 1e-8)
    return torch.tensor(history)
