"""Binary cross-entropy with logits for the losses; both kinds go through D at once; D is frozen in G's half."""

import torch
from torch import nn
from torch.nn import functional as F


def good(name, x):
    if x.numel() == 0 or not torch.isfinite(x).all():
        raise ValueError(f"{name} is empty or not finite")


def at_least_one(**numbers):
    for name, value in numbers.items():
        if value < 1:
            raise ValueError(f"{name} is below 1")


def share(alpha):
    if not 0 <= alpha <= 1:
        raise ValueError("alpha is not from 0 to 1")


def bce(logits, target):
    return F.binary_cross_entropy_with_logits(logits, torch.full_like(logits, target))


def discriminator_loss(real, fake):
    good("real", real)
    good("fake", fake)
    return bce(real, 1.0) + bce(fake, 0.0)


def objective(real, fake):
    return -discriminator_loss(real, fake)


def generator_loss(fake, saturating=False):
    good("fake", fake)
    return -bce(fake, 0.0) if saturating else bce(fake, 1.0)


def step(optimizer, loss):
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    return loss.detach()


def train(G, D, X, steps, batch, rate, latent, rng, labels=None):
    if X.dim() != 2:
        raise ValueError("X is no matrix")
    good("X", X)
    at_least_one(steps=steps, batch=batch, latent=latent)
    if rate <= 0:
        raise ValueError("rate is not positive")
    first, second = (torch.optim.Adam(net.parameters(), rate, (0.5, 0.9)) for net in (D, G))

    def told(x, rows):
        return x if labels is None else torch.hstack([x, labels[rows]])

    def make(rows):
        return told(G(told(torch.empty(batch, latent, dtype=X.dtype).normal_(generator=rng), rows)), rows)

    history = torch.zeros(steps, 2, dtype=X.dtype)
    for number in range(steps):
        rows = torch.multinomial(torch.ones(len(X)), batch, replacement=True, generator=rng)
        with torch.no_grad():
            fake = make(rows)
        logits = D(torch.vstack([told(X[rows], rows), fake]))
        history[number, 0] = step(first, discriminator_loss(*logits.chunk(2)))
        D.requires_grad_(False)
        history[number, 1] = step(second, generator_loss(D(make(rows))))
        D.requires_grad_(True)
    return history


def train_gan(G, D, X, steps, *, batch, rate, latent, rng):
    return train(G, D, X, steps, batch, rate, latent, rng)


def train_cgan(G, D, X, y, steps, *, classes, batch, rate, latent, rng):
    at_least_one(classes=classes)
    if y.shape != X.shape[:1] or y.is_floating_point() or (len(y) and not (0 <= y.min() and y.max() < classes)):
        raise ValueError("y is wrong")
    return train(G, D, X, steps, batch, rate, latent, rng, torch.eye(classes, dtype=X.dtype)[y])


def critic_objective(real, fake):
    good("real", real)
    good("fake", fake)
    return torch.mean(fake) - torch.mean(real)


def critic_loss(critic, real, fake, eps, lam):
    good("real", real)
    if fake.shape != real.shape:
        raise ValueError("fake has another shape than real")
    if eps.shape != real.shape[:1] or eps.min() < 0 or eps.max() > 1:
        raise ValueError("eps is wrong")
    if lam < 0:
        raise ValueError("lam is negative")
    n = len(real)
    points = torch.stack([e * r + (1 - e) * f for e, r, f in zip(eps, real, fake)]).detach().requires_grad_(True)
    values = critic(torch.cat([real, fake, points]))
    slopes = torch.autograd.grad(values[2 * n :], points, torch.ones_like(values[2 * n :]), create_graph=True)[0]
    penalty = sum((torch.linalg.vector_norm(slope) - 1) ** 2 for slope in slopes) / n
    return critic_objective(values[:n], values[n : 2 * n]) + lam * penalty


def fade(old, new, alpha):
    share(alpha)
    large = F.interpolate(old, scale_factor=2, mode="nearest")
    if large.shape != new.shape:
        raise ValueError("new is not twice as large as old")
    return torch.lerp(large, new, alpha)


class Growing(nn.Module):
    def __init__(self, latent, channels):
        super().__init__()
        at_least_one(latent=latent, channels=channels)
        self.start = nn.Linear(latent, 16 * channels)
        self.blocks, self.heads = nn.ModuleList(), nn.ModuleList([nn.Conv2d(channels, 1, 1)])
        self.act = nn.LeakyReLU(0.2)

    def grow(self):
        channels = self.heads[0].in_channels
        self.blocks.append(nn.Conv2d(channels, channels, 3, padding="same"))
        self.heads.append(nn.Conv2d(channels, 1, 1))

    def forward(self, z, alpha=1.0):
        share(alpha)
        if z.dim() != 2 or len(z) == 0 or z.shape[1] != self.start.in_features:
            raise ValueError("z has another shape")
        maps = [self.act(self.start(z)).unflatten(1, (-1, 4, 4))]
        for block in self.blocks:
            maps.append(self.act(block(F.interpolate(maps[-1], scale_factor=2))))
        if len(maps) == 1:
            return self.heads[0](maps[0])
        return fade(self.heads[-2](maps[-2]), self.heads[-1](maps[-1]), alpha)
