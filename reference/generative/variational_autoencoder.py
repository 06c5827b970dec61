"""A variational autoencoder of binary images (lecture 12, section 56, L12.vae).

D. P. Kingma, M. Welling, "Auto-encoding variational Bayes", ICLR (2014). The lecture gives the idea, no formula.
"""

from __future__ import annotations

from typing import Protocol

import torch
from torch import Tensor, nn
from torch.nn.functional import binary_cross_entropy_with_logits

from reference.checks.numbers import positive, whole
from reference.checks.tensors import matrix, tensor
from reference.parameters import linear


class Autoencoder(Protocol):
    """An encoder to a normal distribution, and a decoder to logits; ``latent`` is how long a hidden vector is."""

    latent: int

    def encode(self, x: Tensor) -> tuple[Tensor, Tensor]:
        """Means and logarithms of variances, (b, latent) each, of the hidden vectors of ``x`` (b, n)."""

    def decode(self, z: Tensor) -> Tensor:
        """Logits (b, n) of the pixels, for hidden vectors ``z`` (b, latent)."""


class VAE(nn.Module):
    """An encoder and a decoder with one layer of tanh each; their outputs are linear in that layer.

    Parameters: ``n``, how many pixels an image has; ``hidden``, units of the layers between; ``latent``, how long a
    hidden vector is; ``rng``, a generator of torch, or None for the global one.
    Returns: a module with ``encoder``, ``mean``, ``log_variance``, ``decoder`` and ``logits``, each nn.Linear, whose
    parameters are uniform at first, within ``1 / sqrt(inputs)`` of 0, and the attribute ``latent``.
    Raises: ValueError naming ``n``, ``hidden``, ``latent``, or ``x``, ``z`` of a method.
    Complexity: O(b hidden (n + latent)) a pass of b objects; memory O(b (n + hidden + latent)), and the parameters.
    Source: lecture 12, section 56; Kingma, Welling 2014.

    >>> [tuple(part.shape) for part in VAE(64, 20, 3).encode(torch.zeros(5, 64))]
    [(5, 3), (5, 3)]
    """

    def __init__(self, n: int, hidden: int, latent: int, *, rng: torch.Generator | None = None) -> None:
        super().__init__()
        self.n, self.latent, units = whole("n", n), whole("latent", latent), whole("hidden", hidden)
        self.encoder = linear(n, units, rng)
        self.mean = linear(units, latent, rng)
        self.log_variance = linear(units, latent, rng)
        self.decoder = linear(latent, units, rng)
        self.logits = linear(units, n, rng)

    def encode(self, x: Tensor) -> tuple[Tensor, Tensor]:
        """Means and logarithms of variances, (b, latent) each, of the hidden vectors of ``x`` (b, n)."""
        units = torch.tanh(self.encoder(matrix("x", x, self.n)))
        return self.mean(units), self.log_variance(units)

    def decode(self, z: Tensor) -> Tensor:
        """Logits (b, n) of the pixels, for hidden vectors ``z`` (b, latent)."""
        return self.logits(torch.tanh(self.decoder(matrix("z", z, self.latent))))


def reparameterise(mean: Tensor, log_variance: Tensor, noise: Tensor) -> Tensor:
    """``mean + exp(log_variance / 2) noise``: a draw as a function of the parameters, so that gradients flow to them.

    Parameters: ``mean``, ``log_variance`` and ``noise``, standard normal numbers, all (b, latent).
    Returns: a tensor (b, latent).
    Raises: ValueError naming ``mean``, ``log_variance`` or ``noise``.
    Complexity: O(b latent).
    Source: lecture 12, section 56; Kingma, Welling 2014.

    >>> reparameterise(torch.tensor([[1.0]]), torch.tensor([[0.0]]), torch.tensor([[-2.0]]))
    tensor([[-1.]])
    """
    shape = tuple(matrix("mean", mean).shape)
    return mean + (tensor("log_variance", log_variance, shape) / 2).exp() * tensor("noise", noise, shape)


def kl(mean: Tensor, log_variance: Tensor) -> Tensor:
    """``1/2 sum(mean^2 + exp(log_variance) - log_variance - 1)``: the divergence from N(0, 1), for each object.

    Parameters: as in `reparameterise`, without ``noise``: ``mean``, ``log_variance``.
    Returns: a tensor (b,).
    Raises: ValueError naming ``mean`` or ``log_variance``.
    Complexity: O(b latent).
    Source: lecture 12, section 56; Kingma, Welling 2014.

    >>> kl(torch.tensor([[3.0, 4.0], [0.0, 0.0]]), torch.zeros(2, 2))
    tensor([12.5000,  0.0000])
    """
    tensor("log_variance", log_variance, tuple(matrix("mean", mean).shape))
    return (mean.square() + log_variance.exp() - log_variance - 1).sum(dim=1) / 2


def elbo(model: Autoencoder, x: Tensor, noise: Tensor) -> Tensor:
    """``log p(x | z) - KL(q(z | x), N(0, 1))`` with one z, made of ``noise``: a bound below log p(x), by objects.

    Pixels are independent given z; log p is their sum, by logits, so that it is finite however sure the decoder is.

    Parameters: ``model``, with the methods encode and decode of `VAE`; ``x`` (b, n), pixels from 0 to 1; ``noise``
    (b, latent), standard normal numbers.
    Returns: a tensor (b,), in expectation over the noise not above log p(x).
    Raises: ValueError naming ``x`` or ``noise``.
    Complexity: O(b (n + latent)), and a pass of the model forward.
    Source: lecture 12, section 56; Kingma, Welling 2014.
    """
    pixels(x, "x")
    mean, log_variance = model.encode(x)
    logits = model.decode(reparameterise(mean, log_variance, noise))
    log_p = -binary_cross_entropy_with_logits(logits, x, reduction="none").sum(dim=1)
    return log_p - kl(mean, log_variance)


def train(model: VAE, X: Tensor, *, steps: int, batch: int, rate: float, rng: torch.Generator) -> list[float]:
    """Steps of Adam that raise the mean of `elbo` over objects drawn with replacement, with new noise in each.

    Parameters: ``model``, a module with the methods encode and decode and the attribute latent of `VAE`; ``X`` (N, n),
    pixels from 0 to 1; ``steps`` and ``batch`` of at least 1, ``rate`` above 0; ``rng``, a generator of torch.
    Returns: for each step the mean bound that it was made with. The model is changed.
    Raises: ValueError naming ``X``, ``steps``, ``batch`` or ``rate``.
    Complexity: O(batch (n + latent)) a step, and a pass of the model forward and backward over ``batch`` objects.
    Source: lecture 12, section 56; Kingma, Welling 2014.
    """
    pixels(X, "X")
    size = whole("batch", batch)
    optimizer = torch.optim.Adam(model.parameters(), lr=positive("rate", rate))
    bounds = []
    for _ in range(whole("steps", steps)):
        x = X[torch.randint(len(X), (size,), generator=rng)]
        noise = torch.randn((size, model.latent), generator=rng, dtype=X.dtype)
        bound = elbo(model, x, noise).mean()
        optimizer.zero_grad()
        (-bound).backward()  # type: ignore[no-untyped-call]
        optimizer.step()
        bounds.append(bound.item())
    return bounds


def generate(model: Autoencoder, z: Tensor) -> Tensor:
    """The probability of 1 for each pixel of the images that the decoder makes of ``z``, without gradients.

    Parameters: ``model``, as in `elbo`; ``z`` (b, latent), standard normal numbers for new images.
    Returns: a tensor (b, n) from 0 to 1.
    Raises: ValueError naming ``z``.
    Complexity: O(b n), and a pass of the decoder forward.
    Source: lecture 12, section 56; Kingma, Welling 2014.
    """
    with torch.no_grad():
        return torch.sigmoid(model.decode(matrix("z", z)))


def pixels(x: Tensor, name: str) -> None:
    """ValueError naming ``name`` unless ``x`` is a matrix of numbers from 0 to 1."""
    if matrix(name, x).min() < 0 or x.max() > 1:
        raise ValueError(f"{name} must be from 0 to 1")
