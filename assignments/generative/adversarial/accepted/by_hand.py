"""Softplus for the losses, each training written out by itself, a product with ones for the doubling."""

import torch
from torch import nn
from torch.nn.functional import softplus


def refuse_unless(condition, name):
    if not condition:
        raise ValueError(f"{name} must be as the statement says")


def numbers(name, x):
    refuse_unless(x.numel() > 0 and bool(torch.isfinite(x).all()), name)


def objective(real, fake):
    numbers("real", real)
    numbers("fake", fake)
    return -softplus(-real).sum() / real.numel() - softplus(fake).sum() / fake.numel()


def discriminator_loss(real, fake):
    numbers("real", real)
    numbers("fake", fake)
    return softplus(-real).mean() + softplus(fake).mean()


def generator_loss(fake, saturating=False):
    numbers("fake", fake)
    if saturating:
        return torch.mean(-softplus(fake))
    return torch.mean(softplus(-fake))


def check_training(X, steps, batch, rate, latent):
    refuse_unless(X.ndim == 2, "X")
    numbers("X", X)
    for name, value in (("steps", steps), ("batch", batch), ("latent", latent)):
        refuse_unless(value >= 1, name)
    refuse_unless(rate > 0, "rate")


def move(optimizer, parameters, loss):
    for parameter, gradient in zip(parameters, torch.autograd.grad(loss, parameters)):
        parameter.grad = gradient
    optimizer.step()
    return loss.item()


def train_gan(G, D, X, steps, *, batch, rate, latent, rng):
    check_training(X, steps, batch, rate, latent)
    of_G, of_D = list(G.parameters()), list(D.parameters())
    adam_G = torch.optim.Adam(of_G, lr=rate, betas=(0.5, 0.9))
    adam_D = torch.optim.Adam(of_D, lr=rate, betas=(0.5, 0.9))
    rows = []
    for _ in range(steps):
        fake = G(torch.randn((batch, latent), generator=rng, dtype=X.dtype))
        real = X[(torch.rand(batch, generator=rng, dtype=torch.float64) * len(X)).long()]
        loss_D = move(adam_D, of_D, discriminator_loss(D(real), D(fake.detach())))
        fake = G(torch.randn((batch, latent), generator=rng, dtype=X.dtype))
        rows.append((loss_D, move(adam_G, of_G, generator_loss(D(fake)))))
    return torch.tensor(rows)


def train_cgan(G, D, X, y, steps, *, classes, batch, rate, latent, rng):
    check_training(X, steps, batch, rate, latent)
    refuse_unless(classes >= 1, "classes")
    refuse_unless(y.shape == (len(X),) and not y.is_floating_point(), "y")
    refuse_unless(bool((y >= 0).all() and (y < classes).all()), "y")
    of_G, of_D = list(G.parameters()), list(D.parameters())
    adam_G = torch.optim.Adam(of_G, lr=rate, betas=(0.5, 0.9))
    adam_D = torch.optim.Adam(of_D, lr=rate, betas=(0.5, 0.9))
    rows = []
    for _ in range(steps):
        chosen = torch.randint(0, len(X), (batch,), generator=rng)
        labels = torch.zeros(batch, classes, dtype=X.dtype)
        labels[torch.arange(batch), y[chosen].long()] = 1
        noise = torch.randn((2, batch, latent), generator=rng, dtype=X.dtype)
        fake = G(torch.cat((noise[0], labels), 1)).detach()
        fake_logits, real_logits = D(torch.cat((fake, labels), 1)), D(torch.cat((X[chosen], labels), 1))
        loss_D = move(adam_D, of_D, discriminator_loss(real_logits, fake_logits))
        fake = G(torch.cat((noise[1], labels), 1))
        rows.append((loss_D, move(adam_G, of_G, generator_loss(D(torch.cat((fake, labels), 1))))))
    return torch.tensor(rows)


def critic_objective(real, fake):
    numbers("real", real)
    numbers("fake", fake)
    return -(real.mean() - fake.mean())


def critic_loss(critic, real, fake, eps, lam):
    numbers("real", real)
    numbers("fake", fake)
    numbers("eps", eps)
    refuse_unless(fake.shape == real.shape, "fake")
    refuse_unless(eps.shape == (real.shape[0],) and bool((eps >= 0).all() and (eps <= 1).all()), "eps")
    refuse_unless(lam >= 0, "lam")
    share = eps.view(len(eps), *(1 for _ in real.shape[1:]))
    point = torch.autograd.Variable(fake + share * (real - fake), requires_grad=True)
    total = critic(point).sum()
    total_gradient = torch.autograd.grad(total, point, create_graph=True, retain_graph=True)[0]
    norm = total_gradient.reshape(len(real), -1).norm(2, dim=1)
    penalty = torch.pow(norm - 1, 2).mean()
    return critic(fake).mean() - critic(real).mean() + lam * penalty


def twice(x):
    return torch.kron(x, torch.ones(2, 2, dtype=x.dtype))


def fade(old, new, alpha):
    refuse_unless(0 <= alpha <= 1, "alpha")
    refuse_unless(new.shape == (*old.shape[:2], 2 * old.shape[2], 2 * old.shape[3]), "new")
    return twice(old) * (1 - alpha) + new * alpha


class Growing(nn.Module):
    def __init__(self, latent, channels):
        refuse_unless(latent >= 1, "latent")
        refuse_unless(channels >= 1, "channels")
        super().__init__()
        self.latent, self.channels, self.count = latent, channels, 0
        self.start = nn.Linear(latent, channels * 4 * 4)
        self.blocks = nn.ModuleList([])
        self.heads = nn.ModuleList([nn.Conv2d(channels, 1, kernel_size=1)])

    def grow(self):
        self.count += 1
        self.blocks.extend([nn.Conv2d(self.channels, self.channels, kernel_size=3, padding=1)])
        self.heads.extend([nn.Conv2d(self.channels, 1, kernel_size=1)])

    def forward(self, z, alpha=1.0):
        refuse_unless(z.shape[1:] == (self.latent,) and len(z) > 0, "z")
        refuse_unless(0 <= alpha <= 1, "alpha")
        x = nn.functional.leaky_relu(self.start(z), 0.2).view(len(z), self.channels, 4, 4)
        before = x
        for block in self.blocks:
            before, x = x, nn.functional.leaky_relu(block(twice(x)), 0.2)
        image = self.heads[self.count](x)
        if self.count == 0:
            return image
        return fade(self.heads[self.count - 1](before), image, alpha)
