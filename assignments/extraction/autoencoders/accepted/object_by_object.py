"""One object after another; the Jacobian by torch.autograd.functional."""

import math

import torch
from torch import nn


def refuse(wrong, name):
    if wrong:
        raise ValueError(f"{name}: a wrong value")


def drawn(layer, rng):
    limit = 1 / math.sqrt(layer.in_features)
    with torch.no_grad():
        layer.weight.copy_(torch.rand(layer.weight.shape, generator=rng) * 2 * limit - limit)
        layer.bias.copy_(torch.rand(layer.bias.shape, generator=rng) * 2 * limit - limit)
    return layer


class Autoencoder(nn.Module):
    def __init__(self, n, hidden, m, activation="tanh", *, rng=None):
        super().__init__()
        refuse(n < 1, "n")
        refuse(hidden < 0, "hidden")
        refuse(m < 1, "m")
        refuse(activation not in ("tanh", "sigmoid", "relu"), "activation")
        make = {"tanh": nn.Tanh, "sigmoid": nn.Sigmoid, "relu": nn.ReLU}.get(activation)
        if hidden == 0:
            self.encoder = nn.Sequential(drawn(nn.Linear(n, m), rng))
            self.decoder = nn.Sequential(drawn(nn.Linear(m, n), rng))
        else:
            self.encoder = nn.Sequential(drawn(nn.Linear(n, hidden), rng), make(), drawn(nn.Linear(hidden, m), rng))
            self.decoder = nn.Sequential(drawn(nn.Linear(m, hidden), rng), make(), drawn(nn.Linear(hidden, n), rng))
        self.n = n

    def forward(self, x):
        refuse(bad(x) or x.shape[1] != self.n, "x")
        code = self.encoder(x)
        return code, self.decoder(code)


def bad(x):
    return x.dim() != 2 or x.numel() == 0 or bool((~torch.isfinite(x)).any())


def norm(difference):
    return difference.norm() if difference.any() else (0 * difference).sum()


def restoration(model, x):
    refuse(bad(x), "x")
    return torch.stack([norm(model(row)[1][0] - row[0]) for row in x.split(1)]).mean()


def sparse_loss(model, x, tau):
    refuse(bad(x), "x")
    refuse(not tau >= 0, "tau")
    return torch.stack([norm(model(row)[1] - row) + tau * model(row)[0].abs().sum() for row in x.split(1)]).mean()


def denoising_loss(model, x, noise):
    refuse(bad(x), "x")
    refuse(noise.shape != x.shape or bad(noise), "noise")
    return torch.stack([norm(model(row + e)[1] - row) for row, e in zip(x.split(1), noise.split(1), strict=True)]).mean()


def contractive_loss(model, x, lam):
    refuse(bad(x), "x")
    refuse(not lam >= 0, "lam")
    total = restoration(model, x)
    for row in x.split(1):
        J = torch.autograd.functional.jacobian(model.encoder, row, create_graph=True)
        total = total + lam * (J * J).sum() / len(x)
    return total


def train(model, X, loss, steps, rate):
    refuse(bad(X), "X")
    refuse(steps < 1, "steps")
    refuse(not rate > 0, "rate")
    optimizer = torch.optim.Adam(model.parameters(), rate)
    history = torch.zeros(steps, dtype=X.dtype)
    for i in range(steps):
        optimizer.zero_grad()
        now = loss(model, X)
        now.backward()
        history[i] = now.item()
        optimizer.step()
    return history
